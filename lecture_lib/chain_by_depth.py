"""The first gradient of many chains, at every depth at once: one forward pass serves all depths."""

import numpy as np

from . import check
from .activations import activation as find_activation
from .chain import check_weights
from .fast_activations import find_rule
from .wide import LARGE, SMALL
from .wide_chain import find_middle, run_wide

LOG10_E = np.log10(np.e)


def first_gradient_by_depth(W, X=1.0, activation="sigmoid", block=4000):
    """log10 |dO/dW_1| of the chains of depth 1, 2, ..., L that share their first weights W (...,
    L): an array (..., L).

    A chain of depth L starts with the chain of depth L - 1, so one forward pass serves all depths.
    `block` chains, 1 or more, are computed at a time, so that their numbers stay in the processor's
    cache. It is no power of two: the numbers of a chain would then displace each other from the
    cache, and turning the array would take three times as long.
    """
    W = check_weights(W)
    F = find_activation(activation)
    X = check.real("X", X)
    block = check.integer("block", block, 1, 10**9)
    chains = W.reshape(-1, W.shape[-1])
    result = np.empty(chains.shape)
    with np.errstate(all="ignore"):
        for first in range(0, len(chains), block):
            rows = slice(first, first + block)
            logs, left = _sum_logs(np.ascontiguousarray(chains[rows].T), X, F)
            np.multiply(logs.T, LOG10_E, out=result[rows])
            if left.any():
                result[rows][left] = _sum_wide_logs(chains[rows][left], X, F)
    return result.reshape(W.shape)


def _sum_logs(weights, X, F):
    """From the weights of chains by layer (L, chains): ln |dO/dW_1| by depth (L, chains), and which
    chains (chains,) may have left float64.

    All arrays are made once, and F writes into them, which brings a third of the time.
    """
    logs = np.empty_like(weights)
    rule = find_rule(F, logs.dtype)
    chains = weights.shape[1]
    theta, room, factor = np.empty((3, chains))
    slope = np.empty(chains, rule.slope_dtype)
    watch = Watch(F, chains)
    y = np.full(chains, X)
    for l, w in enumerate(weights):
        np.multiply(w, y, out=theta)
        if watch.look(w, y, theta):
            # What lies outside is computed again with `wide`; here it must not disturb the others.
            np.clip(theta, *watch.middle, out=theta)
        rule.forward(theta, room, y, slope, True)
        # The first factor is the input X and F_1', the others are W_l F_l'.
        np.multiply(X if l == 0 else w, slope, out=factor)
        np.log(np.abs(factor, out=factor), out=logs[l])
        if l > 0:
            logs[l] += logs[l - 1]
    if 0.0 < abs(X) < SMALL:
        return logs, np.ones(chains, bool)
    return logs, watch.left()


class Watch:
    """Notes which of many chains leave the middle of float64, layer by layer; without biases."""

    def __init__(self, F, chains):
        *self.middle, self.least = find_middle(F)
        self.lowest = np.zeros(chains)
        self.highest = np.zeros(chains)
        self.smallest = np.full(chains, LARGE)  # of the sums that are not 0
        self.lost = np.zeros(chains, bool)  # a sum is 0 although no factor is
        self._size = np.empty(chains)

    def look(self, w, before, theta):
        """Note the sums `theta` = w * before of a layer, arrays (chains,); whether there was
        something to note.
        """
        size = np.abs(theta, out=self._size)
        lowest, highest = self.middle
        # Mostly all chains are in the middle, and nothing is to be noted.
        largest = np.maximum.reduce(size)
        if np.minimum.reduce(size) >= self.least and largest <= min(-lowest, highest):
            return False
        np.minimum(self.lowest, theta, out=self.lowest)
        np.maximum(self.highest, theta, out=self.highest)
        is_zero = size == 0.0
        if is_zero.any():
            self.lost |= is_zero & (w != 0) & (before != 0)
            size[is_zero] = LARGE
        np.minimum(self.smallest, size, out=self.smallest)
        return True

    def left(self):
        """Which chains (chains,) may be wrong as float64."""
        lowest, highest = self.middle
        is_middle = (
            (self.lowest >= lowest) & (self.highest <= highest) & (self.smallest >= self.least)
        )
        return self.lost | ~is_middle


def _sum_wide_logs(W, X, F):
    """log10 |dO/dW_1| by depth (chains, L), with numbers that have an exponent of their own."""
    values = run_wide(W, X, F, np.zeros_like(W))
    logs = values["log10_slope"]
    logs[:, 0] += values["log10_before"][:, 0]
    logs[:, 1:] += np.log10(np.abs(W[:, 1:]))
    return np.cumsum(logs, axis=1)
