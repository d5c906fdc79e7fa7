"""An optimiser turns a gradient into a step; each is written for ONE array and lifted to all of
them.

`init(w)` makes the state of an array, `update(w, g, state, gamma)` returns the new array and state.
gamma is the lecture's learning rate (B6); for Rprop, which ignores the size of the gradient, it is
the first step Delta_0. Names: "gd" plain gradient descent (B5), "momentum" (0.9), "rprop" (iRprop-:
Igel & Huesken 2000, after Riedmiller & Braun 1993), "rmsprop" (0.9), "adam" (Kingma & Ba 2015,
arXiv:1412.6980).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import check
from .network import norm


@dataclass(frozen=True)
class Optimiser:
    """A rule for one array."""

    name: str
    label: str  # what a person reads
    init: Callable  # init(w) -> state
    update: Callable  # update(w, g, state, gamma) -> (w, state)


def _gd(w, g, state, gamma):
    return w - gamma * g, state  # B5


def _momentum(w, g, v, gamma):
    v = 0.9 * v - gamma * g
    return w + v, v


RPROP_UP = 1.2
RPROP_DOWN = 0.5
RPROP_MAX = 50.0
RPROP_MIN = 1e-6  # Riedmiller & Braun 1993


def _rprop(w, g, state, gamma):
    if state is None:
        state = np.full_like(w, gamma), np.zeros_like(w)
    step, last = state
    agree = np.sign(g) * np.sign(
        last
    )  # signs, not g * last: the product of two tiny gradients underflows
    step = np.where(agree > 0, np.minimum(step * RPROP_UP, RPROP_MAX), step)
    step = np.where(agree < 0, np.maximum(step * RPROP_DOWN, RPROP_MIN), step)
    g = np.where(agree < 0, 0.0, g)  # the "-" of iRprop-: after a turn, wait one step
    return w - np.sign(g) * step, (step, g)


def _rmsprop(w, g, s, gamma):
    s = 0.9 * s + 0.1 * g * g
    return w - gamma * g / (np.sqrt(s) + 1e-8), s


def _adam(w, g, state, gamma):
    m, v, t = state
    t = t + 1
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g * g
    mean = m / (1 - 0.9**t)
    spread = np.sqrt(v / (1 - 0.999**t))
    return w - gamma * mean / (spread + 1e-8), (m, v, t)


def _no_state(w):
    return None


def _adam_state(w):
    return np.zeros_like(w), np.zeros_like(w), 0


_LIST = (
    Optimiser("gd", "gradient descent", _no_state, _gd),
    Optimiser("momentum", "momentum", np.zeros_like, _momentum),
    Optimiser("rprop", "Rprop", _no_state, _rprop),
    Optimiser("rmsprop", "RMSProp", np.zeros_like, _rmsprop),
    Optimiser("adam", "Adam", _adam_state, _adam),
)
OPTIMISERS = {o.name: o for o in _LIST}


def init_state(optimiser, params):
    """The optimiser's state for every array of `params`, in the same places."""
    return params.map(optimiser.init)


def step(optimiser, params, gradient, state, gamma):
    """One step for all arrays: (the new parameters, the new state); nothing is changed in place."""

    def update(w, g, memory):
        return optimiser.update(w, g, memory, gamma)

    with np.errstate(over="ignore", invalid="ignore"):
        pairs = params.map(update, gradient, state)
    return pairs.map(_take_first), pairs.map(_take_second)


def _take_first(pair):
    return pair[0]


def _take_second(pair):
    return pair[1]


def clip(gradient, threshold):
    """The gradient scaled down to norm `threshold` if it is larger (Pascanu et al. 2013,
    arXiv:1211.5063).
    """
    check.real("threshold", threshold, above=0)
    total = norm(np.array([[norm(g) for g in (*gradient.W[1:], *gradient.b[1:])]]))
    if not total > threshold:
        return gradient
    return gradient.map(lambda g: g * (threshold / total))


def clip_vector(gradient, threshold):
    """`clip` for gradients that are vectors (..., P); of a stack each vector by its own norm."""
    total = norm(gradient[..., None, :])[..., None]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.where(total > threshold, gradient * (threshold / total), gradient)
