"""A guess and the answer: the compute function of every prediction."""

from collections import namedtuple

import numpy as np

Guess = namedtuple("Guess", "mine found")  # `found` is None until the answer is asked for


def reveal(truth):
    """The compute function of a prediction: runs `truth()` only when the answer is asked for."""
    run = np.errstate(under="ignore")(truth)
    return lambda mine, answer: Guess(mine, np.sort(run()) if answer == "shown" else None)
