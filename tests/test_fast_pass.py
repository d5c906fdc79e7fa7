"""The fast pass gives the numbers of the reference, and sizes that are right beyond float64."""

import mpmath
import numpy as np
import pytest

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.fast_pass import FastPass
from lecture_lib.network import (
    Params,
    Trace,
    backward,
    delta_sizes,
    forward,
    initialise,
    loss,
    mlp,
    norm,
)
from lecture_lib.residual_pass import ResidualPass, make_pass
from shared.slow_twin import EXACT

RULES = ("1", "1/n", "2/n")
DEPTHS = (1, 20, 56, 200)


def case(activation, variance, depth, width=24, m=6, cost="cross_entropy", seed=0):
    rng = np.random.default_rng(seed)
    net = mlp([8] + [width] * (depth - 1) + [4], activation, cost)
    params = initialise(net, rng, variance, bias_variance=0.01)
    return net, params, rng.standard_normal((m, 8)), np.eye(4)[rng.integers(0, 4, m)]


def trace_of(work, params):
    """The Trace of a pass; the sums z are made again from the outputs it has kept."""
    z = [None]
    for l in range(1, work.net.depth + 1):
        z.append(work.a[l - 1] @ params.W[l] + params.b[l])
    return Trace(tuple(z), tuple(work.a))


def layers(gradient):
    return [*gradient.W[1:], *gradient.b[1:]]


@pytest.mark.parametrize("depth", (1, 3, 20))
@pytest.mark.parametrize("variance", RULES)
@pytest.mark.parametrize("cost", ("squared_error", "cross_entropy"))
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_loss_and_gradients_are_those_of_the_reference(activation, cost, variance, depth):
    net, params, x, d = case(activation, variance, depth, cost=cost)
    work = FastPass(net, len(x))
    trace = forward(net, params, x)
    reference = backward(net, params, trace, d)
    for _ in range(2):  # buffers that are used again must not remember
        value, sizes = work.run(params, x, d)
        assert value == pytest.approx(float(loss(net, trace, d)), rel=1e-13)
        for fast, slow in zip(layers(work.gradient), layers(reference.gradient)):
            assert norm(fast - slow) <= 1e-12 * norm(slow) + 1e-300
        np.testing.assert_allclose(sizes, np.log10(delta_sizes(reference.delta)), rtol=0, atol=1e-9)


@pytest.mark.parametrize("width", (24, pytest.param(96, marks=pytest.mark.long)))
@pytest.mark.parametrize("depth", (56, 200))
@pytest.mark.parametrize("variance", RULES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradients_of_deep_nets_given_the_forward_values(activation, variance, depth, width):
    """Some forward passes amplify rounding (tanh at variance 1), so both start back from the same
    outputs.
    """
    net, params, x, d = case(activation, variance, depth, width)
    work = FastPass(net, len(x))
    work.run(params, x, d)
    reference = backward(net, params, trace_of(work, params), d)
    for fast, slow in zip(layers(work.gradient), layers(reference.gradient)):
        assert np.isfinite(slow).all() and norm(fast - slow) <= 1e-12 * norm(slow)


def exact_sizes(net, params, trace, d):
    """log10 ||delta_l|| in mpmath, whose exponents have no end, given the stored forward values."""
    with mpmath.workdps(30):
        out = mpmath.matrix(trace.a[-1].tolist())
        delta = mpmath.matrix(d.shape[0], d.shape[1])
        sizes = []
        for i in range(out.rows):
            e = [mpmath.exp(out[i, k]) for k in range(out.cols)]
            for k in range(out.cols):
                delta[i, k] = e[k] / sum(e) - d[i, k]
        for l in range(net.depth, 0, -1):
            if l < net.depth:
                delta = delta * mpmath.matrix(params.W[l + 1].T.tolist())
            slope, z = EXACT[net.activations[l].name][1], trace.z[l]
            for i in range(delta.rows):
                for k in range(delta.cols):
                    delta[i, k] *= slope(mpmath.mpf(float(z[i, k])))
            square = mpmath.fsum(v * v for v in delta)
            sizes.append(float(mpmath.log10(square / delta.rows) / 2) if square else -np.inf)
    return np.array(sizes[::-1])


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("width", (4, pytest.param(16, marks=pytest.mark.long)))
@pytest.mark.parametrize("variance", RULES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_log_sizes_are_right_at_any_depth_given_the_forward_values(
    activation, variance, width, depth
):
    net, params, x, _ = case(activation, variance, depth, width, m=1 + (width > 4))
    work = FastPass(net, len(x))
    # the target is the least likely class: where softmax is right beyond float64, its error is a
    # true 0 there
    d = np.eye(4)[forward(net, params, x).a[-1].argmin(axis=1)]
    _, sizes = work.run(params, x, d, gradients=False)
    assert not np.isnan(sizes).any() and not (sizes == np.inf).any()
    np.testing.assert_allclose(
        sizes, exact_sizes(net, params, trace_of(work, params), d), rtol=0, atol=1e-6
    )


@pytest.mark.parametrize("activation", ("sigmoid", "tanh", "relu"))
def test_log_sizes_against_fifty_digits(activation):
    """All in mpmath, forward pass included: a small net, 56 layers, variance 1/n."""
    net, params, x, d = case(activation, "1/n", 56, width=3, m=1)
    f = {
        "sigmoid": lambda t: 1 / (1 + mpmath.exp(-t)),
        "tanh": mpmath.tanh,
        "relu": lambda t: max(t, mpmath.mpf(0)),
    }
    df = {
        "sigmoid": lambda t: f["sigmoid"](t) * (1 - f["sigmoid"](t)),
        "tanh": lambda t: 1 - mpmath.tanh(t) ** 2,
        "relu": lambda t: mpmath.mpf(t > 0),
    }
    with mpmath.workdps(50):
        a = mpmath.matrix(x.tolist())
        zs = [None]
        for l in range(1, 57):
            zs.append(a * mpmath.matrix(params.W[l].tolist()) + mpmath.matrix(params.b[l].tolist()))
            a = zs[l].apply(f[activation]) if l < 56 else zs[l]
        e = a.apply(mpmath.exp)
        delta = e / sum(e) - mpmath.matrix(d.tolist())
        logs = []
        for l in range(56, 0, -1):
            if l < 56:
                delta = delta * mpmath.matrix(params.W[l + 1].tolist()).T
                delta = mpmath.matrix(
                    [[delta[i] * df[activation](zs[l][i]) for i in range(len(delta))]]
                )
            size = mpmath.norm(delta)
            logs.append(float(mpmath.log10(size)) if size else -np.inf)
    _, sizes = FastPass(net, 1).run(params, x, d)
    np.testing.assert_allclose(sizes, logs[::-1], rtol=0, atol=1e-6)


@pytest.mark.parametrize("factor", (1e-3, 1e3))
def test_sizes_go_on_where_float64_ends(factor):
    """200 linear layers that each shrink by 1e-3, or grow by 1e3: 597 decades, more than float64
    holds.
    """
    net = mlp([2] * 201, "linear")
    params = Params((None, *[np.eye(2) * factor] * 200), (None, *[np.zeros((1, 2))] * 200))
    _, sizes = FastPass(net, 1).run(
        params, np.zeros((1, 2)), np.array([[1.0, 0.0]]), gradients=False
    )
    np.testing.assert_allclose(sizes, np.arange(199, -1, -1) * np.log10(factor), rtol=0, atol=1e-6)


@pytest.mark.parametrize("activation", ("relu", "leaky_relu", "elu", "gelu", "selu", "linear"))
@pytest.mark.parametrize("cost", ("squared_error", "cross_entropy"))
def test_sizes_beyond_float64_when_going_forwards_are_told(activation, cost):
    """Outputs of 1e144 leave the sizes right; with outputs beyond 1e308 neither they nor J are
    finite numbers.
    """
    net = mlp([2] * 9, activation, cost, output="linear")

    def grown(factor):
        return Params((None, *[np.eye(2) * factor] * 8), (None, *[np.zeros((1, 2))] * 8))

    x = np.ones((3, 2))
    d = np.eye(2)[[0, 1, 0]]
    value, sizes = FastPass(net, 3).run(grown(1e18), x, d)
    assert np.isfinite(sizes).all() and sizes[0] > 120
    value, sizes = FastPass(net, 3).run(grown(1e60), x, d)
    assert not np.isfinite(value) and not np.isfinite(sizes).any()


def test_sizes_go_on_in_an_exploding_net_as_wide_as_the_controls_allow():
    """ReLU at variance 1, width 256: 11.3 a layer, 1e210 over 200 layers."""
    net, params, x, d = case("relu", "1", 200, width=256, m=2)
    value, sizes = FastPass(net, 2).run(params, x, d, gradients=False)
    assert np.isfinite(value) and 200 < sizes[0] < 212 and (np.diff(sizes) < 0).mean() > 0.9


def test_float32_reads_nothing_where_float64_still_hears_the_gradient():
    net, params, x, d = case("sigmoid", "1/n", 100)
    narrow = Params(
        *(
            tuple(p if p is None else p.astype(np.float32) for p in part)
            for part in (params.W, params.b)
        )
    )
    work = FastPass(net, len(x), np.float32)
    work.run(narrow, x.astype(np.float32), d.astype(np.float32))
    assert not work.gradient.W[1].any()
    work = FastPass(net, len(x))
    work.run(params, x, d)
    assert work.gradient.W[1].any()


def test_a_pass_overwrites_the_one_before():
    net, params, x, d = case("tanh", "1/n", 5)
    work = FastPass(net, len(x))
    first = work.gradient.W[1]
    work.run(params, x, d)
    kept = first.copy()
    work.run(params, 2 * x, d)
    assert work.gradient.W[1] is first and not np.array_equal(first, kept)


@pytest.mark.parametrize(
    "activation, weight, log10_delta",
    (
        ("sigmoid", 40.0, -19.254782),
        ("tanh", 20.0, -18.775499),
        ("sigmoid", 700.0, -305.889141),
        ("tanh", 350.0, -305.409857),
    ),
)
def test_a_saturated_unit_keeps_its_derivative(activation, weight, log10_delta):
    """Two weights in a row, no bias, input 1, target 0; the sizes were computed with 40 digits."""
    net = mlp([1, 1, 1], activation)
    zero = np.zeros((1, 1))
    params = Params((None, np.array([[weight]]), np.array([[0.1]])), (None, zero, zero))
    _, sizes = FastPass(net, 1).run(params, np.ones((1, 1)), zero)
    assert sizes[0] == pytest.approx(log10_delta, abs=1e-5)


SATURATING = (1.0, 3.0, 10.0, 100.0, 700.0)


@pytest.mark.parametrize("size", SATURATING)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradients_of_saturated_units_are_those_of_the_reference(activation, size):
    """One unit a sample at each of many sums from -size to size: all of them saturated, or some."""
    sums = size * np.linspace(-1.0, 1.0, 41)
    net = mlp([1, 1, 1], activation, output="linear")
    weights = (None, np.ones((1, 1)), np.array([[0.1]]))
    params = Params(weights, (None, np.zeros((1, 1)), np.zeros((1, 1))))
    d = np.zeros((1, 1))
    work = FastPass(net, 1)
    for value in sums:
        x = np.array([[value]])
        work.run(params, x, d)
        reference = backward(net, params, forward(net, params, x), d)
        for fast, slow in zip(layers(work.gradient), layers(reference.gradient)):
            assert norm(fast - slow) <= 1e-12 * norm(slow)


@pytest.mark.parametrize("size", SATURATING)
@pytest.mark.parametrize("activation", ("sigmoid", "tanh"))
def test_a_net_with_large_weights_has_the_gradient_of_the_reference(activation, size):
    rng = np.random.default_rng(1)
    net = mlp([3, 5, 2], activation)
    params = initialise(net, rng, "1", bias_variance=0.1).map(lambda p: size * p)
    x = rng.standard_normal((4, 3))
    d = rng.uniform(size=(4, 2))
    work = FastPass(net, 4)
    work.run(params, x, d)
    reference = backward(net, params, forward(net, params, x), d)
    for fast, slow in zip(layers(work.gradient), layers(reference.gradient)):
        assert norm(fast - slow) <= 1e-12 * norm(slow)


NET = mlp([2, 3, 1])
REFUSED = (ValueError, TypeError)


@pytest.mark.parametrize("make", (FastPass, ResidualPass, make_pass))
def test_what_is_no_network_or_no_number_of_samples_is_told(make):
    for net in (None, "net", [2, 3, 1]):
        with pytest.raises(TypeError, match=r"^net was .*; it must be a Network, .*\.$"):
            make(net, 2)
    for m in (-1, 0, "a", None, 2.5, [2], np.nan, 10**10):
        with pytest.raises(REFUSED, match=r"^m was .*; it must .*\.$"):
            make(NET, m)
    assert make(NET, 2.0).m == 2
    for dtype in ("f2", None, np.int8):
        with pytest.raises(ValueError, match="^dtype was .*; it must be float32 or float64.$"):
            FastPass(NET, 2, dtype)


@pytest.mark.parametrize("make", (FastPass, ResidualPass))
def test_samples_that_would_be_repeated_are_told(make):
    params = initialise(NET, np.random.default_rng(0))
    work = make(NET, 4)
    x = np.ones((4, 2))
    d = np.ones((4, 1))
    for wrong in ([[1, 2]], np.ones((1, 2)), np.ones((3, 2)), np.ones(2), 1.0):
        with pytest.raises(ValueError, match=r"^x had shape .*; it must be 4 x 2\.$"):
            work.run(params, wrong, d)
    for wrong in ([[1.0]], np.ones((4, 2)), 1.0):
        with pytest.raises(ValueError, match=r"^d had shape .*; it must be 4 x 1\.$"):
            work.run(params, x, wrong)
