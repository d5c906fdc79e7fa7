"""A multilayer perceptron: forward pass, backward pass, and nothing stored on the side.

Layer l = 1..L has weights W[l] (..., n_{l-1}, n_l) and biases b[l] (..., 1, n_l); index 0 is the
input. Depth L counts weight layers. Rows are samples, leading axes are experiments (seeds,
variances), and `@` leaves them alone, so the printed formula is the code for one network or for a
whole stack:

    z[l] = a[l-1] @ W[l] + b[l]                     the lecture's in_j, V_k, theta_l
    a[l] = F_l(z[l])                                H_j, Y_k, out
    delta[l] = (delta[l+1] @ W[l+1].T) * F_l'(z[l]) B23, B25: dJ/din, one row a sample
    dJ/dW[l] = a[l-1].T @ delta[l] / m              m samples: J is a mean
"""

from dataclasses import dataclass

import numpy as np

from . import check
from .activations import activation as find_activation
from .costs import COSTS
from .initialisers import sample_weights

MAX_DEPTH = 200
MAX_WIDTH = 4096


@dataclass(frozen=True)
class Network:
    """The shape of a network; its weights are Params."""

    widths: tuple  # n_0, ..., n_L
    activations: tuple  # None, F_1, ..., F_L
    cost: object  # costs.Cost
    biases: bool = True

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


@dataclass(frozen=True)
class Params:
    """Weights and biases by layer (index 0 is None); a gradient has the same type."""

    W: tuple
    b: tuple

    def map(self, function, *others):
        """`function(array, ...)` of every weight matrix and bias, with those of `others` at the
        same place.
        """
        return Params(
            (None, *map(function, self.W[1:], *(other.W[1:] for other in others))),
            (None, *map(function, self.b[1:], *(other.b[1:] for other in others))),
        )


@dataclass(frozen=True)
class Trace:
    """What a forward pass computed: every unit's input `z[l]` and output `a[l]`; `a[0]` is x."""

    z: tuple
    a: tuple


@dataclass(frozen=True)
class Backprop:
    """What a backward pass computed: `delta[l]` = dJ/din (one row a sample) and the gradient of
    J.
    """

    delta: tuple
    gradient: Params


def mlp(widths, activation="sigmoid", cost="squared_error", biases=True, output=None):
    """A network with `widths` (n_0, ..., n_L), one activation for its hidden layers (or one for
    each of the L layers), and `output` activation as the cost asks unless named. Depth 1 to 200;
    ValueError otherwise.
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
    return Network(widths, (None, *layers), cost, bool(biases))


def _check_widths(widths):
    """(n_0, ..., n_L) as whole numbers; raises ValueError or TypeError otherwise."""
    entries = check.array("widths", widths, (None,), "whole numbers").tolist()
    checked = []
    for l, n in enumerate(entries):
        checked.append(check.integer(f"width of layer {l}", n, 1, MAX_WIDTH))
    check.integer("depth", len(checked) - 1, 1, MAX_DEPTH)
    return tuple(checked)


def initialise(net, rng, variance="1/n", distribution="normal", bias_variance=0.0):
    """Random parameters for `net`; `rng` is a numpy Generator, for `variance` and `distribution`
    see `initialisers`.

    Biases start at 0, or with variance `bias_variance`. Raises ValueError for a rule or a size that
    is not allowed.
    """
    check.within_limits(f"a network of {net.parameter_count:,} weights", net.parameter_count)
    spread = np.sqrt(check.real("bias_variance", bias_variance, 0)) * net.biases
    W = [None]
    b = [None]
    for n_in, n_out in zip(net.widths, net.widths[1:]):
        W.append(sample_weights(rng, n_in, n_out, variance, distribution))
        if spread:
            b.append(spread * rng.standard_normal((1, n_out)))
        else:
            b.append(np.zeros((1, n_out)))
    return Params(tuple(W), tuple(b))


def stack(params):
    """Several parameter sets of one shape as one, the list becoming the leading axis.

    Raises ValueError for an empty list or sets of different depth.
    """
    if not params:
        raise ValueError("params had no entries; it must be one set of parameters or more.")
    first, *others = params
    for k, other in enumerate(others, 2):
        if len(other.W) != len(first.W):
            raise ValueError(
                f"params number {k} had {len(other.W) - 1} layers; "
                f"all must have as many as the first, {len(first.W) - 1}."
            )
    return first.map(lambda *arrays: np.stack(arrays), *others)


def check_fits(net, params, x):
    """Raise ValueError if parameters, the last axes of a stack, or samples do not fit the
    network.
    """
    if len(params.W) != net.depth + 1:
        raise ValueError(
            f"params had {len(params.W) - 1} layers; "
            f"the network must have as many, not {net.depth}."
        )
    for l in range(1, net.depth + 1):
        wanted = (net.widths[l - 1], net.widths[l])
        if np.shape(params.W[l])[-2:] != wanted:
            raise ValueError(f"W[{l}] had shape {np.shape(params.W[l])}; it must end in {wanted}.")
        if np.shape(params.b[l])[-2:] != (1, wanted[1]):
            raise ValueError(
                f"b[{l}] had shape {np.shape(params.b[l])}; it must end in (1, {wanted[1]})."
            )
    if x.ndim < 2 or x.shape[-1] != net.widths[0] or 0 in x.shape:
        raise ValueError(
            f"x had shape {x.shape}; it must be (samples, {net.widths[0]}), and not empty."
        )


def forward(net, params, x):
    """The Trace of the samples x (..., m, n_0): every unit's input and output (B2).

    Raises ValueError or TypeError if the arguments do not fit.
    """
    x = check.array("x", x)
    check_fits(net, params, x)
    samples = x.size // x.shape[-1]
    check.within_limits(f"a pass on {samples:,} samples", 2 * samples * sum(net.widths))
    z = [None]
    a = [x]
    with np.errstate(over="ignore", invalid="ignore"):  # an exploding net may leave float64
        for l in range(1, net.depth + 1):
            z.append(a[l - 1] @ params.W[l] + params.b[l])  # B16, B17, B21
            a.append(net.activations[l].f(z[l]))
    return Trace(tuple(z), tuple(a))


def targets(net, trace, d):
    """`d` as an array that fits the outputs of `trace` (M9).

    Raises ValueError or TypeError if it does not.
    """
    d = check.array("d", d)
    wanted = (trace.a[0].shape[-2], net.widths[-1])
    if d.shape[-2:] != wanted:
        raise ValueError(f"d had shape {d.shape}; it must end in {wanted}.")
    net.cost.check(net.widths[-1], d)
    return d


def loss(net, trace, d):
    """J: the mean cost over the samples; one number per experiment (M8, B18)."""
    with np.errstate(over="ignore", invalid="ignore"):
        return net.cost.f(trace.a[-1], targets(net, trace, d)).mean(axis=-1)


def backward(net, params, trace, d):
    """The Backprop of targets d (..., m, n_L): all deltas and the gradient of J; it updates nothing
    (B3).

    Raises ValueError or TypeError if the targets do not fit.
    """
    L = net.depth
    m = trace.a[0].shape[-2]
    d = targets(net, trace, d)
    delta = [None] * (L + 1)
    dW = [None] * (L + 1)
    db = [None] * (L + 1)
    with np.errstate(over="ignore", invalid="ignore"):
        delta[L] = net.cost.df(trace.a[L], d) * net.activations[L].df(trace.z[L])  # B23
        for l in range(L - 1, 0, -1):
            slope = net.activations[l].df(trace.z[l])
            delta[l] = (delta[l + 1] @ params.W[l + 1].mT) * slope  # B25
        for l in range(1, L + 1):
            dW[l] = trace.a[l - 1].mT @ delta[l] / m  # B23, B25
            # dJ/db is the mean of delta (K17). A net without biases keeps b = 0 and gets no
            # gradient for it.
            db[l] = delta[l].mean(axis=-2, keepdims=True) * net.biases
    return Backprop(tuple(delta), Params(tuple(dW), tuple(db)))


def norm(x):
    """Euclidean norm over the last two axes; scaled first, so that 1e-200 and 1e200 keep their
    squares.
    """
    top = np.abs(x).max(axis=(-2, -1), keepdims=True)
    with np.errstate(all="ignore"):
        divisor = np.where(top > 0, top, 1.0)
        scaled = np.where(top > 0, x / divisor, 0.0)
        return np.sqrt(np.square(scaled).sum(axis=(-2, -1))) * top[..., 0, 0]


def delta_sizes(deltas):
    """The size of the gradient a layer receives: root mean square over the samples of ||delta_l||.

    A list of L arrays, entry l-1 for layer l: the same as the norm of dJ/db_l for one sample (K59).
    """
    return [norm(delta) / np.sqrt(delta.shape[-2]) for delta in deltas[1:]]
