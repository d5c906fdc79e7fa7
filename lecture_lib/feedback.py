"""What an exercise says of an answer that is still blank, or that none of its mistakes explains."""

from copy import deepcopy

import numpy as np

WAITING = "This check waits for your answer: put it in place of the three dots, and run the cell."
CLOSE = 0.05  # a relative difference below which digits may be missing


def is_blank(answer, case=None):
    """Whether an answer still has the three dots of the start: alone, as an entry of a list, or
    returned by the function when it is called with `case`.
    """
    if isinstance(answer, list | tuple):
        return any(entry is ... for entry in answer)
    if callable(answer) and case is not None:
        return returns_dots(answer, case)
    return answer is ...


def returns_dots(function, case):
    """Whether a student's function returns three dots; False if it raises anything."""
    try:
        return function(*deepcopy(case)) is ...
    except Exception:
        return False


def are_same(mine, right, rtol):
    """Whether an answer, a number or an array, is the model to a relative difference `rtol`."""
    with np.errstate(all="ignore"):  # of answers at the ends of float64
        return bool(np.allclose(mine, right, rtol=rtol, atol=1e-12))


def tell_how_far(given, model, rtol=1e-3):
    """One sentence that compares a wrong answer with the model: two numbers, two arrays of the same
    shape, or two lists of those, one per example. It does not tell the model of a single number.
    """
    if isinstance(model, list):
        return compare_examples(given, model, rtol)
    if np.ndim(model) == 0:
        differs = name_difference(float(given), float(model))
        return f"Your {write_apart(given, model)} {differs}."
    pairs = list(zip(np.ravel(given).tolist(), np.ravel(model).tolist()))
    wrong = [not are_same(mine, right, rtol) for mine, right in pairs]
    first = wrong.index(True)
    mine, right = pairs[first]
    differs = name_difference(mine, right)
    return (
        f"The first number that differs is number {first + 1}: {write_apart(mine, right)} "
        f"{differs}."
    )


def compare_examples(given, model, rtol):
    """One sentence on the first of several examples in which a function is wrong."""
    wrong = [not are_same(mine, right, rtol) for mine, right in zip(given, model)]
    first = wrong.index(True)
    mine = write_apart(given[first], model[first])
    right = write_apart(model[first], given[first])
    return (
        f"It is wrong in {sum(wrong)} of {len(model)} examples; in the first of them it gives"
        f" {mine}, and {right} is right."
    )


def write_apart(mine, right):
    """`mine` as `shorten` has it, in as many digits as it takes to see that it is not `right`."""
    for digits in range(4, 18):
        written = shorten(mine, digits)
        if written != shorten(right, digits):
            return written
    return shorten(mine)


def shorten(value, digits=4):
    """The first four numbers of a value, in a few digits."""
    numbers = [f"{number:.{digits}g}" for number in np.ravel(value)[:4]]
    dots = [", …"] if np.size(value) > 4 else []
    return ", ".join(numbers) + "".join(dots)


def name_difference(mine, right):
    """How a number differs from the right one, in words that do not give it away."""
    if min(mine, right) < 0 < max(mine, right):
        return "has the wrong sign"
    if abs(mine - right) <= CLOSE * abs(right):
        return "is close, so look for digits that were rounded too early"
    size = abs(mine) / abs(right) if right else np.inf
    way = "large" if size > 1 else "small"
    if size > 10 or size < 0.1:
        return f"is more than ten times too {way}"
    return f"is too {way}" if right > 0 else f"is too {way} in size"
