"""What others have published, found again with this library: exact where it is arithmetic, over
many seeds where not.

Networks in training are tested at 20 seeds or more, and only where the margin is wide.
"""

from itertools import islice

import numpy as np
import pytest

from lecture_lib import data, theory
from lecture_lib.chain import run_chain
from lecture_lib.initialisers import sample_weights
from lecture_lib.network import Params, backward, delta_sizes, forward, initialise, loss, mlp, stack
from lecture_lib.optimisers import OPTIMISERS, clip, init_state, step
from lecture_lib.perceptron import mistake_bound, train_perceptron
from lecture_lib.topics.vanishing_exploding_gradients.compute.nielsen import nielsen_gradients
from lecture_lib.training import error_rate, train

SEEDS = range(20)


def digits_error(depth, activation, variance, seed, steps, width=100, **options):
    """(training error, test error) of a plain network on the digits after `steps` steps; nan if it
    diverged.
    """
    digits = data.digits()
    rng = np.random.default_rng(seed)
    net = mlp((64, *[width] * (depth - 1), 10), activation, "cross_entropy")
    params = initialise(net, rng, variance)
    if options.get("batch"):
        options["rng"] = rng
    for record in islice(train(net, params, digits.x, digits.d, **options), steps):
        params = record.after
    if record.diverged:
        return np.nan, np.nan
    return error_rate(net, params, digits.x, digits.d), error_rate(
        net, params, digits.x_test, digits.d_test
    )


EPOCHS_20 = 20 * (1437 // 64)


# Nielsen, Neural Networks and Deep Learning (2015), chapter 5: the speeds of learning of the hidden
# layers.
@pytest.mark.parametrize(
    "published",
    [[0.07, 0.31], [0.012, 0.060, 0.283], [0.003, 0.017, 0.070, 0.285]],
    ids=("2", "3", "4"),
)
def test_nielsen_speed_of_learning_by_layer(published):
    speeds = nielsen_gradients(len(published), seeds=40)
    assert speeds.shape == (40, len(published)) and (np.diff(speeds, axis=1) > 0).all()
    typical = np.exp(np.log(speeds).mean(axis=0))
    assert (typical / published > 0.5).all() and (typical / published < 2).all()
    ratio = typical[1:] / typical[:-1]
    predicted = 1 / np.sqrt(theory.fixed_point("sigmoid", 1.0, 1.0)[1])
    assert predicted == pytest.approx(4.88184, abs=1e-5) and (ratio / predicted > 0.9).all()
    assert (ratio / predicted < 1.12).all()


def test_nielsen_formula_of_the_four_layer_chain():
    """dC/db_1 = s'(z1) w2 s'(z2) w3 s'(z3) w4 s'(z4) dC/da4, over 20 seeds; and P(|w| < 1) =
    0.6827.
    """
    net = mlp((1,) * 5)
    for seed in SEEDS:
        params = initialise(net, np.random.default_rng(seed), "1", bias_variance=1.0)
        trace = forward(net, params, [[0.7]])
        s = [None, *(a[0, 0] * (1 - a[0, 0]) for a in trace.a[1:])]
        w = [None, *(v[0, 0] for v in params.W[1:])]
        expected = s[1] * w[2] * s[2] * w[3] * s[3] * w[4] * s[4] * (trace.a[4][0, 0] - 0.2)
        assert backward(net, params, trace, [[0.2]]).gradient.b[1][0, 0] == pytest.approx(
            expected, rel=1e-12
        )
        chain = run_chain(
            [v[0, 0] for v in params.W[1:]], 0.7, "sigmoid", [v[0, 0] for v in params.b[1:]]
        )
        assert chain.gradients()[0] / 0.7 * (trace.a[4][0, 0] - 0.2) == pytest.approx(
            expected, rel=1e-12
        )
    draws = np.random.default_rng(0).standard_normal(10**6)
    assert (np.abs(draws) < 1).mean() == pytest.approx(0.682689, abs=0.002)


# Mazur, A Step by Step Backpropagation Example (2015): 2-2-2, sigmoid, gamma 0.5, biases frozen.
MAZUR = mlp((2, 2, 2))
MAZUR_X, MAZUR_D = np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])
MAZUR_PARAMS = Params(
    (None, np.array([[0.15, 0.25], [0.20, 0.30]]), np.array([[0.40, 0.50], [0.45, 0.55]])),
    (None, np.full((1, 2), 0.35), np.full((1, 2), 0.60)),
)


def mazur(updates, new_output_weights_first=False, biases=False):
    """(E before each update and after the last, the outputs at the end, the weights after the first
    update).
    """
    params = MAZUR_PARAMS
    errors = []
    first = None
    for k in range(updates + 1):
        trace = forward(MAZUR, params, MAZUR_X)
        errors.append(float(loss(MAZUR, trace, MAZUR_D)))
        if k == updates:
            return errors, trace.a[2][0], first
        g = backward(MAZUR, params, trace, MAZUR_D).gradient
        W2 = params.W[2] - 0.5 * g.W[2]
        if new_output_weights_first:
            g = backward(MAZUR, Params((None, params.W[1], W2), params.b), trace, MAZUR_D).gradient
        b = [v - 0.5 * h * biases for v, h in zip(params.b[1:], g.b[1:])]
        params = Params((None, params.W[1] - 0.5 * g.W[1], W2), (None, *b))
        first = first or params


def test_mazur_first_update():
    errors, _, first = mazur(1)
    assert errors == pytest.approx([0.298371108760003, 0.291027773693599], rel=1e-13)
    assert errors[0] == pytest.approx(0.298371109, abs=5e-10)  # as published
    np.testing.assert_allclose(
        first.W[1].T.ravel(), [0.149780716, 0.19956143, 0.24975114, 0.29950229], atol=6e-9
    )
    np.testing.assert_allclose(
        first.W[2].T.ravel(), [0.35891648, 0.408666186, 0.511301270, 0.561370121], atol=6e-9
    )
    assert mazur(1, biases=True)[0][1] == pytest.approx(0.28047144679143, rel=1e-12)


def test_mazur_published_error_is_the_one_of_updating_in_the_wrong_order():
    """His 0.291027924 uses the already updated output weights for the hidden deltas; the gradient
    gives 0.29102777.
    """
    assert mazur(1, new_output_weights_first=True)[0][1] == pytest.approx(0.291027923905, abs=6e-13)
    assert abs(mazur(1)[0][1] - 0.291027924) > 1e-7


def test_mazur_after_ten_thousand_updates():
    frozen = mlp((2, 2, 2), biases=False)  # a network without biases keeps those it is given
    run = list(islice(train(frozen, MAZUR_PARAMS, MAZUR_X, MAZUR_D, 0.5), 10_001))
    assert run[10_000].loss == pytest.approx(3.51018778297885e-5, rel=1e-9)
    # The published figure: after 9,999
    assert run[9_999].loss == pytest.approx(0.0000351085, abs=5e-11)
    outputs = forward(MAZUR, run[10_000].before, MAZUR_X).a[2][0]
    np.testing.assert_allclose(outputs, [0.0159136204436, 0.984064273515], rtol=1e-9)
    trained = next(islice(train(MAZUR, MAZUR_PARAMS, MAZUR_X, MAZUR_D, 0.5), 10_000, None))
    assert trained.loss == pytest.approx(2.44756223593229e-6, rel=1e-9)


@pytest.mark.long
def test_mazur_published_outputs_are_those_of_the_wrong_order_too():
    outputs = mazur(10_000, new_output_weights_first=True)[1]
    np.testing.assert_allclose(outputs, [0.015912196, 0.984065734], atol=5e-9)


# Glorot & Bengio 2010: the heuristic they replace, and theirs, in linear and in tanh layers near 0.
@pytest.mark.parametrize("activation", ("linear", "tanh"))
def test_glorot_and_bengio_old_heuristic_shrinks_by_the_root_of_a_third(activation):
    width = 128
    depth = 12
    ratios = []
    net = mlp((width,) * (depth + 1), activation, output="linear")
    for seed in range(24):
        rng = np.random.default_rng(seed)
        W = [rng.uniform(-1, 1, (width, width)) / np.sqrt(width) for _ in range(depth)]
        params = Params((None, *W), (None, *[np.zeros((1, width))] * depth))
        trace = forward(net, params, 0.05 * rng.standard_normal((8, width)))
        sizes = delta_sizes(
            backward(net, params, trace, trace.a[-1] - rng.standard_normal((8, width))).delta
        )
        ratios.append((sizes[0] / sizes[-2]) ** (1 / (depth - 2)))
    assert np.median(ratios) == pytest.approx(np.sqrt(1 / 3), rel=0.02)
    assert theory.chi(activation, 1e-12, 1 / 3) == pytest.approx(1 / 3, rel=1e-10)


def test_glorot_and_bengio_normalised_initialisation():
    W = sample_weights(np.random.default_rng(0), 300, 500, "glorot", "uniform")
    limit = np.sqrt(6 / 800)
    assert np.abs(W).max() <= limit and np.abs(W).max() > 0.9999 * limit
    assert W.var() == pytest.approx(2 / 800, rel=0.01)


# Saxe, McClelland & Ganguli 2014: the singular values of fifty linear layers.
def test_saxe_orthogonal_layers_keep_every_singular_value_at_1_and_gaussian_layers_do_not():
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        product = {"orthogonal": np.eye(64), "1/n": np.eye(64)}
        for _ in range(50):
            for kind in product:
                product[kind] = product[kind] @ sample_weights(rng, 64, 64, kind)
        np.testing.assert_allclose(
            np.linalg.svd(product["orthogonal"], compute_uv=False), 1.0, atol=1e-12
        )
        values = np.linalg.svd(product["1/n"], compute_uv=False)
        assert values[0] > 1 and np.median(values) < 1e-5 and values[-1] < 1e-12


# Pascanu, Mikolov & Bengio 2013: clip the norm of the gradient.
def test_pascanu_clipping_makes_a_diverging_run_finite():
    """15 layers of ReLU at variance 4/n: all 20 seeds leave the finite numbers, and with clipping
    all 20 learn.
    """
    digits = data.digits()
    net = mlp((64, *[32] * 14, 10), "relu", "cross_entropy")
    for seed in SEEDS:
        he = initialise(net, np.random.default_rng(seed), "2/n")
        params = Params((None, *(np.sqrt(2) * w for w in he.W[1:])), he.b)
        plain, clipped = (
            list(
                islice(
                    train(
                        net,
                        params,
                        digits.x,
                        digits.d,
                        0.05,
                        batch=64,
                        clip_at=at,
                        rng=np.random.default_rng(seed),
                    ),
                    60,
                )
            )
            for at in (None, 1.0)
        )
        assert plain[-1].diverged and not clipped[-1].diverged and len(clipped) == 60
        assert np.median([record.loss for record in clipped[-20:]]) < 0.2 * clipped[0].loss


def test_pascanu_the_singular_value_decides_not_the_eigenvalue():
    """One step of the nilpotent [[8, 8], [-8, -8]] multiplies by 16, though both its eigenvalues
    are 0.
    """
    W = np.array([[8.0, 8.0], [-8.0, -8.0]])
    assert np.abs(np.linalg.eigvals(W)).max() < 1e-6
    assert np.linalg.svd(W, compute_uv=False)[0] == pytest.approx(16, rel=1e-14)
    g = Params((None, W), (None, np.zeros((1, 2))))
    assert np.linalg.norm(clip(g, 1.0).W[1]) == pytest.approx(1.0, rel=1e-14) and clip(g, 17.0) is g


# Riedmiller & Braun 1993; Igel & Huesken 2000.
def test_rprop_by_hand():
    """One weight from 1, Delta_0 = 0.1, gradients +2, +0.001, -5, -1, -1: the sizes of the
    gradients do not count.
    """
    w = Params((None, np.array([[1.0]])), (None, np.zeros((1, 1))))
    state = init_state(OPTIMISERS["rprop"], w)
    seen = []
    for g in (2.0, 0.001, -5.0, -1.0, -1.0):
        w, state = step(
            OPTIMISERS["rprop"],
            w,
            Params((None, np.array([[g]])), (None, np.zeros((1, 1)))),
            state,
            0.1,
        )
        seen.append(w.W[1][0, 0])
    # steps 0.1, 0.12, then a turn: halved to 0.06 and waiting; 0.06 back, then 0.072
    np.testing.assert_allclose(seen, [0.9, 0.78, 0.78, 0.84, 0.912], rtol=1e-14)


@pytest.mark.long
def test_rprop_trains_what_gradient_descent_cannot():
    """56 layers of ReLU at variance 1/n: the first layer gets 1e-8 of the gradient, and signs are
    enough.

    With a first step of 0.01; the published 0.1 is too long for so deep a network.
    """

    def of(steps, **o):
        return [digits_error(56, "relu", "1/n", s, steps, 32, **o)[0] for s in SEEDS]

    assert np.median(of(120, gamma=0.01, optimiser="rprop")) < 0.60
    assert min(of(EPOCHS_20, gamma=0.05, batch=64)) > 0.80
    assert np.median(of(120, gamma=0.1, optimiser="rprop")) > 0.70


# Novikoff 1962.
def test_novikoff_bound_on_the_mistakes_of_a_perceptron():
    for seed in range(40):
        rng = np.random.default_rng(seed)
        W = rng.standard_normal(3)
        x = rng.uniform(-1, 1, (200, 2))
        x = x[np.abs(x @ W[1:] + W[0]) > 0.1 * np.linalg.norm(W)]
        d = (x @ W[1:] + W[0] > 0).astype(int)
        run = train_perceptron(x, d, np.zeros(3), epochs=2000)
        assert run.converged and sum(run.mistakes) <= mistake_bound(x, d, W)


# He, Zhang, Ren & Sun 2015, "Delving Deep into Rectifiers": at 30 layers theirs converges, 1/n
# stalls.
@pytest.mark.long
def test_he_2015_thirty_layers_train_at_2_over_n_and_stall_at_1_over_n():
    def of(variance):
        return [
            digits_error(30, "relu", variance, s, EPOCHS_20, gamma=0.02, batch=64)[0] for s in SEEDS
        ]

    assert np.median(of("2/n")) < 0.25
    assert min(of("1/n")) > 0.80


# He, Zhang, Ren & Sun 2016, "Deep Residual Learning", figure 1: more layers, higher training and
# test error.
@pytest.mark.long
@pytest.mark.parametrize("variance, activation", [("2/n", "relu"), ("1/n", "tanh")])
def test_he_2016_fifty_six_plain_layers_train_and_test_worse_than_twenty(variance, activation):
    """The analogue in multilayer perceptrons of width 32; their gradient does not vanish (ReLU 1/n:
    1e-9).
    """
    shallow, deep = (
        np.array(
            [
                digits_error(L, activation, variance, s, EPOCHS_20, 32, gamma=0.05, batch=64)
                for s in SEEDS
            ]
        )
        for L in (20, 56)
    )
    assert (np.median(deep, axis=0) > np.median(shallow, axis=0) + 0.2).all()
    net = mlp((64, *[32] * 55, 10), activation, "cross_entropy")
    params = stack([initialise(net, np.random.default_rng(s), variance) for s in SEEDS])
    digits = data.digits()
    deltas = delta_sizes(
        backward(net, params, forward(net, params, digits.x[:128]), digits.d[:128]).delta
    )
    assert 0.02 < np.median(deltas[0] / deltas[-1]) < 50
