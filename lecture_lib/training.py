"""Training is a loop of forward, backward, step; `train` yields a record of each step and holds no more.

A caller can show progress, stop, or resume: the same seed gives the same run however it is cut into pieces,
for all the randomness is in the order of the samples.
"""

from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite

import numpy as np

from . import check
from .fast_pass import FastPass, as_flat, as_params
from .network import Params, backward, forward, norm, targets
from .optimisers import OPTIMISERS, clip


@dataclass(frozen=True)
class Step:
    """One step k = 1, 2, ...: `loss` on its batch before it, `old` and new `params`, and whether it `diverged`.

    What takes time is computed when asked for; the sizes are by layer (entry 0 is layer 1).
    """

    k: int
    epoch: float
    loss: float
    params: Params
    old: Params = field(repr=False)
    diverged: bool
    log10_delta: np.ndarray = field(repr=False)
    case: tuple = field(repr=False)  # (net, the batch's x, its d)

    @cached_property
    def back(self):
        """The `network.Backward` of this step, before clipping."""
        net, x, d = self.case
        return backward(net, self.old, forward(net, self.old, x), d)

    @cached_property
    def delta(self):
        """||delta_l|| by layer."""
        with np.errstate(over="ignore"):
            return 10.0**self.log10_delta

    @cached_property
    def gradient(self):
        """||dJ/dW_l|| by layer."""
        return np.array([norm(g) for g in self.back.gradient.W[1:]])

    @cached_property
    def update_ratio(self):
        """||change of W_l|| / ||W_l|| by layer."""
        return np.array(
            [norm(new - old) / norm(old) for old, new in zip(self.old.W[1:], self.params.W[1:])]
        )

    @cached_property
    def unmoved(self):
        """Share of the weights of each layer that this step left the same bit for bit (V18)."""
        return np.array(
            [(new == old).mean() for old, new in zip(self.old.W[1:], self.params.W[1:])]
        )


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


def train(net, params, x, d, gamma=0.1, optimiser="gd", batch=None, rng=None, clip_at=None):
    """Yield a `Step` for ever, or until the numbers are no longer finite (that step is yielded last).

    `batch` samples a step, drawn without replacement each epoch by `rng`; None takes all samples every time.
    Rprop needs the full batch: its signs mean nothing on a noisy gradient. `send(gamma)` instead of `next` takes the
    next step, and all after it, with that learning rate.
    """
    gamma = check.real("learning rate gamma", gamma, above=0)
    rule = OPTIMISERS[check.one_of("optimiser", optimiser, tuple(OPTIMISERS))]
    x = check.array("x", x, (None, net.widths[0]))
    d = check.array("d", d, (len(x), net.widths[-1]))
    forward(net, params, x[:1])  # tells of weights that do not fit
    size = len(x) if batch is None else min(check.integer("batch", batch, 1, 10**6), len(x))
    if batch is not None and rng is None:
        raise ValueError(
            "rng was None; batches are drawn at random, so it must be a numpy Generator."
        )
    if clip_at is not None:
        clip_at = check.real("clip_at", clip_at, above=0)
    return _steps(net, params, x, d, gamma, rule, size, rng if batch is not None else None, clip_at)


def _steps(net, params, x, d, gamma, rule, size, rng, clip_at):
    work, w = FastPass(net, size), as_flat(params)
    state, k, per_epoch = rule.init(w), 0, max(len(x) // size, 1)
    while True:
        order = slice(None) if rng is None else rng.permutation(len(x))
        for part in range(per_epoch):
            rows = order if rng is None else order[part * size : (part + 1) * size]
            case = net, x[rows], d[rows]
            value, sizes = work.run(params, *case[1:])
            g = (
                work.flat_gradient
                if clip_at is None
                else clip(Params((None, work.flat_gradient[None]), (None,)), clip_at).W[1][0]
            )
            with np.errstate(over="ignore", invalid="ignore"):
                w, state = rule.update(
                    w, g, state, gamma
                )  # each weight by itself, so all of them in one vector
            old, params, k = params, as_params(net, w), k + 1
            diverged = not (isfinite(value) and np.isfinite(w).all())
            gamma = (
                yield Step(k, k / per_epoch, value, params, old, diverged, sizes, case)
            ) or gamma
            if diverged:
                return


def error_rate(net, params, x, d):
    """Share of samples whose largest output (or whose one output, cut at 1/2) is not the target's."""
    trace = forward(net, params, x)
    a, d = trace.a[-1], targets(net, trace, d)
    if net.widths[-1] == 1:
        return float(((a > 0.5) != (d > 0.5)).mean())
    return float((a.argmax(axis=-1) != d.argmax(axis=-1)).mean())


def fit(net, params, x, d, steps, **options):
    """Take `steps` steps of `train` and collect them; a run that leaves the finite numbers ends early."""
    steps = check.integer("steps", steps, 1, 10**6)
    run, records, errors = train(net, params, x, d, **options), [], []
    operations = 6 * steps * min(len(x), options.get("batch") or len(x)) * net.parameter_count
    check.within_limits(f"a training of {steps:,} steps", operations=operations)
    for record in run:
        records.append((record.loss, record.delta, record.gradient, record.update_ratio))
        errors.append(error_rate(net, record.params, x, d))
        if record.k == steps or record.diverged:
            break
    columns = [np.array(column) for column in zip(*records)]
    return History(*columns, np.array(errors), record.params, record.k if record.diverged else None)
