"""The door for weights and biases: whatever holds them, they come out as float64, or one sentence
says why not.
"""

import numpy as np
import pytest

from lecture_lib import data
from lecture_lib.network import backward, delta_sizes, forward, initialise, loss, mlp, stack
from lecture_lib.params import Params, check_params
from lecture_lib.training import error_rate, fit, train
from shared.slow_twin import close, problem

W1 = [[1, 0], [0, 1]]
W2 = [[1], [0]]


class Table:
    """What a DataFrame is to NumPy: something that gives its numbers when asked."""

    def __init__(self, rows):
        self.rows = rows

    def __array__(self, dtype=None, copy=None):
        return np.array(self.rows, dtype)


HOLDERS = {
    "float64": lambda rows: np.array(rows, float),
    "lists": lambda rows: rows,
    "int": np.array,
    "uint8": lambda rows: np.array(rows, np.uint8),
    "float32": lambda rows: np.array(rows, np.float32),
    "float16": lambda rows: np.array(rows, np.float16),
    "object": lambda rows: np.array(rows, object),
    "table": Table,
    "transposed": lambda rows: np.array(np.transpose(rows), float).T,
}


def hold(holder):
    """The smallest network, its numbers in this holder."""
    keep = HOLDERS[holder]
    return Params((None, keep(W1), keep(W2)), (None, keep([[0, 0]]), keep([[0]])))


@pytest.mark.parametrize("holder", HOLDERS)
def test_three_steps_of_rprop_are_right_whatever_holds_the_weights(holder):
    gate = data.gate("AND")
    net = mlp((2, 2, 1))
    end = fit(net, hold(holder), gate.x, gate.d, 3, optimiser="rprop", gamma=0.1).params
    # worked out by hand, from signs and steps of 0.1, 0.12 and 0.144
    close(end.W[1], [[0.636, 0.22], [-0.22, 1.22]])
    close(end.W[2], [[0.636], [-0.364]])
    close(end.b[2], [[-0.364]])


@pytest.mark.parametrize("holder", HOLDERS)
def test_every_pass_is_that_of_float64(holder):
    gate = data.gate("XOR")
    net = mlp((2, 2, 1), "tanh")
    params = hold(holder)
    right = hold("float64")
    trace = forward(net, params, gate.x)
    assert trace.a[-1].dtype == np.float64
    assert np.array_equal(trace.a[-1], forward(net, right, gate.x).a[-1])
    got = backward(net, params, trace, gate.d).gradient
    exact = backward(net, right, trace, gate.d).gradient
    assert all(map(np.array_equal, got.W[1:], exact.W[1:]))
    assert error_rate(net, params, gate.x, gate.d) == error_rate(net, right, gate.x, gate.d)
    assert loss(net, trace, gate.d.astype(int).tolist()) == loss(net, trace, gate.d)
    stacked = stack([params, params])
    assert stacked.W[1].dtype == np.float64 and stacked.W[1].shape == (2, 2, 2)


def test_what_fits_already_comes_back_itself():
    net, params, _, _ = problem()
    assert check_params(net, params) is params


def test_biases_without_leading_axes_serve_the_whole_stack():
    net, params, x, d = problem()
    W = (None, *(np.stack([w, 2 * w]) for w in params.W[1:]))
    both = Params(W, params.b)
    next(train(net, both, x, d))
    outputs = forward(net, both, x).a[-1]
    assert np.array_equal(outputs[0], forward(net, params, x).a[-1])


GOOD = np.eye(2)
B1 = np.zeros((1, 2))
B2 = np.zeros((1, 1))
COLUMN = np.ones((2, 1))
BAD = [
    (None, "params was None; it must be Params"),
    ("a", "params was 'a'; it must be Params"),
    (Params(None, (None, B1, B2)), "params held None; its W and b must be tuples"),
    (Params((None, GOOD), (None, B1)), "params had 1 layers; the network must have as many"),
    (Params((None, GOOD, COLUMN), (None, B1)), "params had 2 layers of weights and 1 of biases"),
    (Params((None, None, COLUMN), (None, B1, B2)), r"W\[1\] was None; it must be an array"),
    (Params((None, [["1", "0"], ["0", "1"]], COLUMN), (None, B1, B2)), r"W\[1\] was \[\['1'"),
    (Params((None, GOOD * np.nan, COLUMN), (None, B1, B2)), r"W\[1\] held nan at \[0, 0\]"),
    (Params((None, GOOD, COLUMN), (None, B1 + np.inf, B2)), r"b\[1\] held inf at \[0, 0\]"),
    (Params((None, GOOD, COLUMN), (None, B1[0], B2)), r"b\[1\] had shape \(2,\); it must end in"),
    (
        Params((None, np.stack([GOOD] * 2), np.stack([COLUMN] * 3)), (None, B1, B2)),
        r"W\[2\] had shape \(3, 2, 1\); its leading axes must be those of the stack, \(2,\)",
    ),
    (
        Params((None, np.zeros((0, 2, 2)), COLUMN), (None, B1, B2)),
        r"W\[1\] had shape \(0, 2, 2\); it must not be empty",
    ),
]


@pytest.mark.parametrize("params, sentence", BAD, ids=range(len(BAD)))
def test_what_cannot_be_parameters_is_told_wherever_they_enter(params, sentence):
    net = mlp((2, 2, 1))
    gate = data.gate("AND")
    trace = forward(net, hold("float64"), gate.x)
    for call in (
        lambda: forward(net, params, gate.x),
        lambda: backward(net, params, trace, gate.d),
        lambda: train(net, params, gate.x, gate.d),
        lambda: fit(net, params, gate.x, gate.d, 3),
        lambda: error_rate(net, params, gate.x, gate.d),
    ):
        with pytest.raises((ValueError, TypeError), match=f"^{sentence}.*\\.$"):
            call()


def test_samples_and_targets_must_fit_the_stack():
    net, params, x, d = problem()
    both = stack([params, params])
    trace = forward(net, both, x)
    threefold = np.stack([x] * 3)
    with pytest.raises(ValueError, match="^x had shape .* its leading axes must be"):
        forward(net, both, threefold)
    with pytest.raises(ValueError, match="^d had shape .* its leading axes must be"):
        loss(net, trace, np.stack([d] * 3))
    with pytest.raises(ValueError, match="^d had shape .* its leading axes must be"):
        backward(net, both, trace, np.stack([d] * 3))


def test_only_sets_of_one_shape_can_be_stacked():
    rng = np.random.default_rng(0)
    small = initialise(mlp((2, 2, 1)), rng)
    wide = initialise(mlp((2, 3, 1)), rng)
    deep = initialise(mlp((2, 2, 2, 1)), rng)
    for sets, sentence in (
        ([], "params had no entries"),
        ([small, wide], r"params number 2 had W\[1\] of shape \(2, 3\); it must be \(2, 2\)"),
        ([small, small, deep], "params number 3 had 3 layers"),
        ([small, None], "params number 2 was None"),
        (small, "params was Params"),
        (None, "params was None"),
        ("ab", "params was 'ab'"),
    ):
        with pytest.raises((ValueError, TypeError), match=f"^{sentence}.*\\.$"):
            stack(sets)


def test_what_is_no_network_or_trace_is_told():
    net, params, x, d = problem()
    with pytest.raises(TypeError, match="^net was None"):
        forward(None, params, x)
    with pytest.raises(TypeError, match="^net was 'a'"):
        train("a", params, x, d)
    with pytest.raises(TypeError, match="^trace was None"):
        loss(net, None, d)
    with pytest.raises(TypeError, match="^rng was 5; it must be a numpy Generator"):
        initialise(net, 5)
    with pytest.raises(TypeError, match="^deltas was None"):
        delta_sizes(None)
