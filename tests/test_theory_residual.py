"""Theory with skips and normalisation against formulas by hand and against simulated networks."""

import numpy as np
import pytest

from lecture_lib import data, theory
from lecture_lib import theory_residual as residual
from lecture_lib.activations import ACTIVATIONS, STEP, Activation
from lecture_lib.network import forward, initialise, mlp
from lecture_lib.residual_pass import make_pass

DIGITS = data.digits()
HIDDEN = 55  # of 56 weight layers


def gained(seeds, width=64, depth=56, inner=None, activation="relu", variance="2/n", m=64, **how):
    """log10 ||delta_1|| / ||delta_last hidden|| of the digits networks of these seeds."""
    net = mlp((64, *[width] * (depth - 1), 10), activation, "cross_entropy", **how)
    work = make_pass(net, m)
    found = []
    for seed in seeds:
        params = initialise(net, np.random.default_rng(seed), variance, inner_variance=inner)
        _, sizes = work.run(params, DIGITS.x[:m], DIGITS.d[:m], gradients=False)
        found.append(sizes[0] - sizes[-2])
    return np.array(found)


def test_chi_with_a_skip_by_hand():
    assert residual.chi_with_skip("relu", 3.0, 2.0, 1.0) == pytest.approx(2, rel=1e-12)
    assert residual.next_q_with_skip("relu", 3.0, 2.0, 1.0) == pytest.approx(6, rel=1e-12)
    assert residual.next_q_with_skip("relu", 3.0, 2.0, 0.5, 1.0) == pytest.approx(4.75, rel=1e-12)
    found = residual.profile_with_skip("relu", 2.0, 1.0, 1.0, HIDDEN)
    np.testing.assert_allclose(found, np.log10(np.sqrt(2)) * np.arange(54, -1, -1), rtol=1e-12)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_without_a_skip_it_is_the_theory_of_plain_networks(activation):
    plain = theory.gradient_profile(activation, [1.7] * 9, 0.8)
    found = residual.profile_with_skip(activation, 1.7, 0.0, 0.8, 10)
    np.testing.assert_allclose(10**found, plain, rtol=1e-12)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("n_var", [0.001, 1.0, 100.0])
def test_with_a_full_skip_no_layer_makes_the_gradient_smaller(activation, n_var):
    for q in (0.01, 1.0, 1e4):
        assert residual.chi_with_skip(activation, q, n_var, 1.0) >= 1


def test_2_over_nL_keeps_the_growth_below_root_e_at_any_depth():
    for depth in (4, 20, 56, 200):
        found = residual.profile_with_skip("relu", 2 / depth, 1.0, 1.0, depth - 1)
        assert found[0] == pytest.approx((depth - 2) / 2 * np.log10(1 + 1 / depth), rel=1e-9)
        assert found[0] < np.log10(np.sqrt(np.e))


def test_batch_normalisation_of_relu_is_pi_over_pi_minus_1_exactly():
    assert pytest.approx(1.46694220692, rel=1e-11) == residual.BATCH_RELU_CHI
    assert residual.batch_chi("relu") == pytest.approx(residual.BATCH_RELU_CHI, rel=1e-10)
    assert residual.layer_chi("relu") == pytest.approx(1, rel=1e-10)
    found = residual.normalised_profile("batch", "relu", 7.0, 0.0, 7 * residual.spread("relu"), 11)
    assert found[0] == pytest.approx(10 * 0.5 * np.log10(residual.BATCH_RELU_CHI), rel=1e-10)


def test_the_products_with_both_by_hand():
    found = residual.normalised_profile("layer", "relu", 2.0, 1.0, 2.0, HIDDEN)
    assert found[0] == pytest.approx(0.5 * np.log10(56 / 2), rel=1e-9)  # telescopes to sqrt(L / 2)
    growth = 1 - 1 / np.pi
    product = np.prod([np.sqrt(1 + 1 / (1.09 + growth * k)) for k in range(54)])
    found = residual.normalised_profile("batch", "relu", 2.0, 1.0, 1.09, HIDDEN)
    assert found[0] == pytest.approx(np.log10(product), rel=1e-9)


ZERO = Activation("zero", "zero", lambda x: 0.0 * x, lambda x: 0.0 * x)
SEVEN = Activation("seven", "seven", lambda x: 0.0 * x + 7.0, lambda x: 0.0 * x)


def test_weights_of_0_bring_back_nothing_but_what_the_skip_does():
    with np.errstate(all="raise"):
        nothing = residual.profile_with_skip("relu", 0, 0, 1, 3)
        assert nothing.tolist() == [-np.inf, -np.inf, 0.0]
        half = residual.profile_with_skip("relu", 0, 0.5, 1, 3)
        np.testing.assert_allclose(half, [2 * np.log10(0.5), np.log10(0.5), 0.0])
        for kind in ("batch", "layer"):
            nothing = residual.normalised_profile(kind, "tanh", 0, 0, 1.0, 3)
            assert nothing.tolist() == [-np.inf, -np.inf, 0.0]
            assert residual.normalised_profile(kind, "tanh", 0, 1, 1.0, 3).tolist() == [0, 0, 0]


@pytest.mark.parametrize("F", [ZERO, SEVEN, STEP])
def test_a_normalised_layer_without_slopes_brings_back_nothing(F):
    with np.errstate(all="raise"):
        assert residual.batch_chi(F) == residual.layer_chi(F) == 0.0
        for kind in ("batch", "layer"):
            found = residual.normalised_profile(kind, F, 2.0, 0.0, 1.0, 2)
            assert found.tolist() == [-np.inf, 0.0]


def test_the_slope_of_a_layer_does_not_depend_on_the_variance_of_its_weights():
    for kind, chi in (("batch", residual.batch_chi), ("layer", residual.layer_chi)):
        for s in (1e-200, 2.0, 1e90):
            found = residual.normalised_profile(kind, "tanh", s, 0.0, s, 4)
            assert np.diff(found)[1:] == pytest.approx(-0.5 * np.log10(chi("tanh")), rel=1e-9)


SEEDS = 5
MANY = pytest.param(20, marks=pytest.mark.long)


@pytest.mark.parametrize("seeds", [SEEDS, MANY])
@pytest.mark.parametrize("skip", [0.8, 0.9, 0.95, 0.98, 1.0])
def test_skip_strength_with_2_over_nL_as_predicted(skip, seeds):
    found = np.median(gained(range(seeds), 32, inner="2/(nL)", skip=skip))
    predicted = residual.profile_with_skip("relu", 2 / 56, skip, 1.0, HIDDEN)[0]
    assert found == pytest.approx(predicted, abs=0.15)
    assert predicted == pytest.approx(27 * np.log10(skip**2 + 1 / 56), rel=1e-9)


@pytest.mark.parametrize("seeds", [SEEDS, MANY])
def test_a_full_skip_with_2_over_n_explodes_by_eight_decades(seeds):
    predicted = residual.profile_with_skip("relu", 2.0, 1.0, 1.0, HIDDEN)[0]
    assert predicted == pytest.approx(8.13, abs=0.01)
    for width in (32, 64):
        found = gained(range(seeds), width, skip=1.0)
        assert found.min() > 6.5 and found.max() < 9.5
        assert np.median(found) == pytest.approx(predicted, abs=0.8)


@pytest.mark.parametrize("seeds", [SEEDS, MANY])
def test_branches_that_start_at_0_keep_the_gradient_exactly(seeds):
    assert np.abs(gained(range(seeds), 32, inner="0", skip=1.0)).max() < 1e-9


@pytest.mark.parametrize("seeds", [SEEDS, MANY])
@pytest.mark.parametrize("variance", ["0.1/n", "2/n", "1"])
def test_batch_normalisation_alone_explodes_at_any_variance(variance, seeds):
    found = gained(range(seeds), 64, variance=variance, normalisation="batch")
    factors = 10 ** (found / 54)
    assert factors.min() > 1.18 and factors.max() < 1.28
    assert np.sqrt(residual.batch_chi("relu")) == pytest.approx(np.median(factors), rel=0.03)


@pytest.mark.parametrize("seeds", [SEEDS, MANY])
def test_layer_normalisation_alone_keeps_the_gradient(seeds):
    found = gained(range(seeds), 64, normalisation="layer")
    assert np.abs(found).max() < 1.2 and abs(np.median(found)) < 0.6


@pytest.mark.parametrize("seeds", [SEEDS, MANY])
@pytest.mark.parametrize("kind, axis", [("batch", 0), ("layer", 1)])
def test_both_together_grow_like_a_power_of_the_depth(kind, axis, seeds):
    for width in (32, 64):
        found = gained(range(seeds), width, normalisation=kind, skip=1.0)
        net = mlp((64, width, width, 10), normalisation=kind)
        z = forward(net, initialise(net, np.random.default_rng(0), "2/n"), DIGITS.x[:64]).z[1]
        first = z.var(axis=axis).mean()
        predicted = residual.normalised_profile(kind, "relu", 2.0, 1.0, first, HIDDEN)[0]
        assert np.median(found) == pytest.approx(predicted, abs=0.25)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_the_vanishing_half_of_the_map_is_gone_with_a_skip(activation):
    for variance in ("0.01/n", "0.1/n", "1/n"):
        found = gained(range(3), 64, activation=activation, variance=variance, skip=1.0)
        assert found.min() > -0.5
        if activation == "sigmoid" or variance != "1/n":
            plain = gained(range(3), 64, activation=activation, variance=variance)
            assert plain.max() < -6
