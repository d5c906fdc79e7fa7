"""One neuron with a step, and the rule that trains it (S1-S19).

    V = W . x + B,   Y = 1 if V > 0 else 0          (S2-S6; a point on the line gives 0)
    W(t+1) = W(t) + gamma (d - Y) x                  (S12; the lecture's line leaves gamma and x out, slip K6)

The bias is the weight of a constant input 1, and W[0] here. Training shows the samples one by one and
stops after an epoch whose mean |d - Y| is below `threshold` (the lecture calls that gamma too, slip K9).
"""

from dataclasses import dataclass

import numpy as np

from . import check


@dataclass(frozen=True)
class Presentation:
    """One sample shown: its `epoch` and `index`, output `y`, `error` d - y, and weights before and after."""

    epoch: int
    index: int
    y: int
    error: int
    before: np.ndarray
    after: np.ndarray


@dataclass(frozen=True)
class Training:
    """The whole history: `shown` one by one, `mistakes` per epoch, final weights `W`, and whether it stopped."""

    shown: tuple
    mistakes: tuple
    W: np.ndarray
    converged: bool


def with_constant(x):
    """x (m, n) with a leading column of ones, so that W[0] is the bias."""
    return np.concatenate([np.ones((len(x), 1)), x], axis=1)


def _checked(W, x):
    """W (n + 1, ...) and x (m, n) as arrays that fit each other; one sentence (ValueError, TypeError) otherwise."""
    W, x = check.array("W", W), check.array("x", x, (None, None))
    if W.shape[:1] != (x.shape[1] + 1,):
        raise ValueError(
            f"W had shape {W.shape}; it must hold a bias and {x.shape[1]} weights, one for each input."
        )
    return W, x


def _labels(d, x):
    d = check.array("d", d, (len(x),))
    if not np.isin(d, (0, 1)).all():
        raise ValueError(
            f"d held {d[~np.isin(d, (0, 1))][0]:g}; labels of the perceptron must be 0 or 1."
        )
    return d


def output(W, x):
    """Y in {0, 1} for samples x (m, n) and weights W (n + 1,), W[0] the bias."""
    W, x = _checked(W, x)
    return (with_constant(x) @ W > 0).astype(int)


def train_perceptron(x, d, W, gamma=1.0, threshold=1e-9, epochs=100, rng=None):
    """Train from weights W (n + 1,) on samples x (m, n) with labels d in {0, 1}; ValueError for other labels.

    `rng` shuffles the samples each epoch; None keeps their order.
    """
    (W, x), d = _checked(W, x), _labels(d, x)
    gamma = check.real("learning rate gamma", gamma, above=0)
    threshold = check.real("threshold", threshold, above=0)
    epochs = check.integer("epochs", epochs, 1, 100_000)
    X, labels, shown, mistakes = list(with_constant(x)), d.astype(int).tolist(), [], []
    for epoch in range(1, epochs + 1):
        wrong = 0
        for j in range(len(x)) if rng is None else rng.permutation(len(x)).tolist():
            y = int(W.dot(X[j]) > 0)
            error = labels[j] - y
            after = W + gamma * error * X[j] if error else W
            shown.append(Presentation(epoch, j, y, error, W, after))
            W, wrong = after, wrong + abs(error)
        mistakes.append(wrong)
        if wrong / len(x) < threshold:
            return Training(tuple(shown), tuple(mistakes), W, True)
    return Training(tuple(shown), tuple(mistakes), W, False)


def margin(W, x, d):
    """Smallest signed distance of a sample to the line, negative if one is on the wrong side (or W = 0)."""
    (W, x), d = _checked(W, x), _labels(d, x)
    size = np.linalg.norm(W[1:])
    return float(((2 * d - 1) * (with_constant(x) @ W)).min() / size) if size else 0.0


def mistake_bound(x, d, W):
    """Novikoff 1962: from W = 0, at most (R / m)^2 mistakes, if W separates; R, m with the constant input."""
    (W, x), d = _checked(W, x), _labels(d, x)
    X = with_constant(x)
    m = ((2 * d - 1) * (X @ W)).min() / (np.linalg.norm(W) or 1.0)
    return float((np.linalg.norm(X, axis=1).max() / m) ** 2) if m > 0 else np.inf
