"""Gradients by depth against the slow twin, mpmath, the reference passes, and published figures."""

import numpy as np
import pytest
from mpmath import mp, mpf

from lecture_lib import data, explorers
from lecture_lib.chain import run_chain
from lecture_lib.network import backward, delta_sizes, forward, initialise, norm
from lecture_lib.topics.vanishing_exploding_gradients.compute.chain_draws import (
    DRAWS,
    compute_chain_draws,
)
from lecture_lib.topics.vanishing_exploding_gradients.compute.depth_training import (
    compute_depth_training,
)
from lecture_lib.topics.vanishing_exploding_gradients.compute.digits_nets import (
    initial_backprop,
    layer_sizes,
)
from lecture_lib.topics.vanishing_exploding_gradients.compute.digits_training import train_by_epoch
from lecture_lib.topics.vanishing_exploding_gradients.compute.exploding import compute_exploding
from lecture_lib.topics.vanishing_exploding_gradients.compute.gradient_profile import (
    compute_gradient_profile,
    share_unmoved,
)
from lecture_lib.topics.vanishing_exploding_gradients.compute.scalar_chain import (
    compute_scalar_chain,
)
from lecture_lib.topics.vanishing_exploding_gradients.compute.spread_sweep import (
    STEPS,
    find_edge,
    train_gains,
)
from lecture_lib.topics.vanishing_exploding_gradients.compute.typical_factors import (
    MEAN_WEIGHT,
    TYPICAL_WEIGHT,
)
from lecture_lib.topics.vanishing_exploding_gradients.pictures.chain_draws import (
    sentence_chain_draws,
)
from lecture_lib.topics.vanishing_exploding_gradients.pictures.depth_training import (
    sentence_depth_training,
)
from lecture_lib.topics.vanishing_exploding_gradients.pictures.gradient_profile import (
    sentence_gradient_profile,
)
from lecture_lib.training import error_rate, train
from shared.slow_twin import EXACT, twin


def last(job):
    return list(job)[-1]


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


@pytest.mark.parametrize(
    "settings",
    [
        {"depth": 2},
        {"depth": 56},
        {"depth": 56, "activation": "relu"},
        {"depth": 7, "width": 5, "activation": "tanh", "variance": "2/n", "seed": 3},
    ],
)
def test_profile_is_that_of_the_reference_passes(settings):
    profile = last(compute_gradient_profile(gamma=0.3, **settings))
    seed = settings.get("seed", 0)
    options = (
        {"width": 32, "activation": "sigmoid", "variance": "1"}
        | settings
        | {"samples": profile.samples}
    )
    assert profile.delta.shape == profile.gradient.shape == (20, settings["depth"])
    for row in (0, 19):
        _, params, trace, back = initial_backprop(**options | {"seed": seed + row})
        np.testing.assert_allclose(profile.delta[row], np.log10(delta_sizes(back.delta)), atol=1e-8)
        np.testing.assert_allclose(
            profile.gradient[row], np.log10([norm(w) for w in back.gradient.W[1:]]), atol=1e-8
        )
        if row == 0:
            steps = [0.3 * norm(dw) / norm(w) for w, dw in zip(params.W[1:], back.gradient.W[1:])]
            np.testing.assert_allclose(profile.update, np.log10(steps), atol=1e-8)
    assert len(profile.theory) == settings["depth"] - 1  # hidden layers
    assert profile.theory[-1] == pytest.approx(np.median(profile.delta[:, -2]))


def test_the_first_picture_is_one_seed_and_the_last_all():
    parts = list(compute_gradient_profile(8, 16))
    assert [len(p.delta) for p in parts] == [1, 5, 10, 15, 20]
    np.testing.assert_array_equal(parts[0].delta[0], parts[-1].delta[0])


@pytest.mark.parametrize(
    "depth, width, activation, variance, decades",
    [
        (20, 64, "sigmoid", "1/n", 0.3),
        (20, 64, "relu", "1/n", 0.3),
        (20, 64, "relu", "1", 0.4),
        (56, 32, "sigmoid", "1/n", 0.9),
        (20, 128, "tanh", "1/n", 0.3),
        (20, 128, "sigmoid", "1", 0.6),
    ],
)
def test_theory_lies_on_the_median_of_the_seeds(depth, width, activation, variance, decades):
    profile = last(compute_gradient_profile(depth, width, activation, variance))
    median = np.median(profile.delta, axis=0)
    assert np.abs(median[:-1] - profile.theory).max() < decades  # the curves span up to 34 decades


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


@pytest.mark.parametrize(
    "depth, single, double",
    [
        (8, (0.0, 0.1), (0.0, 0.0)),
        (12, (0.6, 0.97), (0.0, 0.0)),
        (20, (0.999, 1.0), (0.0, 0.05)),
        (30, (1.0, 1.0), (0.999, 1.0)),
    ],
)
def test_small_steps_leave_weights_bit_for_bit(depth, single, double):
    """K53: sigmoid, 1/n, width 32, gamma 0.5."""
    unmoved = next(compute_gradient_profile(depth, 32, "sigmoid", "1/n", gamma=0.5)).unmoved
    assert single[0] <= unmoved[0] <= single[1] and double[0] <= unmoved[1] <= double[1]


def test_bit_for_bit_is_counted_weight_by_weight():
    steps = np.array(
        [[4e-8, 2e-8, 8e-17, 4e-17]]
    )  # below 1 half a unit is 2^-25 = 3.0e-8, and 2^-54 = 5.6e-17
    assert share_unmoved(np.ones((1, 4)), steps) == (0.75, 0.25)


@pytest.mark.parametrize("variance", ["1", "1/n", "2/n"])
def test_weight_gradients_of_relu_are_flat_while_delta_is_not(variance):
    """K59: without biases <W_l, dJ/dW_l> is the same in every layer, at any variance."""
    _, params, _, back = initial_backprop(20, 32, "relu", variance, 0)
    products = [np.sum(w * dw) for w, dw in zip(params.W[1:], back.gradient.W[1:])]
    np.testing.assert_allclose(products, products[0], rtol=1e-9)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("depth", [1, 4, 9])
def test_chain_is_the_derivative_of_its_output(activation, depth):
    view = compute_scalar_chain(depth, X=0.7, activation=activation, seed=2)
    f = EXACT[activation][0]
    weights = [mpf(w) for w in view.chain.W]

    def output(k, w):
        y = mpf(0.7)
        for l in range(depth):
            y = f((w if l == k else weights[l]) * y)
        return y

    for k in range(depth):
        exact = abs(mp.diff(lambda w, k=k: output(k, w), weights[k]))
        expected = float(mp.log10(exact)) if exact > mpf(10) ** -30 else -320.0
        assert view.gradients[k] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "linear"])
def test_no_chain_passes_its_bound(activation):
    for seed in range(20):
        view = compute_scalar_chain(30, 1.5, activation=activation, seed=seed)
        assert (view.gradients <= view.bound + 1e-9).all()
    if activation == "linear":
        np.testing.assert_allclose(view.gradients, view.bound, atol=1e-9)


def test_typical_and_mean_factors():
    with mp.workdps(20):
        assert (
            pytest.approx(float(mp.exp(-(mp.euler + mp.log(2)) / 2)), rel=1e-14) == TYPICAL_WEIGHT
        )
        assert pytest.approx(float(mp.sqrt(2 / mp.pi)), rel=1e-14) == MEAN_WEIGHT
    sigmoid, linear = last(compute_chain_draws()), last(compute_chain_draws(activation="linear"))
    assert sigmoid.rate == pytest.approx(
        sigmoid.typical, rel=0.01
    )  # the integral equation's 0.124282
    assert sigmoid.bound == pytest.approx((0.13245983867371, 0.199471140200716), rel=1e-12)
    assert (10 ** np.diff(sigmoid.mean)[:6] < 0.1995).all() and linear.rate == pytest.approx(
        linear.typical, rel=0.01
    )
    assert 10 ** (linear.mean[4] - linear.mean[3]) == pytest.approx(linear.bound[1], rel=0.05)
    assert linear.above == pytest.approx(0.317310507862914, abs=0.001)  # P(|W| > 1)
    assert sigmoid.above <= 7e-5 and sigmoid.total == DRAWS  # P(|W| > 4) = 6.3e-5


def test_draws_agree_with_single_chains_and_count_the_dead():
    first = next(compute_chain_draws(depth=7, seed=4))
    rng = np.random.default_rng(4)
    W = rng.standard_normal((1000, 56))
    sizes = sorted(float(run_chain(w[:7]).log10_gradients()[0]) for w in W)
    assert first.bands[1, 6] == pytest.approx(sizes[500], abs=1e-9)
    relu = next(compute_chain_draws(activation="relu"))
    assert relu.rate == 0 and relu.bands[1, 30] == -320 and "dead" in sentence_chain_draws(relu)


@pytest.mark.parametrize(("activation", "depth"), [("sigmoid", 7), ("relu", 20)])
def test_each_chain_is_counted_once_at_every_depth(activation, depth):
    draws = next(compute_chain_draws(depth=depth, activation=activation, seed=4))
    assert [row.depth for row in draws.rows] == sorted({2, 5, 10, 20, 40, depth})
    W = np.random.default_rng(4).standard_normal((1000, 56))
    for row in draws.rows:
        sizes = np.array([run_chain(w[: row.depth], 1.0, activation).gradients()[0] for w in W])
        assert row.dead == (sizes == 0).sum()
        assert row.above == (np.abs(sizes) >= 1).sum()
        assert row.counts.sum() + row.dead == draws.total == 1000
        if row.dead < 1000:
            assert row.largest == pytest.approx(np.log10(np.abs(sizes).max()), abs=1e-9)


def test_training_is_the_reference_loop():
    digits = data.digits()
    rng = np.random.default_rng(1)
    net, params, _, _ = initial_backprop(6, 16, "tanh", "1/n", 1)
    initialise(net, rng, "1/n")
    rows = list(train_by_epoch(6, 16, "tanh", "1/n", gamma=0.05, epochs=2, seed=1))
    steps = train(net, params, digits.x, digits.d, 0.05, "gd", 64, rng)
    for step in steps:
        if step.epoch == 2:
            break
    assert [row.epoch for row in rows] == [0, 1, 2]
    assert rows[0].train_error == error_rate(net, params, digits.x, digits.d)
    assert rows[2].train_error == pytest.approx(
        error_rate(net, step.after, digits.x, digits.d), abs=2e-3
    )
    assert rows[2].test_error == pytest.approx(
        error_rate(net, step.after, digits.x_test, digits.d_test), abs=6e-3
    )
    back = backward(net, step.after, forward(net, step.after, digits.x[:128]), digits.d[:128])
    sizes = delta_sizes(back.delta)
    assert rows[2].gradient_ratio == pytest.approx(sizes[0] / sizes[-1], rel=1e-6)


def test_a_run_that_leaves_the_finite_numbers_says_so_and_ends():
    rows = list(train_by_epoch(20, 32, "relu", "1", epochs=5))
    assert len(rows) < 6
    assert np.isnan([rows[-1].train_error, rows[-1].test_error, rows[-1].gradient_ratio]).all()
    assert np.isfinite([rows[0].train_error, rows[0].test_error, rows[0].gradient_ratio]).all()
    *_, race = compute_depth_training("relu", "1", epochs=2)
    assert "20 layers diverged" in sentence_depth_training(race) and race.runs[
        4
    ].epoch.tolist() == [0, 1, 2]


def test_exploding_diverges_and_clipping_does_not():
    for seed in range(6):
        data_ = last(compute_exploding(seed=seed))
        assert not np.isfinite(data_.losses["plain"][-1])
        assert np.isfinite(data_.losses["clipped"]).all() and len(data_.losses["clipped"]) == 60
        assert data_.losses["clipped"][-1] < data_.losses["clipped"][0] / 2
    assert np.isfinite(last(compute_exploding(gain=2.0)).losses["plain"]).all()


def test_the_runs_over_the_spread_are_those_of_train():
    """Three at a time as a stack, and one at a time: the same ends; what is lost stays lost."""
    gains = (1.0, 2.0, 64.0)
    together = train_gains(10, 16, "relu", 0.05, 1, gains)
    digits = data.digits()
    for gain, found in zip(gains, together):
        net, params, _, _ = initial_backprop(10, 16, "relu", gain / 16, 1)
        rng = np.random.default_rng(1)
        losses = []
        for step in train(net, params, digits.x, digits.d, 0.05, batch=64, rng=rng):
            losses.append(step.loss)
            if len(losses) == STEPS:
                break
        is_finite = len(losses) == STEPS and np.isfinite(losses).all()
        assert np.isfinite(found) == is_finite
        if is_finite:
            assert found == pytest.approx(np.mean(losses[-5:]), rel=1e-6)
    assert not np.isfinite(together[2])


def test_the_edge_is_where_half_of_the_runs_are_lost():
    gains = np.array([1.0, 4.0, 16.0])
    unknown = np.array([[1.0, np.inf, np.inf], [1.0, 2.0, np.inf], [np.nan] * 3])
    assert find_edge(gains, unknown) == 2.0
    assert (
        find_edge(gains, np.array([[1.0, 2.0, np.inf], [1.0, 2.0, 2.0], [1.0, 2.0, 2.0]])) is None
    )
    assert find_edge(gains, np.full((2, 3), np.nan)) is None


def test_the_spread_at_which_relu_leaves_the_finite_numbers():
    """In each of two groups of seeds between 2.8 and 4; tanh never."""
    for seed in (0, 5):
        edge = last(compute_exploding(seed=seed)).edge
        assert 2.8 < edge < 4
    assert last(compute_exploding(activation="tanh")).edge is None


def test_sentences_say_where_theory_and_repeatability_end():
    def sentence(**s):
        return sentence_gradient_profile(next(compute_gradient_profile(**s)))

    assert "does not hold" in sentence(width=16) and "does not hold" not in sentence(width=20)
    assert "rounding" in sentence(activation="tanh") and "rounding" in sentence(width=256)
    assert "rounding" not in sentence() and "rounding" not in sentence(
        activation="tanh", variance="1/n"
    )
    assert "10³" in sentence(depth=56, activation="relu")


@pytest.mark.long
def test_56_layers_train_worse_than_20_with_a_healthy_gradient():
    """After He et al. 2016, in each of 20 starts: not by overfitting, and not by a vanishing
    gradient either.
    """
    runs = {
        L: [
            list(train_by_epoch(L, 64, "relu", "2/n", gamma=0.02, epochs=8, seed=seed))
            for seed in range(20)
        ]
        for L in (20, 56)
    }
    shallow, deep = (
        np.array([(run[-1].train_error, run[-1].test_error) for run in runs[L]]) for L in (20, 56)
    )
    assert (
        (deep - shallow > 0.15).all()
        and (deep > 0.55).all()
        and (np.median(shallow, axis=0) < 0.4).all()
    )
    assert all(0.1 < run[0].gradient_ratio < 10 for run in runs[56])


@pytest.mark.parametrize("depth, width", [(20, 16), (56, 32)])
def test_what_a_typical_he_relu_net_keeps_of_one_samples_gradient(depth, width):
    """exp(-5/(4n)) a layer, simulated over 100 nets; mean field, which says 1, is far off."""
    profile = explorers.gradient_profile.data(
        depth=depth, width=width, activation="relu", variance="2/n"
    )
    told = profile.typical[0] - profile.typical[-1]
    assert told == pytest.approx(-1.25 * (depth - 2) / width / np.log(10), rel=1e-9)
    delta = layer_sizes(depth, width, "relu", "2/n", range(100), samples=1).delta
    assert 0.7 * told > np.median(np.log10(delta[:, 0] / delta[:, -2])) > 1.4 * told
    assert explorers.gradient_profile.data(activation="relu", variance="1/n").typical is None
