"""One layer taken out of a trained network (after Veit et al. 2016, arXiv:1605.06431)."""

from dataclasses import dataclass

import numpy as np

from lecture_lib import data
from lecture_lib.digits_networks.nets import PLAIN, Added
from lecture_lib.network import Params, mlp, pass_to_output
from lecture_lib.quiet import quiet
from lecture_lib.slices import wait_for
from lecture_lib.training import share_wrong

from .nets import train_weights

# A plain network of 56 layers that learns at all: tanh with orthogonal weights.
NETS = {
    "plain": ("tanh", "orthogonal", PLAIN),
    "skip": ("relu", "2/n", Added(skip=1.0, inner_variance="0")),
}


@dataclass(frozen=True)
class LayerOut:
    """The training error of a plain network and of one with skips, without one of their layers."""

    whole: dict  # name in NETS: error of the whole network; nan if it has diverged
    without: dict  # name: (L - 2,), error without layer 2, 3, ..., L - 1; nan until it is known
    all_out: dict  # name: error without all of these layers
    depth: int  # L, in weight layers
    epochs: int  # of training so far


@quiet("under")
def compute_layer_out(depth=56, epochs=8, gamma=0.02, trained_width=32, seed=0):
    """Train both networks, an epoch each at a time, then take out one layer after the other: yield
    a LayerOut after each epoch and every few layers, None in between.
    """
    whole = dict.fromkeys(NETS, np.nan)
    all_out = dict.fromkeys(NETS, np.nan)
    without = {name: np.full(depth - 2, np.nan) for name in NETS}
    inner = range(2, depth)
    trained = {}
    racers = {}
    for name, (activation, variance, added) in NETS.items():
        how = (depth, trained_width, activation, variance, added, gamma, epochs, seed)
        racers[name] = train_weights(*how)
    for epoch in range(epochs + 1):
        for name, racer in racers.items():
            trained[name] = (yield from wait_for(racer)) or trained[name]
            whole[name] = measure_error(*trained[name])
        yield snapshot(whole, without, all_out, depth, epoch)
    for name, (net, params) in trained.items():
        if params is None:
            continue
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
    """The share of wrong answers on the training digits; nan without parameters."""
    if params is None:
        return np.nan
    digits = data.digits()
    return share_wrong(net, pass_to_output(net, params, digits.x), digits.d)
