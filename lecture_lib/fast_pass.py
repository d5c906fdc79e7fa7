"""The forward and backward pass of `network` again, for speed: all arrays are made once and used
again.

One idea: a `FastPass` owns every array that a pass of one network on m samples needs. Here a column
is a sample and the last row of each layer's outputs is 1, so that one matrix product with [W; b]
does weights and biases, forwards as backwards. On the way forwards each activation also leaves its
derivative, read off what it has in hand anyway; the sums z themselves are not kept, so all layers
share one array for them. The deltas of all layers share two, and each carries a power of two as an
exponent, so that log10 ||delta_l|| is right where float64 itself would reach 0 or infinity. The
numbers are those of `network`, the reference (tests: to 1e-12 of the norm of each gradient,
saturated units included); what a pass returns is overwritten by the next one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, log2, log10

import numpy as np

from . import check
from .activations import ACTIVATIONS
from .network import Params, norm

LOG10_2 = log10(2.0)
# A square sum between these needs no exponent; outside, a power of two is taken out.
SMALLEST_SQUARE = 1e-240
LARGEST_SQUARE = 1e240
# exp() of a larger number is inf, or close to it.
LARGEST_EXPONENT = 700.0
# With tanh^2 above this, 1 - tanh^2 has lost more than two of its sixteen digits.
SATURATED = 0.99


@dataclass(frozen=True)
class Rule:
    """An activation with all its arrays given: what it reads and writes, nothing new is made."""

    # apply(z, room, a, slope) puts F(z) into a and F'(z) into slope; z and room may be overwritten.
    apply: Callable
    slope_dtype: type = float  # of the array `slope`; bool where F' is 0 or 1


def apply_reference(F, z, a, slope):
    """F(z) into a and F'(z) into slope, by the formulas of `activations`, which hold for any z."""
    a[...], slope[...] = F.value_and_derivative(z)


def _apply_sigmoid(z, room, a, slope):
    # With E = exp(z): sigma = E / (1 + E), sigma' = sigma / (1 + E). Nothing is subtracted, so
    # saturated units keep all their digits.
    if not np.maximum.reduce(z, axis=None) < LARGEST_EXPONENT:
        apply_reference(ACTIVATIONS["sigmoid"], z, a, slope)
        return
    np.exp(z, out=z)
    np.add(z, 1.0, out=room)
    np.divide(1.0, room, out=room)
    np.multiply(z, room, out=a)
    np.multiply(a, room, out=slope)


def _apply_tanh(z, room, a, slope):
    np.tanh(z, out=a)
    np.multiply(a, a, out=room)
    np.subtract(1.0, room, out=slope)
    if not np.maximum.reduce(room, axis=None) < SATURATED:
        saturated = ~(room < SATURATED)  # there 1 - a^2 has lost digits
        slope[saturated] = ACTIVATIONS["tanh"].df(z[saturated])


def _apply_relu(z, room, a, slope):
    np.maximum(z, 0.0, out=a)
    np.greater(z, 0.0, out=slope)


def _apply_linear(z, room, a, slope):
    np.copyto(a, z)
    slope.fill(True)


RULES = {
    "sigmoid": Rule(_apply_sigmoid),
    "tanh": Rule(_apply_tanh),
    "relu": Rule(_apply_relu, bool),
    "linear": Rule(_apply_linear, bool),
}


def find_rule(F, dtype):
    """The Rule of an activation; one that has none of its own uses its reference, and so does
    float32, for which the limits above are too wide.
    """
    if F.name in RULES and dtype == np.float64:
        return RULES[F.name]

    def apply(z, room, a, slope):
        apply_reference(F, z, a, slope)

    return Rule(apply, dtype)


def as_params(net, flat):
    """The vector `flat`, [W_1; b_1] .. [W_L; b_L], as parameters of `net`: views, no copy. Leading
    axes stay.
    """
    layers = split_layers(net, flat)
    return Params(
        (None, *(layer[..., :-1, :] for layer in layers)),
        (None, *(layer[..., -1:, :] for layer in layers)),
    )


def as_flat(params):
    """The parameters as one new vector, in the order of `as_params`; of a stack one vector per
    network.
    """
    parts = []
    for W, b in zip(params.W[1:], params.b[1:]):
        parts.append(W.reshape(*W.shape[:-2], -1))
        parts.append(b.reshape(*b.shape[:-2], -1))
    return np.concatenate(parts, axis=-1)


def split_layers(net, flat):
    """The parts [W_l; b_l] of the vector `flat`, as matrices (..., n_{l-1} + 1, n_l): views, no
    copy.
    """
    layers = []
    end = 0
    for n_in, n_out in zip(net.widths, net.widths[1:]):
        start = end
        end = start + (n_in + 1) * n_out
        layers.append(flat[..., start:end].reshape(*flat.shape[:-1], n_in + 1, n_out))
    return layers


class FastPass:
    """Passes of `net` on `m` samples; `dtype` is float64, or float32 to see where it ends.

    `a` and `gradient` are views of its arrays with rows as samples, as in `network`; the next pass
    overwrites them.
    """

    def __init__(self, net, m, dtype=np.float64):
        check.within_limits(
            f"a pass on {m:,} samples", 2 * m * sum(net.widths) + 2 * net.parameter_count
        )
        self.net = net
        self.m = m
        widths = net.widths
        self.layer_rules = [None, *(find_rule(F, dtype) for F in net.activations[1:])]
        # A column is a sample; the last row of `_full` is 1, for the biases.
        self._full = [np.ones((n + 1, m), dtype) for n in widths]
        self._a = [full[:-1] for full in self._full]
        self.a = [a.T for a in self._a]
        self._slope = [None]
        for rule, n in zip(self.layer_rules[1:], widths[1:]):
            self._slope.append(np.zeros((n, m), rule.slope_dtype))
        # All layers share the sums and the scratch, and two deltas in turn.
        self._z = self._share_array(dtype)
        self._room = self._share_array(dtype)
        even = self._share_array(dtype)
        odd = self._share_array(dtype)
        self._delta = [odd[l] if l % 2 else even[l] for l in range(net.depth + 1)]
        self.flat_gradient = np.zeros(net.parameter_count, dtype)
        self.gradient = as_params(net, self.flat_gradient)
        self._layer_gradients = [None, *split_layers(net, self.flat_gradient)]
        self._weights = [None, *split_layers(net, np.zeros_like(self.flat_gradient))]

    def _share_array(self, dtype):
        """Views (n_l, m) of one array for every layer l; entry 0 is None."""
        shared = np.zeros(self.m * max(self.net.widths[1:]), dtype)
        return [None, *(shared[: n * self.m].reshape(n, self.m) for n in self.net.widths[1:])]

    def run(self, params, x, d, gradients=True):
        """(loss, log10 ||delta_l|| for l = 1..L); the gradient of J is then in `gradient` and
        `flat_gradient`.

        ||delta_l|| is the root mean square over the samples, as in `network.delta_sizes`; -inf
        where it is 0. They are inf or nan, and so is the loss, only if the outputs of the network
        are beyond float64 themselves.
        """
        with np.errstate(all="ignore"):
            self._run_forward(params, x)
            outputs = self._a[-1].T
            loss = self.net.cost.f(outputs, d).mean()
            sizes = self._run_backward(self.net.cost.df(outputs, d).T, gradients)
        return float(loss), np.array(sizes)

    def _run_forward(self, params, x):
        self._a[0][...] = np.transpose(x)
        for l in range(1, self.net.depth + 1):
            both = self._weights[l]
            both[:-1] = params.W[l]
            both[-1:] = params.b[l]
            np.matmul(both.T, self._full[l - 1], out=self._z[l])
            self.layer_rules[l].apply(self._z[l], self._room[l], self._a[l], self._slope[l])

    def _run_backward(self, error, gradients):
        """log10 ||delta_l|| by layer, from dJ/da of the last layer times m."""
        L = self.net.depth
        sizes = [0.0] * L
        exponent = 0  # of the power of two that has been taken out of delta
        for l in range(L, 0, -1):
            delta = self._delta[l]
            if l == L:
                np.divide(error, self.m, out=delta)  # J is a mean over m samples
            else:
                np.matmul(self._weights[l + 1][:-1], self._delta[l + 1], out=delta)
            delta *= self._slope[l]
            sizes[l - 1], shift = self._measure(delta, exponent)
            if gradients:
                self._compute_gradient(l, delta, exponent)
            if shift:
                np.ldexp(delta, -shift, out=delta)
                exponent += shift
        return sizes

    def _compute_gradient(self, l, delta, exponent):
        both = np.matmul(self._full[l - 1], delta.T, out=self._layer_gradients[l])
        if not self.net.biases:
            both[-1] = 0.0
        if exponent:
            np.ldexp(both, exponent, out=both)

    def _measure(self, delta, exponent):
        """(log10 ||delta||, the power of two to take out where its numbers leave the middle of the
        range).
        """
        square = float(np.vdot(delta, delta))
        if SMALLEST_SQUARE < square < LARGEST_SQUARE:
            return 0.5 * log10(square * self.m) + exponent * LOG10_2, 0
        total = float(norm(delta))
        if total == 0.0:
            return -inf, 0
        if not total < inf:
            return total, 0
        size = log10(total) + 0.5 * log10(self.m) + exponent * LOG10_2
        return size, int(log2(total))
