"""A cost J says how wrong the outputs are; its derivative says in which direction.

Both take the outputs `a` of the last layer and the targets `d`, shape (..., m, K), rows are
samples. `f` gives one number per sample, `df` the derivative of that number with respect to every
output. J is the mean of `f` over the samples. "cross_entropy" puts the softmax inside the cost: its
outputs are scores, and the last layer is linear.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

import numpy as np

from . import check
from .check import as_floats
from .params import join_leading_axes


@dataclass(frozen=True)
class Cost:
    """A cost per sample with its derivative, and the output activation that it expects.

    `f` and `df` are the formulas alone, for targets that `check` has taken: `network.loss` and
    whatever else takes targets from outside asks it first.
    """

    name: str  # by which it is found
    f: Callable  # f(a, d): (..., m)
    df: Callable  # df(a, d): (..., m, K)
    check: Callable  # check(outputs, d) raises ValueError for targets that the cost does not take
    output: str | None  # None: the same activation as the hidden layers


def softmax(scores):
    """Scores (..., K) to probabilities that add to 1; safe for scores of any size.

    Raises ValueError or TypeError if they are no array of finite numbers.
    """
    scores = check.array("scores", scores)
    if scores.ndim == 0 or scores.size == 0:
        raise ValueError(
            f"scores had shape {scores.shape}; the last axis must be the classes, and not empty."
        )
    return _softmax(scores)


def _softmax(scores):
    with np.errstate(under="ignore"):
        e = np.exp(_shift(scores))
        return e / e.sum(axis=-1, keepdims=True)


def _shift(scores):
    """Scores with 0 for the largest, so that no exponential overflows."""
    with np.errstate(over="ignore", invalid="ignore"):  # 1e308 and -1e308 are 2e308 apart
        return scores - scores.max(axis=-1, keepdims=True)


def _check_shapes(a, d):
    """Raise ValueError unless outputs and targets are of the same samples and classes."""
    for name, array in (("a", a), ("d", d)):
        if array.size == 0 or array.ndim == 0:
            raise ValueError(
                f"{name} had shape {array.shape}; it must be (samples, classes), and not empty."
            )
    if a.shape[-2:] != d.shape[-2:]:
        raise ValueError(f"a had shape {a.shape} and d {d.shape}; they must end in the same.")
    join_leading_axes("d", d, a.shape[:-2])


def _on_floats(function):
    """The function of outputs and targets for any arrays of numbers: whole ones become float64."""

    @wraps(function)
    def convert_and_call(a, d):
        a = as_floats("a", a)
        d = as_floats("d", d)
        if a.shape != d.shape or a.size == 0 or a.ndim == 0:
            _check_shapes(a, d)
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):  # of exploding outputs
            return function(a, d)

    return convert_and_call


@_on_floats
def _squared_error(a, d):
    return 0.5 * np.square(a - d).sum(axis=-1)  # M8, B18


@_on_floats
def _squared_error_derivative(a, d):
    return a - d


@_on_floats
def _cross_entropy(a, d):
    """-sum_k d_k ln softmax(a)_k; the largest score is taken out first, or it would swallow the
    others.
    """
    shifted = _shift(a)
    log_sum = np.log1p(_sum_but_one(np.exp(shifted)))[..., 0]
    # A class of probability 0 costs nothing, however far below the others its score is.
    return log_sum - np.where(d == 0, 0.0, shifted * d).sum(axis=-1)


@_on_floats
def _cross_entropy_derivative(a, d):
    """The delta of softmax and cross-entropy, p - d for p = softmax(a).

    Of the largest p it is (1 - d) - (1 - p), for 1 - p, the sum of the others, keeps its digits
    where that class is almost certain.
    """
    e = np.exp(_shift(a))
    rest = _sum_but_one(e)
    total = 1.0 + rest
    return np.where(e == 1.0, (1.0 - d) - rest / total, e / total - d)


def _sum_but_one(e):
    """The sum (..., 1) of exponentials (..., K) whose largest is 1, without one that is 1."""
    are_largest = e == 1.0
    small = np.where(are_largest, 0.0, e).sum(axis=-1, keepdims=True)
    return small + (are_largest.sum(axis=-1, keepdims=True, dtype=e.dtype) - 1.0)


def _check_nothing(outputs, d):
    """Squared error takes any targets."""


SUM = 1e-3  # by which the targets of cross-entropy may miss 1: float16 rounds to 3 digits


def _check_distribution(outputs, d):
    """Raise ValueError if targets are no distribution: J would have no lower bound (or be 0 for one
    class).
    """
    if outputs < 2:
        raise ValueError(
            f"cost was cross_entropy for {outputs} output; it needs an output for each class, so "
            "at least 2."
        )
    if d is None:
        return
    sums = d.sum(axis=-1)
    if (d < 0).any() or (np.abs(sums - 1.0) > SUM).any():
        raise ValueError(
            "d held a row that is no distribution; for cross_entropy the entries of every row must "
            "be 0 or more and add to 1."
        )


COSTS = {
    "squared_error": Cost(
        "squared_error", _squared_error, _squared_error_derivative, _check_nothing, output=None
    ),
    "cross_entropy": Cost(
        "cross_entropy",
        _cross_entropy,
        _cross_entropy_derivative,
        _check_distribution,
        output="linear",
    ),
}
