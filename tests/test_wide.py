"""Chains whose numbers leave float64, against numbers of 40 digits and any size."""

import numpy as np
import pytest
from mpmath import mp, mpf

from lecture_lib.activations import ACTIVATIONS, STEP, Activation
from lecture_lib.chain import run_chain
from lecture_lib.chain_by_depth import first_gradient_by_depth
from lecture_lib.wide import Wide, add, multiply, power, widen, widen_exponential
from shared.slow_twin import EXACT


def exact_chain(activation, W, X, B):
    """(log10 of the sizes of all dO/dW_k, their signs, the output)."""
    f, df = EXACT[activation]
    own = []
    factors = []
    y = mpf(X)
    for w, b in zip(W, B):
        theta = mpf(w) * y + mpf(b)
        own.append(y * df(theta))
        factors.append(mpf(w) * df(theta))
        y = f(theta)
    logs = []
    signs = []
    later = mpf(1)
    for first, factor in zip(own[::-1], factors[::-1]):
        gradient = first * later
        logs.append(float(mp.log10(abs(gradient))) if gradient else -np.inf)
        signs.append(float(mp.sign(gradient)))
        later *= factor
    return logs[::-1], signs[::-1], y


def draw_chain(rng, activation, trial):
    """Weights, input and biases of any size; a saturated unit of a bounded one is deep in its
    tail.
    """
    is_line = activation in ("linear", "relu", "leaky_relu")
    sizes = (3, 30, 250) if is_line else (2, 4, 5)
    depth = rng.integers(1, 9)
    exponents = rng.uniform((-5, -300)[trial % 2], sizes[trial % 3], depth)
    W = rng.standard_normal(depth) * 10**exponents
    if trial % 7 == 0:
        W[rng.integers(depth)] = 0.0
    B = np.zeros(depth)
    if trial % 4 > 1:
        B = rng.standard_normal(depth) * 10 ** rng.uniform(-200, 3, depth)
    return W, rng.standard_normal() * 10 ** rng.uniform(-100, 2), B


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_chains_of_any_size_equal_forty_digits(activation):
    rng = np.random.default_rng(1)
    with np.errstate(all="raise"):
        for trial in range(42):
            W, X, B = draw_chain(rng, activation, trial)
            logs, signs, y = exact_chain(activation, W, X, B)
            chain = run_chain(W, X, activation, B)
            np.testing.assert_allclose(chain.log10_gradients(), logs, rtol=1e-12, atol=1e-10)
            assert chain.output == pytest.approx(float(y), rel=1e-11)
            is_normal = np.array(logs) > -307
            assert np.array_equal(np.sign(chain.gradients())[is_normal], np.array(signs)[is_normal])
            if not B.any():
                by_depth = first_gradient_by_depth(W, X, activation)
                assert by_depth[-1] == pytest.approx(logs[0], rel=1e-12, abs=1e-10)


@pytest.mark.parametrize(
    "W, activation, layer, expected",
    [
        ([0.5] * 1076, "relu", 1, -323.60724533877976),  # 1075 log10(1/2)
        ([2.0] * 1025, "relu", 1025, 308.25471555991674),  # 1024 log10(2)
        ([-2.0] * 2000, "leaky_relu", 1, -1398.241038667687),  # 1000 log10(0.01) + 1999 log10(2)
        ([3.0] * 647, "gelu", 647, 308.2197438996),
        ([0.5] * 2000, "tanh", 2000, -602.2),  # y_1999 = y_1 / 2^1998 and less
        ([-800.0, 5.0], "sigmoid", 1, -348.03764551 + np.log10(5.0) + 0.0109),
    ],
)
def test_gradients_beyond_float64(W, activation, layer, expected):
    logs, _, _ = exact_chain(activation, W, 1.0, np.zeros(len(W)))
    chain = run_chain(W, 1.0, activation)
    np.testing.assert_allclose(chain.log10_gradients(), logs, rtol=1e-12)
    assert logs[layer - 1] == pytest.approx(expected, rel=2e-3)
    assert first_gradient_by_depth(W, 1.0, activation)[-1] == pytest.approx(logs[0], rel=1e-12)


def test_what_float64_can_hold_is_there():
    tiny = run_chain([1e-200, 1e-200, 1.0], 1.0, "relu")
    np.testing.assert_allclose(tiny.gradients(), [1e-200, 1e-200, 0.0], rtol=1e-12)
    large = run_chain([1e300, 1e300, 0.0], 1.0, "linear")
    assert large.output == 0.0
    assert large.gradients().tolist() == [0.0, 0.0, np.inf]
    assert large.log10_gradients()[2] == pytest.approx(600.0, rel=1e-12)
    saturated = run_chain([1e200, 1e200], 1.0, "sigmoid")
    assert saturated.log10_gradients()[0] == pytest.approx(-2e200 / np.log(10), rel=1e-12)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_chain_that_leaves_float64_does_not_change_the_others(activation):
    W = np.random.default_rng(3).standard_normal((4, 30))
    W[1] *= 1e40
    W[2] *= 1e-40
    many = run_chain(W, 0.7, activation)
    by_depth = first_gradient_by_depth(W, 0.7, activation)
    for k in range(4):
        one = run_chain(W[k], 0.7, activation)
        assert np.array_equal(many.log10_gradients()[k], one.log10_gradients())
        assert np.array_equal(by_depth[k], first_gradient_by_depth(W[k], 0.7, activation))
        np.testing.assert_allclose(by_depth[k, -1], one.log10_gradients()[0], rtol=1e-12)


# Functions of one's own with 40 digits, and as a person might write them.
OWN = {
    "square": (
        lambda x: x * x,
        lambda x: 2 * x,
        np.square,
        lambda x: 2 * x,
    ),
    "cube": (lambda x: x**3, lambda x: 3 * x**2, lambda x: x**3, lambda x: 3 * x**2),
    "bell": (
        lambda x: mp.exp(-x * x),
        lambda x: -2 * x * mp.exp(-x * x),
        lambda x: np.exp(-x * x),
        lambda x: -2 * x * np.exp(-x * x),
    ),
    "softsign": (
        lambda x: x / (1 + abs(x)),
        lambda x: 1 / (1 + abs(x)) ** 2,
        lambda x: x / (1 + np.abs(x)),
        lambda x: 1 / (1 + np.abs(x)) ** 2,
    ),
    "half_relu": (
        lambda x: x / 2 if x > 0 else mpf(0),
        lambda x: mpf(x > 0) / 2,
        lambda x: np.where(x > 0, x / 2, 0),
        lambda x: np.where(x > 0, 0.5, 0),
    ),
    "root": (
        lambda x: x / (mp.sqrt(1 + abs(x)) + 1),
        lambda x: 1 / (2 * mp.sqrt(1 + abs(x))),
        lambda x: x / (np.sqrt(1 + np.abs(x)) + 1),
        lambda x: 0.5 / np.sqrt(1 + np.abs(x)),
    ),
    "tanh": (  # of a name that the library has
        lambda x: mp.tanh(2 * x),
        lambda x: 2 / mp.cosh(2 * x) ** 2,
        lambda x: np.tanh(2 * x),
        lambda x: 2 / np.cosh(np.clip(2 * x, -300, 300)) ** 2,
    ),
}


def own(name):
    return Activation(name, name, *OWN[name][2:])


@pytest.mark.parametrize("name", OWN)
def test_chains_of_ones_own_activation_of_any_size_equal_forty_digits(name, monkeypatch):
    monkeypatch.setitem(EXACT, name, OWN[name][:2])
    rng = np.random.default_rng(2)
    with np.errstate(all="raise"):
        for trial in range(30):
            W = rng.standard_normal(4) * 10 ** rng.uniform((-5, -250)[trial % 2], 2, 4)
            X = rng.standard_normal() * 10 ** rng.uniform(-100, 2)
            if name in ("bell", "tanh"):  # e^(-x^2) far out is the limit that the docstring names
                W = np.clip(W, -20, 20)
                X = np.clip(X, -1, 1)
            logs, _, y = exact_chain(name, W, X, np.zeros(4))
            chain = run_chain(W, X, own(name))
            np.testing.assert_allclose(chain.log10_gradients(), logs, rtol=1e-11, atol=1e-10)
            assert chain.output == pytest.approx(float(y), rel=1e-9)
            by_depth = first_gradient_by_depth(W, X, own(name))
            assert by_depth[-1] == pytest.approx(logs[0], rel=1e-11, abs=1e-10)


@pytest.mark.parametrize(
    "name, W, X, expected",
    [
        ("square", [1.0] * 10, 0.5, 10 * np.log10(2) + 1024 * np.log10(0.5)),
        ("square", [1.0], 1e200, np.log10(2) + 400),
        ("bell", [1e-200, 1.0], 1.0, np.log10(4 * np.exp(-1)) - 200),
        ("softsign", [1e200, 1.0], 1e200, -600 - np.log10(4)),
    ],
)
def test_gradients_of_ones_own_activation_by_hand(name, W, X, expected):
    assert run_chain(W, X, own(name)).log10_gradients()[0] == pytest.approx(expected, rel=1e-12)
    assert first_gradient_by_depth(W, X, own(name))[-1] == pytest.approx(expected, rel=1e-12)


def test_an_activation_that_is_no_power_beyond_float64_is_told():
    sine = Activation("sine", "sine", np.sin, np.cos)
    assert np.isfinite(run_chain([1e100, 1.0], 1.0, sine).log10_gradients()).all()
    for call in (run_chain, first_gradient_by_depth):
        with pytest.raises(
            ValueError, match="^activation sine was .* no power of x; no sum .*\\.$"
        ):
            call([1e200, 1.0], 1.0, sine)


def test_what_no_exponent_holds_is_0_or_inf_and_never_nan():
    with np.errstate(all="raise"):
        for W, X, expected in ((0.5, 0.5, -np.inf), (2.0, 1.5, np.inf)):
            chain = run_chain([W] * 10_000, X, own("square"))
            assert (chain.log10_gradients()[:3] == expected).all()
        for activation in (*ACTIVATIONS, STEP, *map(own, OWN)):
            logs = run_chain([-1e200, 1.0], 1e200, activation).log10_gradients()
            assert not np.isnan(logs).any()
        gone = run_chain([-1e200, 1.0], 1e200, "gelu")
        assert gone.log10_gradients().tolist() == [-np.inf, -np.inf]
        assert first_gradient_by_depth([-1e200, 1.0], 1e200, "gelu").tolist() == [-np.inf] * 2


def test_wide_numbers_have_powers():
    numbers = Wide(np.array([0.5, -0.5, 0.75]), np.array([1.0, 10_001.0, -7.0]))
    for p in (0.0, 1.0, 2.0, -3.0, 0.5):
        expected = p * np.array([0.0, 1e4 * np.log10(2), np.log10(0.75 / 128)])
        np.testing.assert_allclose(power(numbers, p).log10, expected, rtol=1e-12, atol=1e-15)


def test_wide_numbers_add_and_multiply():
    a = multiply(widen(np.array([1e300, 3.0, 0.0])), widen(np.array([1e300, 0.0, 0.0])))
    np.testing.assert_allclose(a.log10, [600.0, -np.inf, -np.inf])
    total = add(a, widen(np.array([-1e300, 2.0, 0.0])))
    np.testing.assert_allclose(total.as_float(), [np.inf, 2.0, 0.0])
    back = add(total, multiply(a, widen(np.array([-1.0, 1.0, 1.0]))))
    assert back.sign.tolist() == [0.0, 1.0, 0.0]  # 1e300 is lost beside 1e600, as 1 is beside 1e300
    np.testing.assert_allclose(widen_exponential(np.array([-1e6])).log10, -1e6 / np.log(10))
    assert widen_exponential(np.array([-np.inf])).as_float().tolist() == [0.0]
