"""The answers of notebook 05's exercises, against the chain, the network and the numbers of the
computer itself.
"""

import numpy as np
import pytest

from lecture_lib import exercises
from lecture_lib.chain import run_chain
from lecture_lib.digits_networks.nets import initial_backprop, layer_sizes
from lecture_lib.jacobian import forward_spread


def test_the_gradients_are_those_of_nudged_weights():
    W = np.array([0.8, -1.1, 1.5, 0.9])
    h = 1e-6
    chain = run_chain(W, 1.3)
    for k, mine in (
        (0, exercises.first_gradient.right(1.3, W, chain.slope)),
        (2, exercises.gradient_w3.right(chain.y, W, chain.slope)),
    ):
        up, down = (run_chain(W + step * np.eye(4)[k], 1.3).output for step in (h, -h))
        assert mine == pytest.approx((up - down) / (2 * h), rel=1e-6)


def test_half_a_gap_is_lost_and_more_is_not():
    W = np.float32(0.75)
    step = exercises.lost_step.right
    assert np.float32(step) == step and W - np.float32(step) == W
    assert (
        W - np.nextafter(np.float32(step), np.float32(1)) != W
        and np.spacing(np.float32(0.75)) == 2.0**-24
    )


def test_every_gain_that_meets_the_stated_goal_passes():
    def share(gain):
        delta = layer_sizes(30, 64, "relu", gain / 64, range(20)).delta
        return np.exp(np.log(delta[:, 0] / delta[:, -1]).mean())

    assert 0.3 < share(exercises.holding_gain.right) < 3
    assert share(4.0) > 1e3 and max(share(gain) for gain in (1.0, 0.5, 2**0.5)) < 0.1
    for gain in (1.8, 2.0, 2.2):
        assert exercises.holding_gain(gain).right and 0.1 < share(gain) < 10
    for gain, misses in ((1.6, "Yours gives -1.5"), (2.6, "Yours gives 1.7")):
        assert misses in exercises.holding_gain(gain).sentence


def test_two_decimals_of_the_smallest_factor_pass():
    for right in (0.96, 0.959, 0.9591):
        assert exercises.smallest_factor(right).right
    for wrong in (0.95, 0.957, 0.958, 0.97):
        assert not exercises.smallest_factor(wrong).right
    assert 0.958**55 < 0.1 < 0.96**55
    assert 0.88**19 < 0.1 < 0.89**19 and 0.46**3 < 0.1 < 0.47**3


def test_which_of_the_three_networks_vanish():
    sizes = [
        layer_sizes(56, 32, *net, range(20)).delta
        for net in (("sigmoid", "1"), ("relu", "1/n"), ("relu", "2/n"))
    ]
    shares = [np.median(delta[:, 0] / delta[:, -1]) for delta in sizes]
    assert max(shares[:2]) < 1e-6 and 0.1 < shares[2] < 10


def test_a_scale_is_lost_in_relu_and_the_differences_in_the_sigmoid():
    """Any factor on the outputs leaves the spread as it is."""
    spreads = {}
    for activation in ("relu", "sigmoid"):
        found = []
        for seed in range(20):
            net, params, trace, _ = initial_backprop(20, 64, activation, "1/n", seed)
            found.append(forward_spread(trace)[-2])
        spreads[activation] = found
    assert min(spreads["relu"]) > 0.2 and max(spreads["sigmoid"]) < 1e-11


def test_relu_at_1_over_n_is_the_network_of_2_over_n_but_for_its_scale():
    for depth in (20, 56):
        _, _, small, _ = initial_backprop(depth, 64, "relu", "1/n", 3)
        _, _, large, _ = initial_backprop(depth, 64, "relu", "2/n", 3)
        for l in (1, depth // 2, depth):
            np.testing.assert_allclose(2 ** (l / 2) * small.a[l], large.a[l], rtol=1e-9, atol=1e-12)
