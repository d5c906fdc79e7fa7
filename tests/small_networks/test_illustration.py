"""The 2-3-2-1 network node by node: the right rule is the gradient, the spoken one is not."""

import numpy as np
import pytest

from lecture_lib import network
from lecture_lib.activations import ACTIVATIONS
from lecture_lib.small_networks.illustration import EDGES, edge_name, one_round, random_weights
from shared.slow_twin import EXACT, Value, close, total

EVERY = pytest.mark.parametrize("activation", ACTIVATIONS)


def drawn(seed=0):
    return random_weights(np.random.default_rng(seed))


@EVERY
@pytest.mark.parametrize("seed", range(3))
def test_right_rule_is_the_gradient_by_automatic_differentiation(activation, seed):
    weights = drawn(seed)
    W = {edge: Value(w) for edge, w in weights.items()}
    Y = {"X1": Value(0.5), "X2": Value(-0.3)}
    for n in range(1, 7):
        Y[n] = total(W[m, k] * Y[m] for m, k in EDGES if k == n).through(*EXACT[activation])
    error = (Y[6] + -0.9) * (Y[6] + -0.9) * 0.5
    error.backward()
    round_ = one_round(weights, Z=0.9, activation=activation)
    close([round_.E], [float(error.x)])
    close([round_.gradient[edge] for edge in EDGES], [float(W[edge].grad) for edge in EDGES])
    close([round_.delta[n] for n in range(1, 7)], [-float(Y[n].grad) for n in range(1, 7)])


@EVERY
def test_deltas_and_gradients_are_those_of_the_network(activation):
    weights = drawn(4)

    def pick(sources, nodes):
        return np.array([[weights[m, n] for n in nodes] for m in sources])

    layers = [("X1", "X2"), (1, 2, 3), (4, 5), (6,)]
    W = (None, *(pick(a, b) for a, b in zip(layers, layers[1:])))
    net = network.mlp((2, 3, 2, 1), activation, biases=False)
    params = network.Params(W, (None, *(np.zeros((1, w.shape[1])) for w in W[1:])))
    trace = network.forward(net, params, np.array([[0.5, -0.3]]))
    back = network.backward(net, params, trace, np.array([[1.0]]))
    round_ = one_round(weights, activation=activation)
    for l in (1, 2, 3):
        close(trace.z[l][0], [round_.e[n] for n in layers[l]])
        close(trace.a[l][0], [round_.Y[n] for n in layers[l]])
        close(back.delta[l][0], [-round_.slope[n] * round_.delta[n] for n in layers[l]])
        close(
            back.gradient.W[l],
            [[round_.gradient[m, n] for n in layers[l]] for m in layers[l - 1]],
        )


def test_first_gradient_fully_expanded():
    w = drawn(2)
    r = one_round(drawn(2))
    F = r.slope
    paths = w[4, 6] * F[4] * w[1, 4] + w[5, 6] * F[5] * w[1, 5]
    assert r.gradient["X1", 1] == pytest.approx(
        -(1.0 - r.Y[6]) * F[6] * paths * F[1] * 0.5, rel=1e-13
    )
    assert r.delta[3] == pytest.approx(
        w[3, 4] * F[4] * r.delta[4] + w[3, 5] * F[5] * r.delta[5], rel=1e-13
    )


@EVERY
@pytest.mark.parametrize("rule", ("right", "spoken"))
def test_update_goes_against_the_gradient_and_leaves_the_old_weights(activation, rule):
    weights = drawn(1)
    before = dict(weights)
    r = one_round(weights, activation=activation, gamma=0.25, rule=rule)
    assert weights == before and set(r.new) == set(EDGES)
    close(
        [r.new[edge] for edge in EDGES],
        [weights[edge] - 0.25 * r.gradient[edge] for edge in EDGES],
    )


@EVERY
def test_spoken_rule_is_right_at_the_output_and_lacks_the_output_slope_before(activation):
    right, spoken = (
        one_round(drawn(3), activation=activation, rule=rule) for rule in ("right", "spoken")
    )
    for m, n in EDGES:
        if n == 6:
            assert spoken.gradient[m, n] == right.gradient[m, n]
        elif n in (4, 5):
            assert spoken.gradient[m, n] * right.slope[6] == pytest.approx(
                right.gradient[m, n], rel=1e-12
            )
    assert spoken.delta[4] == drawn(3)[4, 6] * spoken.delta[6]
    if activation == "linear":
        assert spoken == right
    if activation == "sigmoid":
        assert spoken.gradient[1, 4] / right.gradient[1, 4] >= 4


def test_spoken_rule_can_have_the_wrong_sign():
    # K31: W14 W46 = 1, W15 W56 = -1.1, F4' = 0.25, F5' = 0.1; zero input weights make Y1 = Y2 = Y3
    # = 1/2
    weights = dict.fromkeys(EDGES, 0.0) | {
        (1, 4): 1.0,
        (4, 6): 1.0,
        (2, 4): -1.0,
        (1, 5): 1.1,
        (5, 6): -1.0,
        (2, 5): 2 * 2.06343706889556 - 1.1,
    }
    right, spoken = (one_round(weights, rule=rule) for rule in ("right", "spoken"))
    close([right.slope[4], right.slope[5]], [0.25, 0.1])
    assert spoken.delta[1] == pytest.approx(-0.10 * spoken.delta[6], rel=1e-12)
    assert right.delta[1] == pytest.approx(0.14 * right.slope[6] * right.delta[6], rel=1e-12)


def test_names_and_order_of_the_fourteen_weights():
    assert [edge_name(edge) for edge in EDGES] == [
        "W(X1)1",
        "W(X2)1",
        "W(X1)2",
        "W(X2)2",
        "W(X1)3",
        "W(X2)3",
        "W14",
        "W24",
        "W34",
        "W15",
        "W25",
        "W35",
        "W46",
        "W56",
    ]
    assert drawn(5) == drawn(5) != drawn(6) and all(abs(w) <= 1 for w in drawn(5).values())
