"""Exercises on the way from the inputs to the error."""

from lecture_lib.exercise import Exercise

from .numbers import V, sigmoid

in_H2 = Exercise(
    "in_H2",
    "N6",
    "Which number reaches the second hidden unit: in_H2?",
    right=V["in_H2"],
    mistakes=(
        (V["in_H1"], "that is in_H1; the weights W3 and W4 lead to the second unit."),
        (
            V["W4"] * V["X1"] + V["W3"] * V["X2"] + 0.35,
            (
                "either the last digits are missing (give four decimals), or W3 and W4 are"
                " multiplied by the wrong inputs: W3 leads from X1, W4 from X2."
            ),
        ),
        (V["W3"] * V["X1"] + V["W4"] * V["X2"], "the bias is missing."),
        (V["W3"] * V["X1"] + V["W4"] * V["X2"] + 0.6, "that is the bias of the output unit."),
        (
            V["out_H2"],
            "that is the output of the unit, after the sigmoid; the question asks for the sum.",
        ),
    ),
    hints=(
        "The unit adds what comes from X1, what comes from X2, and its bias.",
        "W3 leads from X1 to H2, and W4 leads from X2 to H2.",
        "Three terms: W3 · X1, W4 · X2, and B1 · 1.",
    ),
    solution="in_H2 = 0.25 · 0.05 + 0.30 · 0.1 + 0.35 = 0.3925.",
)

out_o = Exercise(
    "out_o",
    "N8",
    "Which output does the network give: out_o, to three decimals?",
    right=V["out_o"],
    mistakes=(
        (1.106, "that is in_o; now take its sigmoid."),
        (1 - V["out_o"], "the sign in the exponent is wrong."),
        (sigmoid(V["in_o"] - 0.6), "the bias of the output unit is missing."),
        (
            sigmoid(0.4 * V["in_H1"] + 0.45 * V["in_H2"] + 0.6),
            "in_o adds the hidden outputs, not their inputs.",
        ),
        (0.75, "too few digits; give three decimals."),
        (V["dout_o_din_o"], "that is the derivative of the sigmoid at in_o, not its value."),
    ),
    hints=(
        "in_o = 0.40 · 0.593270 + 0.45 · 0.596884 + 0.60 = 1.105906.",
        "The output unit is a sigmoid as well.",
        "One divided by one plus e to the power of minus in_o.",
    ),
    solution="out_o = 1 / (1 + e^(−1.105906)) = 0.751365.",
)

error = Exercise(
    "error",
    "N9",
    "How large is the error E, to three decimals?",
    right=V["E"],
    mistakes=(
        (V["target_minus_out"], "that is the difference, target minus actual; E is made from it."),
        (-V["target_minus_out"], "that is the size of the difference; E is made from it."),
        (2 * V["E"], "the factor ½ is missing."),
        (0.274, "here the digits are cut off, as in the lecture; round instead."),
        (-V["E"], "a square is never negative."),
        (0.5 * (1 - V["out_o"]) ** 2, "the target is not 1 here."),
    ),
    otherwise="Square the difference of target and output, and take half of it.",
    hints=(
        "The difference of target and output is 0.01 − 0.751.",
        "Its square loses the sign.",
        "Half of the square, rounded to three decimals.",
    ),
    solution="E = ½ (0.01 − 0.751365)² = 0.274811, rounded 0.275.",
)
