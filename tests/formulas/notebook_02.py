"""The formulas of notebook 02, each with its check."""

import numpy as np

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.network import forward, initialise, loss, mlp
from lecture_lib.topics.multilayer_perceptron.compute.hidden_space import trained_net
from lecture_lib.topics.multilayer_perceptron.compute.nested_formula import compute_nested_formula
from lecture_lib.training import train

RNG = np.random.default_rng(0)


def hidden_map():
    for name, phi in ACTIVATIONS.items():
        net = mlp((3, 4, 1), name)
        params = initialise(net, RNG, "1", bias_variance=1.0)
        X = RNG.normal(size=3)
        found = forward(net, params, X[None]).a[1][0]
        np.testing.assert_allclose(found, phi(params.W[1].T @ X + params.b[1][0]), rtol=1e-12)


def _networks():
    """Records of the 3-2-1 network with random numbers, for each activation of the menu."""
    for name in ("sigmoid", "tanh", "relu", "linear"):
        names = ("X1", "X2", "X3", "W11", "W12", "W21", "W22", "W31", "W32", "W1", "W2")
        yield (
            ACTIVATIONS[name],
            compute_nested_formula(
                activation=name, **dict(zip(names, RNG.uniform(-2, 2, 11).tolist()))
            ).v,
        )


def output():
    for phi, v in _networks():
        assert abs(v["Y"] - phi(sum(v[f"W{j}"] * v[f"H{j}"] for j in (1, 2)))) < 1e-12


def nested_formula():
    for phi, v in _networks():
        H = {j: phi(sum(v[f"W{i}{j}"] * v[f"X{i}"] for i in (1, 2, 3))) for j in (1, 2)}
        assert all(abs(v[f"H{j}"] - H[j]) < 1e-12 for j in (1, 2))
        assert abs(v["Y"] - phi(sum(v[f"W{j}"] * H[j] for j in (1, 2)))) < 1e-12


def cost():
    net = mlp((2, 3, 4))
    params = initialise(net, RNG, "1")
    x = RNG.normal(size=(1, 2))
    d = RNG.uniform(size=(1, 4))
    trace = forward(net, params, x)
    assert (
        abs(loss(net, trace, d) - sum((trace.a[2][0, k] - d[0, k]) ** 2 for k in range(4)) / 2)
        < 1e-12
    )
    few = [step.loss for step, _ in zip(train(net, params, x, d, gamma=1.0), range(200))]
    assert few[-1] < 0.01 * few[0]  # training looks for the weights with the smallest J
    J = trained_net().losses
    assert J[-1] < 0.01 * J[0]


FORMULAS = {
    "hidden-map": (r"H = \varphi(W^T X + B)", hidden_map),
    "output": (r"Y = \varphi\Big(\sum_{j} W_j H_j\Big)", output),
    "nested": (
        r"""
        Y = \varphi\Big(\sum_j W_j\, \underbrace{\varphi\Big(\sum_i W_{ij} X_i\Big)}_{H_j}\Big), \qquad
        H_j = \varphi\Big(\sum_i W_{ij} X_i\Big)""",
        nested_formula,
    ),
    "cost": (r"\min_W J(W), \qquad J(W) = \frac12 \sum_{k=1}^{K} (Y_k - d_k)^2", cost),
}
