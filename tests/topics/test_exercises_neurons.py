"""The model answers of notebooks 01 and 02 are those of the library, which has oracles of its
own.
"""

import numpy as np
import pytest

from lecture_lib.data import gate
from lecture_lib.exercises import EXERCISES
from lecture_lib.network import Params, forward, initialise, loss, mlp
from lecture_lib.perceptron import output, train_perceptron
from lecture_lib.topics.multilayer_perceptron.compute.nested_formula import compute_nested_formula
from lecture_lib.topics.single_layer_perceptron.compute.decision_boundary import (
    compute_decision_boundary,
)
from lecture_lib.topics.single_layer_perceptron.compute.neuron import compute_neuron

RNG = np.random.default_rng(1)
right = {name: exercise.right for name, exercise in EXERCISES.items()}
solution = {name: exercise.solution for name, exercise in EXERCISES.items()}


def test_one_neuron():
    assert right["neuron_sum"] == compute_neuron(0.5, 3, 0.75, X2=-1, W2=2).V + 2 * -1
    for W1, W2, X1, X2, B in [(2, 1, 3, 1, -7), *RNG.integers(-3, 4, (50, 5)).tolist()]:
        mine = right["step_neuron"](np.array([W1, W2]), np.array([X1, X2]), B)
        assert (
            mine
            == output(np.array([B, W1, W2]), np.array([[X1, X2]]))[0]
            == compute_neuron(X1, W1, B, X2=X2, W2=W2).Y
        )


def test_its_line():
    for angle, length, B in ((30, 2.0, 1.5), (-100, 0.5, -0.7)):
        one = compute_decision_boundary(angle=angle, length=length, B=B)
        assert right["line_offset"](one.W[1:], B) == pytest.approx(one.offset)
        twice = compute_decision_boundary(angle=angle, length=2 * length, B=2 * B)
        assert twice.offset == pytest.approx(one.offset)
        moved = compute_decision_boundary(angle=angle, length=2 * length, B=-B)
        assert moved.offset == pytest.approx(-one.offset / 2) and right["moved_line"] == "b"
        x = RNG.normal(size=(500, 2))
        # The sigmoid in place of the step: the same border
        graded = 1 / (1 + np.exp(-(x @ one.W[1:] + B)))
        assert ((graded > 0.5) == output(one.W, x)).all() and right["sigmoid_layer"] == "b"
    np.testing.assert_array_equal(output(right["nand_line"], gate("NAND").x), gate("NAND").labels)
    assert "B = 1.5, W₁ = −1, W₂ = −1" in solution["nand_line"]


def test_its_training():
    x = RNG.normal(size=(30, 2))
    d = RNG.integers(0, 2, 30)
    start = RNG.normal(size=3)
    run = train_perceptron(x, d, start, gamma=0.3, epochs=3)
    for one in run.shown:
        after = right["learning_rule"](one.before, np.array([1, *x[one.index]]), d[one.index], 0.3)
        np.testing.assert_allclose(after, one.after, rtol=1e-12)
    y = output(start, x)
    assert right["mean_error"](d, y) == sum(a != b for a, b in zip(d, y)) / 30
    hand = train_perceptron([[2, 1]], [0], [0.5, 1, -2], gamma=0.5, epochs=1)
    np.testing.assert_array_equal(right["step_by_hand"], hand.W)


@pytest.mark.parametrize(
    ("name", "line"), [("xor_output", [-0.5, 1, -1]), ("xor_line", [1, -1, -0.5])]
)
def test_two_answers_combined(name, line):
    x = gate("XOR").x
    H = np.stack([gate("OR").labels, gate("AND").labels], axis=1)
    np.testing.assert_array_equal(right[name], line)
    np.testing.assert_array_equal(output(np.array([-0.5, 1, -1]), H), gate("XOR").labels)
    for part in ("W₁ = 1", "W₂ = −1", "B = −0.5"):
        assert part in solution[name]
    assert len(x) == 4 and EXERCISES[name](5 * np.array(line)).right


@pytest.mark.parametrize("name", ["nand_line", "xor_output", "xor_line"])
def test_every_line_gets_a_sentence_about_its_outputs(name):
    """No line that is tried is called none of the usual mistakes and left at that."""
    for line in RNG.normal(size=(300, 3)):
        said = repr(EXERCISES[name](line))
        assert said.startswith(("Right", "Not yet")) and ("Yours gives" in said) == (
            "should be" in said
        )


def test_the_small_networks():
    params = initialise(mlp((4, 5, 2)), RNG, "1", bias_variance=1.0)
    assert right["count_parameters"] == sum(p.size for p in (*params.W[1:], *params.b[1:]))
    other = compute_nested_formula(X1=2.0, X2=-1.0, X3=0.5)
    assert right["hidden_sum"] == pytest.approx(other.v["V2"])
    assert (
        np.array_equal(compute_nested_formula(X1=0.0, X2=0.0, X3=0.0).v["H1"], 0.5)
        and right["no_bias"] == "b"
    )
    W, w, X = RNG.normal(size=(3, 2)), RNG.normal(size=2), RNG.normal(size=3)
    weights = Params((None, W, w[:, None]), (None, np.zeros((1, 2)), np.zeros((1, 1))))
    assert right["network_321"](X, W, w) == pytest.approx(
        forward(mlp((3, 2, 1)), weights, X[None]).a[2].item()
    )
    linear = forward(mlp((3, 2, 1), "linear", output="linear"), weights, X[None]).a[2].item()
    assert right["collapse"](W, w) @ X == pytest.approx(linear)


def test_the_cost():
    net = mlp((1, 3))
    Y = RNG.uniform(size=3)
    d = RNG.uniform(size=3)
    trace = forward(net, initialise(net, RNG, "1"), np.ones((1, 1)))
    assert right["cost"](trace.a[1][0], d) == pytest.approx(loss(net, trace, d[None]).item())
    assert right["cost"](Y, Y) == 0 and right["cost"](Y, d) > 0
    differences = 0.5 - gate("XOR").labels
    found = f"{differences.sum():g} and {np.mean(0.5 * differences**2):g}"
    assert EXERCISES["why_square"].choices[right["why_square"]] == found
    answers = np.linspace(0, 1, 10_001)[:, None]
    assert right["shared_place"] == pytest.approx(
        (0.5 * (answers - [0, 1, 1]) ** 2).sum(axis=1).min() / 4, rel=1e-6
    )
