"""A guess and the answer: the compute function of every prediction."""

from dataclasses import dataclass
from inspect import isgeneratorfunction

import numpy as np

from lecture_lib.quiet import quiet


@dataclass(frozen=True)
class Guess:
    """What a student guessed, and what came out."""

    mine: float | None  # the guess; None where nobody has guessed, as on a slide
    found: np.ndarray | None  # one value per run, ascending; None until the answer is asked for
    is_working: bool = False  # whether it has been asked for and is being computed


def reveal(truth):
    """The compute function of a prediction: it runs `truth()`, an array, only when the answer is
    asked for.

    Where that takes long `truth` is a generator, which yields None between slices of its work and
    the array at the end.
    """
    find = quiet("under")(truth)
    if isgeneratorfunction(truth):
        return reveal_in_slices(find)

    def compute(mine, answer):
        if answer == "hidden":
            return Guess(mine, None)
        return Guess(mine, np.sort(find()))

    return compute


def reveal_in_slices(find):
    """`reveal` of a generator: a first Guess without the answer, and None until it is found."""

    def compute(mine, answer):
        yield Guess(mine, None, is_working=answer == "shown")
        if answer == "hidden":
            return
        for found in find():
            yield None if found is None else Guess(mine, np.sort(found))

    return compute
