"""The formulas of notebook 03, each with its check."""

import numpy as np

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.network import Params, backward, forward, mlp
from lecture_lib.optimisers import OPTIMISERS
from lecture_lib.small_networks.derivation import forward_4_3_2
from lecture_lib.small_networks.illustration import EDGES, one_round, random_weights
from lecture_lib.topics.backpropagation.compute.gradient_descent import compute_gradient_descent
from shared.numerical_derivative import assert_equal_sides, central_difference

SIGMOID = ACTIVATIONS["sigmoid"]
SEEDS = range(5)


def sigma(x):
    return 1 / (1 + np.exp(-x))


def close(*sides):
    assert_equal_sides(*sides, rtol=1e-6, atol=1e-9)


def each(cases):
    """A check that runs over all of `cases()`."""
    return lambda check: lambda: [check(*case) for case in cases()]


def nets():
    """Five 4-3-2 nets with all their values."""
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        yield (
            forward_4_3_2(
                {
                    "X": rng.uniform(-1, 1, 4),
                    "W1": rng.normal(size=(4, 3)),
                    "W2": rng.normal(size=(3, 2)),
                    "d": rng.uniform(size=2),
                }
            ),
        )


def slope_of(v, name, place, of="J"):
    return (
        forward_4_3_2(v, (name, place), 1e-5)[of] - forward_4_3_2(v, (name, place), -1e-5)[of]
    ) / 2e-5


def rounds():
    """Five rounds on the 2-3-2-1 net: (weights, values)."""
    for seed in SEEDS:
        w = {edge: 3 * x for edge, x in random_weights(np.random.default_rng(seed)).items()}
        yield w, one_round(w)


def update():
    """The rule of the library's gradient descent, on the slope of a cost of 3 x 2 weights found by
    nudging.
    """
    W, A = np.random.default_rng(0).normal(size=(2, 3, 2))

    def J(W):
        return np.sum(np.sin(A * W))

    new, _ = OPTIMISERS["gd"].update(W, A * np.cos(A * W), None, 0.3)
    close(
        W - 0.3 * np.array([[central_difference(J, W, (i, j)) for j in (0, 1)] for i in range(3)]),
        new,
    )


def distance():
    for gamma, lam, start in ((0.1, 1.0, -2.0), (0.7, 2.0, 3.0), (1.9, 1.0, 0.5), (0.6, 4.0, 1.5)):
        run = compute_gradient_descent(gamma=gamma, lam=lam, start=start)
        t = np.arange(8)
        close(run.W[:8] - 1, (1 - gamma * lam) ** t * (start - 1))


def sigmoid():
    x = np.random.default_rng(0).normal(size=50) * 4
    close(SIGMOID.f(x), 1 / (1 + np.exp(-x)))
    close(
        SIGMOID.df(x),
        central_difference(sigma, x),
        sigma(x) * (1 - sigma(x)),
        np.exp(-x) / (1 + np.exp(-x)) ** 2,
    )


def as_network(v):
    """Trace and backward pass of the library's general network for the same 4-3-2 net."""
    net = mlp((4, 3, 2), biases=False)
    no_biases = (None, np.zeros((1, 3)), np.zeros((1, 2)))
    params = Params((None, v["W1"], v["W2"]), no_biases)
    trace = forward(net, params, v["X"][None])
    return trace, backward(net, params, trace, v["d"][None])


@each(nets)
def output(v):
    H = [sigma(sum(v["W1"][i, j] * v["X"][i] for i in range(4))) for j in range(3)]
    written = [sigma(sum(v["W2"][j, k] * H[j] for j in range(3))) for k in range(2)]
    short = [sigma(sum(v["W2"][j, k] * v["H"][j] for j in range(3))) for k in range(2)]
    close(v["Y"], short, written, as_network(v)[0].a[2][0])


@each(nets)
def cost(v):
    close(v["J"], 0.5 * sum((v["Y"][k] - v["d"][k]) ** 2 for k in range(2)))


@each(nets)
def chain_at_the_output(v):
    for j, k in np.ndindex(3, 2):
        by_weight = slope_of(v, "W2", (j, k), of="in_k")[k]
        close(slope_of(v, "W2", (j, k)), slope_of(v, "in_k", k) * by_weight)
        close(by_weight, v["H"][j])


@each(nets)
def one_term_of_the_sum(v):
    def J_of(in_k):
        return 0.5 * sum((sigma(in_k[m]) - v["d"][m]) ** 2 for m in range(2))

    for k in range(2):
        close(slope_of(v, "in_k", k), central_difference(J_of, v["in_k"], k))


@each(nets)
def delta_of_an_output(v):
    delta = (SIGMOID.f(v["in_k"]) - v["d"]) * SIGMOID.df(v["in_k"])
    _, back = as_network(v)
    close(delta, [slope_of(v, "in_k", k) for k in range(2)], back.delta[2][0])
    close(
        np.outer(v["H"], delta),
        [[slope_of(v, "W2", (j, k)) for k in range(2)] for j in range(3)],
        back.gradient.W[2],
    )


@each(nets)
def chain_at_a_hidden_unit(v):
    for i, j in np.ndindex(4, 3):
        by_weight = slope_of(v, "W1", (i, j), of="in_j")[j]
        close(slope_of(v, "W1", (i, j)), slope_of(v, "in_j", j) * by_weight)
        close(by_weight, v["X"][i])


@each(nets)
def delta_of_a_hidden_unit(v):
    _, back = as_network(v)
    for j in range(3):
        paths = [
            slope_of(v, "in_k", k)
            * slope_of(v, "H", j, of="in_k")[k]
            * slope_of(v, "in_j", j, of="H")[j]
            for k in range(2)
        ]
        close(slope_of(v, "H", j, of="in_k"), v["W2"][j])
        delta = SIGMOID.df(v["in_j"][j]) * sum(
            back.delta[2][0, k] * v["W2"][j, k] for k in range(2)
        )
        close(slope_of(v, "in_j", j), sum(paths), delta, back.delta[1][0, j])
        close(
            [slope_of(v, "W1", (i, j)) for i in range(4)], delta * v["X"], back.gradient.W[1][:, j]
        )


@each(rounds)
def first_hidden_layer(w, r):
    for n in (1, 2, 3):
        close(r.Y[n], sigma(w["X1", n] * r.Y["X1"] + w["X2", n] * r.Y["X2"]))


@each(rounds)
def second_hidden_layer(w, r):
    Y = r.Y
    close(Y[4], sigma(w[1, 4] * Y[1] + w[2, 4] * Y[2] + w[3, 4] * Y[3]))
    close(Y[5], sigma(w[1, 5] * Y[1] + w[2, 5] * Y[2] + w[3, 5] * Y[3]))


@each(rounds)
def output_of_the_illustration(w, r):
    close(r.Y[6], sigma(w[4, 6] * r.Y[4] + w[5, 6] * r.Y[5]))


def slope_by(w, n, value, by):
    """dE/d(output "Y" or input "e" of unit n), Z = 1: nudge it, go on from there, all before it
    unchanged.
    """

    def E(value):
        Y = dict(one_round(w).Y)
        for m in range(n, 7):
            e = sum(w[a, b] * Y[a] for a, b in EDGES if b == m)
            Y[m] = sigma(e)
            if m == n:
                Y[m] = sigma(value) if by == "e" else value
        return 0.5 * (1 - Y[6]) ** 2

    return central_difference(E, value)


def slope_by_weight(w, edge):
    return central_difference(lambda x: one_round(w | {edge: float(x)}).E, w[edge])


@each(rounds)
def conversion(w, r):
    for n in range(1, 7):
        close(
            slope_by(w, n, r.e[n], "e"),
            -r.slope[n] * -slope_by(w, n, r.Y[n], "Y"),
            -r.slope[n] * r.delta[n],
        )


@each(rounds)
def back_to_the_second_layer(w, r):
    for n in (4, 5):
        close(-slope_by(w, n, r.Y[n], "Y"), w[n, 6] * r.slope[6] * r.delta[6], r.delta[n])


@each(rounds)
def back_to_the_first_layer(w, r):
    for n in (1, 2, 3):
        two = w[n, 4] * r.slope[4] * r.delta[4] + w[n, 5] * r.slope[5] * r.delta[5]
        close(-slope_by(w, n, r.Y[n], "Y"), two, r.delta[n])


@each(rounds)
def update_of_the_illustration(w, r):
    delta, slope, Y = r.delta, r.slope, r.Y
    for edge, move in (
        (("X1", 1), delta[1] * slope[1] * 0.5),
        ((1, 4), delta[4] * slope[4] * Y[1]),
        ((4, 6), delta[6] * slope[6] * Y[4]),
    ):
        close(w[edge] + 0.5 * move, w[edge] - 0.5 * slope_by_weight(w, edge), r.new[edge])


FORMULAS = {
    "update": (r"W(t+1) = W(t) - \gamma\, \nabla J(W(t))", update),
    "distance": (r"W(t) - W^* = (1 - \gamma\lambda)^t\,(W(0) - W^*)", distance),
    "sigmoid": (
        r"""\sigma(x) = \frac{1}{1 + e^{-x}}, \qquad
        \sigma'(x) = \sigma(x)\,(1 - \sigma(x)) = \frac{e^{-x}}{(1 + e^{-x})^2}""",
        sigmoid,
    ),
    "output": (
        r"""Y_k = \sigma\Big(\sum_j W_{jk} H_j\Big)
        = \sigma\Big(\sum_j W_{jk}\, \sigma\Big(\sum_i W_{ij} X_i\Big)\Big)""",
        output,
    ),
    "cost": (r"J(W) = \frac12 \sum_k (Y_k - d_k)^2", cost),
    "chain-at-the-output": (
        r"""\frac{\partial J}{\partial W_{jk}} = \frac{\partial J}{\partial in_k} \cdot
        \frac{\partial in_k}{\partial W_{jk}}, \qquad \frac{\partial in_k}{\partial W_{jk}} = H_j""",
        chain_at_the_output,
    ),
    "one-term-of-the-sum": (
        r"""\frac{\partial J}{\partial in_k} = \frac{\partial}{\partial in_k}\,
        \frac12 \sum_{k'} \big(\sigma(in_{k'}) - d_{k'}\big)^2""",
        one_term_of_the_sum,
    ),
    "delta-of-an-output": (
        r"""\delta_k := \frac{\partial J}{\partial in_k} = (\sigma(in_k) - d_k)\, \sigma'(in_k),
        \qquad \frac{\partial J}{\partial W_{jk}} = \delta_k H_j""",
        delta_of_an_output,
    ),
    "chain-at-a-hidden-unit": (
        r"""\frac{\partial J}{\partial W_{ij}} = \frac{\partial J}{\partial in_j} \cdot
        \frac{\partial in_j}{\partial W_{ij}}, \qquad \frac{\partial in_j}{\partial W_{ij}} = X_i""",
        chain_at_a_hidden_unit,
    ),
    "delta-of-a-hidden-unit": (
        r"""\frac{\partial J}{\partial in_j}
        = \sum_k \underbrace{\frac{\partial J}{\partial in_k}}_{\delta_k}
        \underbrace{\frac{\partial in_k}{\partial H_j}}_{W_{jk}}
        \underbrace{\frac{\partial H_j}{\partial in_j}}_{\sigma'(in_j)}
        \quad\Rightarrow\quad \delta_j = \sigma'(in_j) \sum_k \delta_k W_{jk},
        \qquad \frac{\partial J}{\partial W_{ij}} = \delta_j X_i""",
        delta_of_a_hidden_unit,
    ),
    "first-hidden-layer": (r"Y_n = F_n\big(W_{(X1)n} X_1 + W_{(X2)n} X_2\big)", first_hidden_layer),
    "second-hidden-layer": (
        r"""Y_4 = F_4(W_{14} Y_1 + W_{24} Y_2 + W_{34} Y_3), \qquad
        Y_5 = F_5(W_{15} Y_1 + W_{25} Y_2 + W_{35} Y_3)""",
        second_hidden_layer,
    ),
    "output-of-the-illustration": (r"Y = F_6(W_{46} Y_4 + W_{56} Y_5)", output_of_the_illustration),
    "conversion": (
        r"""\delta_n^{\text{derivation}} = -F_n'(e_n)\; \delta_n^{\text{illustration}}""",
        conversion,
    ),
    "back-to-the-second-layer": (
        r"""\delta_4 = W_{46} F_6'(e_6)\, \delta, \qquad
        \delta_5 = W_{56} F_6'(e_6)\, \delta""",
        back_to_the_second_layer,
    ),
    "back-to-the-first-layer": (
        r"""\delta_1 = W_{14} F_4'(e_4)\, \delta_4 + W_{15} F_5'(e_5)\, \delta_5""",
        back_to_the_first_layer,
    ),
    "update-of-the-illustration": (
        r"""W'_{(X1)1} = W_{(X1)1} + \eta\, \delta_1 F_1'(e_1)\, X_1, \qquad
        W'_{14} = W_{14} + \eta\, \delta_4 F_4'(e_4)\, Y_1, \qquad
        W'_{46} = W_{46} + \eta\, \delta\, F_6'(e_6)\, Y_4""",
        update_of_the_illustration,
    ),
}
