"""Numbers that no float64 holds: a mantissa, and a power of two of its own.

A chain of 10,000 layers has outputs such as 0.5^10000; as float64 that is 0, and ReLU'(0) is
another slope than ReLU'(0.5^10000). `Wide` keeps such numbers, `respond` puts them through an
activation, and its slope is right where it is as small as e^-1000. The limit is that of the
logarithm: a size below 2^(-1e308) counts as 0, one above 2^1e308 as that.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .activation_functions import SELU_ALPHA, SELU_SCALE

LN2 = np.log(2.0)
LOG10_2 = np.log10(2.0)
# Between these sizes, products of two numbers and slopes stay far from the ends of float64.
SMALL = 1e-150
LARGE = 1e150
FURTHEST = 1e308  # an exponent
FURTHEST_SHIFT = 3000  # powers of two; more would make any float64 0 or inf


@dataclass(frozen=True)
class Wide:
    """The numbers mantissa * 2^exponent, arrays of one shape."""

    mantissa: np.ndarray  # 0, or its size is in [1/2, 1)
    exponent: np.ndarray  # whole numbers, as float64: an exponential of an exponential needs them

    def layer(self, l):
        """Entry l of the last axis."""
        return Wide(self.mantissa[..., l], self.exponent[..., l])

    @property
    def sign(self):
        """-1, 0 or 1."""
        return np.sign(self.mantissa)

    @property
    def log10(self):
        """log10 of the size; -inf of 0."""
        with np.errstate(divide="ignore"):
            return np.log10(np.abs(self.mantissa)) + self.exponent * LOG10_2

    def as_float(self):
        """The nearest float64; 0 or inf beyond its range."""
        shift = np.clip(self.exponent, -FURTHEST_SHIFT, FURTHEST_SHIFT)
        with np.errstate(over="ignore", under="ignore"):
            return np.ldexp(self.mantissa, shift.astype(int))


def widen(x, exponent=0.0):
    """The numbers x * 2^exponent, for an array x of finite float64."""
    mantissa, shift = np.frexp(x)
    with np.errstate(over="ignore"):
        place = shift + exponent
    is_zero = (mantissa == 0) | (place < -FURTHEST)
    place = np.where(is_zero, 0.0, np.minimum(place, FURTHEST))
    return Wide(np.where(is_zero, 0.0, mantissa), place)


def widen_exponential(x):
    """e^x for an array x of float64; 0 for -inf."""
    is_number = np.isfinite(x)
    whole = np.floor(np.where(is_number, x, 0.0) / LN2)
    rest = np.clip(np.where(is_number, x, 0.0) - whole * LN2, 0.0, LN2)
    return widen(np.where(is_number, np.exp(rest), 0.0), whole)


def multiply(a, b):
    """The product of two Wide."""
    with np.errstate(over="ignore"):
        place = a.exponent + b.exponent
    return widen(a.mantissa * b.mantissa, place)


def power(a, p):
    """|a|^p, a Wide, for a number p."""
    with np.errstate(over="ignore", divide="ignore"):
        place = np.clip(a.exponent * p, -1.5 * FURTHEST, FURTHEST)
        whole = np.floor(place)
        return widen(np.abs(a.mantissa) ** p * 2.0 ** (place - whole), whole)


def add(a, b):
    """The sum of two Wide."""
    places = [np.where(part.mantissa == 0, -np.inf, part.exponent) for part in (a, b)]
    top = np.maximum(*places)
    top = np.where(np.isfinite(top), top, 0.0)
    total = np.zeros(top.shape)
    for part, place in zip((a, b), places):
        shift = np.maximum(place - top, -FURTHEST_SHIFT).astype(int)
        with np.errstate(under="ignore"):
            total = total + np.ldexp(part.mantissa, shift)
    return widen(total, top)


def choose(condition, a, b):
    """`a` where `condition` holds, else `b`; both are Wide."""
    return Wide(
        np.where(condition, a.mantissa, b.mantissa),
        np.where(condition, a.exponent, b.exponent),
    )


@dataclass(frozen=True)
class Tail:
    """An activation where its slope gets too small for float64: beyond `start`, on one side of
    0.
    """

    start: float  # the slope is still above 1e-100 there
    value: Callable  # value(x), a Wide
    slope: Callable  # slope(x), a Wide


def _constant(value):
    def repeat(x):
        return widen(np.full(x.shape, value))

    return repeat


def _exponential(factor, rate):
    """x -> factor * e^(rate x)."""

    def compute(x):
        return multiply(widen(np.full(x.shape, factor)), widen_exponential(rate * x))

    return compute


def _series(x):
    """1 - 1/x^2 + 3/x^4 - ...: |x| times the area under the tail of the bell curve, over its
    height.
    """
    over_square = 1.0 / np.square(x)
    total = np.ones(x.shape)
    for odd in (13, 11, 9, 7, 5, 3, 1):
        total = 1.0 - odd * over_square * total
    return total


def _bell(x):
    """The density of N(0, 1)."""
    return multiply(
        widen(np.full(x.shape, 1.0 / np.sqrt(2.0 * np.pi))), widen_exponential(-0.5 * np.square(x))
    )


def _gelu_value(x):
    # x Phi(x), and Phi(x) = bell / |x| * series for x far below 0
    return multiply(widen(-_series(x)), _bell(x))


def _gelu_slope(x):
    return multiply(widen(x + _series(x) / np.abs(x)), _bell(x))  # x bell + Phi(x)


# By name: what the activation does far below 0, and far above it; the others have no such place.
BELOW = {
    "sigmoid": Tail(-200.0, _exponential(1.0, 1.0), _exponential(1.0, 1.0)),
    "tanh": Tail(-100.0, _constant(-1.0), _exponential(4.0, 2.0)),
    "elu": Tail(-200.0, _constant(-1.0), _exponential(1.0, 1.0)),
    "selu": Tail(
        -200.0, _constant(-SELU_SCALE * SELU_ALPHA), _exponential(SELU_SCALE * SELU_ALPHA, 1.0)
    ),
    "gelu": Tail(-20.0, _gelu_value, _gelu_slope),
}
ABOVE = {
    "sigmoid": Tail(200.0, _constant(1.0), _exponential(1.0, -1.0)),
    "tanh": Tail(100.0, _constant(1.0), _exponential(4.0, -2.0)),
}


def middle(F):
    """(lowest, highest) sum at which an activation of the library is right as float64."""
    lowest = BELOW[F.name].start if F.name in BELOW else -LARGE
    highest = ABOVE[F.name].start if F.name in ABOVE else LARGE
    return lowest, highest


def respond(F, theta):
    """(F(theta), F'(theta)), both Wide, for a Wide theta and an activation of the library.

    Next to 0 and far from it an activation is a line: F(0) + slope theta, or slope theta.
    """
    x = theta.as_float()
    probe = np.copysign(np.clip(np.abs(x), SMALL, LARGE), theta.mantissa)
    probe = np.where(theta.mantissa == 0, 0.0, probe)
    with np.errstate(all="ignore"):
        value = widen(F.f(probe))
        slope = widen(F.df(probe))
        is_outside = probe != x
        is_line = is_outside & (F.f(np.zeros(1)) == 0.0) & (slope.mantissa != 0)
        value = choose(is_line, multiply(slope, theta), value)
        for tail, is_there in (
            (BELOW.get(F.name), x < middle(F)[0]),
            (ABOVE.get(F.name), x > middle(F)[1]),
        ):
            if tail is not None and is_there.any():
                far = np.clip(x, -FURTHEST, FURTHEST)
                value = choose(is_there, tail.value(far), value)
                slope = choose(is_there, tail.slope(far), slope)
    return value, slope
