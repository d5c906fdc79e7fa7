"""The forward and backward pass of `network` again, for speed: all arrays are made once and used
again.

One idea: a `FastPass` owns every array that a pass of one network on m samples needs. Here a column
is a sample and the last row of each layer's outputs is 1, so that one matrix product with [W; b]
does weights and biases, forwards as backwards. The sums z are not kept, so that a deep pass moves
half the memory: `fast_activations` reads derivatives off the outputs, or leaves them on the way
forwards. The deltas of all layers share two arrays, and each carries a power of two as an exponent,
so that log10 ||delta_l|| is right where float64 itself would reach 0 or infinity; `FastPass.run`
says how far. The numbers are those of `network`, the reference (tests: to 1e-12 of the norm of each
gradient); what a pass returns is overwritten by the next one.
"""

from math import inf, log2, log10

import numpy as np

from . import check
from .fast_activations import find_rule
from .flat_params import split_layers, view_params
from .network import check_network, norm

LOG10_2 = log10(2.0)
# A square sum between these needs no exponent; outside, a power of two is taken out.
SMALLEST_SQUARE = 1e-240
LARGEST_SQUARE = 1e240


def measure_delta(delta, exponent):
    """(log10 ||delta||, the power of two to take out where its numbers leave the middle of the
    range), for a delta (n, m) from which 2**exponent has been taken out already.
    """
    m = delta.shape[1]
    numbers = delta.reshape(-1)
    square = float(numbers.dot(numbers))
    if SMALLEST_SQUARE < square < LARGEST_SQUARE:
        return 0.5 * log10(square * m) + exponent * LOG10_2, 0
    total = float(norm(delta))
    if total == 0.0:
        return -inf, 0
    if not total < inf:
        return total, 0
    size = log10(total) + 0.5 * log10(m) + exponent * LOG10_2
    return size, int(log2(total))


def write_layer_gradient(both, full, delta, biases, exponent):
    """Put dJ/d[W_l; b_l] into `both` (n_{l-1} + 1, n_l), from delta (n_l, m) and the outputs of the
    layer before with a row of 1 below them (n_{l-1} + 1, m).
    """
    np.matmul(full, delta.T, out=both)
    if not biases:
        both[-1] = 0.0
    if exponent:
        np.ldexp(both, exponent, out=both)


def check_pass(net, m):
    """`m` as an int; raises TypeError or ValueError if `net` is no network, or `m` no number of
    samples.
    """
    check_network(net)
    return check.integer("m", m, 1, 10**9)


def check_plain_pass(net, m, dtype):
    """`m` as an int; raises TypeError or ValueError for a FastPass that cannot be."""
    m = check_pass(net, m)
    if dtype not in (np.float32, np.float64):
        raise ValueError(f"dtype was {check.shorten(dtype)}; it must be float32 or float64.")
    if net.skip != 0.0 or net.normalisation != "none":
        raise ValueError(
            f"net had skip {net.skip:g} and normalisation {net.normalisation}; a FastPass is "
            "for plain networks, residual_pass.make_pass for any."
        )
    check.within_limits(
        f"a pass on {m:,} samples", 2 * m * sum(net.widths) + 2 * net.parameter_count
    )
    return m


def check_rows(net, m, x, d):
    """Raise ValueError if inputs or targets have other shapes than (m, n_0) and (m, n_L): they
    would be repeated.
    """
    if np.shape(x) != (m, net.widths[0]):
        raise ValueError(f"x had shape {np.shape(x)}; it must be {m} x {net.widths[0]}.")
    if np.shape(d) != (m, net.widths[-1]):
        raise ValueError(f"d had shape {np.shape(d)}; it must be {m} x {net.widths[-1]}.")


class Pass:
    """What runs both ways through the layers of `net` with `m` samples; the layers are those of
    FastPass, or of residual_pass.ResidualPass.
    """

    def run(self, params, x, d, gradients=True):
        """(loss, log10 ||delta_l|| for l = 1..L); the gradient of J is then in `gradient` and
        `flat_gradient`.

        The arguments are those that `network.check_params` and `check_samples` returned; of x
        (m, n_0) and d (m, n_L) the shape is checked again, and a ValueError raised.

        ||delta_l|| is the root mean square over the samples, as in `network.delta_sizes`; -inf
        where it is 0. They are inf or nan, and so is the loss, only if the outputs of the network
        are beyond float64 themselves. What one layer does must be within float64: a weight or a
        slope below 1e-180 may count as 0. For the sigmoid the sizes are right as long as all |z|
        <= 700, for tanh <= 350; beyond, F' has few digits left, or none.
        """
        with np.errstate(all="ignore"):
            check_rows(self.net, self.m, x, d)
            self._run_forward(params, x)
            outputs = self._a[-1].T
            loss = self.net.cost.f(outputs, d).mean()
            sizes = self._run_backward(self.net.cost.df(outputs, d).T, gradients)
        return float(loss), np.array(sizes)

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
                np.matmul(self._params.W[l + 1], self._delta[l + 1], out=delta)
            self._go_through_unit(l, delta)
            sizes[l - 1], shift = measure_delta(delta, exponent)
            if gradients:
                both = self._layer_gradients[l]
                write_layer_gradient(both, self._full[l - 1], delta, self.net.biases, exponent)
            if shift:
                np.ldexp(delta, -shift, out=delta)
                exponent += shift
        return sizes


class FastPass(Pass):
    """Passes of `net` on `m` samples; `dtype` is float64, or float32 to see where it ends.

    `a` and `gradient` are views of its arrays with rows as samples, as in `network`; the next pass
    overwrites them. Raises ValueError for a network with skips or normalisation, TypeError or
    ValueError for what is no network, no m or no such dtype.
    """

    def __init__(self, net, m, dtype=np.float64):
        self.net = net
        self.m = check_plain_pass(net, m, dtype)
        self._make_layers(dtype)
        self._make_parameters(dtype)

    def _make_layers(self, dtype):
        """The arrays of the samples, layer by layer."""
        widths = self.net.widths
        self.layer_rules = [None, *(find_rule(F, dtype) for F in self.net.activations[1:])]
        # A column is a sample; the last row of `_full` is 1, for the biases.
        self._full = [np.ones((n + 1, self.m), dtype) for n in widths]
        self._a = [full[:-1] for full in self._full]
        self.a = [a.T for a in self._a]
        self._slope = [None]
        for rule, n in zip(self.layer_rules[1:], widths[1:]):
            self._slope.append(np.zeros((n, self.m), rule.slope_dtype))
        self._has_slope = [None] * len(widths)  # whether this pass has written it
        # All layers share the sums and the scratch, and two deltas in turn.
        self._z = self._share_array(dtype)
        self._room = self._share_array(dtype)
        even = self._share_array(dtype)
        odd = self._share_array(dtype)
        self._delta = [odd[l] if l % 2 else even[l] for l in range(self.net.depth + 1)]

    def _make_parameters(self, dtype):
        """The arrays of the weights and biases, and of their gradient."""
        self.flat_gradient = np.zeros(self.net.parameter_count, dtype)
        self.gradient = view_params(self.net, self.flat_gradient)
        self._layer_gradients = [None, *split_layers(self.net, self.flat_gradient)]
        flat_weights = np.zeros_like(self.flat_gradient)
        self._params = view_params(self.net, flat_weights)
        self._weights = [None, *(both.T for both in split_layers(self.net, flat_weights))]

    def _share_array(self, dtype):
        """Views (n_l, m) of one array for every layer l; entry 0 is None."""
        shared = np.zeros(self.m * max(self.net.widths[1:]), dtype)
        return [None, *(shared[: n * self.m].reshape(n, self.m) for n in self.net.widths[1:])]

    def _run_forward(self, params, x):
        self._a[0][...] = np.transpose(x)
        for l in range(1, self.net.depth + 1):
            self._params.W[l][...] = params.W[l]
            self._params.b[l][...] = params.b[l]
            np.matmul(self._weights[l], self._full[l - 1], out=self._z[l])
            arrays = self._z[l], self._room[l], self._a[l], self._slope[l]
            self._has_slope[l] = self.layer_rules[l].forward(*arrays)

    def _go_through_unit(self, l, delta):
        """dJ/dz in place of dJ/da."""
        if self._has_slope[l]:
            delta *= self._slope[l]
        else:
            self.layer_rules[l].read_slope(self._a[l], self._room[l])
            delta *= self._room[l]
