"""The passes of several networks of one shape, with the results in the form of `fast_pass`."""

import numpy as np

from .fast_pass import as_flat
from .network import delta_sizes, mean_cost, pass_backward, pass_forward


class StackPass:
    """The passes of `net` for a stack of networks: leading axes of the parameters."""

    def __init__(self, net):
        self.net = net
        self.flat_gradient = None

    def run(self, params, x, d):
        """(loss, log10 ||delta_l||): arrays of the leading axes, the second with a first axis for
        the layers.
        """
        trace = pass_forward(self.net, params, x)
        backprop = pass_backward(self.net, params, trace, d)
        self.flat_gradient = as_flat(backprop.gradient)
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            sizes = np.log10(np.array(delta_sizes(backprop.delta)))
        return mean_cost(self.net, trace, d), sizes
