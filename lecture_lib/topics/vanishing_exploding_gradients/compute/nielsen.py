"""The gradients of Nielsen's networks at their start, from chapter 5 of his book."""

import numpy as np

from lecture_lib import check, data
from lecture_lib.activations import ACTIVATIONS
from lecture_lib.architecture import MAX_DEPTH
from lecture_lib.network import backward, forward, initialise, mlp, stack


def nielsen_gradients(hidden, seeds=24):
    """||dJ/db_l|| of the hidden layers of Nielsen's networks at their start, an array (seeds,
    hidden).

    His chapter 5 has 30 units per layer, sigmoid, W ~ N(0, 1/n), b ~ N(0, 1) and 1,000 images with
    pixels from 0 to 1. His J is the cross-entropy of sigmoid outputs, whose delta is the error out
    - d. A linear output with the target in - (out - d) and squared error has the same delta.
    """
    hidden = check.integer("hidden", hidden, 1, MAX_DEPTH - 1)
    seeds = check.integer("seeds", seeds, 1, 1000)
    digits = data.digits()
    x = (digits.x[:1000] - digits.x.min()) / np.ptp(digits.x)
    net = mlp((64, *[30] * hidden, 10), output="linear")
    rng = np.random.default_rng(0)
    params = stack([initialise(net, rng, "1/n", bias_variance=1.0) for _ in range(seeds)])

    trace = forward(net, params, x)
    sums = trace.a[-1]
    outputs = ACTIVATIONS["sigmoid"].f(sums)
    target = sums - outputs + digits.d[:1000]
    gradient = backward(net, params, trace, target).gradient
    return np.stack([np.linalg.norm(b, axis=(-2, -1)) for b in gradient.b[1:-1]], -1)
