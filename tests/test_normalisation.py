"""Skip connections and normalisation against finite differences, the slow twin and autograd; absent
they are not there.
"""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from mpmath import mp, mpf

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.costs import COSTS
from lecture_lib.network import (
    Params,
    backward,
    forward,
    initialise,
    loss,
    mlp,
    stack,
)
from lecture_lib.normalisation import (
    AXES,
    EPSILON,
    Statistics,
    collect_statistics,
    normalise,
)
from lecture_lib.residual_pass import make_pass
from lecture_lib.training import error_rate, fit
from shared.numerical_derivative import central_difference
from shared.slow_twin import close, problem, twin

KINDS = pytest.mark.parametrize("normalisation", AXES)
SKIPS = pytest.mark.parametrize("skip", (0.0, 0.6, 1.0))
FUNCTIONS = pytest.mark.parametrize("activation", ACTIVATIONS)
ALL_COSTS = pytest.mark.parametrize("cost", COSTS)
WIDTHS = (3, 4, 4, 4, 2)


def passes(net, params, x, d):
    trace = forward(net, params, x)
    return trace, backward(net, params, trace, d)


@KINDS
@SKIPS
@FUNCTIONS
@ALL_COSTS
def test_every_delta_and_gradient_equals_the_slow_twin(activation, cost, skip, normalisation):
    how = {"activation": activation, "cost": cost, "skip": skip, "normalisation": normalisation}
    net, params, x, d = problem(WIDTHS, 5, **how)
    J, delta, dW, db = twin(net, params, x, d)
    trace, back = passes(net, params, x, d)
    close([loss(net, trace, d)], [J])
    for l in range(1, net.depth + 1):
        close(back.delta[l], delta[l])
        close(back.gradient.W[l], dW[l])
        close(back.gradient.b[l], db[l], atol=1e-13)  # before a batch's mean a bias has gradient 0


@KINDS
@SKIPS
@FUNCTIONS
@ALL_COSTS
def test_the_gradient_is_the_finite_difference_along_a_line(activation, cost, skip, normalisation):
    how = {"activation": activation, "cost": cost, "skip": skip, "normalisation": normalisation}
    net, params, x, d = problem(WIDTHS, 6, seed=2, **how)
    way = initialise(net, np.random.default_rng(8), "1", bias_variance=1.0)

    def cost_at(t):
        moved = params.map(lambda here, there: here + 0.1 * t * there, way)
        return float(loss(net, forward(net, moved, x), d))

    _, back = passes(net, params, x, d)
    products = back.gradient.map(np.multiply, way)
    along = 0.1 * sum(part.sum() for part in (*products.W[1:], *products.b[1:]))
    assert along == pytest.approx(central_difference(cost_at, 0.0), rel=2e-5, abs=1e-8)


@SKIPS
@pytest.mark.parametrize("normalisation, axis", [("batch", 0), ("layer", 1)])
def test_the_gradient_is_autograds_of_the_formulas_by_hand(skip, normalisation, axis):
    how = {"activation": "tanh", "cost": "cross_entropy", "normalisation": normalisation}
    net, params, x, d = problem((3, 5, 5, 5, 3), 7, seed=5, skip=skip, **how)

    def J(W, b):
        a = x
        z = None
        for l in range(3):
            z_before = z
            z = anp.dot(a, W[l]) + b[l]
            if l > 0:
                z = z + skip * z_before
            rest = z - anp.mean(z, axis=axis, keepdims=True)
            a = anp.tanh(rest / anp.sqrt(anp.mean(rest**2, axis=axis, keepdims=True) + EPSILON))
        scores = anp.dot(a, W[3]) + b[3]
        return anp.mean(anp.log(anp.sum(anp.exp(scores), axis=1)) - anp.sum(scores * d, axis=1))

    dW, db = autograd.grad(J, (0, 1))(list(params.W[1:]), list(params.b[1:]))
    _, back = passes(net, params, x, d)
    for l in range(1, 5):
        close(back.gradient.W[l], dW[l - 1])
        close(back.gradient.b[l], db[l - 1], atol=1e-13)


def written_out(params, x, d, F):
    """The pass of a plain network, without a word of skips."""
    z = [None]
    a = [x]
    for l in range(1, len(params.W)):
        z.append(a[-1] @ params.W[l] + params.b[l])
        a.append(F.f(z[l]))
    delta = {len(z) - 1: (a[-1] - d) * F.df(z[-1])}
    for l in range(len(z) - 2, 0, -1):
        delta[l] = (delta[l + 1] @ params.W[l + 1].T) * F.df(z[l])
    return a[-1], delta


@FUNCTIONS
def test_without_skip_and_normalisation_it_is_the_plain_network_bit_for_bit(activation):
    net, params, x, d = problem(WIDTHS, 5, activation=activation, skip=0, normalisation="none")
    out, delta = written_out(params, x, d, ACTIVATIONS[activation])
    trace, back = passes(net, params, x, d)
    assert np.array_equal(trace.a[-1], out) and trace.normalised is None
    for l in range(1, 5):
        assert np.array_equal(back.delta[l], delta[l])


@SKIPS
@KINDS
def test_a_stack_is_its_networks(skip, normalisation):
    how = {"activation": "relu", "skip": skip, "normalisation": normalisation}
    singles = [problem(WIDTHS, 5, seed=s, **how) for s in range(3)]
    net, _, x, d = singles[0]
    many = stack([params for _, params, _, _ in singles])
    trace, back = passes(net, many, x, d)
    for k, (_, params, _, _) in enumerate(singles):
        _, one = passes(net, params, x, d)
        for l in range(1, net.depth + 1):
            close(back.delta[l][k], one.delta[l], rtol=1e-13)
            close(back.gradient.W[l][k], one.gradient.W[l], rtol=1e-13)


@pytest.mark.parametrize("normalisation, axis", [("batch", 0), ("layer", 1)])
def test_what_reaches_an_activation_has_mean_0_and_mean_square_1(normalisation, axis):
    net, params, x, _ = problem((3, 40, 40, 2), 50, normalisation=normalisation, variance="1")
    trace = forward(net, params, x)
    for l in (1, 2):
        y = trace.argument(l)
        assert np.abs(y.mean(axis=axis)).max() < 1e-12
        np.testing.assert_allclose(np.square(y).mean(axis=axis), 1, rtol=1e-3)
    assert trace.argument(3) is trace.z[3]


def test_stored_statistics_make_a_sample_independent_of_its_batch():
    net, params, x, d = problem((3, 6, 6, 2), 30, normalisation="batch", cost="cross_entropy")
    whole = forward(net, params, x)
    stored = collect_statistics(whole)
    close(forward(net, params, x, stored).a[-1], whole.a[-1], rtol=1e-14)
    alone = forward(net, params, x[4:5], stored)
    close(alone.a[-1], whole.a[-1][4:5], rtol=1e-14)
    assert not forward(net, params, x[4:5]).argument(1).any()  # one sample has no spread
    assert error_rate(net, params, x, d, stored) == error_rate(net, params, x, d)
    assert collect_statistics(forward(mlp((3, 4, 2)), initialise(mlp((3, 4, 2)), RNG), x)) is None


RNG = np.random.default_rng(0)


def test_the_gradient_with_stored_statistics_is_a_finite_difference_too():
    net, params, x, d = problem((3, 4, 4, 2), 5, normalisation="batch", activation="tanh")
    stored = collect_statistics(forward(net, params, 2 * x + 1))
    gradient = backward(net, params, forward(net, params, x, stored), d).gradient

    def cost_at(w):
        moved = Params((None, w, *params.W[2:]), params.b)
        return float(loss(net, forward(net, moved, x, stored), d))

    for place in ((0, 0), (2, 3)):
        found = central_difference(cost_at, params.W[1], place)
        assert gradient.W[1][place] == pytest.approx(found, rel=1e-6)


def test_a_bias_before_a_batchs_mean_has_no_effect():
    net, params, x, d = problem((3, 6, 6, 6, 2), 30, normalisation="batch")
    _, back = passes(net, params, x, d)
    for l in (1, 2, 3):
        assert np.abs(back.gradient.b[l]).max() < 1e-14
        assert np.abs(back.gradient.W[l]).max() > 1e-4


def test_what_is_not_allowed_is_told_in_a_sentence():
    with pytest.raises(ValueError, match=r"^skip was 1\.5; it must be a number, between 0 and 1"):
        mlp((2, 3, 3, 1), skip=1.5)
    with pytest.raises(ValueError, match=r"^skip was 1 with hidden layers of the widths \(3, 4\)"):
        mlp((2, 3, 4, 1), skip=1)
    with pytest.raises(ValueError, match=r"^normalisation was 'group'; it must be one of none, "):
        mlp((2, 3, 1), normalisation="group")
    assert mlp((2, 3, 4, 1)).skip == 0.0


@pytest.mark.parametrize("rule, expected", [("2/(nL)", 2 / 300 / 5), ("1/n", 1 / 300), ("3", 3)])
def test_inner_layers_may_have_a_variance_of_their_own(rule, expected):
    net = mlp((8, 300, 300, 300, 300, 4))
    plain = initialise(net, np.random.default_rng(3), "2/n")
    params = initialise(net, np.random.default_rng(3), "2/n", inner_variance=rule)
    for l in (1, 5):
        assert np.array_equal(params.W[l], plain.W[l])
    for l in (2, 3, 4):
        assert params.W[l].var() == pytest.approx(expected, rel=0.03)


def test_inner_weights_of_0_leave_the_others_as_they_were():
    net = mlp((8, 6, 6, 6, 4))
    plain = initialise(net, np.random.default_rng(3), "2/n")
    params = initialise(net, np.random.default_rng(3), "2/n", inner_variance="0")
    assert not params.W[2].any() and not params.W[3].any()
    assert np.array_equal(params.W[4], plain.W[4])
    with pytest.raises(ValueError, match="variance"):
        initialise(net, np.random.default_rng(3), "0")
    with pytest.raises(ValueError, match=r"^inner variance was '-2/\(nL\)'"):
        initialise(net, np.random.default_rng(3), inner_variance="-2/(nL)")


def test_training_takes_the_pass_that_fits():
    """Five steps of descent by hand, with the reference alone."""
    for how in ({"skip": 1.0}, {"normalisation": "batch"}, {"skip": 0.5, "normalisation": "layer"}):
        net, params, x, d = problem((3, 6, 6, 6, 2), 12, seed=4, activation="relu", **how)
        found = fit(net, params, x, d, 5, gamma=0.1).params
        for _ in range(5):
            _, back = passes(net, params, x, d)
            params = params.map(lambda w, g: w - 0.1 * g, back.gradient)
        for l in (1, 2, 3, 4):
            close(found.W[l], params.W[l], rtol=1e-11)


def exact_normalised(z):
    """One row of numbers less their mean, over the root of their mean square and EPSILON."""
    z = [mpf(float(value)) for value in z]
    mean = sum(z) / len(z)
    s = mp.sqrt(sum((value - mean) ** 2 for value in z) / len(z) + mpf(EPSILON))
    return [float((value - mean) / s) for value in z], float(mean), float(s)


HUGE = [1e140, 1e153, 1e154, 1e200, 5e307, 1e308]


@pytest.mark.parametrize("size", HUGE)
@pytest.mark.parametrize("kind", ("batch", "layer"))
def test_sums_whose_squares_are_beyond_float64_are_normalised(kind, size):
    rng = np.random.default_rng(3)
    z = size * rng.uniform(-1.5, 1.5, (4, 4))
    z[1:3, 1:3] /= size  # ordinary ones and huge ones together
    with np.errstate(over="ignore"):
        found = normalise(kind, z)
    rows, means, spreads = (
        (z.T, found.mean[0], found.s[0])
        if kind == "batch"
        else (z, found.mean[:, 0], found.s[:, 0])
    )
    y = found.y.T if kind == "batch" else found.y
    for row, got, mean, s in zip(rows, y, means, spreads):
        right, right_mean, right_s = exact_normalised(row)
        close(got, right)
        assert mean == pytest.approx(right_mean, rel=1e-12, abs=1e-15 * size)
        assert s == pytest.approx(right_s, rel=1e-12)


@pytest.mark.parametrize("size", HUGE)
@pytest.mark.parametrize("kind", ("batch", "layer"))
def test_a_network_of_huge_sums_has_the_outputs_and_gradients_of_the_slow_twin(kind, size):
    net, params, x, d = problem((3, 4, 4, 2), 4, activation="linear", normalisation=kind)
    params = Params((None, size / 10 * params.W[1], *params.W[2:]), params.b)
    with np.errstate(all="raise"):
        trace, back = passes(net, params, x, d)
        work = make_pass(net, len(x))
        value, sizes = work.run(params, x, d)
    J, delta, dW, _ = twin(net, params, x, d)
    close([loss(net, trace, d), value], [J, J])
    for l in range(2, net.depth + 1):
        close(back.delta[l], delta[l], rtol=1e-11)
        close(work.gradient.W[l], dW[l], rtol=1e-11)
        exact = mp.sqrt(sum(mpf(v) ** 2 for v in delta[l].flat) / len(x))
        assert sizes[l - 1] == pytest.approx(float(mp.log10(exact)), abs=1e-9)
    history = fit(net, params, x, d, 2, gamma=1e-3)
    assert history.diverged_at is None and history.loss[0] == pytest.approx(J, rel=1e-12)


@pytest.mark.parametrize("kind", ("batch", "layer"))
def test_equal_huge_sums_are_normalised_to_0(kind):
    with np.errstate(over="ignore"):
        found = normalise(kind, np.full((4, 4), 2.0**1020))
    assert not found.y.any() and found.s[0, 0] == pytest.approx(np.sqrt(EPSILON), rel=1e-3)


def test_statistics_that_do_not_fit_are_told():
    net, params, x, d = problem((3, 4, 4, 2), 5, activation="tanh", normalisation="batch")
    good = collect_statistics(forward(net, params, x))
    other, others, *_ = problem((3, 5, 5, 2), 5, activation="tanh", normalisation="batch")
    wider = collect_statistics(forward(other, others, x))
    shorter = Statistics(good.mean[:-1], good.s[:-1])
    stacked = Statistics(
        (None, np.zeros((2, 1, 4)), np.zeros((2, 1, 4)), None), (None, *good.s[1:])
    )
    trio = stack([params] * 3)
    for statistics, used in (
        ("abc", params), (5, params), (wider, params), (shorter, params), (stacked, trio),
        (Statistics(None, None), params), (Statistics((None,) * 4, (None,) * 4), params),
        (good.mean, params),
    ):  # fmt: skip
        with pytest.raises((TypeError, ValueError), match=r"^statistics.* (was|had) .*\.$"):
            forward(net, used, x, statistics)
        with pytest.raises((TypeError, ValueError), match=r"^statistics.* (was|had) .*\.$"):
            error_rate(net, used, x, d, statistics)
    plain, weights, *_ = problem((3, 4, 2), 5)
    with pytest.raises(TypeError, match="^statistics was 'abc'; it must be None, or what"):
        forward(plain, weights, x, "abc")
    assert np.array_equal(forward(net, params, x, good).a[-1], forward(net, params, x).a[-1])
