"""Five backward passes with one planted bug each, for a gradient check to find: a 3-3-3 sigmoid net, one sample."""

import numpy as np

from lecture_lib import check
from lecture_lib.activations import ACTIVATIONS

SUSPECTS = {
    "sign of the output delta": "D",
    "no slope in the hidden delta": "B",
    "weights not transposed": "E",
    "slope taken at the output, not the input": "C",
    "hidden delta from the new weights": "A",
}
BUGS = ("A", "B", "C", "D", "E")
GAMMA = 0.5
F = ACTIVATIONS["sigmoid"]
_RNG = np.random.default_rng(1)
X, D, W1, W2 = np.array([1.0, -0.5, 0.8]), np.array([0.1, 0.9, 0.2]), *_RNG.normal(size=(2, 3, 3))


def cost(W1, W2):
    return 0.5 * np.square(F(F(X @ W1) @ W2) - D).sum()


def backward(bug=""):
    """dJ/dW1 and dJ/dW2; right if no bug is named."""
    in_j = X @ W1
    H = F(in_j)
    in_k = H @ W2
    Y = F(in_k)
    delta_k = (D - Y if bug == "D" else Y - D) * F.df(Y if bug == "C" else in_k)
    back = {"A": (W2 - GAMMA * np.outer(H, delta_k)).T, "E": W2}.get(bug, W2.T)
    delta_j = (delta_k @ back) * (1 if bug == "B" else F.df(in_j))
    return np.outer(X, delta_j), np.outer(H, delta_k)


def ratios(bug):
    """What the backward pass says over what nudging by 1e-5 says, for each entry of W1 and of W2."""
    check.one_of("bug", bug, ("", *BUGS))
    h = 1e-5 * np.eye(18).reshape(18, 2, 3, 3)
    nudged = np.array([(cost(W1 + a, W2 + b) - cost(W1 - a, W2 - b)) / 2e-5 for a, b in h]).reshape(
        2, 3, 3
    )
    return np.array(backward(bug)) / nudged


def verdict(bug, suspect):
    return (
        "right"
        if SUSPECTS[check.one_of("suspect", suspect, tuple(SUSPECTS))] == bug
        else "not this one"
    )
