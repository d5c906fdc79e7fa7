"""Exercises on one neuron: its sum, and the step."""

import numpy as np

from lecture_lib.exercise import Exercise


def _neurons(rng):
    """Arguments W, X, B with whole numbers; the first three give a sum of exactly 0."""
    on_the_line = [
        (np.array([1.0, w]), np.array([x, 1.0]), -x - w)
        for w, x in ((2.0, 3.0), (-1.0, 4.0), (3.0, -2.0))
    ]
    return on_the_line + [
        (*rng.integers(-4, 5, (2, 3)).astype(float), float(rng.integers(-4, 5))) for _ in range(20)
    ]


neuron_sum = Exercise(
    "neuron_sum",
    "S2",
    "X = (3, −1, 2), W = (0.5, 2, −1), B = 0.75: what is the sum V that reaches the activation?",
    right=-1.75,
    mistakes=(
        (-2.5, "the bias is missing."),
        (6.25, "a minus was lost; look at the sign of each product."),
        (-3.25, "the bias has the wrong sign; it is added like the products."),
        (0.0, "that is the output of the step; the question asks for the sum before the step."),
        (5.5, "the minus signs of the products are lost, and the bias is missing."),
    ),
    hints=(
        "Make one product for each input, with its own weight.",
        "The products are 1.5, −2 and −2; each keeps its sign.",
        "Add the three products, then the bias.",
    ),
    solution="V = 0.5 · 3 + 2 · (−1) + (−1) · 2 + 0.75 = −1.75.",
)

step_neuron = Exercise(
    "step_neuron",
    "S6",
    "Write a function of weights W, inputs X and bias B that returns the answer 1 or 0.",
    right=lambda W, X, B: int(W @ X + B > 0),
    cases=_neurons,
    mistakes=(
        (
            lambda W, X, B: int(W @ X + B >= 0),
            "a point exactly on the line is answered wrongly; what is the step of V = 0?",
        ),
        (lambda W, X, B: int(W @ X > 0), "the bias is missing."),
        (lambda W, X, B: W @ X + B, "this is the sum; the activation is still to come."),
        (lambda W, X, B: int(W @ X + B <= 0), "0 and 1 are exchanged."),
        (
            lambda W, X, B: int(W @ X - B > 0),
            "the bias has the wrong sign, or stands on the wrong side.",
        ),
        (lambda W, X, B: np.sign(W @ X + B), "the two answers are 1 and 0; this also says −1."),
    ),
    hints=(
        "First the sum of the products and the bias: W @ X is the sum of the products.",
        "Then compare the sum with 0; int(...) turns True and False into 1 and 0.",
        "On the line itself the sum is 0; read again which answer the step gives there.",
    ),
    solution="return int(W @ X + B > 0)",
)
