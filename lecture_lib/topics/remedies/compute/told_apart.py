"""Whether the last hidden layer of an untrained network still tells the digits apart: in how many
directions its outputs differ, and how many digits a linear output layer gets wrong.
"""

from dataclasses import dataclass

import numpy as np

from lecture_lib import check, data
from lecture_lib.digits_networks.nets import digits_net
from lecture_lib.network import forward


@dataclass(frozen=True)
class ToldApart:
    """What the last hidden layer of some networks keeps of the training digits, by network (n,)."""

    one_direction: np.ndarray  # fraction of all squared differences along the strongest direction
    wrong: np.ndarray  # training error of the linear output layer that fits best


def tell_apart(depth, width, activation, variance, seeds):
    """The ToldApart of the untrained digits networks of `seeds`."""
    digits = data.digits()
    directions = []
    errors = []
    for seed in check.seeds("seeds", seeds):
        rng = np.random.default_rng(seed)
        net, params = digits_net(depth, width, activation, variance, rng)
        outputs = forward(net, params, digits.x).a[-2]
        directions.append(find_strongest_direction(outputs))
        errors.append(fit_output_layer(outputs, digits.d))
    return ToldApart(np.array(directions), np.array(errors))


def find_strongest_direction(outputs):
    """The fraction of the variance of `outputs`, (m, n), along the direction in which they differ
    most: 1/n if they differ alike in all, 1 if they lie on one line, 0 if they are all the same.
    """
    values = np.linalg.svd(outputs - outputs.mean(axis=0), compute_uv=False)
    squares = np.square(values)
    return float(squares[0] / squares.sum()) if squares[0] > 0 else 0.0


def fit_output_layer(outputs, d):
    """The fraction of the samples that the linear layer of least squares from `outputs`, (m, n), to
    the targets `d`, (m, classes), gets wrong.
    """
    centred = outputs - outputs.mean(axis=0)
    size = np.linalg.norm(centred)
    inputs = centred / size if size > 0 else centred
    weights, *_ = np.linalg.lstsq(inputs, d - d.mean(axis=0), rcond=None)
    answers = inputs @ weights + d.mean(axis=0)
    return float((answers.argmax(axis=1) != d.argmax(axis=1)).mean())
