"""The digits networks before training, against the slow twin and known identities."""

import numpy as np
import pytest

from lecture_lib import data
from lecture_lib.digits_networks.nets import initial_backprop, layer_sizes
from shared.slow_twin import twin


@pytest.mark.parametrize(
    "activation, variance", [("sigmoid", "1"), ("tanh", "1/n"), ("leaky_relu", "2/n")]
)
def test_sizes_are_those_of_the_slow_twin(activation, variance):
    sizes = layer_sizes(4, 3, activation, variance, seeds=(5,), samples=2)
    digits = data.digits()
    net, params, _, _ = initial_backprop(4, 3, activation, variance, 5)
    _, delta, dW, _ = twin(net, params, digits.x[:2], digits.d[:2])
    expected = [np.sqrt(np.square(d).sum() / 2) for d in delta[1:]]
    np.testing.assert_allclose(sizes.delta[0], expected, rtol=1e-11)
    np.testing.assert_allclose(sizes.gradient[0], [np.linalg.norm(w) for w in dW[1:]], rtol=1e-11)


def test_variance_1_vanishes_in_narrow_nets_only():
    """K51: over seeds, the sigmoid's gradient at variance 1 vanishes at width 32 and explodes at
    width 256.
    """
    ratio = {}
    for width, seeds in ((32, range(12)), (100, range(6)), (256, range(4))):
        sizes = layer_sizes(20, width, "sigmoid", "1", seeds, samples=16).delta
        ratio[width] = (sizes[:, 0] / sizes[:, -2]) ** (1 / 18)
    assert ratio[32].max() < 0.85 and ratio[256].min() > 1.1
    assert 0.9 < np.exp(np.log(ratio[100]).mean()) < 1.08
    assert layer_sizes(56, 32, "relu", "1").delta[0, 0] > 1e20


@pytest.mark.parametrize("variance", ["1", "1/n", "2/n"])
def test_weight_gradients_of_relu_are_flat_while_delta_is_not(variance):
    """K59: without biases <W_l, dJ/dW_l> is the same in every layer, at any variance."""
    _, params, _, back = initial_backprop(20, 32, "relu", variance, 0)
    products = [np.sum(w * dw) for w, dw in zip(params.W[1:], back.gradient.W[1:])]
    np.testing.assert_allclose(products, products[0], rtol=1e-9)
