"""Training is a loop of forward, backward, step; `train` yields a record of each step and holds no more.

A caller can show progress, stop, or resume: the same seed gives the same run however it is cut into pieces,
for all the randomness is in the order of the samples.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from . import check
from .network import Backward, Params, backward, delta_sizes, forward, loss, norm
from .optimisers import OPTIMISERS, clip, start
from .optimisers import step as take_step


@dataclass(frozen=True)
class Step:
    """One step k = 1, 2, ...: `loss` on its batch before it, the `back`ward pass, `old` and new `params`.

    The sizes by layer (entry 0 is layer 1) are computed when asked for.
    """

    k: int
    epoch: float
    loss: float
    params: Params
    old: Params = field(repr=False)
    back: Backward = field(repr=False)

    @property
    def diverged(self):
        return not (np.isfinite(self.loss) and all(np.isfinite(w).all() for w in self.params.W[1:]))

    @cached_property
    def delta(self):
        """||delta_l|| by layer."""
        return np.array(delta_sizes(self.back.delta))

    @cached_property
    def gradient(self):
        """||dJ/dW_l|| by layer."""
        return np.array([norm(g) for g in self.back.gradient.W[1:]])

    @cached_property
    def update_ratio(self):
        """||change of W_l|| / ||W_l|| by layer."""
        pairs = list(zip(self.old.W[1:], self.params.W[1:]))
        return np.array([norm(new - old) / norm(old) for old, new in pairs])

    @cached_property
    def unmoved(self):
        """Share of the weights of each layer that this step left the same bit for bit (V18)."""
        return np.array([(new == old).mean() for old, new in zip(self.old.W[1:], self.params.W[1:])])


@dataclass(frozen=True)
class History:
    """What `fit` collected: arrays with one row a step, the last `params`, and how the run ended."""

    loss: np.ndarray
    delta: np.ndarray
    gradient: np.ndarray
    update_ratio: np.ndarray
    error: np.ndarray
    params: Params
    diverged_at: int | None

    def __str__(self):
        if self.diverged_at:
            return f"diverged at step {self.diverged_at}"
        return f"{len(self.loss)} steps, loss {self.loss[0]:.3g} -> {self.loss[-1]:.3g}"


def train(net, params, x, d, gamma=0.1, optimiser="gd", batch=None, rng=None, clip_at=None):
    """Yield a `Step` for ever, or until the numbers are no longer finite (that step is yielded last).

    `batch` samples a step, drawn without replacement each epoch by `rng`; None takes all samples every time.
    Rprop needs the full batch: its signs mean nothing on a noisy gradient.
    """
    gamma = check.number("learning rate gamma", gamma, above=0)
    rule = OPTIMISERS[check.one_of("optimiser", optimiser, tuple(OPTIMISERS))]
    x = check.array("x", x, (None, net.widths[0]))
    d = check.array("d", d, (len(x), net.widths[-1]))
    size = len(x) if batch is None else min(check.whole("batch", batch, 1, 10**6), len(x))
    if batch is not None and rng is None:
        raise ValueError("rng was None; batches are drawn at random, so it must be a numpy Generator.")
    if clip_at is not None:
        clip_at = check.number("clip_at", clip_at, above=0)
    return _steps(net, params, x, d, gamma, rule, size, rng if batch is not None else None, clip_at)


def _steps(net, params, x, d, gamma, rule, size, rng, clip_at):
    state, k = start(rule, params), 0
    per_epoch = max(len(x) // size, 1)
    while True:
        order = slice(None) if rng is None else rng.permutation(len(x))
        for part in range(per_epoch):
            rows = order if rng is None else order[part * size:(part + 1) * size]
            trace = forward(net, params, x[rows])
            value = float(loss(net, trace, d[rows]))
            back = backward(net, params, trace, d[rows])
            gradient = back.gradient if clip_at is None else clip(back.gradient, clip_at)
            old, k = params, k + 1
            params, state = take_step(rule, params, gradient, state, gamma)
            record = Step(k, k / per_epoch, value, params, old, back)
            yield record
            if record.diverged:
                return


def error_rate(net, params, x, d):
    """Share of samples whose largest output (or whose one output, cut at 1/2) is not the target's."""
    a = forward(net, params, x).a[-1]
    if net.widths[-1] == 1:
        return float(((a > 0.5) != (d > 0.5)).mean())
    return float((a.argmax(axis=-1) != d.argmax(axis=-1)).mean())


def fit(net, params, x, d, steps, **options):
    """Take `steps` steps of `train` and collect them; a run that leaves the finite numbers ends early."""
    steps = check.whole("steps", steps, 1, 10**6)
    records, errors = [], []
    for record in train(net, params, x, d, **options):
        records.append((record.loss, record.delta, record.gradient, record.update_ratio))
        errors.append(error_rate(net, record.params, x, d))
        if record.k == steps or record.diverged:
            break
    columns = [np.array(column) for column in zip(*records)]
    return History(*columns, np.array(errors), record.params, record.k if record.diverged else None)
