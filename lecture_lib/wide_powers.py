"""An activation of one's own where float64 ends: near 0 and far from it it counts as a power of x.

What it returns is taken as it is between the sizes at which it and its slope are sure to keep all
digits. Beyond them c |x|^p is laid through its values at the last of these sizes; a function that
is no such power there, as a sine, is refused.
"""

from functools import lru_cache

import numpy as np

from .wide import LARGE, SMALL, choose, multiply, power, widen

# The sizes of x at which a function is tried out, from the middle outwards.
TRIED = 10.0 ** np.array([10, 15, 20, 30, 50, 75, 100, 140])
TOLERANCE = 1e-5  # of a power, between one decade and the next
PARTS = 12  # p is one of so many parts of a whole number, if it is as near as TOLERANCE


@lru_cache(maxsize=64)
def find_reach(F):
    """(smallest, largest) size of a sum at which F and F' are right as float64."""
    far = len(TRIED)
    near = len(TRIED)
    with np.errstate(all="ignore"):
        for function in (F.f, F.df):
            for sign in (-1.0, 1.0):
                far = min(far, _count_held(function(sign * TRIED)))
                near = min(near, _count_held(function(sign / TRIED)))
    return 1.0 / TRIED[near - 1], TRIED[far - 1]


def _count_held(values):
    """How many of the values, from the middle outwards, are right, 1 at least: of a size that
    float64 holds with room to spare, or 0 like the first one.
    """
    size = np.abs(values)
    is_held = (size >= SMALL) & (size <= LARGE) | (size == 0) & (size[0] == 0)
    lost = np.flatnonzero(~is_held)
    return max(1, lost[0]) if len(lost) else len(values)


def respond_as_power(F, theta):
    """(F(theta), F'(theta)), both Wide, for a Wide theta and an activation of one's own."""
    smallest, largest = find_reach(F)
    x = theta.as_float()
    size = np.abs(x)
    is_near = (size < smallest) & (theta.mantissa != 0)
    is_far = size > largest
    inside = np.where(is_near | is_far, 0.0, x)
    found = []
    for function in (F.f, F.df):
        with np.errstate(all="ignore"):
            result = widen(np.array(function(inside), float))
        for sign in (-1.0, 1.0):
            for is_there, end, step in ((is_near, smallest, 10.0), (is_far, largest, 0.1)):
                rows = is_there & (theta.sign == sign)
                if rows.any():
                    beyond = _follow_power(F.name, function, sign * end, step, theta)
                    result = choose(rows, beyond, result)
        found.append(result)
    return tuple(found)


def _follow_power(name, function, end, step, theta):
    """c |theta|^p, a Wide, through the values of a function at `end` and at end * step."""
    x = end * step ** np.arange(3.0)
    with np.errstate(all="ignore"):
        values = np.array(function(x), float)
    if values[0] == 0:
        return widen(np.zeros(theta.mantissa.shape))
    with np.errstate(all="ignore"):
        powers = np.diff(np.log(np.abs(values))) / np.log(step)
    is_power = np.isfinite(values).all() and (np.sign(values) == np.sign(values[0])).all()
    if not is_power or abs(powers[1] - powers[0]) > TOLERANCE:
        raise ValueError(
            f"activation {name} was {values[0]:.4g} at {end:g} and {values[1]:.4g} at {x[1]:g}, "
            "where it is no power of x; no sum of a chain may lie beyond."
        )
    p = round(PARTS * powers[0]) / PARTS
    if abs(p - powers[0]) > TOLERANCE:
        p = powers[0]
    ratio = multiply(theta, widen(np.full(theta.mantissa.shape, 1.0 / abs(end))))
    return multiply(widen(np.full(theta.mantissa.shape, values[0])), power(ratio, p))
