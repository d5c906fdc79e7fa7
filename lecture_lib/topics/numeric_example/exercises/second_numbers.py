"""Exercises on a second set of numbers, which the student works out alone."""

from lecture_lib.exercise import Exercise
from lecture_lib.small_networks.worked_example import example

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
