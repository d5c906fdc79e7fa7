"""The formulas of notebook 06, each with its check."""

import numpy as np

from lecture_lib import theory
from lecture_lib.activations import ACTIVATIONS
from lecture_lib.digits_networks.nets import digits_net
from lecture_lib.network import backward, delta_sizes, forward, initialise, mlp
from lecture_lib.topics.remedies.compute.centred_sigmoid import centred_sigmoid


def relu():
    x = np.random.default_rng(0).normal(size=100)
    relu = ACTIVATIONS["relu"]
    np.testing.assert_array_equal(relu.f(x), np.maximum(0, x))
    np.testing.assert_array_equal(relu.df(x), np.where(x > 0, 1, 0))


def gradient_of_a_layer():
    """Wide ReLU net: the mean square of delta over many seeds, one layer back, against chi times
    it.
    """
    n = 400
    sizes = []
    net = mlp((n, n, n, n), "relu")
    rng = np.random.default_rng(0)
    x = rng.normal(size=(8, n))
    d = 100 * rng.normal(size=(8, n))  # targets that know nothing of the weights
    for _ in range(10):
        params = initialise(net, rng, 1.5 / n)
        sizes.append(delta_sizes(backward(net, params, forward(net, params, x), d).delta))
    one, two = np.square(sizes).mean(axis=0)[:2]
    assert abs(one / two - 1.5 * 0.5) < 0.05 * 0.75  # E[F'^2] = 1/2
    assert abs(theory.fixed_point("relu", 1.5)[1] - 0.75) < 1e-9


def signal_of_a_layer():
    """Wide ReLU and tanh nets: the mean square of the sums one layer on, over many seeds."""
    n = 400
    x = np.random.default_rng(0).normal(size=(8, n))
    for name in ("relu", "tanh"):
        net = mlp((n, n, n), name)
        ratios = []
        for seed in range(10):
            params = initialise(net, np.random.default_rng(seed), 1.5 / n)
            trace = forward(net, params, x)
            predicted = 1.5 * np.square(trace.a[1]).mean()
            ratios.append(np.square(trace.a[1] @ params.W[2]).mean() / predicted)
        assert abs(np.mean(ratios) - 1) < 0.03
        q = np.square(trace.z[1]).mean()
        assert abs(theory.next_q(name, q, 1.5) / predicted - 1) < 0.05


def centred():
    net, params = digits_net(4, 32, "tanh", "1/n", np.random.default_rng(0))
    W, B = (part[2] for part in (centred_sigmoid(params).W, centred_sigmoid(params).b))
    assert abs(32 * W.var() / (32 * params.W[2].var()) - 16) < 1e-9
    np.testing.assert_allclose(B[0], -0.5 * W.sum(axis=0), atol=1e-12)


FORMULAS = {
    "signal-of-a-layer": (
        r"\mathrm{E}\,z_{l+1}^2 \;=\; n\,\mathrm{Var}(W)\;\mathrm{E}\,[F(z_l)^2]",
        signal_of_a_layer,
    ),
    "relu": (
        r"""F(x) = \max(0, x), \qquad F'(x) = \begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases}""",
        relu,
    ),
    "gradient-of-a-layer": (
        r"""
        \mathrm{E}\,\|\delta_l\|^2 \;=\; \underbrace{n\,\mathrm{Var}(W)\;\mathrm{E}[F'^2]}_{\chi}
        \;\; \mathrm{E}\,\|\delta_{l+1}\|^2 .""",
        gradient_of_a_layer,
    ),
    "centred-sigmoid": (
        r"""\mathrm{Var}(W) = \frac{16}{n}, \qquad B_j = -\tfrac12 \sum_i W_{ij} .""",
        centred,
    ),
}
