"""Costs and softmax against 40 digits, finite differences and safe for scores of any size."""

import numpy as np
import pytest
from mpmath import mp, mpf

from lecture_lib import network, training
from lecture_lib.costs import COSTS, softmax
from shared.slow_twin import EXACT_COSTS, Value, close

EVERY = pytest.mark.parametrize("name", COSTS)


def drawn(seed=1, shape=(5, 4)):
    rng = np.random.default_rng(seed)
    return (
        3 * rng.standard_normal(shape),
        np.eye(shape[-1])[rng.integers(shape[-1], size=shape[:-1])],
    )


@EVERY
def test_cost_and_derivative_equal_the_slow_twin(name):
    a, d = drawn()
    for value, slope, scores, target in zip(COSTS[name].f(a, d), COSTS[name].df(a, d), a, d):
        units = [Value(y) for y in scores]
        cost = EXACT_COSTS[name](units, target)
        cost.backward()
        close([value], [float(cost.x)])
        close(slope, [float(unit.grad) for unit in units])


@EVERY
def test_derivative_is_the_finite_difference_in_a_random_direction(name):
    a, d = drawn(2)
    v = np.random.default_rng(3).standard_normal(a.shape)
    h = 1e-6
    numeric = (COSTS[name].f(a + h * v, d) - COSTS[name].f(a - h * v, d)) / (2 * h)
    close((COSTS[name].df(a, d) * v).sum(axis=-1), numeric, rtol=1e-8)


@EVERY
def test_leading_axes_are_experiments(name):
    a, d = drawn(4, (2, 3, 5, 4))
    assert COSTS[name].f(a, d).shape == (2, 3, 5) and COSTS[name].df(a, d).shape == a.shape
    for i, j in np.ndindex(2, 3):
        assert np.array_equal(COSTS[name].f(a, d)[i, j], COSTS[name].f(a[i, j], d[i, j]))
        assert np.array_equal(COSTS[name].df(a, d)[i, j], COSTS[name].df(a[i, j], d[i, j]))


def test_squared_error_by_hand():
    a, d = np.array([[0.751365069552316, 1.0]]), np.array([[0.01, 3.0]])
    close(COSTS["squared_error"].f(a, d), [0.274811083176155 + 2.0])


@pytest.mark.parametrize("shift", (-1e6, -800.0, 0.0, 800.0, 1e6))
def test_softmax_and_cross_entropy_do_not_overflow(shift):
    scores, d = np.array([[0.5, -1.25, 2.0]]), np.array([[0.0, 0.0, 1.0]])
    weights = [mp.exp(mpf(s)) for s in scores[0]]
    exact = [float(w / sum(weights)) for w in weights]
    close(softmax(scores + shift)[0], exact, rtol=1e-9 if abs(shift) > 1e5 else 1e-12)
    cost = COSTS["cross_entropy"].f(scores + shift, d)
    close(cost, [-np.log(exact[2])], atol=1e-9 if abs(shift) > 1e5 else 1e-12)
    assert softmax(scores * 1e6).tolist() == [[0, 0, 1]]


def test_cross_entropy_of_equal_scores_is_log_of_their_number():
    assert COSTS["cross_entropy"].f(np.zeros((1, 10)), np.eye(10)[:1])[0] == pytest.approx(
        np.log(10), rel=1e-15
    )
    assert COSTS["cross_entropy"].output == "linear" and COSTS["squared_error"].output is None


def test_cross_entropy_keeps_the_small_scores_beside_large_ones():
    f = COSTS["cross_entropy"].f
    with np.errstate(all="raise"):
        close(f(np.array([[1e16, 1e16]]), np.array([[1.0, 0.0]])), [np.log(2.0)])
        close(f(np.array([[1e16, 1e16 - 2]]), np.array([[1.0, 0.0]])), [np.log1p(np.exp(-2.0))])
        close(f(np.array([[1e308, -1e308]]), np.array([[1.0, 0.0]])), [0.0])
        close(f(np.array([[-1e308, -1e308, -1e308]]), np.array([[0.0, 1.0, 0.0]])), [np.log(3.0)])


@pytest.mark.parametrize("right", (0, 1, 2))
@pytest.mark.parametrize("gap", (0.5, 20.0, 40.0, 300.0, 700.0))
def test_cross_entropy_keeps_its_digits_where_a_class_is_almost_certain(gap, right):
    scores = np.array([[gap, 0.25, -1.0]])
    d = np.eye(3)[[right]]
    with mp.workdps(400):
        weights = [mp.exp(mpf(s)) for s in scores[0].tolist()]
        probabilities = [w / sum(weights) for w in weights]
        value = float(-mp.log(probabilities[right]))
        slopes = [float(p - mpf(float(t))) for p, t in zip(probabilities, d[0])]
    np.testing.assert_allclose(COSTS["cross_entropy"].f(scores, d), [value], rtol=1e-13)
    np.testing.assert_allclose(COSTS["cross_entropy"].df(scores, d), [slopes], rtol=1e-13)


@pytest.mark.parametrize("name", COSTS)
def test_small_types_and_lists_do_not_wrap_around(name):
    a = np.array([[1, 200], [3, 0]], np.uint8)
    d = np.array([[1, 0], [0, 1]], np.uint8)
    for part in (COSTS[name].f, COSTS[name].df):
        expected = part(a.astype(float), d.astype(float))
        assert np.array_equal(part(a, d), expected)
        assert np.array_equal(part(a.tolist(), d.tolist()), expected)


def test_soft_targets_are_taken_and_cost_their_entropy_at_least():
    d = np.array([[0.9, 0.1], [0.5, 0.5]])
    COSTS["cross_entropy"].check(2, d)
    entropy = -(d * np.log(d)).sum(axis=-1)
    close(COSTS["cross_entropy"].f(np.log(d), d), entropy)


@pytest.mark.parametrize("kind", ("f2", "f4", "f8", "g"))
@pytest.mark.parametrize("row", ([0.9, 0.1], [0.7, 0.2, 0.1], [0.1] * 10, [1 / 3] * 3, [0.0, 1.0]))
def test_soft_targets_of_any_type_of_number_are_taken(kind, row):
    d = np.array([row], kind)
    net = network.mlp((2, len(row)), cost="cross_entropy")
    params = network.initialise(net, np.random.default_rng(0))
    trace = network.forward(net, params, np.ones((1, 2)))
    with mp.workdps(30):
        weights = [mp.exp(mpf(float(s))) for s in trace.a[-1][0]]
        right = -sum(p * mp.log(w / sum(weights)) for p, w in zip(row, weights))
    assert network.loss(net, trace, d) == pytest.approx(float(right), rel=2e-3)


@pytest.mark.parametrize("d", ([[0.0, -1.0]], [[1.0, 1.0]], [[0.5, 0.4]], [[1.01, -0.01]]))
def test_whoever_takes_targets_from_outside_asks_for_distributions(d):
    net = network.mlp((2, 2), cost="cross_entropy")
    params = network.initialise(net, np.random.default_rng(0))
    x = np.ones((1, 2))
    trace = network.forward(net, params, x)
    for call in (
        lambda: network.targets(net, trace, d),
        lambda: network.loss(net, trace, d),
        lambda: network.backward(net, params, trace, d),
        lambda: training.fit(net, params, x, d, 1),
        lambda: next(training.train(net, params, x, d, 0.1)),
    ):
        with pytest.raises(ValueError, match="^d held a row that is no distribution; .*\\.$"):
            call()


@pytest.mark.parametrize(
    "d", ([[1.0, 1.0]], [[0.0, 0.0]], [[2.0, -1.0]], [[0.6, 0.5]], [[1.0, 0.0], [0.0, 2.0]])
)
def test_targets_that_are_no_distribution_are_told(d):
    with pytest.raises(ValueError, match="d held a row that is no distribution"):
        COSTS["cross_entropy"].check(2, np.array(d))
    COSTS["squared_error"].check(2, np.array(d))


def test_softmax_tells_what_it_cannot_take():
    for scores in ([[np.inf, 0.0]], [["a"]], 3.0, [[]], None):
        with pytest.raises((ValueError, TypeError), match="^scores (was|held|had) "):
            softmax(scores)
    with np.errstate(all="raise"):
        assert softmax([[0, 800]]).tolist() == [[0.0, 1.0]]
