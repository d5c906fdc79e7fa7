"""What notebooks 05 to 07 say of differences that are tiny and not gone: a linear output layer that
is fitted to the last hidden outputs of untrained networks finds them.
"""

import numpy as np
import pytest

from lecture_lib import data
from lecture_lib.digits_networks.nets import digits_net, initial_backprop
from lecture_lib.jacobian import forward_spread
from lecture_lib.network import forward
from lecture_lib.topics.remedies.compute.resilient import compute_resilient
from lecture_lib.topics.remedies.compute.told_apart import tell_apart

MANY = [3, pytest.param(20, marks=pytest.mark.long)]


@pytest.mark.parametrize("seeds", MANY)
@pytest.mark.parametrize(
    "width, activation, variance, low, high, spread",
    [
        (32, "sigmoid", "1", 0.35, 0.53, 1e-2),  # network 1 of notebook 05
        (110, "sigmoid", "1", 0.45, 0.70, 1.0),  # network 2, which learns
        (110, "sigmoid", "32/n", 0.08, 0.22, 1e-1),  # network 3, which does not
        (64, "sigmoid", "1/n", 0.03, 0.10, 1e-10),
        (64, "relu", "2/n", 0.38, 0.58, 1.0),
    ],
)
def test_a_fitted_layer_finds_differences_however_small(
    width, activation, variance, low, high, spread, seeds
):
    errors = tell_apart(20, width, activation, variance, range(seeds)).wrong
    assert low < np.median(errors) < high
    trace = initial_backprop(20, width, activation, variance, seed=0)[2]
    assert forward_spread(trace)[-2] < spread


@pytest.mark.parametrize("seeds", MANY)
def test_the_angles_between_digits_close_and_their_lengths_stay_different(seeds):
    """ReLU with 2/n and width 64: notebook 06."""
    cosines = {20: [], 56: []}
    for depth, found in cosines.items():
        for seed in range(seeds):
            net, params = digits_net(depth, 64, "relu", "2/n", np.random.default_rng(seed))
            outputs = forward(net, params, data.digits().x).a[-2]
            lengths = np.linalg.norm(outputs, axis=1)
            mean = (outputs / lengths[:, None]).mean(axis=0)
            count = len(outputs)
            found.append((count**2 * mean @ mean - count) / (count**2 - count))
            assert np.std(lengths) > 0.15 * np.mean(lengths)
    assert np.median(cosines[20]) == pytest.approx(0.96, abs=0.015)
    assert np.median(cosines[56]) == pytest.approx(0.995, abs=0.004)


@pytest.mark.parametrize("seeds", [1, pytest.param(20, marks=pytest.mark.long)])
def test_rprop_does_not_train_20_sigmoid_layers_with_1_over_n(seeds):
    """There the differences are far above the rounding of float64."""
    for seed in range(seeds):
        *_, last = compute_resilient(20, "sigmoid", "1/n", 60, seed=seed)
        assert last.rprop.errors.min() > (0.85 if seed < 3 else 0.75)
