"""Mean-field predictions against quadrature in high precision, the fact sheet's table and simulated
networks.
"""

import numpy as np
import pytest
from mpmath import mp, mpf

from lecture_lib import theory
from lecture_lib.activations import ACTIVATIONS, STEP, Activation
from lecture_lib.network import backward, forward, initialise, mlp, stack
from shared.slow_twin import close

INF = np.inf
EVERY = pytest.mark.parametrize("activation", ACTIVATIONS)
S = (1, 16, 64, 100, 256, 2)  # n Var(W): variance 1 at width n (1/n at any width: 1), and 2/n
TABLE = {  # (q*, chi) for each of S, bias-free
    "linear": [(1, 1), (INF, 16), (INF, 64), (INF, 100), (INF, 256), (INF, 2)],
    "sigmoid": [
        (0.264687, 0.0557207),
        (5.8554, 0.398879),
        (27.3825, 0.794823),
        (44.2074, 0.985806),
        (118.754, 1.55357),
        (0.55529, 0.100977),
    ],
    "tanh": [
        (0, 1),
        (12.5006, 2.3768),
        (57.3019, 4.48463),
        (91.7051, 5.54485),
        (242.917, 8.73116),
        (0.617965, 1.10553),
    ],
    "relu": [(0, 0.5), (INF, 8), (INF, 32), (INF, 50), (INF, 128), (1, 1)],
    "leaky_relu": [
        (0, 0.50005),
        (INF, 8.0008),
        (INF, 32.0032),
        (INF, 50.005),
        (INF, 128.0128),
        (INF, 1.0001),
    ],
    "elu": [(0, 1), (INF, 8), (INF, 32), (INF, 50), (INF, 128), (INF, 1)],
    "gelu": [(0, 0.25), (INF, 8), (INF, 32), (INF, 50), (INF, 128), (0, 0.5)],
    "selu": [
        (1, 1.07157499246),
        (INF, 8.83178),
        (INF, 35.3271),
        (INF, 55.1986),
        (INF, 141.308),
        (INF, 1.10397),
    ],
}


@pytest.mark.parametrize(
    "activation, slope, square",
    [
        ("sigmoid", 0.0448362413502, 0.293379035858),
        ("tanh", 0.464402902448, 0.394294490398),
        ("relu", 0.5, 0.5),
        ("leaky_relu", 0.50005, 0.50005),
        ("elu", 0.668102001223, 0.644945417493),
        ("gelu", 0.455850865649, 0.42522148257),
        ("selu", 1.07157499246, 1.0),
    ],
)
def test_means_at_unit_input(activation, slope, square):
    """The published constants to the twelve digits they have; tests/test_gaussian.py holds more,
    against mpmath.
    """
    assert theory.chi(activation, 1.0, 1.0) == pytest.approx(slope, rel=5e-12)
    assert theory.next_q(activation, 1.0, 1.0) == pytest.approx(square, rel=5e-12)


def test_selu_has_the_moments_it_was_made_for():
    """Unit input gives unit output, and chi = scale^2 (1/2 + alpha^2 e^2 Phi(-2)), in closed form
    with 40 digits.
    """
    assert theory.next_q("selu", 1.0, 1.0) == pytest.approx(1.0, rel=1e-13)
    with mp.workdps(40):
        scale, alpha = (
            mpf("1.0507009873554804934193349852946"),
            mpf("1.6732632423543772848170429916717"),
        )
        exact = float(scale**2 * (mpf(1) / 2 + alpha**2 * mp.exp(2) * mp.ncdf(-2)))
    assert theory.chi("selu", 1.0, 1.0) == pytest.approx(exact, rel=1e-13)


@EVERY
@pytest.mark.parametrize("column", range(len(S)), ids=map(str, S))
def test_fixed_point_and_chi_have_the_digits_of_the_table(activation, column):
    q, chi = theory.fixed_point(activation, S[column])
    expected_q, expected_chi = TABLE[activation][column]
    assert q == pytest.approx(expected_q, rel=5e-6, abs=1e-9) and chi == pytest.approx(
        expected_chi, rel=5e-6
    )


@EVERY
@pytest.mark.parametrize("s, b", [(0.5, 0.3), (1.0, 0.01), (1.3, 0.0), (3.0, 2.0)])
def test_a_finite_fixed_point_is_one_and_iteration_goes_there(activation, s, b):
    q, chi = theory.fixed_point(activation, s, b)
    if 0 < q < INF:
        assert theory.next_q(activation, q, s, b) == pytest.approx(q, rel=1e-10)
        assert theory.chi(activation, q, s) == pytest.approx(chi, rel=1e-12)
    at = 1.0
    for _ in range(400):
        at = min(theory.next_q(activation, at, s, b), 1e200)
    if q == INF:  # linear at (1, 0.01) grows by 0.01 a layer only
        assert at > 4 and theory.next_q(activation, at, s, b) >= at
    else:
        assert at == pytest.approx(q, rel=0.05, abs=0.01)


@pytest.mark.parametrize(
    "n, chi",
    [
        (8, 0.270213),
        (30, 0.549366),
        (32, 0.567171),
        (50, 0.705329),
        (103, 0.99996),
        (104, 1.00464),
        (128, 1.110547),
    ],
)
def test_sigmoid_of_variance_1_explodes_from_width_104_on(n, chi):
    assert theory.fixed_point("sigmoid", n)[1] == pytest.approx(chi, abs=6e-6)


@pytest.mark.parametrize("n, chi", [(8, 1.772452), (32, 3.246125), (128, 6.242001)])
def test_tanh_of_variance_1_explodes(n, chi):
    assert theory.fixed_point("tanh", n)[1] == pytest.approx(chi, rel=5e-7)


def test_initialisation_of_nielsens_book():
    q, chi = theory.fixed_point("sigmoid", 1.0, 1.0)
    close([q, chi, chi**0.5], [1.30213403631, 0.0419597346364, 0.204840754346], rtol=1e-11)


@pytest.mark.parametrize(
    "activation, s",
    [
        ("sigmoid", 103.007554),
        ("tanh", 1.0),
        ("relu", 2.0),
        ("linear", 1.0),
        ("leaky_relu", 2 / 1.0001),
        ("elu", 1.0),
    ],
)
def test_critical_variance(activation, s):
    assert theory.critical_variance(activation) == pytest.approx(s, rel=1e-7)


@pytest.mark.parametrize("activation", [name for name in ACTIVATIONS if name != "gelu"])
def test_gradients_shrink_below_the_critical_variance_and_grow_above(activation):
    s = theory.critical_variance(activation)
    assert (
        theory.fixed_point(activation, 0.99 * s)[1]
        < 1
        <= theory.fixed_point(activation, 1.01 * s)[1] + 1e-9
    )


@pytest.mark.parametrize(
    "activation, s, b, tolerance",
    [
        ("tanh", 1.019711, 1e-6, 2e-3),
        ("tanh", 1.177569, 0.000832, 3e-4),
        ("tanh", 1.393962, 0.008125, 3e-5),
        ("tanh", 1.687975, 0.038041, 1e-5),
        ("tanh", 2.153303, 0.150965, 5e-6),
        ("tanh", 2.861162, 0.512265, 5e-6),
        ("tanh", 4.336036, 2.101599, 5e-6),
        ("sigmoid", 103.007554, 0.0, 1e-8),
        ("sigmoid", 117.739289, 7.036889, 1e-7),
    ],
)
def test_points_of_the_critical_line(activation, s, b, tolerance):
    # the bias variances have six decimals, of which tanh near (1, 0) has few that count
    assert theory.fixed_point(activation, s, b)[1] == pytest.approx(1.0, abs=tolerance)


def test_no_critical_variance_is_told():
    with pytest.raises(ValueError, match="chi of sigmoid does not cross 1"):
        theory.critical_variance("sigmoid", high=50.0)


def test_a_jump_over_1_is_no_critical_variance():
    # GELU has two settled states near 2.35; where the iteration starts decides between them.
    below = theory.fixed_point("gelu", 2.3516)[1]
    above = theory.fixed_point("gelu", 2.3518)[1]
    assert below == pytest.approx(0.588, abs=1e-3) and above == pytest.approx(1.176, abs=1e-3)
    with pytest.raises(ValueError, match="does not cross 1 .* jumps from 0.588 to 1.176"):
        theory.critical_variance("gelu")


def test_a_profile_beyond_float64_is_inf_or_0_without_a_warning():
    # ReLU multiplies ||delta|| by sqrt(s / 2) a layer: 2048^99 = 10^327.8 over 198 layers
    with np.errstate(all="raise"):
        large = theory.gradient_profile("relu", [4096.0] * 198, 4096.0)
        small = theory.gradient_profile("relu", [1 / 1024] * 300, 1.0)
    layers_behind = np.arange(198, -1, -1)
    decades = layers_behind * 0.5 * np.log10(2048.0)
    is_held = decades < 308
    np.testing.assert_allclose(np.log10(large[is_held]), decades[is_held], rtol=1e-12)
    assert (large[~is_held] == np.inf).all() and large[0] == np.inf
    assert small[0] == 0.0 and small[-1] == 1.0


@pytest.mark.parametrize(
    "call",
    [
        lambda: theory.next_q("tanh", 1, "a"),
        lambda: theory.next_q("tanh", 1, 1, -0.1),
        lambda: theory.chi("tanh", 1, -1),
        lambda: theory.fixed_point("tanh", [1.0]),
        lambda: theory.fixed_point("tanh", -1.0),
        lambda: theory.fixed_point("tanh", 1.0, -1.0),
        lambda: theory.fixed_point("tanh", 1e14),  # q* would be beyond what is looked for
        lambda: theory.fixed_point("tanh", 4.0, 0.0, 1e100),
        lambda: theory.gradient_profile("tanh", ["a"], 1.0),
        lambda: theory.gradient_profile("tanh", [1.0, -1.0], 1.0),
        lambda: theory.gradient_profile("tanh", 3.0, 1.0),
    ],
)
def test_a_variance_that_is_none_is_told(call):
    with pytest.raises((ValueError, TypeError), match=r"(variances?(\[1\])?|start) (was|had) "):
        call()


@EVERY
@pytest.mark.parametrize("q", (1e-300, 1e-20, 1.0, 1e100, 1e200))
def test_underflow_in_a_mean_is_no_event(activation, q):
    with np.errstate(all="raise"):
        assert np.isfinite(theory.chi(activation, q, 1.0))
        assert np.isfinite(theory.next_q(activation, q, 1.0))


@pytest.mark.parametrize("activation", ("sigmoid", "tanh"))
@pytest.mark.parametrize("s", (1e-11, 1e11))
def test_a_finite_fixed_point_is_found_at_the_ends_of_the_range(activation, s):
    q, chi = theory.fixed_point(activation, s)
    if activation == "tanh" and s < 1:
        assert (q, chi) == (0.0, pytest.approx(s))
    else:
        assert theory.next_q(activation, q, s) == pytest.approx(q, rel=1e-9)


def test_a_profile_of_saturated_layers_is_that_of_their_means():
    profile = theory.gradient_profile("tanh", [1e20] * 2, 1.0)
    np.testing.assert_allclose(profile, [6.27215362e14, 9.20384347e4, 1.0], rtol=1e-8)
    _, chi = theory.fixed_point("tanh", 1e11)
    assert chi == pytest.approx(168209.047, rel=1e-8)


@pytest.mark.parametrize(
    "activation, s, b, start",
    [
        ("relu", 2.0, 1e-6, 1.0),
        ("relu", 2.0, 1e-3, 1e11),
        ("relu", 2.0, 1e-11, 1e-11),
        ("linear", 1.0, 1e-11, 1.0),
        ("linear", 1.0, 1e-3, 1e11),
        ("leaky_relu", 2 / 1.0001, 1e-6, 1e5),
    ],
)
def test_a_layer_that_keeps_q_grows_for_ever_by_its_biases(activation, s, b, start):
    q, chi = theory.fixed_point(activation, s, b, start)
    assert q == INF and chi == pytest.approx(1.0, rel=1e-12)
    assert theory.fixed_point(activation, s, 0.0, start) == (start, pytest.approx(1.0, rel=1e-12))


def test_an_activation_is_itself_and_not_its_name():
    steep = Activation("tanh", "mine", lambda x: np.tanh(2 * x), lambda x: 2 / np.cosh(2 * x) ** 2)
    assert theory.critical_variance(steep) == pytest.approx(0.25, rel=1e-7)
    assert theory.critical_variance("tanh") == pytest.approx(1.0, rel=1e-7)
    assert theory.fixed_point(steep, 0.5)[0] == pytest.approx(
        theory.fixed_point("tanh", 2.0)[0] / 4, rel=1e-9
    )


def test_where_no_slope_is_no_gradient_comes_back():
    with np.errstate(all="raise"):
        assert theory.gradient_profile(STEP, [1.0], 1.0).tolist() == [0.0, 1.0]
        assert theory.nudge_profile(STEP, [1.0, 1.0], 1.0).tolist() == [1.0, 0.0, 0.0]
        tiny = theory.gradient_profile("relu", [1e-320, 1.0], 1.0)
    np.testing.assert_allclose(tiny, [np.sqrt(1e-320) / 2, np.sqrt(0.5), 1.0], rtol=1e-3)


def test_a_function_that_leaves_float64_is_no_event():
    square = Activation("square", "square", np.square, lambda x: 2 * x)
    with np.errstate(all="raise"):
        assert theory.next_q(square, 1e200, 1.0) == INF
        assert theory.next_q(square, 1e200, 0.0, 3.0) == 3.0
        assert theory.next_q(square, 1e-200, 1.0) == 0.0
        assert theory.fixed_point(square, 0.1)[0] == 0.0  # q = 3 s q^2 has the solution 10 / 3
        assert theory.fixed_point(square, 0.1, start=10.0)[0] == INF


@pytest.mark.parametrize("call", [theory.gradient_profile, theory.nudge_profile])
def test_an_unknown_activation_is_told_without_any_layer(call):
    with pytest.raises(ValueError, match="^activation was 'nope'; it must be one of"):
        call("nope", [], 1.0)


@pytest.mark.parametrize(
    "activation, s, depth20, depth56",
    [
        ("sigmoid", 1, 5.18e-12, 1.39e-34),
        ("sigmoid", 2, 1.09e-9, 1.3e-27),
        ("relu", 1, 1.95e-3, 7.45e-9),
        ("relu", 2, 1, 1),
        ("tanh", 2, 2.47, 15),
        ("selu", 1, 1.86, 6.47),
    ],
)
def test_predictions_for_depth_20_and_56(activation, s, depth20, depth56):
    q = theory.fixed_point(activation, s)[0] or 1.0
    for depth, expected in ((20, depth20), (56, depth56)):
        profile = theory.gradient_profile(activation, [s] * (depth - 2), q)
        assert (
            profile[0] == pytest.approx(expected, rel=8e-3)
            and profile[-1] == 1
            and len(profile) == depth - 1
        )


def test_profile_takes_one_variance_a_layer_and_follows_q():
    q2 = theory.next_q("tanh", 0.7, 2.0, 0.1)
    last = theory.chi("tanh", q2, 5.0)
    profile = theory.gradient_profile("tanh", [2.0, 5.0], 0.7, 0.1)
    close(profile, np.sqrt([theory.chi("tanh", 0.7, 2.0) * last, last, 1.0]))
    assert theory.gradient_profile("tanh", [], 1.0).tolist() == [1.0]
    assert np.isfinite(theory.gradient_profile("linear", [1e4] * 100, 1.0)[1:]).all()


def simulated(activation, s, bias_variance=0.0, width=200, hidden=10, seeds=24, samples=4):
    """||delta_l||^2 by hidden layer (seeds, hidden), with an error that knows nothing of the
    weights.

    With a real target the error is correlated with W, and a linear net gains 1.14 s a layer instead
    of s.
    """
    rng = np.random.default_rng(11)
    net = mlp((width,) * (hidden + 2), activation, output="linear")
    params = stack(
        [initialise(net, rng, s / width, bias_variance=bias_variance) for _ in range(seeds)]
    )
    x = rng.standard_normal((seeds, samples, width))
    trace = forward(net, params, x / np.sqrt(np.square(x).mean(axis=-1, keepdims=True)))
    d = trace.a[-1] - rng.standard_normal(trace.a[-1].shape)
    return np.stack(
        [np.square(g).sum(axis=(-2, -1)) for g in backward(net, params, trace, d).delta[1:-1]], -1
    )


# Not GELU at 2/n: it is bistable, and at any finite width some networks do not collapse.
@pytest.mark.parametrize(
    "activation, s, b",
    [
        (activation, s, b)
        for activation in ACTIVATIONS
        for s, b in ((1.0, 0.0), (1.0, 0.5), (2.0, 0.0), (40.0, 0.0))
        if (activation, s) != ("gelu", 2.0)
    ],
)
def test_profile_of_simulated_networks_with_an_independent_error(activation, s, b):
    squares = simulated(activation, s, b)
    rms = np.sqrt((squares / squares[:, -1:]).mean(axis=0))
    predicted = theory.gradient_profile(activation, [s] * 9, s + b, b)
    np.testing.assert_allclose(rms / predicted, 1.0, atol=0.15)
    per_layer = (rms[0] / predicted[0]) ** (1 / 9)
    assert per_layer == pytest.approx(1.0, abs=0.015)


@pytest.mark.parametrize("width, factor", [(64, 0.981), (32, 0.962), (16, 0.925)])
def test_typical_factor_of_relu_at_2_over_n(width, factor):
    assert theory.he_relu_typical_factor(width) == pytest.approx(factor, abs=6e-4)
    squares = simulated("relu", 2.0, width=width, hidden=20, seeds=300, samples=1)
    alive = squares[:, 0] > 0
    assert alive.mean() > 0.98
    typical = np.exp(np.log(squares[alive, 0] / squares[alive, -1]).mean() / (2 * 19))
    assert typical == pytest.approx(factor, abs=0.012)
