"""What a network is: its widths, activations and cost, and its initial weights.

Layer l = 1..L has weights W[l] (..., n_{l-1}, n_l) and biases b[l] (..., 1, n_l); index 0 is the
input. Depth L counts weight layers. The passes are in `network`.
"""

from dataclasses import dataclass

import numpy as np

from . import check
from .activations import activation as find_activation
from .costs import COSTS
from .initialisers import sample_inner_weights, sample_weights
from .normalisation import NORMALISATIONS
from .params import Params

MAX_DEPTH = 200
MAX_WIDTH = 4096


@dataclass(frozen=True)
class Network:
    """The shape of a network; its weights are Params."""

    widths: tuple  # n_0, ..., n_L
    activations: tuple  # None, F_1, ..., F_L
    cost: object  # costs.Cost
    biases: bool = True  # whether there are biases to train; without, they stay 0
    skip: float = 0.0  # alpha, the strength of the skip connections
    normalisation: str = "none"  # or "batch" or "layer", of the hidden layers

    @property
    def depth(self):
        """L, the number of weight layers."""
        return len(self.widths) - 1

    @property
    def parameter_count(self):
        """How many numbers its weights and biases are."""
        count = 0
        for n_in, n_out in zip(self.widths, self.widths[1:]):
            count += (n_in + 1) * n_out
        return count

    def has_skip(self, l):
        """Whether layer l gets the sums of the layer before it, times alpha."""
        return self.skip != 0.0 and 1 < l < self.depth

    def has_normalisation(self, l):
        """Whether the sums of layer l are normalised before its activation."""
        return self.normalisation != "none" and l < self.depth


@dataclass(frozen=True)
class Trace:
    """What a forward pass computed: every unit's input `z[l]` and output `a[l]`; `a[0]` is x."""

    z: tuple
    a: tuple
    normalised: tuple | None = None  # of normalisation.Normalised, None for the output layer

    def argument(self, l):
        """What F_l was applied to: z[l], or what the normalisation made of it."""
        if self.normalised is None or self.normalised[l] is None:
            return self.z[l]
        return self.normalised[l].y


@dataclass(frozen=True)
class Backprop:
    """What a backward pass computed: `delta[l]` = dJ/din, one row per sample, of that sample's own
    cost; and the gradient of J, their mean.
    """

    delta: tuple
    gradient: Params  # dJ/dW and dJ/db


def mlp(
    widths,
    activation="sigmoid",
    cost="squared_error",
    biases=True,
    output=None,
    skip=0.0,
    normalisation="none",
):
    """A network with `widths` (n_0, ..., n_L), one activation for its hidden layers (or one for
    each of the L layers), and `output` activation as the cost asks unless named. Depth 1 to 200;
    ValueError otherwise. `skip` is alpha, from 0 to 1, and asks for hidden layers of one width.
    """
    widths = _check_widths(widths)
    depth = len(widths) - 1
    cost = COSTS[check.one_of("cost", cost, tuple(COSTS))]
    cost.check(widths[-1], None)
    output = cost.output if output is None else output
    layers = _find_activations(activation, output, depth)
    skip = _check_skip(skip, widths)
    check.one_of("normalisation", normalisation, NORMALISATIONS)
    biases = check.truth("biases", biases)
    return Network(widths, (None, *layers), cost, biases, skip, normalisation)


def _find_activations(activation, output, depth):
    """The activations of the layers 1 to L, that of the last one `output` unless it is None; raises
    ValueError if there are none of these names, or not one for each layer.
    """
    if isinstance(activation, tuple | list):
        if len(activation) != depth:
            raise ValueError(
                f"activation had {len(activation)} entries; "
                f"it must be one name, or {depth} of them."
            )
        return [find_activation(name) for name in activation]
    hidden = find_activation(activation)
    last = hidden if output is None else find_activation(output)
    return [hidden] * (depth - 1) + [last]


def _check_skip(skip, widths):
    """alpha as a float; raises ValueError if it is not from 0 to 1 or the sums do not fit."""
    skip = check.real("skip", skip, 0, 1)
    hidden = widths[1:-1]
    if skip and len(set(hidden)) > 1:
        raise ValueError(
            f"skip was {skip:g} with hidden layers of the widths {hidden}; "
            "skip connections ask for hidden layers of one width."
        )
    return skip


def _check_widths(widths):
    """(n_0, ..., n_L) as whole numbers; raises ValueError or TypeError otherwise."""
    entries = check.array("widths", widths, (None,), "whole numbers").tolist()
    checked = []
    for l, n in enumerate(entries):
        checked.append(check.integer(f"width of layer {l}", n, 1, MAX_WIDTH))
    check.integer("depth", len(checked) - 1, 1, MAX_DEPTH)
    return tuple(checked)


def initialise(
    net, rng, variance="1/n", distribution="normal", bias_variance=0.0, inner_variance=None
):
    """Random parameters for `net`; `rng` is a numpy Generator, for `variance` and `distribution`
    see `initialisers`.

    Biases start at 0, or with variance `bias_variance`. Layers 2 to L - 1 have `inner_variance` if
    it is given, which may also be "0" or know the depth, as "2/(nL)". Raises ValueError for a rule
    or a size that is not allowed.
    """
    check_network(net)
    check.generator("rng", rng)
    check.within_limits(f"a network of {net.parameter_count:,} weights", net.parameter_count)
    spread = np.sqrt(check.real("bias_variance", bias_variance, 0)) * net.biases
    W = [None]
    b = [None]
    for l, (n_in, n_out) in enumerate(zip(net.widths, net.widths[1:]), 1):
        if inner_variance is not None and 1 < l < net.depth:
            inner = sample_inner_weights(rng, n_in, n_out, net.depth, inner_variance, distribution)
            W.append(inner)
        else:
            W.append(sample_weights(rng, n_in, n_out, variance, distribution))
        if spread:
            b.append(spread * rng.standard_normal((1, n_out)))
        else:
            b.append(np.zeros((1, n_out)))
    return Params(tuple(W), tuple(b))


def check_network(net):
    """Raise TypeError if `net` is no Network."""
    if not isinstance(net, Network):
        raise TypeError(
            f"net was {check.shorten(net)}; it must be a Network, as network.mlp makes it."
        )
