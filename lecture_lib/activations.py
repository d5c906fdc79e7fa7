"""An activation F bends the sum that reaches a unit; with its derivative F' it is one value.

Every F' here is a function of the same argument as F (the lecture's in, V or theta), and is
computed so that it keeps its relative accuracy where the unit is saturated: no overflow and no 0 -
0 up to |x| = 1e4. Conventions at a kink: step'(x) = 0 everywhere, ReLU'(0) = 0, leaky ReLU'(0) =
0.01, ELU'(0) = 1, SELU'(0) = lambda * alpha.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from math import erfc, sqrt

import numpy as np

from . import check, own


@dataclass(frozen=True)
class Activation:
    """A function with its derivative, both element by element on arrays."""

    name: str
    label: str  # what a person reads
    f: Callable  # F
    df: Callable  # F'
    both: Callable | None = None  # (F, F') at once, where they share work
    steepest: float | None = None  # the largest |F'|, of a registered one

    def __call__(self, x):
        """F(x)."""
        return self.f(x)

    def value_and_derivative(self, x):
        """(F(x), F'(x))."""
        if self.both is not None:
            return self.both(x)
        return self.f(x), self.df(x)


def _on_floats(function):
    """The function for any array of numbers: whole ones become float64, and neither underflow nor
    what an exploding network hands in is an event.
    """

    @wraps(function)
    def convert_and_call(x, *more):
        x = check.as_floats("x", x)
        with np.errstate(under="ignore", over="ignore", invalid="ignore"):
            return function(x, *more)

    return convert_and_call


@_on_floats
def _step(x):
    return np.where(x > 0, 1.0, 0.0)  # S6


@_on_floats
def _step_derivative(x):
    return np.zeros_like(x, dtype=float)


@_on_floats
def _linear(x):
    return 1.0 * x


@_on_floats
def _linear_derivative(x):
    return np.ones_like(x, dtype=float)


def _exp_minus_abs(x):
    """exp(-|x|): the one exponential that can only underflow."""
    return np.exp(-np.abs(x))


@_on_floats
def _sigmoid(x):
    e = _exp_minus_abs(x)
    return np.where(x >= 0, 1.0, e) / (1.0 + e)  # B7, B9


@_on_floats
def _sigmoid_derivative(x):
    e = _exp_minus_abs(x)
    return e / (1.0 + e) ** 2  # B8, V11: F (1 - F) without the cancellation in 1 - F


@_on_floats
def _sigmoid_both(x):
    e = _exp_minus_abs(x)
    large = 1.0 / (1.0 + e)
    small = e * large
    return np.where(x >= 0, large, small), small * large


@_on_floats
def _tanh_derivative(x):
    return 4.0 * _sigmoid_derivative(2.0 * x)


@_on_floats
def _tanh(x):
    return np.tanh(x)


@_on_floats
def _relu(x):
    return np.maximum(x, 0.0)  # R1, R7


@_on_floats
def _relu_derivative(x):
    return np.where(x > 0, 1.0, 0.0)


LEAK = 0.01


@_on_floats
def _leaky_relu(x):
    return np.where(x > 0, x, LEAK * x)


@_on_floats
def _leaky_relu_derivative(x):
    return np.where(x > 0, 1.0, LEAK)


@_on_floats
def _elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0.0)))


@_on_floats
def _elu_derivative(x, alpha=1.0):
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0.0)))


def _normal_cdf_of_one(x):
    return 0.5 * erfc(-x / sqrt(2.0))


_normal_cdf = np.vectorize(_normal_cdf_of_one, otypes=[float])


def _normal_pdf(x):
    return np.exp(-0.5 * np.square(x)) / np.sqrt(2.0 * np.pi)


@_on_floats
def _gelu(x):
    return np.maximum(x, -_largest(x)) * _normal_cdf(x)  # so that -inf gives 0


@_on_floats
def _gelu_derivative(x):
    return _normal_cdf(x) + np.clip(x, -_largest(x), _largest(x)) * _normal_pdf(x)


def _largest(x):
    """The largest finite number of the type of x."""
    return np.finfo(x.dtype).max


# Klambauer et al. 2017, arXiv:1706.02515
SELU_SCALE = 1.0507009873554805
SELU_ALPHA = 1.6732632423543772


@_on_floats
def _selu(x):
    return SELU_SCALE * _elu(x, SELU_ALPHA)


@_on_floats
def _selu_derivative(x):
    return SELU_SCALE * _elu_derivative(x, SELU_ALPHA)


# The perceptron's: its derivative is 0, so no gradient passes it.
STEP = Activation("step", "step", _step, _step_derivative)

_LIST = (
    Activation("linear", "linear", _linear, _linear_derivative),
    Activation("sigmoid", "sigmoid", _sigmoid, _sigmoid_derivative, _sigmoid_both),
    Activation("tanh", "tanh", _tanh, _tanh_derivative),
    Activation("relu", "ReLU", _relu, _relu_derivative),
    Activation("leaky_relu", "leaky ReLU", _leaky_relu, _leaky_relu_derivative),
    Activation("elu", "ELU", _elu, _elu_derivative),
    Activation("gelu", "GELU", _gelu, _gelu_derivative),
    Activation("selu", "SELU", _selu, _selu_derivative),
)
ACTIVATIONS = {entry.name: entry for entry in _LIST}
MENU = ("sigmoid", "tanh", "relu", "leaky_relu", "linear")
REGISTERED = []  # names of one's own, in the order of this session


def activation(name):
    """The activation of that name (an `Activation` is passed through); ValueError if there is
    none.
    """
    if isinstance(name, Activation):
        return name
    return ACTIVATIONS[check.one_of("activation", name, tuple(ACTIVATIONS))]


def is_built_in(F):
    """Whether an activation is one of the library's, not one of its name."""
    return F in (*_LIST, STEP)


def register(name, f, df, label=None):
    """Add an activation of one's own: it is then in the menus of explorers that are opened after
    it, and everywhere else, until Python ends. Returns the Activation.

    `f` and `df` are F and F', on arrays element by element; what they return counts, so that a
    slope which they round to 0 is 0. Raises ValueError, with the point, if they are not finite up
    to |x| = 1e4 or if `df` is not the derivative of `f`; ValueError or TypeError for a name that is
    taken or no word, for what is no function, and for a `label` that is no plain text. The same
    functions may be registered again.
    """
    own.check_name(name)
    label = name if label is None else label
    own.check_label(label)
    own.check_function(f"f of {name}", f)
    own.check_derivative(name, f, df)
    if name in REGISTERED and own.have_same_values((f, df), _list_functions(name)):
        return ACTIVATIONS[name]
    own.check_free(name, (*ACTIVATIONS, STEP.name))
    steepest = own.find_largest_slope(df)
    ACTIVATIONS[name] = Activation(name, label, _copy(f), _copy(df), steepest=steepest)
    REGISTERED.append(name)
    return ACTIVATIONS[name]


def _list_functions(name):
    return ACTIVATIONS[name].f, ACTIVATIONS[name].df


def _copy(function):
    """The function with a result of its own, as those above have it, in the type of its input."""

    def copy_result(x):
        return np.array(function(x), dtype=x.dtype)

    return _on_floats(copy_result)


def list_registered():
    """Pairs (label, name) of the activations that were registered."""
    return tuple((ACTIVATIONS[name].label, name) for name in REGISTERED)
