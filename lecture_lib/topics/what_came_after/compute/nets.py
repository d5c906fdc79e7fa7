"""What the networks of this notebook share: how they start, and what a training run keeps."""

from itertools import islice

import numpy as np

from lecture_lib import data
from lecture_lib.digits_networks.nets import digits_net
from lecture_lib.digits_networks.training import train_epoch
from lecture_lib.network import pass_forward
from lecture_lib.training import train

BATCH = 64
SMALLEST = 1e-6  # beside the largest singular value, which of them a read-out uses


def outer_variance(activation):
    """The rule for the first and the last layer, which have no skip."""
    return "2/n" if activation in ("relu", "leaky_relu") else "1/n"


def inner_gain(rule, alpha, depth):
    """s = n Var(W) of the inner layers by a `rule` of the controls, at skip strength alpha.

    "arc" is s = 2 (1 - alpha^2), which holds the gradient of ReLU at every alpha.
    """
    if rule == "arc":
        return 2.0 * (1.0 - alpha**2)
    if rule == "2/(nL)":
        return 2.0 / depth
    return float(rule.removesuffix("/n"))


def variance_of_gain(gain):
    """n Var(W) = gain as a rule for `network.initialise`."""
    return "0" if gain == 0.0 else f"{gain!r}/n"


def train_weights(depth, width, activation, variance, added, gamma, epochs, seed):
    """Train a network on the digits: yield its (net, parameters) before the first epoch and after
    each, and None in between; parameters None if it has diverged, which ends it.

    The run is that of `digits_networks.training.train_by_epoch`.
    """
    digits = data.digits()
    rng = np.random.default_rng(seed)
    net, params = digits_net(depth, width, activation, variance, rng, added)
    steps = train(net, params, digits.x, digits.d, gamma, batch=BATCH, rng=rng)
    yield net, params
    for _ in range(epochs):
        count = len(digits.x) // BATCH
        last = yield from train_epoch(islice(steps, count), depth)
        if last.diverged:
            yield net, None
            return
        yield net, last.after


def read_out_error(net, params):
    """The fraction of the training digits that a linear output layer gets wrong when least squares
    fits it to the last hidden outputs of the network; nothing else is trained.
    """
    digits = data.digits()
    codes = pass_forward(net, params, digits.x).a[-2]
    centred = codes - codes.mean(axis=0)
    mean = digits.d.mean(axis=0)
    # Directions that are this small hold rounding errors.
    weights, *_ = np.linalg.lstsq(centred, digits.d - mean, rcond=SMALLEST)
    answers = centred @ weights + mean
    return float((answers.argmax(axis=1) != digits.d.argmax(axis=1)).mean())
