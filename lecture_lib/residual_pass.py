"""The fast pass of networks with skip connections or normalisation, in the form of `fast_pass`.

As there, all arrays are made once, a column is a sample, and each delta carries a power of two as
an exponent. A skip adds one term each way; alpha times the delta of the layer after is added before
a size is measured, so both have the same exponent. Means are products with a vector of 1/m, which
is several times as fast as `mean` of an axis.
"""

from math import inf

import numpy as np

from . import check
from .fast_activations import find_rule
from .fast_pass import FastPass, Pass, check_pass
from .flat_params import split_layers, view_params
from .network import check_network
from .normalisation import EPSILON, normalise


def make_pass(net, m):
    """The fast pass that fits `net`, on m samples."""
    check_network(net)
    is_plain = net.skip == 0.0 and net.normalisation == "none"
    return FastPass(net, m) if is_plain else ResidualPass(net, m)


class Means:
    """Means of matrices (n, m), columns as samples, over what a normalisation averages over."""

    def __init__(self, kind, n, m):
        self.over_samples = kind == "batch"
        self.count = m if self.over_samples else n
        self.parts = np.full(self.count, 1.0 / self.count)

    def of(self, x):
        """The means of x: (n, 1) over the samples, (1, m) over the units."""
        if self.over_samples:
            return (x @ self.parts)[:, None]
        return (self.parts @ x)[None, :]

    def of_products(self, x, y):
        """The means of x times y, in the same shape."""
        if self.over_samples:
            return np.einsum("ij,ij->i", x, y)[:, None] / self.count
        return np.einsum("ij,ij->j", x, y)[None, :] / self.count


class ResidualPass(Pass):
    """Passes of `net` on `m` samples.

    `z`, `a` and `gradient` are views of its arrays with rows as samples, as in `network`; the next
    pass overwrites them. Raises TypeError or ValueError for what is no network, or no m.
    """

    def __init__(self, net, m):
        m = check_pass(net, m)
        check.within_limits(
            f"a pass on {m:,} samples", 3 * m * sum(net.widths) + 2 * net.parameter_count
        )
        self.net = net
        self.m = m
        widths = net.widths
        # A column is a sample; the last row of `_full` is 1, for the biases.
        self._z = [np.zeros((n, m)) for n in widths]
        self._full = [np.ones((n + 1, m)) for n in widths]
        self._a = [full[:-1] for full in self._full]
        self.z = [z.T for z in self._z]
        self.a = [a.T for a in self._a]
        self._delta = [None, *(np.zeros((n, m)) for n in widths[1:])]
        self._scratch = [None, *(np.zeros((n, m)) for n in widths[1:])]
        self._room = [None, *(np.zeros((n, m)) for n in widths[1:])]
        self._prepare_normalisation(widths, m)
        self.flat_gradient = np.zeros(net.parameter_count)
        self.gradient = view_params(net, self.flat_gradient)
        self._layer_gradients = [None, *split_layers(net, self.flat_gradient)]
        flat_weights = np.zeros_like(self.flat_gradient)
        self._params = view_params(net, flat_weights)
        self._weights = [None, *split_layers(net, flat_weights)]
        self._rules = [None, *(find_rule(F, np.float64) for F in net.activations[1:])]
        self._slope = [None]
        for rule, n in zip(self._rules[1:], widths[1:]):
            self._slope.append(np.zeros((n, m), rule.slope_dtype))

    def _prepare_normalisation(self, widths, m):
        """`_y[l]` is what F_l is applied to: an array of its own where it is not z."""
        self._y = list(self._z)
        self._s = [None] * len(widths)
        self._means = [None] * len(widths)
        for l in range(1, len(widths)):
            if self.net.has_normalisation(l):
                self._y[l] = np.zeros_like(self._z[l])
                self._means[l] = Means(self.net.normalisation, widths[l], m)

    def _run_forward(self, params, x):
        self._a[0][...] = np.transpose(x)
        for l in range(1, self.net.depth + 1):
            both = self._weights[l]
            both[:-1] = params.W[l]
            both[-1:] = params.b[l]
            np.matmul(both.T, self._full[l - 1], out=self._z[l])
            if self.net.has_skip(l):
                self._add_skip(self._z[l], self._z[l - 1], self._scratch[l])
            if self.net.has_normalisation(l):
                self._normalise(l)
            # The rule may overwrite its sums, and both passes need them again.
            np.copyto(self._scratch[l], self._y[l])
            arrays = self._scratch[l], self._room[l], self._a[l], self._slope[l]
            self._rules[l].forward(*arrays, needs_slope=True)

    def _add_skip(self, to, source, scratch):
        """Add alpha times `source`."""
        np.multiply(source, self.net.skip, out=scratch)
        to += scratch

    def _normalise(self, l):
        y = self._y[l]
        means = self._means[l]
        np.subtract(self._z[l], means.of(self._z[l]), out=y)
        s = np.sqrt(means.of_products(y, y) + EPSILON)
        if s.item(s.argmax()) < inf:
            y /= s
        else:
            found = normalise(self.net.normalisation, self._z[l].T)
            s = found.s.T
            y[...] = found.y.T
        self._s[l] = s

    def _normalise_back(self, l, delta):
        """dJ/dz in place of dJ/dy."""
        y = self._y[l]
        means = self._means[l]
        mean = means.of(delta)
        np.multiply(y, means.of_products(delta, y), out=self._scratch[l])
        delta -= self._scratch[l]
        delta -= mean
        delta /= self._s[l]

    def _go_through_unit(self, l, delta):
        """dJ/dz in place of dJ/da."""
        delta *= self._slope[l]
        if self.net.has_normalisation(l):
            self._normalise_back(l, delta)
        if self.net.has_skip(l + 1):
            self._add_skip(delta, self._delta[l + 1], self._scratch[l])
