"""An optimiser turns a gradient into a step; each is written for one array.

`training` keeps all weights of a network in one vector and takes a step of that. `step` takes one
of Params, for a loop of one's own.

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
from .params import Params, as_float_params, check_alike, split_params


@dataclass(frozen=True)
class Optimiser:
    """A rule for one array."""

    name: str  # by which it is found
    label: str  # what a person reads
    init: Callable  # init(w) -> state
    update: Callable  # update(w, g, state, gamma) -> (w, state)


def _gd(w, g, state, gamma):
    return w - gamma * g, state  # B5


def _momentum(w, g, v, gamma):
    v = 0.9 * v - gamma * g  # momentum: most of the last step, and a step against the gradient
    return w + v, v


RPROP_UP = 1.2
RPROP_DOWN = 0.5
RPROP_MAX = 50.0
RPROP_MIN = 1e-6  # Riedmiller & Braun 1993


def _rprop(w, g, state, gamma):
    if state is None:
        state = np.full_like(w, gamma), np.zeros_like(w)
    step, last = state
    # Signs, not g * last: the product of two tiny gradients underflows
    agree = np.sign(g) * np.sign(last)
    step = np.where(agree > 0, np.minimum(step * RPROP_UP, RPROP_MAX), step)
    step = np.where(agree < 0, np.maximum(step * RPROP_DOWN, RPROP_MIN), step)
    g = np.where(agree < 0, 0.0, g)  # the "-" of iRprop-: after a turn, wait one step
    return w - np.sign(g) * step, (step, g)


def _root_of_mean(root, g, keep):
    """The root of keep * root^2 + (1 - keep) * g^2; hypot squares nothing that could overflow."""
    return np.hypot(np.sqrt(keep) * root, np.sqrt(1 - keep) * g)


def _rmsprop(w, g, root, gamma):
    root = _root_of_mean(root, g, 0.9)
    return w - gamma * g / (root + 1e-8), root


def _adam(w, g, state, gamma):
    m, root, t = state
    t = t + 1
    m = 0.9 * m + 0.1 * g
    root = _root_of_mean(root, g, 0.999)
    mean = m / (1 - 0.9**t)
    spread = root / np.sqrt(1 - 0.999**t)
    return w - gamma * mean / (spread + 1e-8), (m, root, t)


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
    """The optimiser's state for every array of `params`, in the same places.

    Raises TypeError for an argument of another type.
    """
    _check_optimiser(optimiser)
    return as_float_params("params", params).map(optimiser.init)


def _check_optimiser(optimiser):
    if not isinstance(optimiser, Optimiser):
        raise TypeError(
            f"optimiser was {check.shorten(optimiser)}; it must be one of the values of OPTIMISERS."
        )


def _check_state(optimiser, state, params):
    """Raise TypeError or ValueError if a state is not of this optimiser and these parameters."""
    if not isinstance(state, Params):
        raise TypeError(f"state was {check.shorten(state)}; it must be what init_state gave.")
    W, b = split_params("state", state)
    wanted = len(params.W) - 1
    if len(W) != len(params.W):
        raise ValueError(
            f"state had {len(W) - 1} layers; it must have as many as params, {wanted}."
        )
    if optimiser.update is _gd:
        return  # which keeps none
    for part, memories, arrays in (("W", W, params.W), ("b", b, params.b)):
        for l in range(1, len(arrays)):
            if not _has_form(memories[l], optimiser.init(arrays[l]), arrays[l]):
                raise TypeError(
                    f"state.{part}[{l}] was {check.shorten(memories[l])}; it must be what "
                    f"init_state or the last step of {optimiser.name} gave for these parameters."
                )


def _has_form(memory, new, w):
    """Whether the state of an array w can have come from `new`, its first one."""
    if new is None:  # Rprop: a pair of arrays after the first step
        is_pair = isinstance(memory, tuple) and len(memory) == 2
        return memory is None or (is_pair and all(_has_form(part, w, w) for part in memory))
    if isinstance(new, tuple):
        is_alike = isinstance(memory, tuple) and len(memory) == len(new)
        return is_alike and all(_has_form(part, one, w) for part, one in zip(memory, new))
    if isinstance(new, np.ndarray):
        return isinstance(memory, np.ndarray) and memory.shape == w.shape
    return isinstance(memory, type(new))


def step(optimiser, params, gradient, state, gamma):
    """One step for all arrays: (the new parameters, the new state); nothing is changed in place.

    Raises TypeError or ValueError for an argument of another type, a state of other parameters or
    another optimiser, or a gamma that is not above 0.
    """
    _check_optimiser(optimiser)
    params = as_float_params("params", params)
    gradient = as_float_params("gradient", gradient)
    check_alike("gradient", gradient, params)
    _check_state(optimiser, state, params)
    gamma = check.real("learning rate gamma", gamma, above=0)

    def update(w, g, memory):
        return optimiser.update(w, g, memory, gamma)

    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        pairs = params.map(update, gradient, state)
    return pairs.map(_take_first), pairs.map(_take_second)


def _take_first(pair):
    return pair[0]


def _take_second(pair):
    return pair[1]


def clip(gradient, threshold):
    """The gradient scaled down to norm `threshold` if it is larger, of a stack each network's by
    its own norm.

    Pascanu et al. 2013, arXiv:1211.5063. Raises TypeError or ValueError for an argument of another
    type, or a `threshold` that is not above 0.
    """
    threshold = check.real("threshold", threshold, above=0)
    given = gradient
    gradient = as_float_params("gradient", gradient)
    arrays = (*gradient.W[1:], *gradient.b[1:])
    largest = np.max([np.abs(g).max(axis=(-2, -1)) for g in arrays], axis=0)
    divisor = np.where(largest > 0, largest, 1.0)
    # Norms of what is left when the largest entry is taken out cannot overflow.
    with np.errstate(under="ignore", invalid="ignore"):
        parts = [norm(g / divisor[..., None, None]) for g in arrays]
        relative = np.sqrt(np.square(parts).sum(axis=0))
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        is_longer = relative * largest > threshold

    def shorten(g):
        scaled = g / divisor[..., None, None] * (threshold / relative)[..., None, None]
        return np.where(is_longer[..., None, None], scaled, g)

    if not is_longer.any():
        return given
    with np.errstate(all="ignore"):  # also of a network whose gradient is 0
        return gradient.map(shorten)


def clip_vector(gradient, threshold):
    """`clip` for gradients that are vectors (..., P); of a stack each vector by its own norm."""
    largest = np.abs(gradient).max(axis=-1, keepdims=True)
    divisor = np.where(largest > 0, largest, 1.0)
    with np.errstate(all="ignore"):
        scaled = gradient / divisor
        relative = np.sqrt(np.square(scaled).sum(axis=-1, keepdims=True))
        shorter = scaled * (threshold / relative)
        return np.where(relative * largest > threshold, shorter, gradient)
