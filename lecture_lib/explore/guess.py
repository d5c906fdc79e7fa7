"""A guess and the answer: the compute function of every prediction."""

from dataclasses import dataclass

import numpy as np

from lecture_lib.quiet import quiet


@dataclass(frozen=True)
class Guess:
    """What a student guessed, and what came out."""

    mine: float | None  # the guess; None where nobody has guessed, as on a slide
    found: np.ndarray | None  # one value per run, ascending; None until the answer is asked for


def reveal(truth):
    """The compute function of a prediction: it runs `truth()`, an array, only when the answer is
    asked for.
    """
    find = quiet("under")(truth)

    def compute(mine, answer):
        if answer == "hidden":
            return Guess(mine, None)
        return Guess(mine, np.sort(find()))

    return compute
