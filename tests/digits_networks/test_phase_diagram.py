"""The map over variance and depth in one pass, against single networks."""

import numpy as np
import pytest

from lecture_lib import data
from lecture_lib.digits_networks.nets import digits_net
from lecture_lib.digits_networks.phase_diagram import phase_diagram
from lecture_lib.network import Params, backward, delta_sizes, forward, initialise, mlp

DIGITS = data.digits()


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "leaky_relu"])
@pytest.mark.parametrize("width", [16, 40])
def test_phase_diagram_equals_network_backward_one_by_one(activation, width):
    variances = np.array([0.3, 2.0, 150.0])
    depths = (2, 5, 9)
    found = phase_diagram(activation, width, variances, depths, seed=4)
    assert found.shape == (3, 3)
    deepest = initialise(
        mlp((64, *[width] * 8, 10), activation, "cross_entropy"), np.random.default_rng(4), "1/n"
    )
    for i, L in enumerate(depths):
        for j, s in enumerate(variances):
            W = [np.sqrt(s) * w for w in (*deepest.W[1:L], deepest.W[-1])]
            net = mlp((64, *[width] * (L - 1), 10), activation, "cross_entropy")
            params = Params((None, *W), (None, *(np.zeros((1, w.shape[1])) for w in W)))
            trace = forward(net, params, DIGITS.x[:16])
            sizes = delta_sizes(backward(net, params, trace, DIGITS.d[:16]).delta)
            assert found[i, j] == pytest.approx(np.log10(sizes[0] / sizes[-2]), abs=1e-9)


@pytest.mark.parametrize("skip", [0.6, 1.0])
@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_the_diagram_with_skips_equals_network_backward_one_by_one(activation, skip):
    variances = np.array([0.3, 2.0, 150.0])
    depths = (2, 5, 9)
    found = phase_diagram(activation, 16, variances, depths, seed=4, skip=skip)
    deepest, drawn = digits_net(9, 16, activation, "1/n", np.random.default_rng(4))
    for i, L in enumerate(depths):
        for j, s in enumerate(variances):
            W = [np.sqrt(s) * w for w in (*drawn.W[1:L], drawn.W[-1])]
            net = mlp((64, *[16] * (L - 1), 10), activation, "cross_entropy", skip=skip)
            params = Params((None, *W), (None, *(np.zeros((1, w.shape[1])) for w in W)))
            trace = forward(net, params, DIGITS.x[:16])
            sizes = delta_sizes(backward(net, params, trace, DIGITS.d[:16]).delta)
            assert found[i, j] == pytest.approx(np.log10(sizes[0] / sizes[-2]), abs=1e-9)
