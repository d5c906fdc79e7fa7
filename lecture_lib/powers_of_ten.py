"""Sizes as powers of ten, for numbers that leave what float64 holds.

A size is kept as its decimal logarithm. Zero has none, so it counts as 10^FLOOR, which is below
every normal float64; what has grown beyond float64 counts as 10^CEILING.
"""

import numpy as np

FLOOR = -320.0
CEILING = 300.0


def log10_floored(x):
    """log10 of x >= 0, element by element; FLOOR where x is 0, or smaller than that."""
    return np.maximum(np.log10(np.maximum(x, 1e-320)), FLOOR)


def make_finite(decades):
    """Decimal logarithms with FLOOR for a size of 0 and CEILING for what has left float64."""
    return np.nan_to_num(decades, nan=CEILING, posinf=CEILING, neginf=FLOOR)
