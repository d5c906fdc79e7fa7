"""An activation F bends the sum that reaches a unit; with its derivative F' it is one value.

The functions themselves stand in `activation_functions`. Activations of one's own join them here.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import activation_functions as functions
from . import check, own


@dataclass(frozen=True)
class Activation:
    """A function with its derivative, both element by element on arrays."""

    name: str  # by which it is found
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


# The perceptron's: its derivative is 0, so no gradient passes it.
STEP = Activation("step", "step", functions.step, functions.step_derivative)

_LIST = (
    Activation("linear", "linear", functions.linear, functions.linear_derivative),
    Activation(
        "sigmoid",
        "sigmoid",
        functions.sigmoid,
        functions.sigmoid_derivative,
        functions.sigmoid_both,
    ),
    Activation("tanh", "tanh", functions.tanh, functions.tanh_derivative),
    Activation("relu", "ReLU", functions.relu, functions.relu_derivative),
    Activation("leaky_relu", "leaky ReLU", functions.leaky_relu, functions.leaky_relu_derivative),
    Activation("elu", "ELU", functions.elu, functions.elu_derivative),
    Activation("gelu", "GELU", functions.gelu, functions.gelu_derivative),
    Activation("selu", "SELU", functions.selu, functions.selu_derivative),
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

    return functions.on_floats(copy_result)


def list_registered():
    """Pairs (label, name) of the activations that were registered."""
    return tuple((ACTIVATIONS[name].label, name) for name in REGISTERED)
