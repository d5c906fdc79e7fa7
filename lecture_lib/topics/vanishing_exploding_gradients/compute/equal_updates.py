"""A control: training in which every layer takes a step of the same relative size, so that no
layer stands still for want of gradient.
"""

import numpy as np

from lecture_lib import check, data
from lecture_lib.digits_networks.nets import digits_net
from lecture_lib.fast_pass import FastPass
from lecture_lib.network import Params
from lecture_lib.training import error_rate

BATCH = 64
MAX_STEPS = 100_000
STEPS = 264  # twelve epochs of the training digits


def train_with_equal_updates(
    depth, width=32, activation="sigmoid", variance="1", share=0.01, steps=STEPS, seed=0
):
    """The training error (a share of 1) after so many steps in which each weight matrix moves
    against its gradient by `share` of its own length, however small the gradient is.

    The network, the digits and their order are those of
    `digits_networks.training.train_by_epoch` with the same seed. Raises TypeError or ValueError
    for a setting that is not allowed.
    """
    steps = check.integer("steps", steps, 0, MAX_STEPS)
    share = check.real("share", share, 0, 1)
    digits = data.digits()
    rng = np.random.default_rng(check.seed("seed", seed))
    net, params = digits_net(depth, width, activation, variance, rng)
    passes = FastPass(net, BATCH)
    steps_per_epoch = len(digits.x) // BATCH
    for k in range(steps):
        place = k % steps_per_epoch * BATCH
        if place == 0:
            order = rng.permutation(len(digits.x))
        rows = order[place : place + BATCH]
        passes.run(params, digits.x[rows], digits.d[rows])
        params = step_all_layers(params, passes.gradient, share)
    return error_rate(net, params, digits.x, digits.d)


def step_all_layers(params, gradient, share):
    """The parameters after a step that moves each layer by `share` of the length of its weights; a
    layer without any gradient stays.
    """
    W = [None]
    b = [None]
    for l in range(1, len(params.W)):
        rate = rate_of_layer(params.W[l], gradient.W[l], share)
        W.append(params.W[l] - rate * gradient.W[l])
        b.append(params.b[l] - rate * gradient.b[l])
    return Params(tuple(W), tuple(b))


def rate_of_layer(w, gradient, share):
    """The learning rate with which `gradient` moves w by `share` of its length."""
    length = np.linalg.norm(gradient)
    if length == 0:
        return 0.0
    return share * np.linalg.norm(w) / length
