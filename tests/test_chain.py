"""The product of a chain against differentiation in high precision, for every depth and
activation.
"""

import numpy as np
import pytest
from mpmath import mp, mpf

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.chain import MAX_CHAIN, run_chain
from lecture_lib.chain_by_depth import first_gradient_by_depth
from shared.slow_twin import EXACT, close

EVERY = pytest.mark.parametrize("activation", ACTIVATIONS)


def exact_output(activation, W, X, B):
    y = mpf(X)
    for w, b in zip(W, B):
        y = EXACT[activation][0](w * y + b)
    return y


@EVERY
@pytest.mark.parametrize("depth", range(1, 7))
def test_gradients_are_the_derivatives_of_the_output(activation, depth):
    rng = np.random.default_rng(depth)
    W = 1.5 * rng.standard_normal(depth)
    B = 0.5 * rng.standard_normal(depth)
    X = 0.8
    chain = run_chain(W, X, activation, B)
    close([chain.output], [float(exact_output(activation, W, X, B))])
    for k in range(depth):

        def moved(w, k=k):
            return exact_output(activation, [*map(mpf, W[:k]), w, *map(mpf, W[k + 1 :])], X, B)

        exact = mp.diff(moved, mpf(W[k]))
        assert chain.gradients()[k] == pytest.approx(float(exact), rel=1e-11, abs=1e-17)
        with np.errstate(divide="ignore"):
            close([10 ** chain.log10_gradients()[k]], [abs(float(exact))], rtol=1e-11, atol=1e-17)


def test_a_relu_that_is_off_gives_gradient_zero_to_all_weights_and_no_warning():
    chain = run_chain([1.0, 2.0, -1.0, 3.0], 1.0, "relu")
    assert chain.y.tolist() == [1, 2, 0, 0] and chain.gradients().tolist() == [0, 0, 0, 0]
    assert (chain.log10_gradients() == -np.inf).all() and chain.log10_factors()[2] == -np.inf
    assert run_chain([1.0, 2.0, 3.0], -1.0, "relu").gradients().tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    "W, X, expected",
    [
        ([0.0, 2.0, 3.0], 0.5, [3.0, 0.0, 0.0]),
        ([2.0, 0.0, 3.0], 0.5, [0, 3, 0]),
        ([2.0, -1.0, 3.0], 0.0, [0, 0, 0]),
        ([2.0, -1.0, 3.0], 1.0, [-3, 6, -2]),
    ],
)
def test_signs_and_zeros_of_a_linear_chain_by_hand(W, X, expected):
    close(run_chain(W, X, "linear").gradients(), expected)


def test_equations_1_and_2_of_the_lecture():
    W = [0.7, -1.3, 0.4, 2.1]
    X = 0.9
    chain = run_chain(W, X)
    (F1, *_), (d1, d2, d3, d4) = chain.y, chain.slope
    close(
        chain.gradients()[:2],
        [X * d1 * W[1] * d2 * W[2] * d3 * W[3] * d4, F1 * d2 * W[2] * d3 * W[3] * d4],
    )
    ratio = chain.gradients()[0] / chain.gradients()[1]
    assert abs(ratio) == pytest.approx(abs(X * W[1] * (1 - F1)), rel=1e-12)  # K52
    close(chain.theta, [W[0] * X, *(W[l] * chain.y[l - 1] for l in (1, 2, 3))])


@pytest.mark.parametrize("depth", (1, 3, 20, 60))
def test_identity_of_the_bias_free_sigmoid_chain(depth):
    # K52: W_k dO/dW_k = O prod_{l >= k} theta_l (1 - sigma(theta_l))
    W = np.random.default_rng(depth).standard_normal((50, depth))
    chain = run_chain(W, 1.7)
    tail = np.flip(np.cumprod(np.flip(chain.theta * (1 - chain.y), -1), -1), -1)
    np.testing.assert_allclose(W * chain.gradients(), chain.output[:, None] * tail, rtol=1e-11)


@EVERY
def test_leading_axes_are_draws(activation):
    W = np.random.default_rng(2).standard_normal((3, 4, 6))
    many = run_chain(W, 0.3, activation, 0.1)
    by_depth = first_gradient_by_depth(W, 0.3, activation)
    for i in np.ndindex(3, 4):
        one = run_chain(W[i], 0.3, activation, 0.1)
        np.testing.assert_array_equal(many.theta[i], one.theta)
        np.testing.assert_array_equal(many.gradients()[i], one.gradients())
        np.testing.assert_array_equal(by_depth[i], first_gradient_by_depth(W[i], 0.3, activation))


@pytest.mark.parametrize("activation", ("sigmoid", "tanh"))
def test_ten_thousand_layers_against_fifteen_more_digits(activation):
    W = np.random.default_rng(4).standard_normal(MAX_CHAIN)
    f, df = EXACT[activation]
    with mp.workdps(30):
        y = mpf(0.5)
        total = mp.log10(mpf(0.5))
        prefix = []
        for w in W:
            theta = mpf(w) * y
            y = f(theta)
            slope = df(theta)
            total += mp.log10(slope) + (mp.log10(abs(mpf(w))) if prefix else 0)
            prefix.append(float(total))
    chain = run_chain(W, 0.5, activation)
    assert chain.log10_gradients()[0] == pytest.approx(prefix[-1], rel=1e-12) and prefix[-1] < -1000
    np.testing.assert_allclose(first_gradient_by_depth(W, 0.5, activation), prefix, rtol=1e-11)
    assert chain.gradients()[0] == 0.0


def test_ten_thousand_factors_of_an_eighth():
    # theta = 0 in every layer, so that F' = 1/4: W = 1/2 and B_l = -W_l y_{l-1}
    chain = run_chain(
        np.full(MAX_CHAIN, 0.5), 1.0, "sigmoid", np.r_[-0.5, np.full(MAX_CHAIN - 1, -0.25)]
    )
    assert chain.log10_gradients()[0] == pytest.approx(
        np.log10(0.25) - (MAX_CHAIN - 1) * np.log10(8), rel=1e-12
    )


def test_an_exploding_chain_gives_inf_but_a_finite_logarithm():
    chain = run_chain(np.full(2000, 4.0), 1.0, "linear")
    assert chain.gradients()[0] == np.inf
    assert chain.log10_gradients()[0] == pytest.approx(1999 * np.log10(4), rel=1e-12)


@pytest.mark.parametrize("W, factor", [(1.0, None), (20.0, 4e-8), (1e3, 0.0)])
def test_a_chain_of_equal_positive_weights_cannot_explode(W, factor):
    factors = 10 ** run_chain(np.full(200, W)).log10_factors()
    assert factors[-1] <= 0.278464542761  # K55
    if factor is not None:
        assert factors[-1] == pytest.approx(factor, rel=0.1, abs=1e-300)


@pytest.mark.parametrize("W, factor", [(-6.0, 0.972), (-8.0, 0.652)])
def test_equal_negative_weights_settle_on_a_cycle_that_vanishes_too(W, factor):
    logs = run_chain(np.full(2000, W)).log10_factors()[-2:]
    assert 10 ** logs.mean() == pytest.approx(factor, abs=6e-4)  # K55


@pytest.mark.parametrize("X, gradient", [(0.5, 1e6), (0.51, 10**-9.4)])
def test_exploding_by_bias_needs_theta_exactly_zero(X, gradient):
    W = np.full(20, 8.0)  # K55: B_l = -W_l / 2, B_1 = -W_1 / 2 = -W_1 X at X = 0.5
    dO_dX = run_chain(W, X, "sigmoid", -W / 2).log10_factors().sum()
    assert dO_dX == pytest.approx(np.log10(gradient), abs=0.05)


def test_the_typical_factor_of_standard_normal_weights():
    # stationary chain, map section 4: E ln|W F'| = ln 0.124282365; layers 30 to 60 have forgotten
    # the input
    W = np.random.default_rng(5).standard_normal((20_000, 60))
    chain = run_chain(W)
    # W_{l+1} F_l': the two are independent, as in the product
    factors = np.abs(W[:, 31:] * chain.slope[:, 30:-1])
    assert np.exp(np.log(factors).mean()) == pytest.approx(0.124282365, rel=0.01)
    assert factors.mean() == pytest.approx(0.187986895, rel=0.01)
    assert np.sqrt(np.mean(factors**2)) == pytest.approx(0.236467273, rel=0.01)
    assert 10 ** chain.log10_factors()[:, 30:].mean() == pytest.approx(0.124282365, rel=0.01)


@pytest.mark.parametrize("X, share", [(0.1, 0.0), (1.0, 0.075), (2.0, 0.293), (5.0, 0.478)])
def test_share_of_chains_whose_first_gradient_is_larger_than_the_second(X, share):
    chain = run_chain(np.random.default_rng(6).standard_normal((40_000, 4)), X)
    logs = chain.log10_gradients()
    assert (logs[:, 0] > logs[:, 1]).mean() == pytest.approx(share, abs=0.01)  # K52
