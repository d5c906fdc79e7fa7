"""A cost J says how wrong the outputs are; its derivative says in which direction.

Both take the outputs `a` of the last layer and the targets `d`, shape (..., m, K), rows are
samples. `f` gives one number per sample, `df` the derivative of that number with respect to every
output. J is the mean of `f` over the samples. "cross_entropy" puts the softmax inside the cost: its
outputs are scores, and the last layer is linear.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Cost:
    """A cost per sample with its derivative, and the output activation that it expects."""

    name: str
    f: Callable  # f(a, d): (..., m)
    df: Callable  # df(a, d): (..., m, K)
    output: str | None  # None: the same activation as the hidden layers


def softmax(scores):
    """Scores (..., K) to probabilities that add to 1; safe for scores of any size."""
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _log_sum_exp(scores):
    top = scores.max(axis=-1, keepdims=True)
    return top[..., 0] + np.log(np.exp(scores - top).sum(axis=-1))


def _squared_error(a, d):
    return 0.5 * np.square(a - d).sum(axis=-1)  # M8, B18


def _squared_error_derivative(a, d):
    return a - d


def _cross_entropy(a, d):
    return _log_sum_exp(a) - (a * d).sum(axis=-1)


def _cross_entropy_derivative(a, d):
    return softmax(a) - d


COSTS = {
    "squared_error": Cost("squared_error", _squared_error, _squared_error_derivative, output=None),
    "cross_entropy": Cost(
        "cross_entropy", _cross_entropy, _cross_entropy_derivative, output="linear"
    ),
}
