"""What a network is: its widths, activations and cost, its initial weights, and what fits it.

Layer l = 1..L has weights W[l] (..., n_{l-1}, n_l) and biases b[l] (..., 1, n_l); index 0 is the
input. Depth L counts weight layers. The passes are in `network`.
"""

from dataclasses import dataclass

import numpy as np

from . import check
from .activations import activation as find_activation
from .costs import COSTS
from .initialisers import sample_inner_weights, sample_weights
from .normalisation import NORMALISATIONS, Normalised
from .params import Params, join_leading_axes

MAX_DEPTH = 200
MAX_WIDTH = 4096


@dataclass(frozen=True)
class Network:
    """The shape of a network; its weights are Params."""

    widths: tuple  # n_0, ..., n_L
    activations: tuple  # None, F_1, ..., F_L
    cost: object  # costs.Cost
    biases: bool = True
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
    """What a backward pass computed: `delta[l]` = dJ/din, one row a sample, of that sample's own
    cost; and the gradient of J, their mean.
    """

    delta: tuple
    gradient: Params


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
    if isinstance(activation, tuple | list):
        if len(activation) != depth:
            raise ValueError(
                f"activation had {len(activation)} entries; "
                f"it must be one name, or {depth} of them."
            )
        layers = [find_activation(name) for name in activation]
    else:
        if output is None:
            output = cost.output or activation
        hidden = find_activation(activation)
        layers = [hidden] * (depth - 1) + [find_activation(output)]
    skip = _check_skip(skip, widths)
    check.one_of("normalisation", normalisation, NORMALISATIONS)
    biases = check.truth("biases", biases)
    return Network(widths, (None, *layers), cost, biases, skip, normalisation)


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


def check_samples(net, params, x):
    """Samples x (..., m, n_0) as float64; raises ValueError or TypeError if they do not fit."""
    x = check.array("x", x)
    if x.ndim < 2 or x.shape[-1] != net.widths[0] or 0 in x.shape:
        raise ValueError(
            f"x had shape {x.shape}; it must be (samples, {net.widths[0]}), and not empty."
        )
    join_leading_axes("x", x, params.W[1].shape[:-2])
    samples = x.size // x.shape[-1]
    check.within_limits(f"a pass on {samples:,} samples", 2 * samples * sum(net.widths))
    return x


def check_trace(net, trace):
    """Raise TypeError or ValueError if `trace` is not what `forward` gives for this network."""
    is_trace = isinstance(trace, Trace) and type(trace.z) is type(trace.a) is tuple
    if not is_trace or not len(trace.z) == len(trace.a) == net.depth + 1:
        raise TypeError(
            f"trace was {check.shorten(trace)}; it must be what forward gives for this network."
        )
    if (trace.normalised is None) != (net.normalisation == "none"):
        raise ValueError(
            f"trace was of a network with another normalisation; it must be of one with "
            f"{net.normalisation}."
        )
    m = np.shape(trace.a[0])[-2:-1]
    for l, n in enumerate(net.widths):
        wanted = (*m, n)
        for array in (trace.a[l], trace.z[l] if l > 0 else trace.a[l]):
            if not isinstance(array, np.ndarray) or array.shape[-2:] != wanted or array.ndim < 2:
                _refuse_part(l, array, n)
        if trace.normalised is not None:
            _check_normalised(net, trace, l)


def _refuse_part(l, part, n):
    """Raise TypeError or ValueError for z[l] or a[l] of a trace that is not of its network."""
    if not isinstance(part, np.ndarray):
        raise TypeError(
            f"trace held {check.shorten(part)} for layer {l}; it must be an array, as forward "
            "gives it."
        )
    raise ValueError(
        f"trace held an array of shape {part.shape} for layer {l}; it must end in (samples, {n}), "
        "with as many samples in all layers, as forward gives it for this network."
    )


def _check_normalised(net, trace, l):
    """Raise TypeError if a trace does not have the normalised sums of layer l."""
    layers = trace.normalised
    fits = isinstance(layers, tuple) and len(layers) == len(trace.z)
    if fits and l > 0 and net.has_normalisation(l):
        fits = isinstance(layers[l], Normalised) and np.shape(layers[l].y) == trace.z[l].shape
    if not fits:
        raise TypeError(
            f"trace.normalised was {check.shorten(layers)}; it must be what forward gives for this "
            "network."
        )


def targets(net, trace, d):
    """`d` as an array that fits the outputs of `trace` (M9).

    Raises ValueError or TypeError if it does not, or if `trace` is not of this network.
    """
    check_network(net)
    check_trace(net, trace)
    d = check.array("d", d)
    outputs = trace.a[-1]
    wanted = (outputs.shape[-2], net.widths[-1])
    if d.shape[-2:] != wanted:
        raise ValueError(f"d had shape {d.shape}; it must end in {wanted}.")
    join_leading_axes("d", d, outputs.shape[:-2])
    net.cost.check(net.widths[-1], d)
    return d
