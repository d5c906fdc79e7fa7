"""Exercise on the gradient check."""

import numpy as np

from lecture_lib.exercise import Exercise


def _bumpy(rng):
    """A cost J of a 2 x 3 array in which no entry is like another, a place in it, and a wide nudge
    h.
    """
    A, B = rng.normal(size=(2, 2, 3))
    return (
        lambda W: float(np.sum(np.sin(A * W) + B * W**2) + np.prod(W[0])),
        rng.normal(size=(2, 3)),
        0.1,
    )


def _slopes(quotient):
    """A gradient check that puts quotient(J, W, n, h) for every place, n being 1 at that place and
    0 elsewhere.
    """

    def check(J, W, h):
        ones = np.eye(W.size).reshape(W.size, *W.shape)
        return np.array([quotient(J, W, one, h) for one in ones]).reshape(W.shape)

    return check


def _forgetful(J, W, h):
    W = W.copy()
    slopes = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        W[place] += h
        up = J(W)
        W[place] -= 2 * h
        slopes[place] = (up - J(W)) / (2 * h)
    return slopes


gradient_check = Exercise(
    "gradient_check",
    "B36",
    "Write a function of a cost J, an array W and a nudge h that returns all slopes of J.",
    right=_slopes(lambda J, W, one, h: (J(W + h * one) - J(W - h * one)) / (2 * h)),
    cases=lambda rng: [_bumpy(rng) for _ in range(3)],
    mistakes=(
        (
            _slopes(lambda J, W, one, h: (J(W + h * one) - J(W)) / h),
            "you nudge only upwards; with a nudge up and one down the bend of J cancels.",
        ),
        (
            _slopes(lambda J, W, one, h: (J(W) - J(W - h * one)) / h),
            "you nudge only downwards; with a nudge up and one down the bend of J cancels.",
        ),
        (
            _slopes(lambda J, W, one, h: (J(W + h * one) - J(W - h * one)) / h),
            "all slopes are twice too large; how far apart are the two points?",
        ),
        (
            _slopes(lambda J, W, one, h: (J(W - h * one) - J(W + h * one)) / (2 * h)),
            "the sign is wrong; which of the two costs comes first?",
        ),
        (
            _slopes(lambda J, W, one, h: (J(W + h * one) - J(W)) / (2 * h)),
            "one of the two costs is taken at W itself, yet the distance is that of both nudges.",
        ),
        (
            _slopes(lambda J, W, one, h: (J(W + h) - J(W - h)) / (2 * h)),
            "all entries are nudged at once; each slope needs a nudge of its entry alone.",
        ),
        (
            _forgetful,
            "one nudge is still there when the next entry is nudged; start from W each time.",
        ),
        (
            _slopes(lambda J, W, one, h: J(W + h * one) - J(W - h * one)),
            "these are differences of the cost; a slope is a difference divided by a distance.",
        ),
    ),
    hints=(
        "Do for an array what slope_of does for one number.",
        (
            "Go through all places with np.ndindex(W.shape), with two copies of W, one nudged up"
            " and one down."
        ),
        "The two points of a place are two nudges apart.",
    ),
    solution=(
        "At each place (J(up) − J(down)) / 2h, where up and down are copies of W with that one"
        " entry moved by ±h."
    ),
)
