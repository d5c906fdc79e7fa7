"""The forward and backward pass of `network` again, for speed: all arrays are made once and used again.

One idea: a `Workspace` owns every array that a pass of one network on m samples needs. Here a column is a sample and
the last row of each layer's outputs is 1, so that one matrix product with [W; b] does weights and biases, forwards as
backwards. Derivatives are read off the outputs (sigma' = a (1 - a)), the deltas of all layers share two arrays, and
each carries a power of two as an exponent, so that log10 ||delta_l|| is right where float64 itself would reach 0 or
infinity. The numbers are those of `network`, the reference (tests: to 1e-12 of the norm of each gradient); what a
pass returns is overwritten by the next one.
"""

from math import inf, log2, log10

import numpy as np

from . import check
from .network import Params, norm

LOG10_2 = log10(2.0)


def _sigmoid(z, a):
    np.exp(np.negative(z, out=a), out=a)  # may overflow to inf, and 1 / (1 + inf) is the right 0
    np.divide(1.0, np.add(a, 1.0, out=a), out=a)


def _relu(z, a):
    a.fill(0.0)  # two arrays are compared faster than an array and a number
    np.maximum(z, a, out=a)


# name: (a from z, delta times F' from (delta, z, a, scratch)); any other activation uses its reference.
FUSED = {
    "sigmoid": (
        _sigmoid,
        lambda delta, z, a, s: _times(delta, np.multiply(a, np.subtract(1.0, a, out=s), out=s)),
    ),
    "tanh": (
        lambda z, a: np.tanh(z, out=a),
        lambda delta, z, a, s: _times(delta, np.subtract(1.0, np.multiply(a, a, out=s), out=s)),
    ),
    "relu": (
        _relu,
        lambda delta, z, a, s: _times(delta, np.greater(z, 0.0, out=s, casting="unsafe")),
    ),
    "linear": (lambda z, a: np.copyto(a, z), lambda delta, z, a, s: None),
}


def as_params(net, flat):
    """The vector `flat`, [W_1; b_1] .. [W_L; b_L], as parameters of `net`: views, no copy. Leading axes stay."""
    layers = split_layers(net, flat)
    return Params(
        (None, *(layer[..., :-1, :] for layer in layers)),
        (None, *(layer[..., -1:, :] for layer in layers)),
    )


def as_flat(params):
    """The parameters as one new vector, in the order of `as_params`; of a stack one vector per network."""
    parts = []
    for W, b in zip(params.W[1:], params.b[1:]):
        parts.append(W.reshape(*W.shape[:-2], -1))
        parts.append(b.reshape(*b.shape[:-2], -1))
    return np.concatenate(parts, axis=-1)


def split_layers(net, flat):
    """The parts [W_l; b_l] of the vector `flat`, as matrices (..., n_{l-1} + 1, n_l): views, no copy."""
    layers = []
    end = 0
    for n_in, n_out in zip(net.widths, net.widths[1:]):
        start = end
        end = start + (n_in + 1) * n_out
        layers.append(flat[..., start:end].reshape(*flat.shape[:-1], n_in + 1, n_out))
    return layers


def _times(delta, slope):
    delta *= slope


def _reference(F):
    return (
        lambda z, a: np.copyto(a, F.f(z)),
        lambda delta, z, a, s: np.multiply(delta, F.df(z), out=delta),
    )


class FastPass:
    """Arrays for passes of `net` on `m` samples; `dtype` float64, or float32 to see where it ends."""

    def __init__(self, net, m, dtype=np.float64):
        check.within_limits(
            f"a pass on {m:,} samples", 2 * m * sum(net.widths) + 2 * net.parameter_count
        )
        self.net, self.m, widths = net, m, net.widths
        new = lambda *shape: np.zeros(shape, dtype)
        self._z, self._full = (
            [new(n, m) for n in widths],
            [np.ones((n + 1, m), dtype) for n in widths],
        )
        self._a = [full[:-1] for full in self._full]
        self.z, self.a = (
            [part.T for part in parts] for parts in (self._z, self._a)
        )  # rows are samples, as elsewhere
        two = [new(m * max(widths[1:])) for _ in range(3)]  # two deltas in turn, and scratch
        view = lambda which, n: two[which][: m * n].reshape(n, m)
        self.delta = [None, *(view(l % 2, n) for l, n in enumerate(widths[1:]))]
        self.scratch = [None, *(view(2, n) for n in widths[1:])]
        self.flat_gradient = new(net.parameter_count)
        self.gradient = as_params(net, self.flat_gradient)
        self._slopes, self._weights = (
            [None, *split_layers(net, flat)]
            for flat in (self.flat_gradient, np.zeros_like(self.flat_gradient))
        )
        self.layer_rules = [
            None,
            *(FUSED.get(F.name) or _reference(F) for F in net.activations[1:]),
        ]

    def run(self, params, x, d, gradients=True):
        """(loss, log10 ||delta_l|| for l = 1..L); the gradient of J is then in `self.gradient`.

        ||delta_l|| is the root mean square over the samples, as in `network.delta_sizes`; -inf where it is 0. They
        are inf or nan, and so is the loss, only if the outputs of the network are beyond float64 themselves.
        """
        net, L, z, a, full = self.net, self.net.depth, self._z, self._a, self._full
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            a[0][...] = np.transpose(x)
            for l in range(1, L + 1):
                both = self._weights[l]
                both[:-1], both[-1:] = params.W[l], params.b[l]
                np.matmul(both.T, full[l - 1], out=z[l])
                self.layer_rules[l][0](z[l], a[l])
            loss = net.cost.f(a[L].T, d).mean()
            sizes, exponent, delta = [0.0] * L, 0, None
            for l in range(L, 0, -1):
                after, delta = delta, self.delta[l]
                if l == L:
                    np.divide(
                        net.cost.df(a[L].T, d).T, self.m, out=delta
                    )  # J is a mean over m samples
                else:
                    np.matmul(self._weights[l + 1][:-1], after, out=delta)
                self.layer_rules[l][1](delta, z[l], a[l], self.scratch[l])
                sizes[l - 1], shift = self._size(delta, exponent)
                if gradients:
                    both = np.matmul(full[l - 1], delta.T, out=self._slopes[l])
                    if not net.biases:
                        both[-1] = 0.0
                    if exponent:
                        np.ldexp(both, exponent, out=both)
                if shift:
                    np.ldexp(delta, -shift, out=delta)
                    exponent += shift
        return float(loss), np.array(sizes)

    def _size(self, delta, exponent):
        """log10 of the size, and the power of two to take out where the numbers leave the middle of the range."""
        square = float(np.vdot(delta, delta))
        if 1e-240 < square < 1e240:
            return 0.5 * log10(square * self.m) + exponent * LOG10_2, 0
        total = float(norm(delta))
        if not 0.0 < total < inf:
            return (-inf if total == 0.0 else total), 0
        return log10(total) + 0.5 * log10(self.m) + exponent * LOG10_2, int(log2(total))
