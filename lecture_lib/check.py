"""One clear sentence for bad input: it names the argument, what it was, and what is allowed."""

from numbers import Integral, Real
from sys import float_info

import numpy as np


def shorten(value):
    """`value` in one line of 60 characters at most."""
    return f"{' '.join(repr(value).split()):.60}"


def integer(name, value, low, high):
    """`value` as an int in [low, high]; TypeError or ValueError otherwise."""
    real = isinstance(value, Real) and not isinstance(value, bool | np.bool_)
    if not real or not (isinstance(value, Integral) or float(value).is_integer()):
        raise TypeError(
            f"{name} was {shorten(value)}; it must be a whole number from {low} to {high:,}."
        )
    if not low <= value <= high:
        raise ValueError(f"{name} was {shorten(value)}; it must lie between {low} and {high:,}.")
    return int(value)


def real(name, value, low=-np.inf, high=np.inf, above=None):
    """`value` as a finite float in [low, high] (and > `above`); TypeError or ValueError otherwise."""
    allowed = (
        f"above {above:g}"
        if above is not None
        else f"{low:g} or more"
        if low > -np.inf
        else "finite"
    )
    if np.isfinite(high):
        allowed = f"between {low if above is None else above:g} and {high:g}"
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{name} was {shorten(value)}; it must be a number, {allowed}.")
    if (
        not abs(value) <= float_info.max
        or not low <= value <= high
        or (above is not None and value <= above)
    ):
        raise ValueError(f"{name} was {shorten(value)}; it must be a number, {allowed}.")
    return float(value)


def within_limits(job, numbers=0, operations=0):
    """ValueError, before it starts, if `job` needs more than 4 GB for its numbers or more than about an hour."""
    if 8 * numbers > 4e9:
        raise ValueError(
            f"{job} would take {8e-9 * numbers:,.0f} GB of memory; it must fit into 4 GB."
        )
    if operations > 4e13:
        raise ValueError(
            f"{job} would take about {operations / 4e13:,.0f} hours; it must be done in one."
        )


def one_of(name, value, options):
    """`value` if it is one of `options`; ValueError otherwise."""
    for option in options:
        if isinstance(value, type(option)) and value == option:
            return option
    raise ValueError(
        f"{name} was {shorten(value)}; it must be one of {', '.join(map(str, options))}."
    )


def array(name, value, shape=None, kind="numbers"):
    """`value` as a finite float64 array; `shape` has None where any length of 1 or more will do."""
    try:
        result = np.asarray(value)
        if (
            result.dtype.kind in "USc"
        ):  # NumPy would read "1.5" as a number and drop an imaginary part
            raise TypeError
        result = result.astype(float, copy=False)
    except (TypeError, ValueError):
        raise TypeError(f"{name} was {shorten(value)}; it must be an array of {kind}.") from None
    if shape is not None:
        wanted = " x ".join("any" if n is None else str(n) for n in shape)
        fits = result.ndim == len(shape) and all(
            n in (None, m) for n, m in zip(shape, result.shape)
        )
        if not fits or 0 in result.shape:
            raise ValueError(
                f"{name} had shape {result.shape}; it must be {wanted}, and not empty."
            )
    if not np.isfinite(result).all():
        where = np.argwhere(~np.isfinite(result))[0].tolist()
        raise ValueError(
            f"{name} held {result[tuple(where)]} at {where}; every entry must be finite."
        )
    return result
