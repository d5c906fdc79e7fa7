"""The passes of several networks of one shape, with the results in the form of `fast_pass`.

As there, each delta carries a power of two as an exponent, here one for each network.
"""

import numpy as np

from .fast_pass import LOG10_2
from .flat_params import flatten
from .network import Params, make_gradient, mean_cost, norm, pass_forward, send_back

# The size of a delta between these needs no exponent; outside, a power of two is taken out.
SMALLEST = 1e-120
LARGEST = 1e120


def find_shift(size):
    """The power of two to take out of each delta, of sizes (...); None if all are in the middle of
    the range.
    """
    if size.item(size.argmin()) > SMALLEST and size.item(size.argmax()) < LARGEST:
        return None
    is_outside = ((size < SMALLEST) & (size > 0)) | ((size > LARGEST) & (size < np.inf))
    return np.where(is_outside, np.frexp(size)[1], 0)


def multiply_by_powers(array, exponent):
    """Arrays (..., a, b) times 2**exponent of each network."""
    return np.ldexp(array, exponent[..., None, None])


class StackPass:
    """The passes of `net` for a stack of networks: leading axes of the parameters."""

    def __init__(self, net):
        self.net = net
        self.flat_gradient = None

    def run(self, params, x, d):
        """(loss, log10 ||delta_l||): arrays of the leading axes, the second with a first axis for
        the layers. The limits are those of `FastPass.run`.
        """
        with np.errstate(all="ignore"):
            trace = pass_forward(self.net, params, x)
            sizes, exponents = self._run_backward(params, trace, d)
            log10_delta = np.log10(np.array(sizes)) + np.array(exponents) * LOG10_2
            return mean_cost(self.net, trace, d), log10_delta

    def _run_backward(self, params, trace, d):
        """(||delta_l|| over 2**exponent, the exponents), both lists by layer."""
        net = self.net
        L = net.depth
        sizes = [None] * L
        exponents = [None] * L
        gradient = Params([None] * (L + 1), [None] * (L + 1))
        exponent = np.zeros(params.W[1].shape[:-2], np.intc)
        has_exponent = False
        delta = net.cost.df(trace.a[L], d) * net.activations[L].df(trace.z[L])
        for l in range(L, 0, -1):
            if l < L:
                delta = send_back(net, params, trace, l, delta)
            sizes[l - 1] = norm(delta) / np.sqrt(delta.shape[-2])
            exponents[l - 1] = exponent
            arrays = make_gradient(net, trace.a[l - 1], delta)
            if has_exponent:
                arrays = [multiply_by_powers(array, exponent) for array in arrays]
            gradient.W[l], gradient.b[l] = arrays
            shift = find_shift(sizes[l - 1])
            if shift is not None:
                delta = multiply_by_powers(delta, -shift)
                exponent = exponent + shift
                has_exponent = True
        self.flat_gradient = flatten(gradient)
        return sizes, exponents
