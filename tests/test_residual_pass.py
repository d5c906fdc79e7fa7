"""The fast pass with skips and normalisation gives the numbers of the reference, and sizes beyond
float64.
"""

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
from lecture_lib.normalisation import EPSILON, Normalised
from lecture_lib.residual_pass import ResidualPass, make_pass

KINDS = pytest.mark.parametrize(
    "skip, normalisation",
    [(1.0, "none"), (0.4, "none"), (0.0, "batch"), (1.0, "batch"), (0.0, "layer"), (1.0, "layer")],
)
FUNCTIONS = pytest.mark.parametrize("activation", ACTIVATIONS)


def case(activation, depth, width=24, m=6, variance="1/n", inner=None, **how):
    rng = np.random.default_rng(0)
    cost = how.pop("cost", "cross_entropy")
    net = mlp([8] + [width] * (depth - 1) + [4], activation, cost, **how)
    params = initialise(net, rng, variance, bias_variance=0.01, inner_variance=inner)
    return net, params, rng.standard_normal((m, 8)), np.eye(4)[rng.integers(0, 4, m)]


def layers(gradient):
    return [*gradient.W[1:], *gradient.b[1:]]


@KINDS
@FUNCTIONS
@pytest.mark.parametrize("depth", (1, 2, 3, 10))
@pytest.mark.parametrize("cost", ("squared_error", "cross_entropy"))
def test_loss_and_gradients_are_those_of_the_reference(
    activation, depth, cost, skip, normalisation
):
    net, params, x, d = case(activation, depth, skip=skip, normalisation=normalisation, cost=cost)
    work = ResidualPass(net, len(x))
    trace = forward(net, params, x)
    reference = backward(net, params, trace, d)
    # Before a batch's mean a bias has no effect, and its gradient is rounding alone.
    rounding = 1e-12 * max(norm(g) for g in reference.gradient.W[1:])
    for _ in range(2):  # buffers that are used again must not remember
        value, sizes = work.run(params, x, d)
        assert value == pytest.approx(float(loss(net, trace, d)), rel=1e-13)
        for fast, slow in zip(layers(work.gradient), layers(reference.gradient)):
            assert norm(fast - slow) <= 1e-12 * norm(slow) + rounding
        np.testing.assert_allclose(sizes, np.log10(delta_sizes(reference.delta)), rtol=0, atol=1e-9)


def trace_of(work):
    """The forward values of a fast pass as a Trace, and by the formulas what was normalised."""
    if work.net.normalisation == "none":
        return Trace(tuple(work.z), tuple(work.a))
    axis = -2 if work.net.normalisation == "batch" else -1
    normalised = [None]
    for z in work.z[1:-1]:
        mean = z.mean(axis=axis, keepdims=True)
        s = np.sqrt(np.square(z - mean).mean(axis=axis, keepdims=True) + EPSILON)
        normalised.append(Normalised((z - mean) / s, mean, s, stored=False))
    return Trace(tuple(work.z), tuple(work.a), (*normalised, None))


@KINDS
@pytest.mark.parametrize("activation", ("relu", "tanh", "sigmoid"))
@pytest.mark.parametrize("depth", (56, 200))
def test_gradients_of_deep_nets_given_the_forward_values(activation, depth, skip, normalisation):
    """Batch normalisation amplifies rounding on the way forwards, so both start back from the same
    outputs.
    """
    how = {"skip": skip, "normalisation": normalisation}
    net, params, x, d = case(activation, depth, m=32, **how)
    work = ResidualPass(net, len(x))
    work.run(params, x, d)
    reference = backward(net, params, trace_of(work), d)
    for fast, slow in zip(work.gradient.W[1:], reference.gradient.W[1:]):
        assert np.isfinite(slow).all() and norm(fast - slow) <= 1e-12 * norm(slow)


@pytest.mark.parametrize("factor", (1e-3, 1e3))
def test_sizes_go_on_where_float64_ends(factor):
    """200 linear layers with a skip of a half: each is a product with factor + 1/2, but the first
    and the last.
    """
    net = mlp([2] * 201, "linear", skip=0.5)
    W = (None, *[np.eye(2) * factor] * 200)
    params = Params(W, (None, *[np.zeros((1, 2))] * 200))
    _, sizes = ResidualPass(net, 1).run(params, np.zeros((1, 2)), np.array([[1.0, 0.0]]))
    by_layer = np.log10(factor + 0.5) * np.arange(198, -1, -1) + np.log10(factor)
    np.testing.assert_allclose(sizes, [*by_layer, 0.0], rtol=0, atol=1e-6)


def test_an_exploding_skip_net_keeps_its_sizes_and_tells_the_end():
    net, params, x, d = case("relu", 200, variance="2/n", skip=1.0)
    _, sizes = ResidualPass(net, len(x)).run(params, x, d)
    assert np.isfinite(sizes).all() and sizes[0] - sizes[-2] > 25
    value, sizes = ResidualPass(net, len(x)).run(params.map(lambda w: 1e3 * w), x, d)
    assert not np.isfinite(value) and not np.isfinite(sizes).any()


def test_a_net_without_biases_gets_no_gradient_for_them():
    net, params, x, d = case("tanh", 5, skip=1.0, biases=False)
    work = ResidualPass(net, len(x))
    work.run(params, x, d)
    assert not any(b.any() for b in work.gradient.b[1:])
    assert all(w.any() for w in work.gradient.W[1:])


def test_each_network_gets_its_pass_and_without_skips_both_are_the_same():
    net, params, x, d = case("tanh", 5)
    assert isinstance(make_pass(net, 6), FastPass)
    for how in ({"skip": 0.1}, {"normalisation": "batch"}, {"normalisation": "layer"}):
        assert isinstance(make_pass(case("tanh", 5, **how)[0], 6), ResidualPass)
    plain = FastPass(net, 6)
    residual = ResidualPass(net, 6)
    assert plain.run(params, x, d)[0] == residual.run(params, x, d)[0]
    np.testing.assert_allclose(residual.flat_gradient, plain.flat_gradient, rtol=1e-12, atol=1e-16)


@KINDS
def test_the_plain_pass_refuses_what_it_would_leave_out(skip, normalisation):
    net, *_ = case("tanh", 3, skip=skip, normalisation=normalisation)
    with pytest.raises(ValueError, match="^net had skip .* a FastPass is for plain networks"):
        FastPass(net, 6)
