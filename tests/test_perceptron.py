"""One neuron and its learning rule, against a loop that writes every product out."""

from fractions import Fraction

import numpy as np
import pytest

from lecture_lib.data import GATES, gate
from lecture_lib.perceptron import margin, mistake_bound, output, train_perceptron


def by_hand(x, d, W, gamma, epochs):
    """The rule one number at a time: weights after each sample, and mistakes an epoch; stops at 0
    mistakes.
    """
    W = [float(w) for w in W]
    history = []
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for sample, target in zip(x.tolist(), d.tolist()):
            V = W[0] + sum(w * value for w, value in zip(W[1:], sample))
            error = target - (1 if V > 0 else 0)
            W = [
                W[0] + gamma * error,
                *(w + gamma * error * value for w, value in zip(W[1:], sample)),
            ]
            history.append(W)
            wrong += abs(error)
        mistakes.append(wrong)
        if wrong == 0:
            break
    return history, mistakes


def separable(seed, samples=60, inputs=3, gap=0.1):
    """Random samples, none nearer than `gap` to a random plane."""
    rng = np.random.default_rng(seed)
    W = rng.standard_normal(inputs + 1)
    x = rng.uniform(-2, 2, (50 * samples, inputs))
    V = (x @ W[1:] + W[0]) / np.linalg.norm(W)
    x, V = x[np.abs(V) > gap][:samples], V[np.abs(V) > gap][:samples]
    return x, (V > 0).astype(int), W


@pytest.mark.parametrize("seed", range(6))
def test_rule_is_the_loop(seed):
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((15, 4))
    d = rng.integers(0, 2, 15)
    W = rng.standard_normal(5)
    run = train_perceptron(x, d, W, gamma=0.3, epochs=20)
    history, mistakes = by_hand(x, d, W, 0.3, 20)
    np.testing.assert_allclose([one.after for one in run.shown], history, rtol=1e-12, atol=1e-13)
    assert list(run.mistakes) == mistakes and run.converged == (mistakes[-1] == 0)
    np.testing.assert_array_equal(run.W, run.shown[-1].after)
    for one, following in zip(run.shown, run.shown[1:]):
        assert following.before is one.after and one.error == d[one.index] - one.y


@pytest.mark.parametrize("name", GATES)
def test_rule_is_the_loop_where_sums_are_exactly_zero(name):
    points = gate(name)
    run = train_perceptron(points.x, points.labels, np.zeros(3), epochs=20)
    history, mistakes = by_hand(points.x, points.labels, np.zeros(3), 1.0, 20)
    assert [one.after.tolist() for one in run.shown] == history and list(run.mistakes) == mistakes


def test_point_on_the_line_gives_0():
    W = np.array([-1.0, 1.0, 0.0])
    assert output(W, np.array([[1.0, 5.0], [1.0 + 1e-9, 5.0], [0.0, 0.0]])).tolist() == [0, 1, 0]


@pytest.mark.parametrize("name", GATES)
def test_gates_are_learned_but_not_xor(name):
    points = gate(name)
    for seed in range(20):
        start = np.random.default_rng(seed).standard_normal(3)
        run = train_perceptron(points.x, points.labels, start, epochs=200)
        assert run.converged == (name != "XOR")
        assert (min(run.mistakes) > 0) == (name == "XOR")


def test_threshold_stops_after_the_first_epoch_below_it():
    rng = np.random.default_rng(1)
    x = rng.standard_normal((40, 2))
    d = rng.integers(0, 2, 40)
    W = np.ones(3)
    long = np.array(train_perceptron(x, d, W, epochs=60).mistakes) / 40
    for threshold in (0.9, 0.45, 0.4):
        run = train_perceptron(x, d, W, threshold=threshold, epochs=60)
        below = np.flatnonzero(long < threshold)
        assert run.converged == (len(below) > 0)
        assert len(run.mistakes) == (below[0] + 1 if len(below) else 60)
    at = float(long[0])  # exactly at the threshold is not below it
    assert len(train_perceptron(x, d, W, threshold=at, epochs=60).mistakes) > 1


@pytest.mark.parametrize("gap", [0.1, 0.3])
def test_mistakes_stay_below_novikoffs_bound(gap):
    for seed in range(24):
        x, d, W = separable(seed, gap=gap)
        X = np.column_stack([np.ones(len(x)), x])
        signed = min((1 if t else -1) * (row @ W) / np.sqrt(W @ W) for row, t in zip(X, d))
        bound = max(row @ row for row in X) / signed**2
        assert mistake_bound(x, d, W) == pytest.approx(bound, rel=1e-12)
        for shuffle in (None, np.random.default_rng(seed)):
            run = train_perceptron(x, d, np.zeros(4), epochs=5000, rng=shuffle)
            assert run.converged and 1 <= sum(run.mistakes) <= bound
            assert (output(run.W, x) == d).all() and margin(run.W, x, d) > -1e-12
            assert sum(run.mistakes) <= mistake_bound(x, d, run.W)  # any separating W gives a bound


def test_from_zero_the_learning_rate_changes_no_decision():
    for seed in range(20):
        x, d, _ = separable(seed)
        runs = [train_perceptron(x, d, np.zeros(4), gamma=gamma) for gamma in (1.0, 0.25)]
        assert [one.y for one in runs[0].shown] == [one.y for one in runs[1].shown]
        np.testing.assert_allclose(runs[1].W, 0.25 * runs[0].W, rtol=1e-12, atol=1e-12)


def test_margin_and_bound_by_hand():
    x, d = np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([0, 1])
    W = np.array([-10.0, 3.0, 4.0])  # distances 2 and 3
    assert margin(W, x, d) == pytest.approx(2.0) and margin(W, x, 1 - d) == pytest.approx(-3.0)
    assert margin(np.array([1.0, 0.0, 0.0]), x, d) == 0.0
    assert mistake_bound(x, 1 - d, W) == np.inf and mistake_bound(x, d, np.zeros(3)) == np.inf


@pytest.mark.parametrize(
    "changed, told",
    [
        ({"d": [0, 2]}, "0 or 1"),
        ({"d": [-1, 1]}, "0 or 1"),
        ({"d": [0.5, 1]}, "0 or 1"),
        ({"d": [0]}, "shape"),
        ({"x": np.zeros((0, 2)), "d": []}, "not empty"),
        ({"x": [1.0, 2.0]}, "shape"),
        ({"W": [0, 0]}, "shape"),
        ({"x": [[0, np.nan], [1, 1]]}, "finite"),
        ({"gamma": 0}, "gamma"),
        ({"threshold": 0}, "threshold"),
        ({"epochs": 0}, "epochs"),
    ],
)
def test_wrong_arguments_are_told(changed, told):
    given = {"x": [[0, 0], [1, 1]], "d": [0, 1], "W": [0, 0, 0]} | changed
    with pytest.raises(ValueError, match=told):
        train_perceptron(**given)


def test_arguments_stay_as_they_were():
    x = np.array([[0.0, 1.0], [1.0, 0.0]])
    d = np.array([0.0, 1.0])
    W = np.zeros(3)
    train_perceptron(x, d, W)
    assert W.tolist() == [0, 0, 0] and x.tolist() == [[0, 1], [1, 0]] and d.tolist() == [0, 1]


def test_numbers_whose_products_leave_float64_are_told():
    with np.errstate(all="raise"):
        for x, W, gamma in (
            ([[1e200], [-1e200]], [0.0, 0.0], 1.0),
            ([[1.0], [-1.0]], [0.0, 1e200], 1.0),
            ([[1.0], [-1.0]], [0.0, 0.0], 1e200),
        ):
            with pytest.raises(ValueError, match="^(x|W|learning rate gamma) (held|was) .*\\.$"):
                train_perceptron(x, [1, 0], W, gamma)


@pytest.mark.parametrize("size", (1e-200, 1e-160, 1.0, 1e80))
def test_the_margin_of_weights_and_samples_of_any_size(size):
    x = size * np.array([[3.0, 4.0], [-3.0, -4.0]])
    with np.errstate(all="raise", under="ignore"):
        assert margin([0.0, 0.6, 0.8], x, [1, 0]) == pytest.approx(5 * size, rel=1e-12)
        assert margin([0.0, 6 * size, 8 * size], x / size, [1, 0]) == pytest.approx(5, rel=1e-12)
        # R^2 = 1 + 25 size^2 and m = 5 size, with the constant input
        bound = mistake_bound(x, [1, 0], [0.0, 0.6, 0.8])
    expected = (1 + 25 * size**2) / (25 * size**2) if size > 1e-150 else np.inf
    assert bound == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("W", (np.eye(3), np.zeros((3, 1)), np.zeros((1, 3)), 0.0, None, "abc"))
def test_weights_of_another_shape_are_told(W):
    x = [[0.0, 1.0], [1.0, 0.0]]
    for call in (
        lambda: train_perceptron(x, [0, 1], W),
        lambda: margin(W, x, [0, 1]),
        lambda: mistake_bound(x, [0, 1], W),
    ):
        with pytest.raises((ValueError, TypeError), match="^W (was|had) .*\\.$"):
            call()
    with pytest.raises(TypeError, match="^rng was 5"):
        train_perceptron(x, [0, 1], [0.0, 0.0, 0.0], rng=5)


def test_several_neurons_answer_at_once():
    x = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0]])
    W = np.random.default_rng(0).standard_normal((3, 4))
    assert np.array_equal(output(W, x), np.stack([output(w, x) for w in W.T], axis=1))


def exact_sums(W, x):
    """W . (1, x) in fractions, for each sample."""
    return [
        Fraction(W[0]) + sum(Fraction(w) * Fraction(v) for w, v in zip(W[1:], row)) for row in x
    ]


TINY_SIZES = (1.0, 1e-160, 1e-200, 1e-308, 5e-324)


@pytest.mark.parametrize("mode", ("warn", "raise"))
@pytest.mark.parametrize("small_W", TINY_SIZES)
@pytest.mark.parametrize("small_x", TINY_SIZES)
def test_sums_below_float64_keep_their_sign(small_W, small_x, mode):
    rng = np.random.default_rng(0)
    W = rng.integers(-2, 3, (3, 6)) * small_W
    W[0] *= rng.random(6) < 0.5
    x = rng.integers(-2, 3, (40, 2)) * small_x
    with np.errstate(all=mode):
        together = output(W, x)
        for k in range(6):
            right = [int(total > 0) for total in exact_sums(W[:, k].tolist(), x.tolist())]
            assert output(W[:, k], x).tolist() == together[:, k].tolist() == right
            shown = train_perceptron(x, right, W[:, k], epochs=1)
            assert shown.mistakes == (0,) and [p.y for p in shown.shown] == right


@pytest.mark.parametrize("mode", ("warn", "raise"))
@pytest.mark.parametrize("size", (1e-320, 1e-300, 1e-200, 1e-160, 1.0, 1e80))
def test_the_margin_of_tiny_weights_and_samples(size, mode):
    with np.errstate(all=mode):
        assert margin([0, size], [[size]], [1]) == pytest.approx(size, rel=1e-12)
        assert margin([0, size, 0], [[3, 1], [-2, 5]], [1, 0]) == pytest.approx(2.0, rel=1e-12)
        assert mistake_bound([[1.0], [-1.0]], [1, 0], [0, size]) == pytest.approx(2.0, rel=1e-12)
        assert mistake_bound([[size]], [0], [1, size]) == np.inf


def test_many_samples_on_the_line_are_answered_at_once():
    x = np.random.default_rng(0).normal(size=(100_000, 2))
    assert not output([0.0, 0.0, 0.0], x).any()
