"""One Jacobian, both ways: against nudged networks, the backward pass, and mean-field theory."""

from dataclasses import replace

import numpy as np
import pytest

from lecture_lib import data, theory
from lecture_lib.activations import Activation
from lecture_lib.digits_networks.nets import digits_net
from lecture_lib.jacobian import carry_back, carry_forward, forward_decades, forward_spread
from lecture_lib.network import Params, Trace, backward, forward, initialise, mlp, stack

SMOOTH = ("sigmoid", "tanh", "gelu")


def make(activation, widths=(5, 7, 6, 8, 3), seed=0, samples=4):
    rng = np.random.default_rng(seed)
    net = mlp(widths, activation)
    params = initialise(net, rng, "1/n", bias_variance=0.2)
    x = rng.normal(size=(samples, widths[0]))
    return net, params, forward(net, params, x), rng


@pytest.mark.parametrize("activation", [*SMOOTH, "relu"])
@pytest.mark.parametrize("first, last", [(1, 4), (2, 4), (1, 3), (3, 3)])
def test_what_goes_forward_and_what_comes_back_are_transposes(activation, first, last):
    """<g, J u> = <J^T g, u>, relative to the sizes of both."""
    net, params, trace, rng = make(activation)
    u = rng.normal(size=trace.z[first].shape)
    g = rng.normal(size=trace.z[last].shape)
    forward_way = carry_forward(net, params, trace, u, first)
    back_way = carry_back(net, params, trace, g, last)
    left = np.vdot(g, forward_way[last])
    right = np.vdot(back_way[first], u)
    size = np.linalg.norm(g) * np.linalg.norm(forward_way[last])
    assert abs(left - right) <= 1e-12 * size
    assert forward_way[:first] == (None,) * first
    assert back_way[last + 1 :] == (None,) * (net.depth - last)


@pytest.mark.parametrize("variance", ("1", "1/n"))
def test_the_identity_holds_over_fifty_six_layers(variance):
    rng = np.random.default_rng(0)
    net, params = digits_net(56, 32, "sigmoid", variance, rng)
    trace = forward(net, params, data.digits().x[:16])
    u, g = rng.normal(size=(16, 32)), rng.normal(size=(16, 10))
    arrived = carry_forward(net, params, trace, u)[56]
    returned = carry_back(net, params, trace, g, 56)[1]
    size = np.linalg.norm(g) * np.linalg.norm(arrived)
    assert abs(np.vdot(g, arrived) - np.vdot(returned, u)) <= 1e-12 * size


@pytest.mark.parametrize("activation", SMOOTH)
def test_a_nudge_is_the_derivative_of_a_nudged_network(activation):
    """The biases of layer 1 are moved by +-h: a different way to nudge its sums."""
    net, params, trace, rng = make(activation)
    direction = rng.normal(size=(1, 7))

    def nudged(h):
        moved = Params(params.W, (None, params.b[1] + h * direction, *params.b[2:]))
        return forward(net, moved, trace.a[0]).z

    up, down = nudged(1e-5), nudged(-1e-5)
    found = carry_forward(net, params, trace, np.repeat(direction, 4, axis=0))
    for l in range(1, 5):
        np.testing.assert_allclose(found[l], (up[l] - down[l]) / 2e-5, rtol=1e-6, atol=1e-9)


def test_carried_back_the_last_delta_gives_all_deltas():
    net, params, trace, rng = make("tanh")
    delta = backward(net, params, trace, rng.normal(size=(4, 3))).delta
    for mine, theirs in zip(carry_back(net, params, trace, delta[4], 4)[1:], delta[1:]):
        np.testing.assert_array_equal(mine, theirs)


def test_decades_are_those_of_the_carried_nudge():
    net, params, trace, rng = make("tanh")
    nudge = rng.normal(size=(4, 7))
    sizes = [np.sqrt(np.square(dz).mean()) for dz in carry_forward(net, params, trace, nudge)[1:]]
    expected = np.log10(np.array(sizes) / sizes[0])
    np.testing.assert_allclose(forward_decades(net, params, trace, nudge), expected, atol=1e-12)
    longer = forward_decades(net, params, trace, 1e200 * nudge)
    np.testing.assert_allclose(longer, expected, atol=1e-12)


def test_decades_leave_what_float64_holds():
    net, params = digits_net(200, 8, "linear", "1000", np.random.default_rng(0))
    tiny = params.map(lambda w: 1e-5 * w)
    for weights, low, high in ((params, 320, 450), (tiny, -650, -330)):
        trace = forward(net, weights, data.digits().x[:4])
        decades = forward_decades(net, weights, trace, np.ones((4, 8)))
        assert low < decades[-1] < high and np.isfinite(decades).all()


def test_a_nudge_into_dead_units_is_lost():
    net = mlp((2, 3, 3, 2), "relu")
    params = initialise(net, np.random.default_rng(0))
    dead = Params(params.W, (None, params.b[1] - 100, *params.b[2:]))
    trace = forward(net, dead, np.ones((2, 2)))
    np.testing.assert_array_equal(
        forward_decades(net, dead, trace, np.ones((2, 3))), [0, -320, -320]
    )
    np.testing.assert_array_equal(forward_spread(trace)[1], 0)


@pytest.mark.parametrize(
    "activation, gain",
    [("relu", 1), ("relu", 2), ("tanh", 1), ("tanh", 2), ("sigmoid", 1), ("sigmoid", 256)],
)
def test_both_ways_a_wide_layer_multiplies_by_the_root_of_chi(activation, gain):
    """Width 256, depth 12, over eight networks: each way within 3 % of theory per layer."""
    forwards = []
    backs = []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        net = mlp((256,) * 13, activation)
        params = initialise(net, rng, gain / 256)
        trace = forward(net, params, rng.normal(size=(8, 256)))
        u, g = rng.normal(size=(2, 8, 256))
        forwards.append(forward_decades(net, params, trace, u)[-1])
        back = carry_back(net, params, trace, g, 12)[1]
        backs.append(np.log10(np.linalg.norm(back) / np.linalg.norm(g)))
        q1 = np.square(trace.z[1]).mean()
    predicted = np.log10(theory.nudge_profile(activation, [gain] * 11, q1)[-1])
    for found in (forwards, backs):
        assert abs(np.mean(found) - predicted) / 11 < np.log10(1.03)


def test_the_profile_of_a_nudge_mirrors_that_of_the_gradient():
    back = theory.gradient_profile("tanh", [1, 2, 3], 0.7)
    nudge = theory.nudge_profile("tanh", [1, 2, 3], 0.7)
    np.testing.assert_allclose(nudge * back, back[0], rtol=1e-12)
    assert nudge[0] == back[-1] == 1
    np.testing.assert_allclose(nudge[1], np.sqrt(theory.chi("tanh", 0.7, 1)), rtol=1e-12)


def test_the_spread_of_known_samples():
    net = mlp((2, 2), "linear")
    params = initialise(net, np.random.default_rng(0))
    for x, expected in (
        ([[1.0, 0.0], [-1.0, 0.0]], 1.0),
        ([[3.0, 4.0], [3.0, 4.0]], 0.0),
        ([[2.0, 0.0], [0.0, 0.0]], np.sqrt(0.5)),
        ([[1e-200, 0.0], [-1e-200, 0.0]], 1.0),
        ([[0.0, 0.0], [0.0, 0.0]], 0.0),
    ):
        assert forward_spread(forward(net, params, x))[0] == pytest.approx(expected, rel=1e-12)


def test_a_stack_has_the_spreads_of_its_networks():
    net = mlp((3, 4, 4, 2), "sigmoid")
    singles = [initialise(net, np.random.default_rng(seed)) for seed in range(3)]
    x = np.random.default_rng(9).normal(size=(6, 3))
    whole = forward_spread(forward(net, stack(singles), np.broadcast_to(x, (3, 6, 3))))
    for row, params in zip(whole, singles):
        np.testing.assert_allclose(row, forward_spread(forward(net, params, x)), rtol=1e-12)


def test_bad_nudges_are_told_in_one_sentence():
    net, params, trace, _ = make("tanh")
    with pytest.raises(ValueError, match="nudge had shape .* must end in"):
        carry_forward(net, params, trace, np.ones((4, 6)))
    with pytest.raises(ValueError, match="layer was 5; it must lie between 1 and 4"):
        carry_back(net, params, trace, np.ones((4, 3)), 5)
    with pytest.raises(ValueError, match="nudge was 0 everywhere"):
        forward_decades(net, params, trace, np.zeros((4, 7)))
    with pytest.raises(TypeError, match="vector was"):
        carry_back(net, params, trace, "all", 4)


def hold(*W):
    """Params of these weight matrices, with biases of 0."""
    arrays = [np.array(w, float) for w in W]
    return Params((None, *arrays), (None, *[np.zeros((1, w.shape[1])) for w in arrays]))


@pytest.mark.parametrize(
    "W2, nudge, expected",
    [
        ([[1e308], [1e308]], [[1.0, 1.0]], 308 + np.log10(2)),
        ([[1e308], [-1e308]], [[1.0, 0.5]], 308 + np.log10(0.5 / np.sqrt(0.625))),
        ([[1.7e308], [0.0]], [[1e-300, 0.0]], 308 + np.log10(1.7 * np.sqrt(2))),
        ([[1e-320], [1e-320]], [[1.0, 1.0]], np.log10(1e-320) + np.log10(2)),
        ([[1e-300], [0.0]], [[1.7e308, 1.7e308]], -300),
        ([[3.0], [0.0]], [[5e-324, 5e-324]], np.log10(3)),
        ([[3.0], [0.0]], [[5e-324, 0.0]], np.log10(3 * np.sqrt(2))),
    ],
)
def test_decades_of_weights_and_nudges_at_the_ends_of_float64(W2, nudge, expected):
    net = mlp((1, 2, 1), "linear")
    params = hold([[1.0, 1.0]], W2)
    with np.errstate(all="raise"):
        decades = forward_decades(net, params, forward(net, params, [[0.5]]), nudge)
    assert decades[0] == 0 and decades[1] == pytest.approx(expected, rel=1e-9)


def test_a_nudge_that_meets_what_float64_cannot_hold_is_no_event():
    square = Activation("square", "square", np.square, lambda x: 2 * x)
    net = mlp((1, 1, 1, 1), square, output="linear")
    params = hold([[1e200]], [[1e200]], [[1.0]])
    with np.errstate(all="ignore"):
        trace = forward(net, params, [[1.0]])
    with np.errstate(all="raise"):
        assert forward_decades(net, params, trace, [[1.0]])[-1] == np.inf
        assert np.isnan(forward_spread(trace)[-1])
        carry_forward(net, params, trace, [[1.0]])
        carry_back(net, params, trace, [[1.0]], 3)


@pytest.mark.parametrize("weight", (1e308, 1.7e308, 5e-324, 1e-310))
def test_a_spread_at_the_ends_of_float64(weight):
    net = mlp((1, 1), "linear")
    with np.errstate(all="raise"):
        for x, spread in (([[1.0], [1.0]], 0.0), ([[1.0], [-1.0]], 1.0)):
            trace = forward(net, hold([[weight]]), x)
            assert forward_spread(trace).tolist() == [spread, spread]


def test_a_subnormal_nudge_is_carried_without_an_event():
    net, params, trace, _ = make("tanh")
    with np.errstate(all="raise"):
        for size in (5e-324, 1e-310):
            carry_forward(net, params, trace, np.full((4, 7), size))
            carry_back(net, params, trace, np.full((4, 3), size), 4)
            forward_decades(net, params, trace, np.full((4, 7), size))


def test_lists_are_taken_and_what_does_not_fit_is_told():
    net, params, trace, _ = make("tanh")
    lists = Params(
        (None, *[w.tolist() for w in params.W[1:]]), (None, *[b.tolist() for b in params.b[1:]])
    )
    for call in CALLS:
        for one, other in zip(call(net, lists, trace), call(net, params, trace)):
            np.testing.assert_array_equal(one, other)
    other_net, other_params, other_trace, _ = make("tanh", (5, 6, 6, 8, 3))
    holed = params.map(lambda w: np.where(w == w.max(), np.nan, w))
    for bad, told in (
        ((None, params, trace), "net was None"),
        ((net, None, trace), "params was None"),
        ((net, params, None), "trace was None"),
        ((net, holed, trace), r"W\[1\] held nan"),
        ((net, other_params, trace), r"W\[1\] had shape"),
        ((net, params, other_trace), "trace had layers of the widths"),
        ((other_net, other_params, trace), "trace had layers of the widths"),
        ((net, params, Trace((), ())), "trace had layers of the widths"),
    ):
        for call in CALLS:
            with pytest.raises((ValueError, TypeError), match=f"^{told}.*\\.$"):
                call(*bad)
    for bad in (None, 3, params):
        with pytest.raises(TypeError, match="^trace was .*; it must be what network.forward gives"):
            forward_spread(bad)


CALLS = (
    lambda *of: carry_forward(*of, np.ones((4, 7)))[1:],
    lambda *of: carry_back(*of, np.ones((4, 3)), 4)[1:],
    lambda *of: forward_decades(*of, np.ones((4, 7))),
)


@pytest.mark.parametrize("change", [{"skip": 1.0}, {"normalisation": "batch"}])
def test_networks_with_more_terms_are_refused(change):
    net, params, trace, _ = make("tanh")
    other = replace(net, **change)
    for call in (
        lambda: carry_forward(other, params, trace, np.ones((4, 7))),
        lambda: carry_back(other, params, trace, np.ones((4, 3)), 4),
        lambda: forward_decades(other, params, trace, np.ones((4, 7))),
    ):
        with pytest.raises(ValueError, match="it must have neither"):
            call()


def test_random_vectors_are_changed_alike_both_ways():
    """If their entries have mean square 1, both ways the mean square is the sum of the squared
    entries of the matrix, divided by the width.
    """
    net = mlp((5, 16, 16, 16, 16), "tanh")
    rng = np.random.default_rng(0)
    params = initialise(net, rng, "1/n")
    trace = forward(net, params, np.repeat(rng.normal(size=(1, 5)), 20_000, axis=0))
    one_by_one = forward(net, params, np.repeat(trace.a[0][:1], 16, axis=0))
    matrix = carry_forward(net, params, one_by_one, np.eye(16))[4]
    u, g = rng.standard_normal((2, 20_000, 16))
    forwards = carry_forward(net, params, trace, u)[4]
    backwards = carry_back(net, params, trace, g, layer=4)[1]
    expected = np.square(matrix).sum() / 16
    assert np.square(forwards).mean() == pytest.approx(expected, rel=0.03)
    assert np.square(backwards).mean() == pytest.approx(expected, rel=0.03)
