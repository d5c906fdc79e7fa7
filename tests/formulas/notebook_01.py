"""The formulas of notebook 01, each with its check."""

import numpy as np

from lecture_lib.activations import ACTIVATIONS, STEP
from lecture_lib.network import Params, forward, mlp
from lecture_lib.perceptron import output, train_perceptron
from lecture_lib.topics.single_layer_perceptron.compute.neuron import compute_neuron

RNG = np.random.default_rng(0)


def junction():
    for X1, X2, W1, W2, B in RNG.uniform(-3, 3, (20, 5)):
        V = sum(W * X for W, X in ((W1, X1), (W2, X2))) + B
        assert abs(compute_neuron(X1=X1, X2=X2, W1=W1, W2=W2, B=B).V - V) < 1e-9


def vector_form():
    for name, phi in ACTIVATIONS.items():
        net = mlp((5, 1), name, output=name)
        W = RNG.normal(size=(5, 1))
        B = RNG.normal()
        X = RNG.normal(size=5)
        found = forward(net, Params((None, W), (None, np.full((1, 1), B))), X[None]).a[1]
        np.testing.assert_allclose(found[0], phi(W.T @ X + B), rtol=1e-12)


def step():
    V = np.array([-2.0, -1e-9, 0.0, 1e-9, 3.0])
    np.testing.assert_array_equal(STEP(V), [0, 0, 0, 1, 1])
    np.testing.assert_array_equal(output(np.array([0.0, 1.0]), V[:, None]), [0, 0, 0, 1, 1])


def learning_rule():
    x = RNG.normal(size=(6, 2))
    d = (0, 1, 1, 0, 1, 0)
    gamma = 0.7
    run = train_perceptron(x, d, RNG.normal(size=3), gamma=gamma, epochs=5)
    assert any(one.error for one in run.shown) and not all(one.error for one in run.shown)
    for one in run.shown:
        xj = np.array([1.0, *x[one.index]])
        y = 1 if one.before @ xj > 0 else 0
        np.testing.assert_allclose(
            one.after, one.before + gamma * (d[one.index] - y) * xj, rtol=1e-12
        )


def stop():
    x = RNG.normal(size=(20, 2))
    d = RNG.integers(0, 2, 20)
    for threshold in (0.3, 0.5):
        run = train_perceptron(x, d, np.zeros(3), threshold=threshold, epochs=50)
        costs = [
            sum(abs(one.error) for one in run.shown if one.epoch == epoch + 1) / 20
            for epoch in range(50)
        ]
        end = next((k for k, cost in enumerate(costs) if cost < threshold), 49)
        assert len(run.mistakes) == end + 1 and run.converged == (costs[end] < threshold)


FORMULAS = {
    "sum": (r"V_k = \sum_{j=1}^{m} W_{kj} X_j + B_k", junction),
    "vector-form": (r"Y_k = \varphi(W_k^{T} X + B_k)", vector_form),
    "step": (r"Y = 1 \text{ if } V > 0, \qquad Y = 0 \text{ otherwise}", step),
    "learning-rule": (r"W(t+1) = W(t) + \gamma\,(d_j - y_j)\,x_j", learning_rule),
    "stop": (r"\frac{1}{s} \sum_{j=1}^{s} \lvert d_j - y_j \rvert < \gamma_{stop}", stop),
}
