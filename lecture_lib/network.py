"""A multilayer perceptron: forward pass, backward pass, and nothing stored on the side.

Layer l = 1..L has weights W[l] (..., n_{l-1}, n_l) and biases b[l] (..., 1, n_l); index 0 is the
input. Depth L counts weight layers. Rows are samples, leading axes are experiments (seeds,
variances), and `@` leaves them alone, so the printed formula is the code for one network or for a
whole stack:

    z[l] = a[l-1] @ W[l] + b[l]                     the lecture's in_j, V_k, theta_l
    a[l] = F_l(z[l])                                H_j, Y_k, out
    delta[l] = (delta[l+1] @ W[l+1].T) * F_l'(z[l]) B23, B25: dJ/din of each sample's own cost
    dJ/dW[l] = a[l-1].T @ delta[l] / m              m samples: J is the mean of their costs

What came after the lecture are two additions, both absent by default. A skip connection of strength
alpha (He et al. 2016, arXiv:1603.05027) adds one term each way, to all but the first and the last
layer, and a normalisation (see `normalisation`) stands before the activation of the hidden layers:

    z[l] = a[l-1] @ W[l] + b[l] + alpha * z[l-1]                              1 < l < L
    delta[l] = (delta[l+1] @ W[l+1].T) * F_l'(z[l]) + alpha * delta[l+1]          l < L - 1
"""

from dataclasses import dataclass

import numpy as np

from . import check
from .activations import activation as find_activation
from .costs import COSTS
from .initialisers import sample_inner_weights, sample_weights
from .normalisation import (
    NORMALISATIONS,
    Normalised,
    check_statistics,
    normalise,
    normalise_back,
)
from .params import Params, check_params, join_leading_axes
from .params import stack as stack

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


def forward(net, params, x, statistics=None):
    """The Trace of the samples x (..., m, n_0): every unit's input and output (B2).

    With batch normalisation, `statistics` of other samples (see `normalisation`) may stand for
    those of x. Raises ValueError or TypeError if the arguments do not fit.
    """
    check_network(net)
    params = check_params(net, params)
    x = check_samples(net, params, x)
    if statistics is not None:
        check_statistics(net, statistics, params.W[1].shape[:-2])
    return pass_forward(net, params, x, statistics)


def pass_forward(net, params, x, statistics=None):
    """`forward` of arguments that were checked; the parameters may have left the finite numbers."""
    z = [None]
    a = [x]
    normalised = [None] * (net.depth + 1)
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):  # exploding, vanishing
        for l in range(1, net.depth + 1):
            z.append(a[l - 1] @ params.W[l] + params.b[l])  # B16, B17, B21
            if net.has_skip(l):
                z[l] = z[l] + net.skip * z[l - 1]
            argument = z[l]
            if net.has_normalisation(l):
                stored = (statistics.mean[l], statistics.s[l]) if statistics else None
                normalised[l] = normalise(net.normalisation, z[l], stored)
                argument = normalised[l].y
            a.append(net.activations[l].f(argument))
    if net.normalisation == "none":
        return Trace(tuple(z), tuple(a))
    return Trace(tuple(z), tuple(a), tuple(normalised))


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


def loss(net, trace, d):
    """J: the mean cost over the samples; one number per experiment (M8, B18).

    Raises ValueError or TypeError if the arguments do not fit.
    """
    return mean_cost(net, trace, targets(net, trace, d))


def mean_cost(net, trace, d):
    """`loss` of targets that were checked."""
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        return net.cost.f(trace.a[-1], d).mean(axis=-1)


def backward(net, params, trace, d):
    """The Backprop of targets d (..., m, n_L): all deltas and the gradient of J; it updates nothing
    (B3).

    Raises ValueError or TypeError if the arguments do not fit.
    """
    d = targets(net, trace, d)
    return pass_backward(net, check_params(net, params), trace, d)


def pass_backward(net, params, trace, d):
    """`backward` of arguments that were checked."""
    L = net.depth
    delta = [None] * (L + 1)
    dW = [None] * (L + 1)
    db = [None] * (L + 1)
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        delta[L] = net.cost.df(trace.a[L], d) * net.activations[L].df(trace.z[L])  # B23
        for l in range(L - 1, 0, -1):
            delta[l] = send_back(net, params, trace, l, delta[l + 1])
        for l in range(1, L + 1):
            dW[l], db[l] = make_gradient(net, trace.a[l - 1], delta[l])
    return Backprop(tuple(delta), Params(tuple(dW), tuple(db)))


def send_back(net, params, trace, l, received):
    """delta[l] of layer l < L, from `received`, delta[l + 1] (B25)."""
    slope = net.activations[l].df(trace.argument(l))
    delta = (received @ params.W[l + 1].mT) * slope  # B25
    if net.has_normalisation(l):
        delta = normalise_back(net.normalisation, trace.normalised[l], delta)
    if net.has_skip(l + 1):
        delta = delta + net.skip * received
    return delta


def make_gradient(net, a, delta):
    """(dJ/dW, dJ/db) of a layer, from the outputs `a` of the layer before and its own delta."""
    dW = a.mT @ delta / a.shape[-2]  # B23, B25
    # dJ/db is the mean of delta (K17). A net without biases keeps b = 0 and gets no gradient for
    # it.
    db = delta.mean(axis=-2, keepdims=True) * net.biases
    return dW, db


def norm(x):
    """Euclidean norm over the last two axes; scaled first, so that 1e-200 and 1e200 keep their
    squares.

    Raises ValueError or TypeError if it is no array of numbers with two axes or more.
    """
    x = check.convert("x", x, "numbers")
    if x.ndim < 2 or x.size == 0:
        raise ValueError(f"x had shape {x.shape}; it must have two axes or more, and not be empty.")
    top = np.abs(x).max(axis=(-2, -1), keepdims=True)
    with np.errstate(all="ignore"):
        scaled = x / np.where(top > 0, top, 1.0)
        size = np.sqrt(np.square(scaled).sum(axis=(-2, -1))) * top[..., 0, 0]
        return np.where(np.isinf(top[..., 0, 0]), np.inf, size)[()]


def delta_sizes(deltas):
    """The size of the gradient a layer receives: root mean square over the samples of ||delta_l||.

    A list of L arrays, entry l-1 for layer l: the same as the norm of dJ/db_l for one sample (K59).
    Raises TypeError or ValueError if it is none.
    """
    if not isinstance(deltas, list | tuple):
        raise TypeError(
            f"deltas was {check.shorten(deltas)}; it must be the deltas by layer of a Backprop."
        )
    sizes = []
    for delta in deltas[1:]:
        sizes.append(norm(delta) / np.sqrt(np.shape(delta)[-2]))
    return sizes
