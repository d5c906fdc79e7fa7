"""Sizes as powers of ten, for numbers that leave what float64 holds.

A size is kept as its decimal logarithm. Zero has none, so it counts as 10^FLOOR, which is below
every positive float64; what has grown beyond float64 counts as 10^CEILING.
"""

import numpy as np

FLOOR = -320.0
CEILING = 300.0


def log10_floored(x):
    """log10 of x >= 0, element by element; FLOOR where x is 0."""
    return np.log10(np.maximum(x, 1e-320))


def clip_decades(decades):
    """Decimal logarithms between FLOOR and CEILING; not a number counts as CEILING, for it comes
    from an overflow.
    """
    finite = np.nan_to_num(decades, nan=CEILING, posinf=CEILING, neginf=FLOOR)
    return np.clip(finite, FLOOR, CEILING)
