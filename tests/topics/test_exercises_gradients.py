"""The answers of notebook 05's exercises, against the chain, the network and the numbers of the
computer itself.
"""

import numpy as np
import pytest

from lecture_lib import exercises
from lecture_lib.chain import run_chain
from lecture_lib.topics.vanishing_exploding_gradients.compute.digits_nets import layer_sizes


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


def test_both_gradients_are_equal_at_the_answer_and_the_first_is_larger_beyond():
    def ratio(X):
        return np.divide(*np.abs(run_chain([1.0, 2.0, 1.5, 0.9], X).gradients()[:2]))

    right = exercises.equal_gradients.right
    assert (
        ratio(right) == pytest.approx(1, abs=1e-5)
        and ratio(right - 0.2) > 1.1
        and ratio(right + 0.2) < 0.9
    )
    assert max(ratio(X) for X in np.linspace(0.01, 20, 500)) < 0.56  # never for positive X


def test_half_a_gap_is_lost_and_more_is_not():
    W = np.float32(0.75)
    step = exercises.lost_step.right
    assert np.float32(step) == step and W - np.float32(step) == W
    assert (
        W - np.nextafter(np.float32(step), np.float32(1)) != W
        and np.spacing(np.float32(0.75)) == 2.0**-24
    )


def test_the_gain_holds_and_its_mistakes_do_not():
    def share(gain):
        delta = layer_sizes(30, 64, "relu", gain / 64, range(12)).delta
        return np.exp(np.log(delta[:, 0] / delta[:, -2]).mean())

    assert 0.3 < share(exercises.holding_gain.right) < 3
    assert share(4.0) > 1e3 and max(share(gain) for gain in (1.0, 0.5, 2**0.5)) < 0.1


def test_two_decimals_of_the_smallest_factor_pass():
    assert exercises.smallest_factor(0.96).right and exercises.smallest_factor(0.958).right
    assert not exercises.smallest_factor(0.95).right and not exercises.smallest_factor(0.97).right
    assert 0.95**54 < 0.1 < 0.96**54


def test_which_of_the_three_networks_vanish():
    sizes = [
        layer_sizes(56, 32, *net, range(8)).delta
        for net in (("sigmoid", "1"), ("relu", "1/n"), ("relu", "2/n"))
    ]
    shares = [np.median(delta[:, 0] / delta[:, -1]) for delta in sizes]
    assert max(shares[:2]) < 1e-6 and 0.1 < shares[2] < 10
