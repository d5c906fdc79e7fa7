"""Five backward passes with one planted bug each, for a gradient check to find: a 3-3-3 sigmoid
net, one sample.
"""

import numpy as np

from lecture_lib import check
from lecture_lib.activations import ACTIVATIONS

SUSPECTS = {
    "sign of the output delta": "D",
    "no slope in the hidden delta": "B",
    "weights not transposed": "E",
    "slope computed at a unit's output instead of at its sum": "C",
    "hidden delta from the new weights": "A",
}
BUGS = ("A", "B", "C", "D", "E")
# What the table would show if a suspect were the bug.
TRACES = {
    "sign of the output delta": "it would make every ratio −1, in both layers",
    "no slope in the hidden delta": (
        "it would leave the output weights right, and make all hidden ratios 4 or more"
    ),
    "weights not transposed": (
        "it would leave the output weights right, and mix up weights, so that even signs change"
    ),
    "slope computed at a unit's output instead of at its sum": (
        "it would change both layers, and only a little"
    ),
    "hidden delta from the new weights": (
        "it would leave the output weights right, and change the hidden ratios by a small step"
    ),
}
GAMMA = 0.5
NUDGE = 1e-5
F = ACTIVATIONS["sigmoid"]
X = np.array([1.0, -0.5, 0.8])
D = np.array([0.1, 0.9, 0.2])
W1, W2 = np.random.default_rng(1).normal(size=(2, 3, 3))


def cost(W1, W2):
    """J of the network with these weights, both (3, 3) (B18)."""
    H = F(X @ W1)
    Y = F(H @ W2)
    return 0.5 * np.square(Y - D).sum()


def backward(bug=""):
    """(dJ/dW1, dJ/dW2), both (3, 3); right if no bug is named."""
    in_j = X @ W1
    H = F(in_j)
    in_k = H @ W2
    Y = F(in_k)

    error = D - Y if bug == "D" else Y - D
    slope_k = F.df(Y) if bug == "C" else F.df(in_k)
    delta_k = error * slope_k  # B23

    back = W2.T
    if bug == "A":
        back = (W2 - GAMMA * np.outer(H, delta_k)).T
    if bug == "E":
        back = W2
    slope_j = 1.0 if bug == "B" else F.df(in_j)
    delta_j = (delta_k @ back) * slope_j  # B25
    return np.outer(X, delta_j), np.outer(H, delta_k)


def ratios(bug):
    """What the backward pass says over what nudging says, for each entry of W1 and of W2: an array
    (2, 3, 3).

    Raises ValueError unless `bug` is one of BUGS or empty.
    """
    check.one_of("bug", bug, ("", *BUGS))
    nudged = []
    for direction in np.eye(18).reshape(18, 2, 3, 3):
        h1, h2 = NUDGE * direction
        nudged.append((cost(W1 + h1, W2 + h2) - cost(W1 - h1, W2 - h2)) / (2 * NUDGE))
    return np.array(backward(bug)) / np.reshape(nudged, (2, 3, 3))


def verdict(bug, suspect):
    """Whether the suspect is this bug: "right", or what the table would show if it were; three dots
    wait. Raises ValueError for any other suspect.
    """
    if suspect is ...:
        return "waits for your suspect"
    named = SUSPECTS[check.one_of("suspect", suspect, tuple(SUSPECTS))]
    return "right" if named == bug else f"not this one: {TRACES[suspect]}"
