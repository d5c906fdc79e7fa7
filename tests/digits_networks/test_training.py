"""The training on the digits is that of the reference loop."""

import numpy as np
import pytest

from lecture_lib import data
from lecture_lib.digits_networks.nets import initial_backprop
from lecture_lib.digits_networks.training import train_by_epoch
from lecture_lib.network import backward, delta_sizes, forward, initialise
from lecture_lib.training import error_rate, train


def test_training_is_the_reference_loop():
    digits = data.digits()
    rng = np.random.default_rng(1)
    net, params, _, _ = initial_backprop(6, 16, "tanh", "1/n", 1)
    initialise(net, rng, "1/n")
    rows = list(train_by_epoch(6, 16, "tanh", "1/n", gamma=0.05, epochs=2, seed=1))
    steps = train(net, params, digits.x, digits.d, 0.05, "gd", 64, rng)
    for step in steps:
        if step.epoch == 2:
            break
    assert [row.epoch for row in rows] == [0, 1, 2]
    assert rows[0].train_error == error_rate(net, params, digits.x, digits.d)
    assert rows[2].train_error == pytest.approx(
        error_rate(net, step.after, digits.x, digits.d), abs=2e-3
    )
    assert rows[2].test_error == pytest.approx(
        error_rate(net, step.after, digits.x_test, digits.d_test), abs=6e-3
    )
    back = backward(net, step.after, forward(net, step.after, digits.x[:128]), digits.d[:128])
    sizes = delta_sizes(back.delta)
    assert rows[2].gradient_ratio == pytest.approx(sizes[0] / sizes[-1], rel=1e-6)
