"""Exercises on the gradients of W5, W6 and W1."""

from lecture_lib.exercise import Exercise

from .numbers import V, draw_numbers

gradient_W5 = Exercise(
    "gradient_W5",
    "N12",
    "Write a function of t, out_o and out_H1 that returns ∂E/∂W5.",
    right=lambda t, out_o, out_H1: (out_o - t) * out_o * (1 - out_o) * out_H1,
    cases=draw_numbers(3),
    mistakes=(
        (
            lambda t, out_o, out_H1: (t - out_o) * out_o * (1 - out_o) * out_H1,
            "the sign is wrong: if the output is too high, E grows with it.",
        ),
        (
            lambda t, out_o, out_H1: (out_o - t) * out_H1,
            "the derivative of the output unit is missing.",
        ),
        (
            lambda t, out_o, out_H1: (t - out_o) * out_H1,
            "the sign is wrong, and the derivative of the output unit is missing.",
        ),
        (
            lambda t, out_o, out_H1: (out_o - t) * out_o * (1 - out_o),
            "the last factor is missing: what does W5 multiply in in_o?",
        ),
        (
            lambda t, out_o, out_H1: 2 * (out_o - t) * out_o * (1 - out_o) * out_H1,
            "twice too large; the ½ in E cancels the 2 of the square.",
        ),
        (
            lambda t, out_o, out_H1: (out_o - t) * out_H1 * (1 - out_H1) * out_H1,
            "the derivative is that of the hidden unit; W5 acts through the output unit.",
        ),
        (
            lambda t, out_o, out_H1: (out_o - t) ** 2 / 2 * out_o * (1 - out_o) * out_H1,
            "the first factor is E itself; it should be the slope of E with respect to out_o.",
        ),
    ),
    hints=(
        "Three factors, one for each arrow from W5 through in_o and out_o to E.",
        "∂E/∂out_o is out_o − t, because the inner derivative of t − out_o is −1.",
        "The sigmoid's derivative at the output unit needs out_o alone.",
    ),
    solution="∂E/∂W5 = (out_o − t) · out_o (1 − out_o) · out_H1.",
)

gradient_W6 = Exercise(
    "gradient_W6",
    "N13",
    "How large is the gradient ∂E/∂W6, to four decimals?",
    right=V["dE_dW6"],
    rtol=5e-4,
    mistakes=(
        (
            0.408,
            ("that is the lecture's number for W6 after its update, not the gradient."),
        ),
        (V["W6_new"], "that is the weight after its update, not the gradient."),
        (V["dE_dW5"], "that is the gradient of W5; W6 starts from the other hidden unit."),
        (0.5 * V["dE_dW6"], "that is the step already: the gradient times the learning rate."),
        (-V["dE_dW6"], "the sign is wrong: the output is too high, so E grows with W6."),
        (0.0826, "the digits are cut off; round the last one."),
        (V["delta_o"], "the last factor is missing: what does W6 multiply in in_o?"),
        (V["dE_dout_o"] * V["out_H2"], "the derivative of the output unit is missing."),
        (
            V["delta_o"] * V["W6"],
            "the last factor is not the weight; it is what the weight multiplies.",
        ),
    ),
    hints=(
        "It is ∂E/∂W5 with one factor replaced.",
        "The first two factors, 0.741365 and 0.186816, stay.",
        "W6 multiplies out_H2, which is 0.596884.",
    ),
    solution="∂E/∂W6 = 0.741365 · 0.186816 · 0.596884 = 0.082668.",
)

slope_out_H1 = Exercise(
    "slope_out_H1",
    "N15",
    "How large is ∂E/∂out_H1, to three significant digits?",
    right=V["dE_dout_H1"],
    mistakes=(
        (
            0.55,
            (
                "that is the number in the transcript; multiply it by 0.241 and 0.05 and compare"
                " with 0.0006."
            ),
        ),
        (10 * V["dE_dout_H1"], "ten times too large: count the zeros."),
        (
            V["delta_o"] * V["W5_new"],
            "you used the updated W5; the forward pass used the old one.",
        ),
        (
            V["delta_o"] * V["W6"],
            "that is the slope with respect to out_H2; out_H1 acts through another weight.",
        ),
        (V["dE_dout_o"] * V["W5"], "the derivative of the output unit is missing."),
        (V["delta_o"], "the weight between H1 and the output is missing."),
        (0.055, "the digits are cut off too early; give three."),
        (-V["dE_dout_H1"], "the sign is wrong: the output is too high, so E grows with out_H1."),
        (
            V["delta_H1"],
            "that is one step further, with respect to in_H1: the derivative of H1 is in it"
            " already.",
        ),
    ),
    otherwise=(
        "Multiply three numbers: the slope with respect to out_o, the derivative of the output"
        " unit, and a weight."
    ),
    hints=(
        "out_H1 affects E through in_o and out_o.",
        "Two of the three factors are those of ∂E/∂W5.",
        "The third is the weight on the line from H1 to the output, as it was in the forward pass.",
    ),
    solution="∂E/∂out_H1 = 0.741365 · 0.186816 · 0.40 = 0.0554.",
)
