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

import numpy as np

from . import check
from .architecture import Backprop as Backprop
from .architecture import Network as Network
from .architecture import Trace as Trace
from .architecture import check_network as check_network
from .architecture import initialise as initialise
from .architecture import mlp as mlp
from .network_checks import check_samples as check_samples
from .network_checks import check_trace as check_trace
from .network_checks import targets as targets
from .normalisation import check_statistics, normalise, normalise_back
from .params import Params, check_params
from .params import stack as stack


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
    normalised = [None]
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):  # exploding, vanishing
        for sums, standard, outputs in pass_layers(net, params, x, statistics):
            z.append(sums)
            normalised.append(standard)
            a.append(outputs)
    if net.normalisation == "none":
        return Trace(tuple(z), tuple(a))
    return Trace(tuple(z), tuple(a), tuple(normalised))


def pass_to_output(net, params, x):
    """a[L] (..., m, n_L) of arguments that were checked. No other layer is kept, so that what is
    needed stays in the processor's cache.
    """
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        for _, _, outputs in pass_layers(net, params, x):
            last = outputs
    return last


def pass_layers(net, params, x, statistics=None):
    """Yield z[l], what normalisation makes of it (None without) and a[l] for l = 1, 2, ..., L."""
    z = None
    a = x
    for l in range(1, net.depth + 1):
        before = z
        z = a @ params.W[l] + params.b[l]  # B16, B17, B21
        if net.has_skip(l):
            z = z + net.skip * before
        argument = z
        normalised = None
        if net.has_normalisation(l):
            stored = (statistics.mean[l], statistics.s[l]) if statistics else None
            normalised = normalise(net.normalisation, z, stored)
            argument = normalised.y
        a = net.activations[l].f(argument)
        yield z, normalised, a


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
