"""The activations again, for `fast_pass`: they write into arrays that are given.

One idea: sigma' = a (1 - a) and tanh' = 1 - a^2 are read off the outputs, with no second
exponential and no stored sums. Where a unit is so saturated that the subtraction would lose digits,
F' is made from the sum, of quotients alone. The values are those of `activations`, the reference.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .activations import ACTIVATIONS

# exp() of a larger number is inf, or close to it.
LARGEST_EXPONENT = 700.0
# For sums beyond these, 1 - sigma and 1 - tanh^2 lose more than two of their sixteen digits.
SATURATED_SIGMOID = 4.6
SATURATED_TANH = 2.9


@dataclass(frozen=True)
class Rule:
    """An activation with all its arrays given: what it reads and writes, nothing new is made."""

    # forward(z, room, a, slope, needs_slope=False) puts F(z) into a; z and room may be overwritten.
    # It returns whether it has also put F'(z) into slope; otherwise F' can be read off a. With
    # `needs_slope` it always has, and each slope depends on its own sum alone.
    forward: Callable
    read_slope: Callable | None = None  # read_slope(a, slope) puts F' into slope, from a = F(z)
    slope_dtype: type = float  # of the array `slope`; bool where F' is 0 or 1


def _find_largest(z):
    # The place of the largest entry is found in half the time of the entry itself; nan if one is.
    return z.item(z.argmax())


def _sigmoid(z, room, a, slope, needs_slope=False):
    # With E = exp(z): F = E / (1 + E) and F' = F / (1 + E).
    top = _find_largest(z)
    if not top < LARGEST_EXPONENT:
        return _use_reference(ACTIVATIONS["sigmoid"], z, a, slope)
    np.exp(z, out=z)
    np.add(z, 1.0, out=room)
    np.divide(z, room, out=a)
    if top < SATURATED_SIGMOID and not needs_slope:
        return False
    np.divide(a, room, out=slope)
    return True


def _read_sigmoid_slope(a, slope):
    np.subtract(1.0, a, out=slope)
    np.multiply(a, slope, out=slope)


def _tanh(z, room, a, slope, needs_slope=False):
    # With E = exp(2 z): F' = E (2 / (1 + E))^2.
    top = _find_largest(z)
    bottom = z.item(z.argmin())
    if not top < LARGEST_EXPONENT / 2:
        return _use_reference(ACTIVATIONS["tanh"], z, a, slope)
    np.tanh(z, out=a)
    if bottom > -SATURATED_TANH and top < SATURATED_TANH and not needs_slope:
        return False
    np.add(z, z, out=z)
    np.exp(z, out=z)
    np.add(z, 1.0, out=room)
    np.divide(2.0, room, out=room)
    np.multiply(z, room, out=slope)
    np.multiply(slope, room, out=slope)
    return True


def _read_tanh_slope(a, slope):
    np.multiply(a, a, out=slope)
    np.subtract(1.0, slope, out=slope)


@lru_cache(maxsize=8)
def _keep_zeros(shape):
    zeros = np.zeros(shape)
    zeros.flags.writeable = False
    return zeros


def _relu(z, room, a, slope, needs_slope=False):
    # NumPy finds the larger of two arrays in a third of the time that it needs with a number.
    np.maximum(z, _keep_zeros(z.shape), out=a)
    np.greater(z, 0.0, out=slope)
    return True


def _linear(z, room, a, slope, needs_slope=False):
    np.copyto(a, z)
    slope.fill(True)
    return True


def _use_reference(F, z, a, slope):
    a[...], slope[...] = F.value_and_derivative(z)
    return True


RULES = {
    "sigmoid": Rule(_sigmoid, _read_sigmoid_slope),
    "tanh": Rule(_tanh, _read_tanh_slope),
    "relu": Rule(_relu, slope_dtype=bool),
    "linear": Rule(_linear, slope_dtype=bool),
}


def find_rule(F, dtype):
    """The Rule of an activation; one that has none of its own uses its reference, and so does
    float32, for which the limits above are too wide.
    """
    if F is ACTIVATIONS.get(F.name) and F.name in RULES and dtype == np.float64:
        return RULES[F.name]

    def forward(z, room, a, slope, needs_slope=False):
        return _use_reference(F, z, a, slope)

    return Rule(forward, slope_dtype=dtype)
