"""Training on the handwritten digits, one record per epoch."""

import numpy as np

from lecture_lib import data, optimisers
from lecture_lib.fast_pass import FastPass
from lecture_lib.training import error_rate

from .digits_nets import digits_net

DEPTHS = (4, 20, 56)  # the lecture's 20 and 56, and one that works


def train_by_epoch(
    depth,
    width=32,
    activation="sigmoid",
    variance="1",
    optimiser="gd",
    gamma=0.05,
    epochs=20,
    batch=64,
    seed=0,
    pauses=False,
):
    """Yield (epoch, train error, test error, ||delta_1|| / ||delta_L||) for epoch 0, 1, ...; plain shares.

    A run that leaves the finite numbers yields its epoch with three nans and ends. `batch` None is all samples. With
    `pauses` it also yields None now and then, so that an epoch comes in slices.
    """
    digits, rule, rng = data.digits(), optimisers.OPTIMISERS[optimiser], np.random.default_rng(seed)
    net, params = digits_net(depth, width, activation, variance, rng)
    size, state = batch or len(digits.x), optimisers.init_state(rule, params)
    probe, work = FastPass(net, 128), FastPass(net, size)
    for epoch in range(epochs + 1):
        if epoch:
            order = rng.permutation(len(digits.x)) if batch else np.arange(size)
            for k, rows in enumerate(order[: len(order) // size * size].reshape(-1, size), 1):
                value, _ = work.run(params, digits.x[rows], digits.d[rows])
                params, state = optimisers.step(rule, params, work.gradient, state, gamma)
                if pauses and depth * k % 300 < depth:
                    yield None
        delta = probe.run(params, digits.x[:128], digits.d[:128], gradients=False)[1]
        if (
            epoch
            and not np.isfinite([value, *(w.sum() for w in params.W[1:])]).all()
            or np.isnan(delta).any()
        ):
            yield epoch, np.nan, np.nan, np.nan
            return
        yield (
            epoch,
            error_rate(net, params, digits.x, digits.d),
            error_rate(net, params, digits.x_test, digits.d_test),
            10 ** float(delta[0] - max(delta[-1], -300)),
        )
