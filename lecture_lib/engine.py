"""The forward and backward pass of `network` again, for speed: all arrays are made once and used again.

One idea: a `Workspace` owns every array that a pass of one network on m samples needs. Derivatives are read off
the outputs (sigma' = a (1 - a)), the deltas of all layers share two arrays, and each carries a power of two as
an exponent, so that log10 ||delta_l|| is right where float64 itself would reach 0 or infinity. The numbers are
those of `network`, the reference (tests: to 1e-12 of the norm of each gradient); what a pass returns is
overwritten by the next one.
"""

from math import inf, log2, log10

import numpy as np

from .network import Params, norm

LOG10_2 = log10(2.0)


def _sigmoid(z, a):
    np.exp(np.negative(z, out=a), out=a)  # may overflow to inf, and 1 / (1 + inf) is the right 0
    np.reciprocal(np.add(a, 1.0, out=a), out=a)


# name: (a from z, delta times F' from (delta, z, a, scratch)); any other activation uses its reference.
FUSED = {
    "sigmoid": (_sigmoid, lambda delta, z, a, s: _times(delta, np.multiply(a, np.subtract(1.0, a, out=s), out=s))),
    "tanh": (lambda z, a: np.tanh(z, out=a),
             lambda delta, z, a, s: _times(delta, np.subtract(1.0, np.multiply(a, a, out=s), out=s))),
    "relu": (lambda z, a: np.maximum(z, 0.0, out=a),
             lambda delta, z, a, s: _times(delta, np.greater(z, 0.0, out=s, casting="unsafe"))),
    "linear": (lambda z, a: np.copyto(a, z), lambda delta, z, a, s: None),
}


def as_params(net, flat):
    """The vector `flat` as parameters of `net`: views, W_1 .. W_L and then b_1 .. b_L."""
    pairs, parts, end = list(zip(net.widths, net.widths[1:])), [], 0
    for n_in, n_out in pairs + [(1, n) for n in net.widths[1:]]:
        start, end = end, end + n_in * n_out
        parts.append(flat[start:end].reshape(n_in, n_out))
    return Params((None, *parts[:net.depth]), (None, *parts[net.depth:]))


def _times(delta, slope):
    delta *= slope


def _reference(F):
    return (lambda z, a: np.copyto(a, F.f(z)), lambda delta, z, a, s: np.multiply(delta, F.df(z), out=delta))


class Workspace:
    """Arrays for passes of `net` on `m` samples; `dtype` float64, or float32 to see where it ends."""

    def __init__(self, net, m, dtype=np.float64):
        self.net, self.m = net, m
        widths = net.widths
        new = lambda *shape: np.zeros(shape, dtype)
        self.z = [None, *(new(m, n) for n in widths[1:])]
        self.a = [None, *(new(m, n) for n in widths[1:])]
        flat = [new(m * max(widths[1:])) for _ in range(3)]  # two deltas in turn, and scratch
        view = lambda which, n: flat[which][: m * n].reshape(m, n)
        self.delta = [None, *(view(l % 2, n) for l, n in enumerate(widths[1:]))]
        self.scratch = [None, *(view(2, n) for n in widths[1:])]
        self.ones = np.ones((1, m), dtype)
        self.flat = new(sum((n_in + 1) * n_out for n_in, n_out in zip(widths, widths[1:])))
        self.gradient = as_params(net, self.flat)
        self.rules = [None, *(FUSED.get(F.name) or _reference(F) for F in net.activations[1:])]

    def run(self, params, x, d, gradients=True):
        """(loss, log10 ||delta_l|| for l = 1..L); the gradient of J is then in `self.gradient`.

        ||delta_l|| is the root mean square over the samples, as in `network.delta_sizes`; -inf where it is 0. They
        are inf or nan, and so is the loss, only if the outputs of the network are beyond float64 themselves.
        """
        net, L, z, a = self.net, self.net.depth, self.z, self.a
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            a[0] = x
            for l in range(1, L + 1):
                np.matmul(a[l - 1], params.W[l], out=z[l])
                z[l] += params.b[l]
                self.rules[l][0](z[l], a[l])
            loss = net.cost.f(a[L], d).mean()
            sizes, exponent, delta = [0.0] * L, 0, None
            for l in range(L, 0, -1):
                after, delta = delta, self.delta[l]
                if l == L:
                    np.divide(net.cost.df(a[L], d), self.m, out=delta)  # J is a mean over m samples
                else:
                    np.matmul(after, params.W[l + 1].T, out=delta)
                self.rules[l][1](delta, z[l], a[l], self.scratch[l])
                sizes[l - 1], shift = self._size(delta, exponent)
                if gradients:
                    np.matmul(a[l - 1].T, delta, out=self.gradient.W[l])
                    if net.biases:
                        np.matmul(self.ones, delta, out=self.gradient.b[l])
                    if exponent:
                        np.ldexp(self.gradient.W[l], exponent, out=self.gradient.W[l])
                        np.ldexp(self.gradient.b[l], exponent, out=self.gradient.b[l])
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
