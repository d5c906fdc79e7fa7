"""Forward and backward pass against the slow twin, finite differences, autograd and
scikit-learn.
"""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier, MLPRegressor

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.costs import COSTS
from lecture_lib.initialisers import DISTRIBUTIONS, INITIALISERS
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
    stack,
    targets,
)
from shared.slow_twin import close, problem, twin

EVERY = [
    pytest.mark.parametrize("activation", ACTIVATIONS),
    pytest.mark.parametrize("cost", COSTS),
    pytest.mark.parametrize("variance", INITIALISERS),
]


def every_combination(test):
    for mark in EVERY:
        test = mark(test)
    return test


def gradient(net, params, x, d):
    return backward(net, params, forward(net, params, x), d).gradient


def inner(one, other):
    return sum(
        (u * v).sum()
        for part in ("W", "b")
        for u, v in zip(getattr(one, part)[1:], getattr(other, part)[1:])
    )


def moved(params, direction, h):
    def add(part, way):
        return (None, *(w + h * v for w, v in zip(part[1:], way[1:])))

    return Params(add(params.W, direction.W), add(params.b, direction.b))


@every_combination
def test_gradient_is_the_finite_difference_along_a_random_direction(activation, cost, variance):
    net, params, x, d = problem(
        activation=activation, cost=cost, variance=variance, seed=3, samples=5
    )
    direction = initialise(net, np.random.default_rng(8), "1", bias_variance=1.0)
    h = 1e-6
    ahead, behind = (
        loss(net, forward(net, moved(params, direction, way), x), d) for way in (h, -h)
    )
    exact = inner(gradient(net, params, x, d), direction)
    assert exact == pytest.approx((ahead - behind) / (2 * h), rel=1e-6, abs=1e-9)


@every_combination
def test_every_delta_and_gradient_equals_the_slow_twin(activation, cost, variance):
    net, params, x, d = problem(activation=activation, cost=cost, variance=variance)
    J, delta, dW, db = twin(net, params, x, d)
    trace = forward(net, params, x)
    back = backward(net, params, trace, d)
    close([loss(net, trace, d)], [J])
    for l in range(1, net.depth + 1):
        close(back.delta[l], delta[l])
        close(back.gradient.W[l], dW[l])
        close(back.gradient.b[l], db[l])


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_mixed_activations_a_layer_equal_the_slow_twin(distribution):
    names = list(ACTIVATIONS)
    net, params, x, d = problem(
        (2, *(3 for _ in names)), 2, seed=4, activation=names, distribution=distribution
    )
    assert [F.name for F in net.activations[1:]] == names
    _, delta, dW, _ = twin(net, params, x, d)
    back = backward(net, params, forward(net, params, x), d)
    for l in range(1, net.depth + 1):
        close(back.delta[l], delta[l])
        close(back.gradient.W[l], dW[l])


def test_gradient_equals_autograd_of_the_loss_as_one_function():
    net, params, x, d = problem((3, 5, 4, 3), 7, seed=5, activation="tanh", cost="cross_entropy")

    def J(W, b):
        a = x
        for l in (1, 2):
            a = anp.tanh(anp.dot(a, W[l - 1]) + b[l - 1])
        scores = anp.dot(a, W[2]) + b[2]
        return anp.mean(anp.log(anp.sum(anp.exp(scores), axis=1)) - anp.sum(scores * d, axis=1))

    dW, db = autograd.grad(J, (0, 1))(list(params.W[1:]), list(params.b[1:]))
    back = gradient(net, params, x, d)
    for l in (1, 2, 3):
        close(back.W[l], dW[l - 1])
        close(back.b[l], db[l - 1])


@pytest.mark.parametrize(
    "ours, theirs", [("sigmoid", "logistic"), ("tanh", "tanh"), ("relu", "relu")]
)
@pytest.mark.parametrize("cost", COSTS)
def test_one_step_equals_scikit_learn(ours, theirs, cost):
    outputs = 3 if cost == "cross_entropy" else 1
    net, params, x, d = problem(
        (4, 6, 5, outputs), 8, seed=6, activation=ours, cost=cost, output="linear"
    )
    labels = np.arange(8) % 3 if outputs == 3 else d[:, 0]
    d = np.eye(3)[labels] if outputs == 3 else d
    model = (MLPClassifier if outputs == 3 else MLPRegressor)(
        hidden_layer_sizes=(6, 5),
        activation=theirs,
        solver="sgd",
        alpha=0,
        batch_size=8,
        learning_rate_init=0.25,
        momentum=0,
    )
    model.partial_fit(x, labels, **({"classes": [0, 1, 2]} if outputs == 3 else {}))
    for l in (1, 2, 3):
        model.coefs_[l - 1][...], model.intercepts_[l - 1][...] = params.W[l], params.b[l][0]
    model.partial_fit(x, labels)
    g = gradient(net, params, x, d)
    for l in (1, 2, 3):
        close(params.W[l] - 0.25 * g.W[l], model.coefs_[l - 1])
        close(params.b[l][0] - 0.25 * g.b[l][0], model.intercepts_[l - 1])


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("cost", COSTS)
def test_stacked_experiments_equal_single_ones(activation, cost):
    singles = [problem(seed=s, activation=activation, cost=cost) for s in range(4)]
    net, _, x, d = singles[0]
    many = stack([params for _, params, _, _ in singles])
    xs, ds = (np.stack([single[i] for single in singles]) for i in (2, 3))
    for inputs, wanted in ((x, d), (xs, ds)):
        trace = forward(net, many, inputs)
        back = backward(net, many, trace, wanted)
        J = loss(net, trace, wanted)
        assert J.shape == (4,)
        for s, (_, params, x_s, d_s) in enumerate(singles):
            x_s, d_s = (x, d) if inputs is x else (x_s, d_s)
            single = forward(net, params, x_s)
            one = backward(net, params, single, d_s)
            close([J[s]], [loss(net, single, d_s)], rtol=1e-14)
            for l in range(1, net.depth + 1):
                close(back.delta[l][s], one.delta[l], rtol=1e-13)
                close(back.gradient.W[l][s], one.gradient.W[l], rtol=1e-13)
                close(back.gradient.b[l][s], one.gradient.b[l], rtol=1e-13)
            close([size[s] for size in delta_sizes(back.delta)], delta_sizes(one.delta), rtol=1e-13)


def test_backward_changes_nothing_and_the_trace_starts_with_x():
    net, params, x, d = problem()
    before = [array.copy() for array in (*params.W[1:], *params.b[1:], x, d)]
    trace = forward(net, params, x)
    backward(net, params, trace, d)
    assert np.array_equal(trace.a[0], x) and trace.z[0] is None
    assert all(map(np.array_equal, before, (*params.W[1:], *params.b[1:], x, d)))


def test_a_network_without_biases_starts_at_zero_and_gets_no_bias_gradient():
    net, params, x, d = problem(biases=False)
    assert not any(b.any() for b in params.b[1:])
    assert not any(b.any() for b in gradient(net, params, x, d).b[1:])


def test_bias_variance_is_the_variance_of_the_biases():
    net = mlp((1, 4000, 1))
    b = initialise(net, np.random.default_rng(0), bias_variance=2.5).b[1]
    assert np.mean(b**2) == pytest.approx(2.5, rel=0.1)
    assert not initialise(net, np.random.default_rng(0)).b[1].any()


@pytest.mark.parametrize("activation", ("relu", "leaky_relu", "linear"))
def test_weight_gradients_of_homogeneous_nets_have_one_inner_product_in_every_layer(activation):
    # Euler: <W_l, dJ/dW_l> is the same for all l, which is why bars of ||dJ/dW_l|| show nothing
    # (K59)
    net, params, x, d = problem((5, 9, 7, 8, 3), 6, seed=1, activation=activation, biases=False)
    g = gradient(net, params, x, d)
    products = [(params.W[l] * g.W[l]).sum() for l in range(1, 5)]
    close(products, np.full(4, products[0]))


def test_output_follows_the_cost_unless_named():
    assert [F.name for F in mlp((2, 3, 2), "relu", "cross_entropy").activations[1:]] == [
        "relu",
        "linear",
    ]
    assert [F.name for F in mlp((2, 3, 2), "relu").activations[1:]] == ["relu", "relu"]
    assert [F.name for F in mlp((2, 3, 2), "relu", output="tanh").activations[1:]] == [
        "relu",
        "tanh",
    ]
    assert mlp((2, 3, 2)).depth == 2


@pytest.mark.parametrize("size", (1e-200, 1e-320, 1.0, 1e200))
def test_norm_keeps_tiny_and_huge_numbers(size):
    rounding = 1e-3 if size < 1e-300 else 1e-15
    assert norm(size * np.array([[3.0, 0.0], [0.0, -4.0]])) == pytest.approx(5 * size, rel=rounding)


def test_norm_of_what_has_exploded():
    with np.errstate(all="raise"):
        assert norm([[np.inf, 1.0]]) == norm([[-np.inf, np.inf]]) == norm([[np.inf, 0.0]]) == np.inf
        assert np.isnan(norm([[np.nan, 1.0]]))
        assert norm([[[np.inf, 1.0]], [[3.0, 4.0]]]).tolist() == [np.inf, 5.0]


def test_norm_of_zero_and_of_a_stack():
    x = np.random.default_rng(1).standard_normal((3, 4, 5))
    assert norm(np.zeros((2, 3))) == 0
    close(norm(x), [np.linalg.norm(part) for part in x])


def test_delta_size_is_the_bias_gradient_of_one_sample_and_a_root_mean_square_of_many():
    net, params, x, d = problem(samples=6)
    back = backward(net, params, forward(net, params, x), d)
    per_sample = [
        backward(net, params, forward(net, params, x[s : s + 1]), d[s : s + 1]).gradient.b
        for s in range(6)
    ]
    for l, size in enumerate(delta_sizes(back.delta), 1):
        close([size], [np.sqrt(np.mean([np.sum(b[l] ** 2) for b in per_sample]))])


def test_an_exploding_network_gives_no_warning():
    net = mlp((50,) * 201, "relu", biases=False)
    params = initialise(net, np.random.default_rng(0), 1e6)
    trace = forward(net, params, np.ones((2, 50)))
    backward(net, params, trace, np.ones((2, 50)))
    assert not np.isfinite(loss(net, trace, np.ones((2, 50))))


def test_the_norm_of_what_is_not_finite():
    with np.errstate(all="raise"):
        assert norm([[np.inf, 1.0]]) == np.inf
        assert norm([[np.inf, -np.inf]]) == np.inf
        assert np.isnan(norm([[np.nan, 1.0]]))
        many = norm(
            [[[np.inf, 1.0]], [[3.0, 4.0]], [[0.0, 0.0]], [[3e200, 4e200]], [[3e-320, 4e-320]]]
        )
    np.testing.assert_allclose(many[:4], [np.inf, 5.0, 0.0, 5e200], rtol=1e-15)
    assert many[4] == pytest.approx(5e-320, rel=1e-3)


def test_a_trace_that_is_not_of_the_network_is_told():
    net, params, x, d = problem((2, 4, 1), 2)
    other, others, *_ = problem((2, 3, 1), 2)
    foreign = forward(other, others, x)
    good = forward(net, params, x)
    fewer = Trace((None, good.z[1][:1], good.z[2]), (x, *good.a[1:]))
    lists = Trace((None, *(z.tolist() for z in good.z[1:])), tuple(a.tolist() for a in good.a))
    flat = Trace(good.z, (x[0], *good.a[1:]))
    for trace in (foreign, fewer, lists, flat, None, "a", Trace(1, 2), Trace(good.z[:2], good.a)):
        for call, arguments in (
            (backward, (net, params, trace, d)),
            (loss, (net, trace, d)),
            (targets, (net, trace, d)),
        ):
            with pytest.raises((TypeError, ValueError), match=r"^trace (was|held) .*\.$"):
                call(*arguments)
    normalised = mlp((2, 4, 1), "tanh", normalisation="batch")
    theirs = forward(normalised, params, x)
    for layers in (1, (), (None,) * 3, (None, theirs.normalised[1], None, None)):
        with pytest.raises(TypeError, match=r"^trace\.normalised was .*\.$"):
            loss(normalised, Trace(theirs.z, theirs.a, layers), d)


def test_biases_are_there_or_not():
    for value in ("no", None, 2, np.array([1, 0]), []):
        with pytest.raises(TypeError, match="^biases was .*; it must be True or False.$"):
            mlp((2, 1), biases=value)
    assert mlp((2, 1), biases=np.True_).biases is True and mlp((2, 1), biases=0).biases is False
