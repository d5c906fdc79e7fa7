"""Every argument of every public function of the compute core, in every dress a number can wear.

Other types of the same numbers give the result of float64, bit for bit; what is no number is told
in one sentence that names the argument; the ends of float64 give a result or a sentence. No NumPy
warning anywhere, and the same results when the user has asked for errors instead.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest

from lecture_lib import (
    activations,
    chain,
    costs,
    data,
    gaussian,
    initialisers,
    network,
    optimisers,
    perceptron,
    theory,
    training,
)
from lecture_lib.chain_by_depth import first_gradient_by_depth
from lecture_lib.jacobian import carry_back, carry_forward, forward_decades
from lecture_lib.params import Params, stack
from lecture_lib.small_networks import illustration, worked_example
from lecture_lib.theory_residual import chi_with_skip, normalised_profile, profile_with_skip
from shared.results import numbers


@dataclass(frozen=True)
class Argument:
    """One argument of one function."""

    of: str  # the function, and which argument
    call: Callable  # call(value)
    good: object  # an array or a number of zeros and ones
    named: str  # how a sentence calls it, a regular expression
    passes_on: bool = False  # whether inf and nan are handed on: a network may explode


def rng():
    return np.random.default_rng(0)


XOR = data.gate("XOR")
ONE_HOT = np.eye(2)[[0, 1, 1, 0]]
NET = network.mlp((2, 2, 2), "tanh", "cross_entropy")
LINE = network.mlp((2, 2, 1), "relu")
W1 = np.array([[1.0, 0.0], [1.0, 1.0]])
W2 = np.array([[1.0, 0.0], [0.0, 1.0]])
B = np.array([[0.0, 1.0]])


def hold(W1=W1, b1=B):
    return Params((None, W1, W2), (None, b1, B))


TRACE = network.forward(NET, hold(), XOR.x)
SAMPLES = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
LABELS = np.array([0.0, 1.0, 1.0])
W4 = np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 1.0]])
EDGES = illustration.random_weights(rng())


def first_step(**options):
    return next(training.train(NET, **({"params": hold(), "x": XOR.x, "d": ONE_HOT} | options)))


def draw_inner(n_in=1, n_out=1, depth=1):
    return initialisers.sample_inner_weights(rng(), n_in, n_out, depth, "2/(nL)")


def elementwise():
    for F in (*activations.ACTIVATIONS.values(), activations.STEP):
        for name in ("f", "df", "value_and_derivative"):
            yield Argument(f"{F.name}.{name}: x", getattr(F, name), W1, "x", passes_on=True)
    for name, cost in costs.COSTS.items():
        for part, function in (("f", cost.f), ("df", cost.df)):
            yield Argument(f"{name}.{part}: a", lambda v, f=function: f(v, W2), W1, "a", True)
            yield Argument(f"{name}.{part}: d", lambda v, f=function: f(W1, v), W2, "d", True)
    yield Argument("norm: x", network.norm, W1, "x", passes_on=True)


ARRAYS = [
    *elementwise(),
    Argument("run_chain: W", lambda v: chain.run_chain(v, 1, "tanh"), W1, "W|depth"),
    Argument("run_chain: B", lambda v: chain.run_chain(W1, 1, "tanh", v), np.ones(2), "B"),
    Argument("first_gradient_by_depth: W", first_gradient_by_depth, W1, "W|depth"),
    Argument("softmax: scores", costs.softmax, W1, "scores"),
    Argument("forward: W", lambda v: network.forward(NET, hold(v), XOR.x), W1, r"W\[1\]"),
    Argument("forward: b", lambda v: network.forward(NET, hold(b1=v), XOR.x), B, r"b\[1\]"),
    Argument("forward: x", lambda v: network.forward(NET, hold(), v), XOR.x, "x"),
    Argument("targets: d", lambda v: network.targets(NET, TRACE, v), ONE_HOT, "d"),
    Argument("loss: d", lambda v: network.loss(NET, TRACE, v), ONE_HOT, "d"),
    Argument("backward: d", lambda v: network.backward(NET, hold(), TRACE, v), ONE_HOT, "d"),
    Argument(
        "backward: W", lambda v: network.backward(NET, hold(v), TRACE, ONE_HOT), W1, r"W\[1\]"
    ),
    Argument("stack: W", lambda v: stack([hold(v), hold(v)]), W1, r"W\[1\] of params number 1"),
    Argument("train: W", lambda v: first_step(params=hold(v)), W1, r"W\[1\]"),
    Argument("train: b", lambda v: first_step(params=hold(b1=v)), B, r"b\[1\]"),
    Argument("train: x", lambda v: first_step(x=v), XOR.x, "x|d"),
    Argument("train: d", lambda v: first_step(d=v), ONE_HOT, "d"),
    Argument("fit: W", lambda v: training.fit(NET, hold(v), XOR.x, ONE_HOT, 2), W1, r"W\[1\]"),
    Argument("fit: x", lambda v: training.fit(NET, hold(), v, ONE_HOT, 2), XOR.x, "x|d"),
    Argument("fit: d", lambda v: training.fit(NET, hold(), XOR.x, v, 2), ONE_HOT, "d"),
    Argument("error_rate: d", lambda v: training.error_rate(NET, hold(), XOR.x, v), ONE_HOT, "d"),
    Argument(
        "error_rate: W", lambda v: training.error_rate(NET, hold(v), XOR.x, ONE_HOT), W1, r"W\[1\]"
    ),
    Argument(
        "clip", lambda v: optimisers.clip(hold(v), 1), W1, r"an array of gradient|[Wb]\[1\]", True
    ),
    Argument(
        "step: params",
        lambda v: optimisers.step(optimisers.OPTIMISERS["gd"], hold(v), hold(), hold(), 1),
        W1,
        r"an array of params|[Wb]\[1\]|gradient",
        True,
    ),
    Argument(
        "init_state",
        lambda v: optimisers.init_state(optimisers.OPTIMISERS["momentum"], hold(v)),
        W1,
        r"an array of params|[Wb]\[1\]|gradient",
        True,
    ),
    Argument("with_constant: x", perceptron.with_constant, SAMPLES, "x"),
    Argument("output: W", lambda v: perceptron.output(v, SAMPLES), np.ones(3), "W"),
    Argument("output: x", lambda v: perceptron.output(np.ones(3), v), SAMPLES, "x|W"),
    Argument(
        "train_perceptron: x",
        lambda v: perceptron.train_perceptron(v, LABELS, np.ones(3)),
        SAMPLES,
        "x|d|W",
    ),
    Argument(
        "train_perceptron: d",
        lambda v: perceptron.train_perceptron(SAMPLES, v, np.ones(3)),
        LABELS,
        "d",
    ),
    Argument(
        "train_perceptron: W",
        lambda v: perceptron.train_perceptron(SAMPLES, LABELS, v),
        np.ones(3),
        "W",
    ),
    Argument("margin: W", lambda v: perceptron.margin(v, SAMPLES, LABELS), np.ones(3), "W"),
    Argument("margin: x", lambda v: perceptron.margin(np.ones(3), v, LABELS), SAMPLES, "x|W|d"),
    Argument(
        "mistake_bound: W", lambda v: perceptron.mistake_bound(SAMPLES, LABELS, v), np.ones(3), "W"
    ),
    Argument(
        "mistake_bound: d", lambda v: perceptron.mistake_bound(SAMPLES, v, np.ones(3)), LABELS, "d"
    ),
    Argument(
        "gradient_profile",
        lambda v: theory.gradient_profile("tanh", v, 1),
        np.ones(3),
        "weight_variances",
    ),
    Argument("carry_forward: W", lambda v: carry_forward(NET, hold(v), TRACE, W4), W1, r"W\[1\]"),
    Argument("carry_forward: nudge", lambda v: carry_forward(NET, hold(), TRACE, v), W4, "nudge"),
    Argument("carry_back", lambda v: carry_back(NET, hold(), TRACE, v, 2), W4, "vector"),
    Argument("forward_decades", lambda v: forward_decades(NET, hold(), TRACE, v), W4, "nudge"),
    Argument(
        "mlp: widths", lambda v: network.mlp(v), np.ones(3), r"widths|width of layer \d|depth"
    ),
]

GAMMA = "learning rate gamma"
NUMBERS = [
    Argument("run_chain: X", lambda v: chain.run_chain(W1, v), 1, "X"),
    Argument("first_gradient: X", lambda v: first_gradient_by_depth(W1, v), 1, "X"),
    Argument(
        "first_gradient: block",
        lambda v: first_gradient_by_depth(W1, block=v),
        1,
        "block",
    ),
    Argument("train: gamma", lambda v: first_step(gamma=v), 1, GAMMA),
    Argument("train: clip_at", lambda v: first_step(clip_at=v), 1, "clip_at"),
    Argument("train: batch", lambda v: first_step(batch=v, rng=rng()), 1, "batch"),
    Argument("fit: steps", lambda v: training.fit(NET, hold(), XOR.x, ONE_HOT, v), 1, "steps"),
    Argument("clip: threshold", lambda v: optimisers.clip(hold(), v), 1, "threshold"),
    Argument(
        "step: gamma",
        lambda v: optimisers.step(optimisers.OPTIMISERS["gd"], hold(), hold(), hold(), v),
        1,
        GAMMA,
    ),
    Argument(
        "train_perceptron: gamma",
        lambda v: perceptron.train_perceptron(SAMPLES, LABELS, np.ones(3), v),
        1,
        GAMMA,
    ),
    Argument(
        "train_perceptron: threshold",
        lambda v: perceptron.train_perceptron(SAMPLES, LABELS, np.ones(3), threshold=v),
        1,
        "threshold",
    ),
    Argument(
        "train_perceptron: epochs",
        lambda v: perceptron.train_perceptron(SAMPLES, LABELS, np.ones(3), epochs=v),
        1,
        "epochs",
    ),
    Argument("gaussian_mean: q", lambda v: gaussian.gaussian_mean(np.tanh, v), 1, "q"),
    Argument("next_q: q", lambda v: theory.next_q("tanh", v, 1), 1, "q"),
    Argument("next_q: variance", lambda v: theory.next_q("tanh", 1, v), 1, "weight_variance"),
    Argument("next_q: biases", lambda v: theory.next_q("tanh", 1, 1, v), 1, "bias_variance"),
    Argument("chi: q", lambda v: theory.chi("tanh", v, 1), 1, "q"),
    Argument("chi: variance", lambda v: theory.chi("tanh", 1, v), 1, "weight_variance"),
    Argument("fixed_point", lambda v: theory.fixed_point("tanh", v), 1, "weight_variance"),
    Argument("fixed_point: biases", lambda v: theory.fixed_point("tanh", 1, v), 1, "bias_variance"),
    Argument("fixed_point: start", lambda v: theory.fixed_point("tanh", 2, 0, v), 1, "start"),
    Argument("gradient_profile: q1", lambda v: theory.gradient_profile("tanh", [1], v), 1, "q1"),
    Argument("critical_variance", lambda v: theory.critical_variance("relu", v), 1, "low|high"),
    Argument("he_relu_typical_factor", theory.he_relu_typical_factor, 1, "width"),
    Argument("sample_weights: n_in", lambda v: initialisers.sample_weights(rng(), v, 1), 1, "n_in"),
    Argument(
        "sample_weights: n_out", lambda v: initialisers.sample_weights(rng(), 1, v), 1, "n_out"
    ),
    Argument(
        "initialise: bias_variance",
        lambda v: network.initialise(NET, rng(), bias_variance=v),
        1,
        "bias_variance",
    ),
    Argument("inner_weights: n_in", lambda v: draw_inner(n_in=v), 1, "n_in"),
    Argument("inner_weights: n_out", lambda v: draw_inner(n_out=v), 1, "n_out"),
    Argument("inner_weights: depth", lambda v: draw_inner(depth=v), 1, "depth"),
    Argument("cloud: samples", lambda v: data.cloud("moons", rng(), v).x, 2, "samples"),
    Argument("chi_with_skip: q", lambda v: chi_with_skip("relu", v, 1, 0.5), 1, "q"),
    Argument(
        "profile_with_skip", lambda v: profile_with_skip("relu", v, 0.5, 1, 3), 1, "weight_variance"
    ),
    Argument(
        "normalised_profile",
        lambda v: normalised_profile("batch", "tanh", v, 0.5, 1, 3),
        1,
        "weight_variance",
    ),
    Argument("load: seed", lambda v: data.load("blobs", v), 1, "seed"),
    Argument("one_round: X1", lambda v: illustration.one_round(EDGES, v), 1, "X1"),
    Argument("one_round: gamma", lambda v: illustration.one_round(EDGES, gamma=v), 1, GAMMA),
    Argument("example: gamma", worked_example.example, 1, GAMMA),
    Argument("example: W5", lambda v: worked_example.example(W5=v), 1, "W5"),
    Argument("repeat: updates", worked_example.repeat, 1, "updates"),
]


class Table:
    """What a DataFrame is to NumPy: something that gives its numbers when asked."""

    def __init__(self, values):
        self.values = values

    def __len__(self):
        return len(self.values)

    def __array__(self, dtype=None, copy=None):
        return np.array(self.values, dtype)


class Tensor:
    """An object that does not want to become an array."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("call detach() first")


FLOATS = ("f2", "f4", "g", ">f4", "<f8")
WHOLES = ("i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", ">i2")
# The same numbers in another dress.
SAME_ARRAY = {
    **{kind: lambda good, kind=kind: good.astype(kind) for kind in (*FLOATS, *WHOLES, "?", "O")},
    "list": lambda good: good.tolist(),
    "tuple": lambda good: tuple(map(tuple, good)) if good.ndim == 2 else tuple(good),
    "list of whole numbers": lambda good: good.astype(int).tolist(),
    "list of fractions": lambda good: np.vectorize(Fraction, "O")(good.astype(int)).tolist(),
    "table": Table,
    "masked nowhere": lambda good: np.ma.masked_array(good, np.zeros(good.shape, bool)),
    "column by column": np.asfortranarray,
    "every second": lambda good: np.repeat(good, 2, axis=-1)[..., ::2],
    "read only": lambda good: np.frombuffer(good.tobytes()).reshape(good.shape),
}
SAME_NUMBER = {
    **{kind: lambda good, kind=kind: np.dtype(kind).type(good) for kind in ("f2", "f4", "g", "f8")},
    **{kind: lambda good, kind=kind: np.dtype(kind).type(good) for kind in WHOLES},
    "int": int,
    "float": float,
    "fraction": Fraction,
}
# No numbers.
NONE_ARRAY = {
    "masked": lambda good: np.ma.masked_array(good, np.ones(good.shape, bool)),
    "text": lambda good: good.astype(str),
    "objects of text": lambda good: good.astype(str).astype(object),
    "complex": lambda good: good + 1j,
    "dates": lambda good: good.astype(int).astype("datetime64[D]"),
    "ragged": lambda good: [[1.0], [1.0, 0.0]],
    "none": lambda good: None,
    "objects of none": lambda good: np.full(good.shape, None),
    "a word": lambda good: "a",
    "a dict": lambda good: {},
    "a tensor": lambda good: Tensor(),
}
NOT_FINITE = {
    "nan": lambda good: good * np.nan,
    "inf": lambda good: np.where(good == 0, -np.inf, np.inf),
}
NONE_NUMBER = {
    "text": lambda good: "1",
    "none": lambda good: None,
    "list": lambda good: [1.0],
    "array": lambda good: np.array([1.0]),
    "complex": lambda good: 1 + 0j,
    "nan": lambda good: np.nan,
    "nan of float32": lambda good: np.float32("nan"),
    "inf": lambda good: np.inf,
    "masked": lambda good: np.ma.masked,
    "too large for a float": lambda good: 10**400,
    "negative and large": lambda good: -(10**400),
}
# The ends of the range: a result, or one sentence.
EDGE_ARRAY = {
    "empty": lambda good: np.empty((0, *good.shape[1:])),
    "no columns": lambda good: np.empty((*good.shape[:-1], 0)),
    "0-d": lambda good: np.array(1.0),
    "a number": lambda good: 1.0,
    "one axis more": lambda good: good[None],
    "huge": lambda good: good * 1e300,
    "largest": lambda good: good * 1.7e308,
    "negative and huge": lambda good: good * -1e300,
    "tiny": lambda good: good * 1e-300,
    "subnormal": lambda good: good * 5e-324,
    "unsigned and large": lambda good: np.full(good.shape, 2**64 - 1, np.uint64),
}
EDGE_NUMBER = {
    "huge": lambda good: 1e300,
    "negative": lambda good: -1.0,
    "negative and huge": lambda good: -1e300,
    "zero": lambda good: 0,
    "minus zero": lambda good: -0.0,
    "tiny": lambda good: 1e-300,
    "subnormal": lambda good: 5e-324,
    "truth": lambda good: True,
    "half": lambda good: 0.5,
}
# None is a choice there.
OPTIONAL = {"train: clip_at", "train: batch"}
MODES = {"warnings are errors": {}, "seterr raises": {"all": "raise"}}


def every(arguments):
    """A test for each argument; it goes through all dresses and names those that do not fit."""
    return pytest.mark.parametrize("argument", arguments, ids=[a.of for a in arguments])


def try_dresses(check, argument, dresses):
    """Nothing if `check` passes for every dress; the sentence of each that does not otherwise."""
    wrong = {}
    for name, dress in dresses.items():
        if name == "none" and argument.of in OPTIONAL:
            continue
        try:
            check(argument, dress(argument.good))
        except Exception as error:  # of any kind; the test says which
            wrong[name] = f"{type(error).__name__}: {error}"
    assert wrong == {}


def call_in(mode, argument, value):
    """All numbers of the result."""
    with np.errstate(**MODES[mode]):
        return numbers(argument.call(value))


def check_same(argument, value):
    right = call_in("warnings are errors", argument, argument.good)
    for mode in MODES:
        got = call_in(mode, argument, value)
        assert len(got) == len(right) > 0 or argument.named.startswith(("width", "batch"))
        for one, other in zip(got, right):
            np.testing.assert_allclose(one, other, rtol=accuracy(value), atol=0)


def accuracy(value):
    """float32 is computed with as it is by what works element by element; all else is float64."""
    is_single = getattr(value, "dtype", None) == np.float32
    return 1e-6 if is_single else 0.0


def check_sentence(argument, error):
    said = str(error)
    assert re.match(rf"({argument.named})(\[\d\])? (was|had|held) ", said), said
    assert said.endswith(".") and "\n" not in said and len(said) < 400, said


def check_told(argument, value):
    for mode in MODES:
        try:
            call_in(mode, argument, value)
        except (ValueError, TypeError) as error:
            check_sentence(argument, error)
        else:
            raise AssertionError("it was taken")


def check_no_event(argument, value):
    for mode in MODES:
        call_in(mode, argument, value)


def check_result_or_told(argument, value):
    for mode in MODES:
        try:
            result = call_in(mode, argument, value)
        except (ValueError, TypeError) as error:
            check_sentence(argument, error)
        else:
            assert not any(np.isnan(part).any() for part in result)


PASSING = [a for a in ARRAYS if a.passes_on]
HELD = [a for a in ARRAYS if not a.passes_on]


@every(ARRAYS)
def test_the_same_numbers_give_the_same_result(argument):
    try_dresses(check_same, argument, SAME_ARRAY)


@every(ARRAYS)
def test_what_is_no_array_of_numbers_is_told(argument):
    try_dresses(check_told, argument, NONE_ARRAY)


@every(HELD)
def test_what_is_not_finite_is_told(argument):
    try_dresses(check_told, argument, NOT_FINITE)


@every(PASSING)
def test_what_is_not_finite_is_no_event_where_a_network_may_explode(argument):
    try_dresses(check_no_event, argument, NOT_FINITE)


@every(ARRAYS)
def test_the_ends_of_the_range_give_a_result_or_a_sentence(argument):
    try_dresses(check_result_or_told, argument, EDGE_ARRAY)


@every(NUMBERS)
def test_the_same_number_gives_the_same_result(argument):
    try_dresses(check_same, argument, SAME_NUMBER)


@every(NUMBERS)
def test_what_is_no_number_is_told(argument):
    try_dresses(check_told, argument, NONE_NUMBER)


@every(NUMBERS)
def test_numbers_at_the_ends_of_their_range_give_a_result_or_a_sentence(argument):
    try_dresses(check_result_or_told, argument, EDGE_NUMBER)
