"""An activation F bends the sum that reaches a unit; with its derivative F' it is one value.

Every F' here is a function of the same argument as F (the lecture's in, V or theta), and is computed so
that it keeps its relative accuracy where the unit is saturated: no overflow and no 0 - 0 up to |x| = 1e4.
Conventions at a kink: step'(x) = 0 everywhere, ReLU'(0) = 0, leaky ReLU'(0) = 0.01, ELU'(0) = 1,
SELU'(0) = lambda * alpha.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np

from . import check


@dataclass(frozen=True)
class Activation:
    """A function `f` and its derivative `df`, both element by element on arrays."""

    name: str
    label: str
    f: Callable
    df: Callable
    both: Callable | None = None  # (f, df) at once, where they share work

    def __call__(self, x):
        return self.f(x)

    def value_and_derivative(self, x):
        """(F(x), F'(x))."""
        return self.both(x) if self.both else (self.f(x), self.df(x))


def _half(x):
    """exp(-|x|): the one exponential that can only underflow."""
    return np.exp(-np.abs(x))


def _sigmoid(x):
    e = _half(x)
    return np.where(x >= 0, 1.0, e) / (1.0 + e)


def _sigmoid_slope(x):
    e = _half(x)
    return e / (1.0 + e) ** 2


def _sigmoid_pair(x):
    e = _half(x)
    large = 1.0 / (1.0 + e)
    small = e * large
    return np.where(x >= 0, large, small), small * large


_normal_cdf = np.vectorize(lambda x: 0.5 * erfc(-x / sqrt(2.0)), otypes=[float])
_normal_pdf = lambda x: np.exp(-0.5 * np.square(x)) / np.sqrt(2.0 * np.pi)

LEAK = 0.01
SELU_SCALE, SELU_ALPHA = (
    1.0507009873554805,
    1.6732632423543772,
)  # Klambauer et al. 2017, arXiv:1706.02515


def _elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0.0)))


def _elu_slope(x, alpha=1.0):
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0.0)))


_LIST = (
    Activation(
        "step", "step", lambda x: np.where(x > 0, 1.0, 0.0), lambda x: np.zeros_like(x, dtype=float)
    ),
    Activation("linear", "linear", lambda x: 1.0 * x, lambda x: np.ones_like(x, dtype=float)),
    Activation("sigmoid", "sigmoid", _sigmoid, _sigmoid_slope, _sigmoid_pair),
    Activation("tanh", "tanh", np.tanh, lambda x: 4.0 * _sigmoid_slope(2.0 * x)),
    Activation("relu", "ReLU", lambda x: np.maximum(x, 0.0), lambda x: np.where(x > 0, 1.0, 0.0)),
    Activation(
        "leaky_relu",
        "leaky ReLU",
        lambda x: np.where(x > 0, x, LEAK * x),
        lambda x: np.where(x > 0, 1.0, LEAK),
    ),
    Activation("elu", "ELU", _elu, _elu_slope),
    Activation(
        "gelu", "GELU", lambda x: x * _normal_cdf(x), lambda x: _normal_cdf(x) + x * _normal_pdf(x)
    ),
    Activation(
        "selu",
        "SELU",
        lambda x: SELU_SCALE * _elu(x, SELU_ALPHA),
        lambda x: SELU_SCALE * _elu_slope(x, SELU_ALPHA),
    ),
)

ACTIVATIONS = {a.name: a for a in _LIST if a.name != "step"}
STEP = _LIST[0]  # the perceptron's: its derivative is 0, so no gradient passes it
MENU = ("sigmoid", "tanh", "relu", "leaky_relu", "linear")


def activation(name):
    """The activation of that name (an `Activation` is passed through); ValueError if there is none."""
    if isinstance(name, Activation):
        return name
    return ACTIVATIONS[check.one_of("activation", name, tuple(ACTIVATIONS))]
