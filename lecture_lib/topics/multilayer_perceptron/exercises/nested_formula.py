"""Exercises on the lecture's 3-2-1 network and its nested formula."""

import numpy as np

from lecture_lib.activations import activation
from lecture_lib.exercise import Exercise

_S = activation("sigmoid")


def _networks(rng):
    """Arguments X, W_ij, W_j of 2-2-1 networks: square W_ij, so that exchanged indices give a
    number, a wrong one.
    """
    return [(rng.normal(size=2), rng.normal(size=(2, 2)), rng.normal(size=2)) for _ in range(4)]


network_321 = Exercise(
    "network_321",
    "M6",
    "Write a function of X, W_ij and W_j that returns the output Y; φ is the sigmoid.",
    right=lambda X, W_ij, W_j: _S(_S(X @ W_ij) @ W_j),
    cases=_networks,
    mistakes=(
        (lambda X, W_ij, W_j: _S(X @ W_ij) @ W_j, "the activation of the output is missing."),
        (lambda X, W_ij, W_j: _S(X @ W_ij @ W_j), "the activation of the hidden units is missing."),
        (
            lambda X, W_ij, W_j: X @ W_ij @ W_j,
            "there is no activation at all; this is one linear neuron.",
        ),
        (
            lambda X, W_ij, W_j: _S(_S(W_ij @ X) @ W_j),
            "the indices are exchanged: the sum runs over the first one, i.",
        ),
        (
            lambda X, W_ij, W_j: _S(W_ij @ X) @ W_j,
            "the indices are exchanged, and the activation of the output is missing.",
        ),
        (lambda X, W_ij, W_j: _S(np.sum(W_j * X)), "this leaves out the hidden layer."),
    ),
    hints=(
        "From the inside out: first the sums of all hidden units, X @ W_ij.",
        "Then their outputs H, with the sigmoid phi.",
        "The output unit is a neuron whose inputs are H and whose weights are W_j.",
    ),
    solution="return phi(phi(X @ W_ij) @ W_j)",
)

hidden_sum = Exercise(
    "hidden_sum",
    "M7",
    "What is V₂ = W₁₂ X₁ + W₂₂ X₂ + W₃₂ X₃, the sum that reaches H₂?",
    right=-2.5,
    mistakes=(
        (-3.8, "that takes a row of the weights: the second index says which hidden unit."),
        (3.0, "that is the sum that reaches H₁."),
        (-0.9, "the second product has lost its minus: X₂ is negative."),
        (-2.8, "the last product is missing: there are three inputs."),
        (
            _S(-2.5),
            "this is the output of H₂; the question asks for the sum before the activation.",
        ),
        (2.5, "the sign is wrong."),
        (3.1, "both minus signs are lost."),
    ),
    hints=(
        "Three products, one for each input, with the weights that lead to H₂.",
        "The weights that lead to H₂ are the second column of W_ij.",
        "X = (2, −1, 0.5) and the column is (−1, 0.8, 0.6).",
    ),
    solution="V₂ = −1 · 2 + 0.8 · (−1) + 0.6 · 0.5 = −2.5.",
    rtol=4e-3,
)

no_bias = Exercise(
    "no_bias",
    "M7",
    "Sigmoid units without biases get the input (0, 0, 0). What do the hidden units answer?",
    right="b",
    choices={"a": "0", "b": "one half", "c": "1", "d": "that depends on the weights"},
    mistakes=(
        ("a", "the sum is 0; the answer is the activation of the sum."),
        ("c", "a sigmoid is near 1 only for large sums; how large is this one?"),
        ("d", "each weight is multiplied by an input; what is left of it here?"),
    ),
    hints=(
        "Every product contains an input.",
        "So the sum is the same for all weights.",
        "What is the sigmoid of 0?",
    ),
    solution=(
        "b. The sum is 0 whatever the weights are, and σ(0) = ½; so training cannot move that"
        " point."
    ),
)
