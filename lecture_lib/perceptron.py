"""One neuron with a step, and the rule that trains it (S1-S19).

    V = W . x + B,   Y = 1 if V > 0 else 0          (S2-S6; a point on the line gives 0)
    W(t+1) = W(t) + gamma (d - Y) x           (S12; the lecture leaves gamma and x out, slip K6)

The bias is the weight of a constant input 1, and W[0] here. Training shows the samples one by one
and stops after an epoch whose mean |d - Y| is below `threshold` (the lecture calls that gamma too,
slip K9).
"""

from dataclasses import dataclass
from fractions import Fraction
from math import frexp, hypot

import numpy as np

from . import check
from .quiet import quiet


@dataclass(frozen=True)
class Presentation:
    """One sample shown."""

    epoch: int  # from 1
    index: int  # of the sample
    y: int  # the output
    error: int  # d - y (S13)
    before: np.ndarray  # (n + 1,): the weights before
    after: np.ndarray  # and after it


@dataclass(frozen=True)
class Training:
    """The whole history of a training."""

    shown: tuple  # of Presentation
    mistakes: tuple  # per epoch
    W: np.ndarray  # (n + 1,): the weights at the end
    converged: bool  # whether it stopped by itself


def with_constant(x):
    """x (m, n) with a leading column of ones, so that W[0] is the bias."""
    x = check.array("x", x, (None, None))
    return np.concatenate([np.ones((len(x), 1)), x], axis=1)


TINY = 1e-290  # a sum that is closer to 0 may have lost products that float64 does not hold
LARGEST = 1e90  # number that is taken: products of three, and sums of many, are far from the end


def _check_sizes(name, array):
    """Raise ValueError if a number is too large for its square to be one."""
    top = np.abs(array).max(initial=0.0)
    if top > LARGEST:
        raise ValueError(f"{name} held {top:g}; every entry must lie between -1e90 and 1e90.")


def _check_fit(W, x, neurons=1):
    """W (n + 1,) and x (m, n) as arrays that fit each other; W may be (n + 1, k) for `neurons` =
    None, any number of them.

    Raises ValueError or TypeError otherwise.
    """
    W = check.array("W", W)
    x = check.array("x", x, (None, None))
    inputs = x.shape[1]
    is_one = W.shape == (inputs + 1,)
    are_many = neurons is None and W.ndim == 2 and len(W) == inputs + 1
    if not is_one and not are_many:
        raise ValueError(
            f"W had shape {W.shape}; it must hold a bias and {inputs} weights, one for each input."
        )
    _check_sizes("W", W)
    _check_sizes("x", x)
    return W, x


def _check_labels(d, x):
    """d (m,) as an array of 0 and 1; raises ValueError or TypeError otherwise."""
    d = check.array("d", d, (len(x),))
    is_label = np.isin(d, (0, 1))
    if not is_label.all():
        wrong = d[~is_label][0]
        raise ValueError(f"d held {wrong:g}; labels of the perceptron must be 0 or 1.")
    return d


def output(W, x):
    """Y in {0, 1} for samples x (m, n) and weights W (n + 1,), W[0] the bias (S2-S6).

    W (n + 1, k) are k neurons, and Y is (m, k) then.
    Raises ValueError or TypeError for arguments that do not fit.
    """
    W, x = _check_fit(W, x, neurons=None)
    X = with_constant(x)
    with np.errstate(under="ignore"):
        V = X @ W  # S5
        Y = (V > 0).astype(int)
        if (np.abs(V) < TINY).any() and _find_least(W) * _find_least(X) < TINY:
            _answer_tiny_sums(Y, V, W, X)
    return Y


def _find_least(array):
    """The smallest size of an entry that is not 0; inf if there is none."""
    return np.abs(array[array != 0]).min(initial=np.inf)


def _answer_tiny_sums(Y, V, W, X):
    """Put into Y the answers of the sums V = X @ W that have lost products below float64."""
    for place in zip(*np.nonzero(np.abs(V) < TINY)):
        Y[place] = _answer(W[:, *place[1:]], X[place[0]])


def _answer(W, x):
    """The answer to one sample x, its constant included, whatever the size of the products."""
    V = W.dot(x)
    if -TINY < V < TINY:
        pairs = list(zip(W.tolist(), x.tolist()))
        if any(w and entry and abs(w * entry) < TINY for w, entry in pairs):
            V = sum(Fraction(w) * Fraction(entry) for w, entry in pairs)
    return int(V > 0)


def _learn(W, gamma, error, x):
    """The weights after one sample, by the delta rule."""
    return W if error == 0 else W + gamma * error * x  # S12


@quiet("under")
def train_perceptron(x, d, W, gamma=1.0, threshold=1e-9, epochs=100, rng=None):
    """Train from weights W (n + 1,) on samples x (m, n) with labels d (m,) in {0, 1}, and return a
    Training.

    It stops after `epochs` epochs, or after one whose share of mistakes is below `threshold`. `rng`
    shuffles the samples in each epoch; None keeps their order. Raises ValueError or TypeError for
    arguments that do not fit.
    """
    W, x = _check_fit(W, x)
    d = _check_labels(d, x)
    gamma = check.real("learning rate gamma", gamma, high=LARGEST, above=0)
    threshold = check.real("threshold", threshold, above=0)
    epochs = check.integer("epochs", epochs, 1, 100_000)
    if rng is not None:
        check.generator("rng", rng)
    X = list(with_constant(x))
    labels = d.astype(int).tolist()
    shown = []
    mistakes = []
    for epoch in range(1, epochs + 1):
        order = range(len(x)) if rng is None else rng.permutation(len(x)).tolist()
        new = _show_all(W, X, labels, gamma, epoch, order)
        shown += new
        W = new[-1].after
        mistakes.append(sum(abs(one.error) for one in new))
        if mistakes[-1] / len(x) < threshold:  # S14
            return Training(tuple(shown), tuple(mistakes), W, True)
    return Training(tuple(shown), tuple(mistakes), W, False)


def _show_all(W, X, labels, gamma, epoch, order):
    """The Presentations of one epoch, from the weights W."""
    shown = []
    for j in order:
        y = _answer(W, X[j])  # S11
        error = labels[j] - y  # S13
        after = _learn(W, gamma, error, X[j])  # S12
        shown.append(Presentation(epoch, j, y, error, W, after))
        W = after
    return shown


def margin(W, x, d):
    """Smallest signed distance of a sample to the line, negative if one is on the wrong side (or W
    = 0).
    """
    W, x = _check_fit(W, x)
    d = _check_labels(d, x)
    size = hypot(*W[1:])  # squares nothing that could vanish
    if not size:
        return 0.0
    return _find_smallest(W, with_constant(x), d, size)


def _find_smallest(W, X, d, size):
    """The smallest signed sum over `size`; a power of two is taken out of both first."""
    _, exponent = frexp(size)
    with np.errstate(under="ignore", over="ignore"):
        signed = (2 * d - 1) * (X @ np.ldexp(W, -exponent))
        return float(signed.min() / np.ldexp(size, -exponent))


def mistake_bound(x, d, W):
    """The most mistakes of a training from W = 0, if W separates: (R / rho)^2 (Novikoff 1962); inf
    if it does not.

    R is the longest sample and rho the smallest margin, both with the constant input.
    """
    W, x = _check_fit(W, x)
    d = _check_labels(d, x)
    X = with_constant(x)
    rho = _find_smallest(W, X, d, hypot(*W) or 1.0)
    if rho <= 0:
        return np.inf
    with np.errstate(over="ignore", under="ignore"):
        R = np.linalg.norm(X, axis=1).max()
        return float(np.square(R / rho))
