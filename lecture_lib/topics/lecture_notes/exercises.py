"""Exercises of the notes on the lecture: two sentences to be put right."""

from lecture_lib.exercise import Exercise

left_out_slopes = Exercise(
    "left_out_slopes",
    "B31",
    "At every unit, F′ = ¼. In the 2-3-2-1 network, how many times as large as the right δ₁ is the"
    " δ₁ of the spoken rule?",
    right=16.0,
    mistakes=(
        (
            4.0,
            (
                "one derivative was counted; how many units does the error pass through on its way"
                " from Y₆ to unit 1?"
            ),
        ),
        (64.0, "one too many: the derivative of unit 1 itself belongs to its weights, not to δ₁."),
        (1 / 16, "that is the right one over the spoken one; which of them is the smaller?"),
        (8.0, "the derivatives of two layers multiply; they do not add up."),
        (1.0, "the spoken rule leaves derivatives out, and ¼ is not 1."),
    ),
    hints=(
        "On the way back to unit 1 the error passes through unit 6 and then unit 4 or unit 5.",
        "The right rule multiplies by F′ of each unit that is passed, the spoken one by 1.",
        "Both paths, through 4 and through 5, lack the same two factors of ¼.",
    ),
    solution=(
        "16: F₆′ and F₄′ (or F₅′) are left out, and ¼ · ¼ = 1/16. With ten more layers it would be"
        " a million times as much."
    ),
)

grows_to = Exercise(
    "grows_to",
    "V19",
    "A gradient of 0.001 passes through 100 layers on its way back, and each multiplies it by 1.1."
    " What arrives, to the nearest whole number?",
    right=0.001 * 1.1**100,
    rtol=0.02,
    mistakes=(
        (0.001 * 1.1 * 100, "100 factors of 1.1 are not 100 times 1.1."),
        (1.1**100, "that is the product of the factors; the gradient at the end was 0.001."),
        (0.001 * 0.9**100, "the factor is above 1, so the gradient grows."),
        (0.001, "no factor was applied."),
        (0.0011, "that is after one layer."),
        (0.011, "growth by a tenth in each of 100 layers is not growth by 100 tenths."),
    ),
    hints=(
        "Write the product: 0.001 times 1.1 times 1.1, and so on.",
        "In Python a power is written 1.1**100.",
        "1.1**100 is about 14,000.",
    ),
    solution=(
        "0.001 · 1.1¹⁰⁰ = 13.8, so 14. It began far below 1 and explodes all the same: the factor"
        " decides."
    ),
)
