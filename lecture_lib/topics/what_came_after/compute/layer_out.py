"""One layer taken out of a trained network (after Veit et al. 2016, arXiv:1605.06431)."""

from dataclasses import dataclass

import numpy as np

from lecture_lib import data
from lecture_lib.digits_networks.nets import PLAIN, Added
from lecture_lib.network import Params, mlp
from lecture_lib.quiet import quiet
from lecture_lib.training import error_rate

from .nets import train_weights

# A plain network of 56 layers that learns at all: tanh with orthogonal weights.
NETS = {
    "plain": ("tanh", "orthogonal", PLAIN),
    "skip": ("relu", "2/n", Added(skip=1.0, inner_variance="0")),
}


@dataclass(frozen=True)
class LayerOut:
    """The training error of a plain network and of one with skips, without one of their layers."""

    whole: dict  # name in NETS: error of the whole network; nan until it is trained
    without: dict  # name: (L - 2,), error without layer 2, 3, ..., L - 1; nan until it is known
    all_out: dict  # name: error without all of these layers
    depth: int  # L, in weight layers
    epochs: int  # of training


@quiet("under")
def compute_layer_out(depth=56, epochs=8, gamma=0.02, trained_width=32, seed=0):
    """Train both networks, then take out one layer after the other: yield a LayerOut now and then,
    None in between.
    """
    whole = dict.fromkeys(NETS, np.nan)
    all_out = dict.fromkeys(NETS, np.nan)
    without = {name: np.full(depth - 2, np.nan) for name in NETS}
    inner = range(2, depth)
    for name, (activation, variance, added) in NETS.items():
        how = (depth, trained_width, activation, variance, added, gamma, epochs, seed)
        for part in train_weights(*how):
            if part is None:
                yield None
        net, params = part
        if params is None:
            continue
        whole[name] = measure_error(net, params)
        all_out[name] = measure_error(*take_out(net, params, inner))
        for l in inner:
            without[name][l - 2] = measure_error(*take_out(net, params, (l,)))
            if l % 6 == 0 or l == depth - 1:
                yield snapshot(whole, without, all_out, depth, epochs)
            else:
                yield None
    yield snapshot(whole, without, all_out, depth, epochs)


def snapshot(whole, without, all_out, depth, epochs):
    """The LayerOut so far, with arrays of its own."""
    copies = {name: errors.copy() for name, errors in without.items()}
    return LayerOut(dict(whole), copies, dict(all_out), depth, epochs)


def take_out(net, params, layers):
    """(net, params) without some of the inner layers: what enters a layer goes straight on to the
    next.

    With skips that is the same as a branch of weight and bias 0.
    """
    kept = [l for l in range(1, net.depth + 1) if l not in layers]
    widths = (net.widths[0], *(net.widths[l] for l in kept))
    names = tuple(net.activations[l] for l in kept)
    how = {"skip": net.skip, "normalisation": net.normalisation, "biases": net.biases}
    smaller = mlp(widths, names, net.cost.name, **how)
    W = (None, *(params.W[l] for l in kept))
    b = (None, *(params.b[l] for l in kept))
    return smaller, Params(W, b)


def measure_error(net, params):
    """The share of wrong answers on the training digits."""
    digits = data.digits()
    return error_rate(net, params, digits.x, digits.d)
