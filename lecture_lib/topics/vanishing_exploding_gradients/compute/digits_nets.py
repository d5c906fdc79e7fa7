"""Networks for the handwritten digits, and the gradient of each layer at their start."""

from collections import namedtuple

import numpy as np

from lecture_lib import data
from lecture_lib.fast_pass import FastPass
from lecture_lib.network import backward, forward, initialise, mlp
from lecture_lib.powers_of_ten import log10_floored

LayerSizes = namedtuple("LayerSizes", "delta gradient")


def digits_net(depth, width, activation, variance, rng):
    """A net of `depth` weight layers for the digits (64 pixels, 10 linear outputs), and its random parameters."""
    net = mlp((64, *[width] * (depth - 1), 10), activation, "cross_entropy")
    return net, initialise(net, rng, variance)


def initial_backprop(depth, width, activation, variance, seed, samples=128):
    """The digits network as `seed` draws it: (net, params, trace, back) for the first `samples` digits.

    64 pixels, depth - 1 hidden layers, 10 linear outputs into softmax cross-entropy; biases 0 but trainable.
    """
    digits, (net, params) = (
        data.digits(),
        digits_net(depth, width, activation, variance, np.random.default_rng(seed)),
    )
    trace = forward(net, params, digits.x[:samples])
    return net, params, trace, backward(net, params, trace, digits.d[:samples])


def initial_gradients(depth, width, activation, variance, seeds, samples):
    """Of each seed's network: (params, workspace after its pass, log10 ||delta_l||, log10 ||dJ/dW_l||)."""
    digits, work = data.digits(), None
    for seed in seeds:
        net, params = digits_net(depth, width, activation, variance, np.random.default_rng(seed))
        work = work or FastPass(net, samples)
        _, delta = work.run(params, digits.x[:samples], digits.d[:samples])
        gradient = log10_floored(np.array([np.linalg.norm(g) for g in work.gradient.W[1:]]))
        yield params, work, np.maximum(delta, -320), gradient


def layer_sizes(depth=20, width=32, activation="sigmoid", variance="1", seeds=(0,), samples=128):
    """The gradient that reaches each layer: ||delta_l|| and ||dJ/dW_l|| themselves, as arrays (seeds, L)."""
    found = list(initial_gradients(depth, width, activation, variance, seeds, samples))
    return LayerSizes(*(10.0 ** np.array([sizes[k] for sizes in found]) for k in (2, 3)))
