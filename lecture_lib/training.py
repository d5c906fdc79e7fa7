"""Training is a loop of forward, backward, step; `train` yields a record of each step and holds no
more.

A caller can show progress, stop, or resume: the same seed gives the same run however it is cut into
pieces, for all the randomness is in the order of the samples.
"""

from dataclasses import dataclass
from itertools import repeat

import numpy as np

from . import check
from .flat_params import flatten, view_params
from .network import (
    check_network,
    forward,
    pass_to_output,
    targets,
)
from .optimisers import OPTIMISERS, clip_vector
from .params import Params, check_params
from .residual_pass import make_pass
from .stack_pass import StackPass
from .training_step import Batch, Step


@dataclass(frozen=True)
class History:
    """What `fit` collected: arrays with one row per step, and how the run ended."""

    loss: np.ndarray  # (steps,)
    delta: np.ndarray  # (steps, L): ||delta_l||
    gradient: np.ndarray  # (steps, L): ||dJ/dW_l||
    update_ratio: np.ndarray  # (steps, L): ||change of W_l|| / ||W_l||
    error: np.ndarray  # (steps,): share of wrong answers after each step
    params: Params  # after the last step
    diverged_at: int | None  # the step that left the finite numbers


def train(net, params, x, d, gamma=0.1, optimiser="gd", batch=None, rng=None, clip_at=None):
    """Yield a `Step` for ever, or until the numbers are no longer finite (that step is yielded
    last).

    `x` is (m, n_0), `d` is (m, n_L). `batch` samples per step, drawn without replacement in each
    epoch by `rng`; None takes all samples every time. `gamma` is the learning rate; `send(gamma)`
    instead of `next` takes the next step, and all after it, with that learning rate. `clip_at` is
    the largest length of a gradient. Rprop needs the full batch, because its signs mean nothing on
    a noisy gradient.

    A stack of networks (leading axes of `params`) takes its steps together, each network with its
    own loss and its own clipping; it ends when none of them is finite any more. Raises ValueError
    or TypeError if an argument is out of its range or does not fit the others.
    """
    check_network(net)
    gamma = check.real("learning rate gamma", gamma, above=0)
    rule = OPTIMISERS[check.one_of("optimiser", optimiser, tuple(OPTIMISERS))]
    x = check.array("x", x, (None, net.widths[0]))
    d = check.array("d", d, (len(x), net.widths[-1]))
    net.cost.check(net.widths[-1], d)
    params = check_params(net, params)
    size, rows_of_steps = _plan_batches(len(x), batch, rng)
    if clip_at is not None:
        clip_at = check.real("clip_at", clip_at, above=0)
    passes = StackPass(net) if _is_stack(params) else make_pass(net, size)
    steps_per_epoch = len(x) // size
    data = ((x[rows], d[rows]) for rows in rows_of_steps)
    return _take_steps(passes, params, data, steps_per_epoch, gamma, rule, clip_at)


def _plan_batches(m, batch, rng):
    """(samples per step, an iterator of their rows); raises ValueError without an `rng`."""
    if batch is None:
        return m, repeat(slice(None))
    size = min(check.integer("batch", batch, 1, 10**6), m)
    if rng is None:
        raise ValueError(
            "rng was None; batches are drawn at random, so it must be a numpy Generator."
        )
    check.generator("rng", rng)
    return size, _draw_batches(m, size, rng)


def _draw_batches(m, size, rng):
    """Yield the rows of one batch after another, for ever; each epoch is a new order of the m
    samples.

    What is left over at the end of an epoch, fewer than `size` samples, is not used in it.
    """
    while True:
        order = rng.permutation(m)
        for start in range(0, m - size + 1, size):
            yield order[start : start + size]


def _is_stack(params):
    """Whether `params` are those of several networks."""
    return np.ndim(params.W[1]) > 2


def _has_diverged(loss, w):
    """Whether no network has finite numbers any more."""
    finite = np.isfinite(loss) & np.isfinite(w).all(axis=-1)
    return not np.any(finite)


def _clip_if_asked(gradient, clip_at):
    """The gradient, at most `clip_at` long unless that is None."""
    return gradient if clip_at is None else clip_vector(gradient, clip_at)


def _take_steps(passes, params, data, steps_per_epoch, gamma, rule, clip_at):
    """The loop behind `train`: forward, backward, step, and a record of it, for each (x, d) of
    `data`.
    """
    net = passes.net
    w = flatten(params)
    state = rule.init(w)
    for k, (x, d) in enumerate(data, 1):
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            loss_before, log10_delta = passes.run(params, x, d)
            gradient = _clip_if_asked(passes.flat_gradient, clip_at)
            # Each weight moves by itself, so all of them can stand in one vector.
            w, state = rule.update(w, gradient, state, gamma)
        before = params
        params = view_params(net, w)
        diverged = _has_diverged(loss_before, w)
        new_gamma = yield Step(
            k=k,
            epoch=k / steps_per_epoch,
            loss=loss_before,
            after=params,
            before=before,
            diverged=diverged,
            log10_delta=log10_delta,
            batch=Batch(net, x, d),
        )
        if new_gamma is not None:
            gamma = check.real("learning rate gamma", new_gamma, above=0)
        if diverged:
            return


def error_rate(net, params, x, d, statistics=None):
    """Share of samples whose largest output is not the target's.

    With batch normalisation, `statistics` of other samples may stand for those of x.
    One output is cut half way between the smallest and the largest target; if all are the same,
    at 0 if that is negative, else at 1/2. An output that is nan is wrong. Raises ValueError or
    TypeError if the arguments do not fit.
    """
    trace = forward(net, params, x, statistics)
    return share_wrong(net, trace.a[-1], targets(net, trace, d))


def share_wrong(net, a, d):
    """`error_rate` of arguments that were checked, from the outputs a of the samples."""
    if net.widths[-1] == 1:
        border = _find_border(float(d.min()), float(d.max()))
        wrong = (a > border) != (d > border)
    else:
        wrong = (a.argmax(axis=-1) != d.argmax(axis=-1))[..., None]
    return float((wrong | np.isnan(a).any(axis=-1, keepdims=True)).mean())


def _find_border(lowest, highest):
    """Where one output is cut, by the targets."""
    if lowest < highest:
        return lowest / 2 + highest / 2
    return 0.0 if lowest < 0 else 0.5


def _check_work(net, steps, batch):
    """Raise ValueError if so many steps, each with `batch` samples, take more than an hour."""
    operations = 6 * steps * batch * net.parameter_count
    check.within_limits(f"a training of {steps:,} steps", operations=operations)


def fit(net, params, x, d, steps, **options):
    """Take `steps` steps of `train`, with its `options`, and return a History.

    A run that leaves the finite numbers ends early. Raises ValueError if the training would take
    more than an hour.
    """
    steps = check.integer("steps", steps, 1, 10**6)
    run = train(net, params, x, d, **options)
    x = check.array("x", x)
    d = check.array("d", d)
    _check_work(net, steps, min(len(x), int(options.get("batch") or len(x))))

    rows = []  # of numbers alone: a record holds all weights, before and after
    errors = []
    for step in run:
        rows.append((step.loss, step.delta, step.gradient, step.update_ratio))
        errors.append(share_wrong(net, pass_to_output(net, step.after, x), d))
        if step.k == steps or step.diverged:
            break
    loss_by_step, delta, gradient, update_ratio = map(np.array, zip(*rows))
    return History(
        loss=loss_by_step,
        delta=delta,
        gradient=gradient,
        update_ratio=update_ratio,
        error=np.array(errors),
        params=step.after,
        diverged_at=step.k if step.diverged else None,
    )
