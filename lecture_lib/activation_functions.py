"""The activations F and their derivatives F', element by element on arrays.

Every F' is a function of the same argument as F (the lecture's in, V or theta), and is computed so
that it keeps its relative accuracy where the unit is saturated: no overflow and no 0 - 0 up to |x|
= 1e4. Conventions at a kink: step'(x) = 0 everywhere, ReLU'(0) = 0, leaky ReLU'(0) = 0.01, ELU'(0)
= 1, SELU'(0) = lambda * alpha. In `activations` a function and its derivative are one value.
"""

from functools import wraps
from math import erfc, sqrt

import numpy as np

from . import check

LEAK = 0.01  # the slope of the leaky ReLU below 0
# Klambauer et al. 2017, arXiv:1706.02515
SELU_SCALE = 1.0507009873554805
SELU_ALPHA = 1.6732632423543772


def on_floats(function):
    """The function for any array of numbers: whole ones become float64, and neither underflow nor
    what an exploding network hands in is an event.
    """

    @wraps(function)
    def convert_and_call(x, *more):
        x = check.as_floats("x", x)
        with np.errstate(under="ignore", over="ignore", invalid="ignore"):
            return function(x, *more)

    return convert_and_call


@on_floats
def step(x):
    """1 for x > 0, else 0."""
    return np.where(x > 0, 1.0, 0.0)  # S6


@on_floats
def step_derivative(x):
    """0 everywhere."""
    return np.zeros_like(x, dtype=float)


@on_floats
def linear(x):
    """x itself."""
    return 1.0 * x


@on_floats
def linear_derivative(x):
    """1 everywhere."""
    return np.ones_like(x, dtype=float)


def _exp_minus_abs(x):
    """exp(-|x|): the one exponential that can only underflow."""
    return np.exp(-np.abs(x))


@on_floats
def sigmoid(x):
    """1 / (1 + exp(-x))."""
    e = _exp_minus_abs(x)
    return np.where(x >= 0, 1.0, e) / (1.0 + e)  # B7, B9


@on_floats
def sigmoid_derivative(x):
    """F (1 - F), without the cancellation in 1 - F."""
    e = _exp_minus_abs(x)
    return e / (1.0 + e) ** 2  # B8, V11


@on_floats
def sigmoid_both(x):
    """(F, F') of the sigmoid, which share an exponential."""
    e = _exp_minus_abs(x)
    large = 1.0 / (1.0 + e)
    small = e * large
    return np.where(x >= 0, large, small), small * large


@on_floats
def tanh_derivative(x):
    """1 - tanh(x)^2, as four times the slope of the sigmoid at 2x."""
    return 4.0 * sigmoid_derivative(2.0 * x)


@on_floats
def tanh(x):
    """tanh(x)."""
    return np.tanh(x)


@on_floats
def relu(x):
    """The larger of x and 0."""
    return np.maximum(x, 0.0)  # R1, R7


@on_floats
def relu_derivative(x):
    """1 for x > 0, else 0."""
    return np.where(x > 0, 1.0, 0.0)


@on_floats
def leaky_relu(x):
    """x for x > 0, else LEAK x."""
    return np.where(x > 0, x, LEAK * x)


@on_floats
def leaky_relu_derivative(x):
    """1 for x > 0, else LEAK."""
    return np.where(x > 0, 1.0, LEAK)


@on_floats
def elu(x, alpha=1.0):
    """x for x > 0, else alpha (exp(x) - 1)."""
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0.0)))


@on_floats
def elu_derivative(x, alpha=1.0):
    """1 for x > 0, else alpha exp(x)."""
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0.0)))


def _normal_cdf_of_one(x):
    return 0.5 * erfc(-x / sqrt(2.0))


_normal_cdf = np.vectorize(_normal_cdf_of_one, otypes=[float])


def _normal_pdf(x):
    return np.exp(-0.5 * np.square(x)) / np.sqrt(2.0 * np.pi)


@on_floats
def gelu(x):
    """x times the share of the normal distribution below x."""
    return np.maximum(x, -_largest(x)) * _normal_cdf(x)  # so that -inf gives 0


@on_floats
def gelu_derivative(x):
    """Phi(x) + x phi(x), with the normal distribution Phi and its density phi."""
    return _normal_cdf(x) + np.clip(x, -_largest(x), _largest(x)) * _normal_pdf(x)


def _largest(x):
    """The largest finite number of the type of x."""
    return np.finfo(x.dtype).max


@on_floats
def selu(x):
    """SELU_SCALE times the ELU with alpha = SELU_ALPHA."""
    return SELU_SCALE * elu(x, SELU_ALPHA)


@on_floats
def selu_derivative(x):
    """SELU_SCALE times the slope of that ELU."""
    return SELU_SCALE * elu_derivative(x, SELU_ALPHA)
