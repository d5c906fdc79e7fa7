"""Exercises of notebook 04, along the lecture's numeric example: each number and each function the
student fills in.
"""

from math import exp

from lecture_lib.exercise import Exercise
from lecture_lib.small_networks.worked_example import example

V = example()
SHARED = example(biases="shared")
# A second set of numbers, to do alone: negative numbers, and an output that is too low.
SECOND_NUMBERS = {
    "X1": 0.6,
    "X2": -0.4,
    "target": 0.9,
    "W1": 0.5,
    "W2": -0.3,
    "W3": -0.2,
    "W4": 0.8,
    "W5": -0.6,
    "W6": 0.7,
    "B1_H1": 0.1,
    "B1_H2": 0.1,
    "B2": -0.2,
}
SECOND = example(gamma=1.0, **SECOND_NUMBERS)


def _sigmoid(x):
    return 1 / (1 + exp(-x))


def _numbers(count):
    """Four cases of `count` numbers, all between 0.1 and 0.9 and all different."""
    return lambda rng: [tuple(rng.uniform(0.1, 0.9, count)) for _ in range(4)]


in_H2 = Exercise(
    "in_H2",
    "N6",
    "Which number reaches the second hidden unit: in_H2?",
    right=V["in_H2"],
    mistakes=(
        (V["in_H1"], "that is in_H1; the weights W3 and W4 lead to the second unit."),
        (
            V["W4"] * V["X1"] + V["W3"] * V["X2"] + 0.35,
            "W3 and W4 are multiplied by the wrong inputs; W3 leads from X1, W4 from X2.",
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
        "In the drawing, W3 is the line from X1 to H2 and W4 the line from X2 to H2.",
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
        (_sigmoid(V["in_o"] - 0.6), "the bias of the output unit is missing."),
        (
            _sigmoid(0.4 * V["in_H1"] + 0.45 * V["in_H2"] + 0.6),
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

gradient_W5 = Exercise(
    "gradient_W5",
    "N12",
    "Write a function of t, out_o and out_H1 that returns ∂E/∂W5.",
    right=lambda t, out_o, out_H1: (out_o - t) * out_o * (1 - out_o) * out_H1,
    cases=_numbers(3),
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
        "Three factors, one for each arrow from W5 over in_o and out_o to E.",
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

new_W1 = Exercise(
    "new_W1",
    "N18",
    "Write a function that returns W1 after one update; its W1 and W5 are the old weights.",
    right=lambda W1, W5, X1, t, out_o, out_H1, g: (
        W1 - g * ((out_o - t) * out_o * (1 - out_o) * W5 * out_H1 * (1 - out_H1) * X1)
    ),
    cases=_numbers(7),
    rtol=1e-6,
    mistakes=(
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: (
                W1
                - g
                * (
                    (out_o - t)
                    * out_o
                    * (1 - out_o)
                    * (W5 - g * (out_o - t) * out_o * (1 - out_o) * out_H1)
                    * out_H1
                    * (1 - out_H1)
                    * X1
                )
            ),
            "you used the updated W5; compute all gradients before any update.",
        ),
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: (
                W1 + g * ((out_o - t) * out_o * (1 - out_o) * W5 * out_H1 * (1 - out_H1) * X1)
            ),
            "the sign is wrong: this step goes uphill.",
        ),
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: (
                W1 - ((out_o - t) * out_o * (1 - out_o) * W5 * out_H1 * (1 - out_H1) * X1)
            ),
            "the learning rate is missing.",
        ),
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: (
                W1 - g * ((out_o - t) * out_o * (1 - out_o) * W5 * X1)
            ),
            "the derivative of the hidden unit is missing.",
        ),
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: (
                W1 - g * ((out_o - t) * W5 * out_H1 * (1 - out_H1) * X1)
            ),
            "the derivative of the output unit is missing.",
        ),
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: W1 - g * (out_o - t) * W5 * X1,
            "both derivatives are missing.",
        ),
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: (
                W1 - g * ((out_o - t) * out_o * (1 - out_o) * W5 * out_H1 * (1 - out_H1))
            ),
            "the last factor is missing: what does W1 multiply in in_H1?",
        ),
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: (
                W1 - g * (out_o - t) * out_o * (1 - out_o) * out_H1
            ),
            "that is the gradient of W5.",
        ),
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: (
                g * ((out_o - t) * out_o * (1 - out_o) * W5 * out_H1 * (1 - out_H1) * X1)
            ),
            "that is the step; the new weight is the old one minus the step.",
        ),
    ),
    hints=(
        "The new weight is the old one minus the learning rate times the gradient.",
        (
            "The gradient has three factors; the first of them is ∂E/∂out_H1, which has three of"
            " its own."
        ),
        "out_o − t, the derivative of o, W5, the derivative of H1, X1.",
    ),
    solution=(
        "W1′ = W1 − γ (out_o − t) out_o (1 − out_o) W5 out_H1 (1 − out_H1) X1, all of it from the"
        " old weights."
    ),
)

new_biases = Exercise(
    "new_biases",
    "N19",
    "If one B1 serves both hidden units and the biases learn: what are B1 and B2 after an update?",
    right=[SHARED["B1_H1_new"], SHARED["B2_new"]],
    mistakes=(
        ([0.35, 0.6], "the biases are frozen, as in the lecture; here they learn too."),
        (
            [0.35 - 0.5 * V["delta_H1"], SHARED["B2_new"]],
            "B1 feeds the second hidden unit as well.",
        ),
        ([0.35 - 0.5 * V["delta_H2"], SHARED["B2_new"]], "B1 feeds the first hidden unit as well."),
        (
            [0.35 - 0.25 * SHARED["dE_dB1_shared"], SHARED["B2_new"]],
            "for B1 the slopes of the two paths are averaged; they add up.",
        ),
        (
            [0.35 + 0.5 * SHARED["dE_dB1_shared"], 0.6 + 0.5 * V["delta_o"]],
            "the sign of the step is wrong.",
        ),
        ([0.35 - SHARED["dE_dB1_shared"], 0.6 - V["delta_o"]], "the learning rate is missing."),
        (
            [SHARED["dE_dB1_shared"], V["delta_o"]],
            "these are the gradients; the update is still to come.",
        ),
        ([SHARED["B2_new"], SHARED["B1_H1_new"]], "B1 and B2 have changed places."),
        (
            [SHARED["B1_H1_new"], 0.6 - 0.5 * V["dE_dout_o"]],
            "in B2 the derivative of the unit is missing.",
        ),
    ),
    otherwise=(
        "The gradient of a bias is the δ of its unit, and a bias with two units has two of them."
    ),
    hints=(
        (
            "A bias is a weight on a constant input 1, so its gradient is the δ of the unit that it"
            " feeds."
        ),
        "The three δ stand in the line above the answer; B1 feeds two units.",
        "Old bias minus 0.5 times gradient; for B1 the gradient is a sum.",
    ),
    solution=(
        "B1 = 0.35 − 0.5 · (0.013368 + 0.014996) = 0.3358 and B2 = 0.6 − 0.5 · 0.138499 = 0.5308."
    ),
)

why_slow = Exercise(
    "why_slow",
    "N19",
    "Why does each update take away a smaller and smaller percentage of the error?",
    choices={
        "A": "the learning rate falls",
        "B": "the gradient contains out_o (1 − out_o), which becomes small",
        "C": "the inputs 0.05 and 0.1 are small",
        "D": "the weights have reached a minimum with an error above 0",
    },
    right="B",
    mistakes=(
        ("A", "the learning rate is the same in all updates."),
        ("C", "they are just as small in the first updates, when the percentage is large."),
        ("D", "at a minimum the error would stay the same; here it goes on falling."),
    ),
    hints=(
        "Which factors of the chain change from update to update, and which stay?",
        "Where does out_o go, and what is the slope of the sigmoid there?",
        "Compare out_o (1 − out_o) at the start, where out_o is 0.75, and near the target 0.01.",
    ),
    solution=(
        "B: near the target 0.01 the derivative of the output unit is about 0.01, a twentieth of"
        " what it was."
    ),
)


def _forward(**changes):
    """The four numbers of `second_forward`, with some values changed."""
    v = example(gamma=1.0, **SECOND_NUMBERS | changes)
    return [v["out_H1"], v["out_H2"], v["out_o"], v["E"]]


second_forward = Exercise(
    "second_forward",
    "N9",
    "The second set of numbers: what are out_H1, out_H2, out_o and E, to three decimals?",
    right=[SECOND["out_H1"], SECOND["out_H2"], SECOND["out_o"], SECOND["E"]],
    rtol=2e-3,
    mistakes=(
        (
            [SECOND["in_H1"], SECOND["in_H2"], SECOND["in_o"], SECOND["E"]],
            "the first three are the sums; take the sigmoid of each.",
        ),
        (_forward(B1_H1=0.0, B1_H2=0.0), "B1 is missing in both hidden units."),
        (_forward(B2=0.0), "B2 is missing in the output unit."),
        (_forward(X2=0.4), "X2 is negative; its minus sign is lost."),
        (_forward(W2=0.3), "W2 is negative; its minus sign is lost."),
        (_forward(W3=0.2), "W3 is negative; its minus sign is lost."),
        (_forward(W5=0.6), "W5 is negative; its minus sign is lost."),
        (
            _forward(W2=-0.2, W3=-0.3),
            "W2 and W3 have changed places: W2 leads from X2 to H1, W3 from X1 to H2.",
        ),
        (
            [SECOND["out_H1"], SECOND["out_H2"], SECOND["out_o"], 2 * SECOND["E"]],
            "the factor ½ of E is missing.",
        ),
        (
            [SECOND["out_H1"], SECOND["out_H2"], SECOND["out_o"], SECOND["target_minus_out"]],
            "the last number is target minus output; E is half its square.",
        ),
    ),
    hints=(
        "in_H1 = 0.5 · 0.6 + (−0.3) · (−0.4) + 0.1, and its sigmoid is out_H1.",
        "in_H2 = (−0.2) · 0.6 + 0.8 · (−0.4) + 0.1; then in_o from W5, W6 and B2.",
        "The sums are in_H1 = 0.52, in_H2 = −0.34 and in_o = −0.2852.",
    ),
    solution="out_H1 = 0.6271, out_H2 = 0.4158, out_o = 0.4292, E = ½ (0.9 − 0.4292)² = 0.1108.",
)

_GRADIENTS = [SECOND["dE_dW5"], SECOND["dE_dW6"], SECOND["dE_dW1"], SECOND["dE_dW4"]]
_HIDDEN = [SECOND["delta_o"] * SECOND["W5"], SECOND["delta_o"] * SECOND["W6"]]

second_gradients = Exercise(
    "second_gradients",
    "N18",
    "The second set of numbers: what are ∂E/∂W5, ∂E/∂W6, ∂E/∂W1 and ∂E/∂W4, to three digits?",
    right=_GRADIENTS,
    rtol=5e-3,
    mistakes=(
        (
            [-g for g in _GRADIENTS],
            "all signs are wrong: the output is too low, so E falls when in_o rises.",
        ),
        (
            [*_GRADIENTS[:2], *(-g for g in _GRADIENTS[2:])],
            "the last two have the wrong sign; look at the signs of W5, W6 and X2.",
        ),
        (
            [*_GRADIENTS[:2], _HIDDEN[0] * SECOND["X1"], _HIDDEN[1] * SECOND["X2"]],
            "in the last two the derivatives of the hidden units are missing.",
        ),
        (
            [*_GRADIENTS[:2], SECOND["delta_H1"], SECOND["delta_H2"]],
            "in the last two the inputs are missing: W1 multiplies X1, W4 multiplies X2.",
        ),
        (
            [SECOND["dE_dout_o"] * SECOND[name] for name in ("out_H1", "out_H2")]
            + [g / SECOND["dout_o_din_o"] for g in _GRADIENTS[2:]],
            "the derivative of the output unit is missing in all four.",
        ),
        (
            [*_GRADIENTS[1::-1], *_GRADIENTS[2:]],
            "the first two have changed places.",
        ),
        (
            [*_GRADIENTS[:2], SECOND["delta_H2"] * SECOND["X1"], SECOND["delta_H1"] * SECOND["X2"]],
            "in the last two the hidden units are exchanged: W1 enters H1, W4 enters H2.",
        ),
    ),
    otherwise="Compute δ_o = ∂E/∂in_o first; all four contain it.",
    hints=(
        "δ_o = (out_o − t) · out_o (1 − out_o) = −0.4708 · 0.2450 = −0.1153.",
        "∂E/∂W5 = δ_o out_H1 and ∂E/∂W6 = δ_o out_H2.",
        "∂E/∂W1 = δ_o W5 out_H1 (1 − out_H1) X1; for W4 take W6, out_H2 and X2.",
    ),
    solution="∂E/∂W5 = −0.0723, ∂E/∂W6 = −0.0480, ∂E/∂W1 = 0.00971, ∂E/∂W4 = 0.00785.",
)
