"""Each optimiser against a scalar implementation written anew, and by hand."""

from math import copysign, sqrt

import numpy as np
import pytest

from lecture_lib.network import Params, backward, forward
from lecture_lib.optimisers import (
    OPTIMISERS,
    RPROP_MAX,
    RPROP_MIN,
    clip,
    clip_vector,
    init_state,
    step,
)
from shared.slow_twin import close, problem

EVERY = pytest.mark.parametrize("name", OPTIMISERS)


def gd(w, gradients, gamma):
    for g in gradients:
        w -= gamma * g
    return w


def momentum(w, gradients, gamma):
    # unrolled: after k steps every earlier gradient has moved w by gamma (1 + 0.9 + ... + 0.9^(k -
    # i))
    return w - gamma * sum(
        g * (1 - 0.9 ** (len(gradients) - i)) / 0.1 for i, g in enumerate(gradients)
    )


def rprop(w, gradients, gamma):
    size, last = gamma, 0
    for g in gradients:
        sign = (g > 0) - (g < 0)
        if sign * last > 0:
            size = min(1.2 * size, 50)
        elif sign * last < 0:
            size = max(0.5 * size, 1e-6)
            sign = 0
        w = w - sign * size
        last = sign
    return w


def rmsprop(w, gradients, gamma):
    for k in range(1, len(gradients) + 1):
        mean = sum(0.1 * 0.9 ** (k - i) * g * g for i, g in enumerate(gradients[:k], 1))
        w -= gamma * gradients[k - 1] / (sqrt(mean) + 1e-8)
    return w


def fading_mean(numbers, beta):
    weights = [beta**age for age in range(len(numbers))][::-1]
    return sum(w * n for w, n in zip(weights, numbers)) / sum(weights)


def adam(w, gradients, gamma):
    # Adam's bias correction makes both of its means weighted means
    for k in range(1, len(gradients) + 1):
        past = gradients[:k]
        w -= (
            gamma
            * fading_mean(past, 0.9)
            / (sqrt(fading_mean([g * g for g in past], 0.999)) + 1e-8)
        )
    return w


SCALAR = {"gd": gd, "momentum": momentum, "rprop": rprop, "rmsprop": rmsprop, "adam": adam}


def run(name, w, gradients, gamma):
    rule = OPTIMISERS[name]
    path = [w]
    state = rule.init(w)
    for g in gradients:
        w, state = rule.update(w, np.asarray(g, float), state, gamma)
        path.append(w)
    return path


@EVERY
def test_fifty_steps_equal_the_scalar_rule(name):
    rng = np.random.default_rng(1)
    w = rng.standard_normal((3, 2))
    gradients = rng.standard_normal((50, 3, 2)) * rng.choice([1e-3, 1, 1e3], (3, 2))
    gradients[rng.random((50, 3, 2)) < 0.1] = 0.0
    end = run(name, w, gradients, 0.05)[-1]
    for i in np.ndindex(3, 2):
        assert end[i] == pytest.approx(
            SCALAR[name](w[i], gradients[(slice(None), *i)].tolist(), 0.05), rel=1e-12
        )


def test_rprop_by_hand():
    path = run("rprop", np.array([0.0]), [[2.0], [3.0], [-1.0], [-1.0], [-5.0], [0.0], [-5.0]], 0.1)
    # step 0.1; same sign: 0.12; turn: 0.06 and wait; first after the turn: 0.06; same: 0.072; zero:
    # wait; 0.072
    close(np.ravel(path), [0, -0.1, -0.22, -0.22, -0.16, -0.088, -0.088, -0.016])


def test_rprop_step_stays_within_its_bounds():
    grown = np.abs(np.diff(np.ravel(run("rprop", np.array([0.0]), [[1.0]] * 60, 0.1))))
    assert grown.max() == grown[-1] == RPROP_MAX == 50
    turning = run("rprop", np.array([0.0]), [[copysign(1.0, k % 4 - 1.5)] for k in range(80)], 0.1)
    steps = np.abs(np.diff(np.ravel(turning)))
    assert steps[steps > 0].min() == pytest.approx(RPROP_MIN) and RPROP_MIN == 1e-6


@pytest.mark.parametrize("size", (1e-200, 1e-320, 1.0, 1e200))
def test_rprop_sees_only_the_sign_however_small_the_gradient(size):
    signs = np.array([[1.0], [1.0], [-1.0], [1.0], [1.0], [1.0]])
    assert np.array_equal(
        run("rprop", np.zeros(1), signs * size, 0.1), run("rprop", np.zeros(1), signs, 0.1)
    )


@EVERY
def test_a_step_lifts_the_rule_to_every_array_and_changes_nothing_in_place(name):
    net, params, x, d = problem()
    state = init_state(OPTIMISERS[name], params)
    paths = [params]
    copies = [array.copy() for array in (*params.W[1:], *params.b[1:])]
    gradients = []
    for _ in range(4):
        gradients.append(backward(net, paths[-1], forward(net, paths[-1], x), d).gradient)
        new, state = step(OPTIMISERS[name], paths[-1], gradients[-1], state, 0.1)
        paths.append(new)
    assert all(map(np.array_equal, copies, (*params.W[1:], *params.b[1:])))
    for l in range(1, net.depth + 1):
        assert np.array_equal(
            paths[-1].W[l], run(name, params.W[l], [g.W[l] for g in gradients], 0.1)[-1]
        )
        assert np.array_equal(
            paths[-1].b[l], run(name, params.b[l], [g.b[l] for g in gradients], 0.1)[-1]
        )
    assert paths[-1].W[0] is None and paths[-1].b[0] is None


@pytest.mark.parametrize("factor", (1.0, 1e-250, 1e250))
def test_clip_shortens_to_the_threshold_and_keeps_the_direction(factor):
    g = Params((None, factor * np.array([[3.0, 0.0]])), (None, factor * np.array([[0.0, -4.0]])))
    short = clip(g, 0.5 * factor)
    close(short.W[1], factor * np.array([[0.3, 0.0]]))
    close(short.b[1], factor * np.array([[0.0, -0.4]]))
    assert clip(g, 5.1 * factor) is g and g.W[1][0, 0] == 3 * factor


@EVERY
def test_registry_names_its_rules(name):
    assert OPTIMISERS[name].name == name and OPTIMISERS[name].label


def test_each_network_of_a_stack_is_clipped_by_its_own_norm():
    W = np.array([[[3.0], [4.0]], [[30.0], [40.0]]])
    stacked = Params((None, W), (None, np.zeros((2, 1, 1))))
    close(clip(stacked, 5.0).W[1], [[[3.0], [4.0]], [[3.0], [4.0]]])
    vectors = clip_vector(np.array([[3.0, 4.0], [30.0, 40.0]]), 5.0)
    close(vectors, [[3.0, 4.0], [3.0, 4.0]])


def test_a_network_without_a_gradient_beside_one_that_is_clipped_is_no_event():
    W = np.array([[[0.0], [0.0]], [[30.0], [40.0]]])
    stacked = Params((None, W), (None, np.zeros((2, 1, 1))))
    with np.errstate(all="raise"):
        close(clip(stacked, 5.0).W[1], [[[0.0], [0.0]], [[3.0], [4.0]]])
        close(clip_vector(W[..., 0], 5.0), [[0.0, 0.0], [3.0, 4.0]])


@pytest.mark.parametrize("size", (1.7e308, 1e-310))
def test_clip_at_the_ends_of_float64(size):
    g = Params((None, np.full((1, 4), size)), (None, np.zeros((1, 4))))
    with np.errstate(all="raise"):
        short = clip(g, 1.0 if size > 1 else 2e-320)
        vector = clip_vector(np.full(4, size), 1.0 if size > 1 else 2e-320)
    expected = 0.5 if size > 1 else 1e-320
    np.testing.assert_allclose(short.W[1], np.full((1, 4), expected), rtol=1e-3)
    np.testing.assert_allclose(vector, np.full(4, expected), rtol=1e-3)


@pytest.mark.parametrize("size", (1e160, 1e-200, 1.0, 1e300))
@pytest.mark.parametrize("name, shares", [("adam", (1.0, 1.0)), ("rmsprop", (3.16228, 2.29416))])
def test_squares_of_gradients_do_not_leave_float64(name, shares, size):
    # Steps of equal gradients: Adam's means are the gradient itself; RMSProp's are 0.1 and 0.19 of
    # it, squared. The 1e-8 in the denominator swallows a gradient of 1e-200.
    with np.errstate(all="raise", under="ignore"):
        path = run(name, np.array([1.0]), [[size], [size]], 0.1)
    if size < 1e-8:
        shares = (0.0, 0.0)
    close(-np.diff(np.ravel(path)), 0.1 * np.array(shares), rtol=1e-5)


@EVERY
def test_whole_parameters_move_as_floats_do(name):
    whole = Params((None, np.array([[1, 0], [0, 1]])), (None, [[0, 0]]))
    floats = whole.map(lambda array: np.array(array, float))
    gradient = Params((None, np.array([[1.0, -2.0], [0.5, 0.0]])), (None, np.array([[1.0, -1.0]])))
    ends = []
    for params in (whole, floats):
        state = init_state(OPTIMISERS[name], params)
        ends.append(step(OPTIMISERS[name], params, gradient, state, 0.1)[0])
    assert np.array_equal(ends[0].W[1], ends[1].W[1]) and np.array_equal(ends[0].b[1], ends[1].b[1])
    assert ends[0].W[1][0, 0] < 1.0


def test_what_is_no_optimiser_or_gradient_is_told():
    _, params, _, _ = problem()
    with pytest.raises(TypeError, match="optimiser was 'adam'"):
        init_state("adam", params)
    for gradient in (None, [1.0], "a"):
        with pytest.raises(TypeError, match="gradient was"):
            clip(gradient, 1.0)


def one_layer(*shape):
    return Params((None, np.ones(shape)), (None, np.ones((1, shape[1]))))


TWO_LAYERS = Params(
    (None, np.ones((2, 2)), np.ones((2, 1))), (None, np.ones((1, 2)), np.ones((1, 1)))
)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_a_state_of_other_parameters_or_another_optimiser_is_told(name):
    optimiser = OPTIMISERS[name]
    params = one_layer(2, 3)
    good = init_state(optimiser, params)
    wrong = [None, "state", 1, (None, None), Params((None,), (None,)), Params(None, None)]
    wrong.append(init_state(optimiser, TWO_LAYERS))
    moved, after = step(optimiser, params, params, good, 0.1)
    if name != "gd":  # which keeps nothing
        wrong.append(
            step(
                optimiser,
                one_layer(3, 2),
                one_layer(3, 2),
                init_state(optimiser, one_layer(3, 2)),
                0.1,
            )[1]
        )
        wrong.append(good.map(lambda part: "a"))
        wrong.append(good.map(lambda part: (np.ones((2, 3)),)))
    for state in wrong:
        with pytest.raises((TypeError, ValueError), match=r"^state.* (was|had|held) .*\.$"):
            step(optimiser, params, params, state, 0.1)
    assert step(optimiser, moved, params, after, 0.1)[0].W[1].shape == (2, 3)


@pytest.mark.parametrize(("name", "other"), [(a, b) for a in OPTIMISERS for b in OPTIMISERS])
def test_a_state_of_another_optimiser_is_told_or_has_the_same_form(name, other):
    params = one_layer(2, 3)
    state = init_state(OPTIMISERS[other], params)
    for _ in range(2):
        try:
            moved, _ = step(OPTIMISERS[name], params, params, state, 0.1)
            assert moved.W[1].shape == (2, 3)
        except TypeError as error:
            assert name != other and f"step of {name} gave" in str(error)
        _, state = step(OPTIMISERS[other], params, params, state, 0.1)


@pytest.mark.parametrize("call", (clip, lambda params, _: init_state(OPTIMISERS["adam"], params)))
def test_parameters_without_layers_are_told(call):
    for params in (
        Params((None,), (None,)),
        Params((), ()),
        Params((None, 1), (None,)),
        Params(3, 4),
    ):
        with pytest.raises((TypeError, ValueError), match=r"^(gradient|params) (held|had) .*\.$"):
            call(params, 1)
