"""Training to be watched: several networks on the same data, stepped together."""

from collections import namedtuple
from dataclasses import replace
from functools import lru_cache

import numpy as np

from lecture_lib.data import load
from lecture_lib.network import Params, initialise, mlp
from lecture_lib.training import train

from .watched_run import LIMITS, WatchedRun, calm

DATA = (*LIMITS, "digits")
DIGITS = 256
END = 100_000
VIEWS = ("layers", "over time", "activations", "updates")
Watch = namedtuple("Watch", "runs n shown map")  # shown: gamma and what `send` changed


@lru_cache(8)
def points_of(data, seed):
    points = load(data, seed)
    return (
        points if data != "digits" else type(points)("digits", points.x[:DIGITS], points.d[:DIGITS])
    )


@calm
def take_step(run, steps, gamma):
    """The run one step on; the log keeps rows 2 % apart, enough for a logarithmic axis."""
    if run.diverged:
        return run
    step = steps.send(gamma if run.step else None)
    run = replace(run, step=step)
    if not run.log or step.k - 1 >= 1.02 * run.log[-1][0]:
        run = replace(run, log=(*run.log, (step.k - 1, step.loss, run.wrong, step.log10_delta)))
    return run


def watch(data, depth, width, seed, kinds, optimiser, shown, extra=None):
    """Train a net for each (activation, variance, gain) of `kinds`, from the same random numbers, step by step."""
    points, runs, trainers = points_of(data, seed), [], []
    how = ("cross_entropy",) if data == "digits" else ("squared_error", True, "sigmoid")
    for activation, variance, gain in kinds:
        net = mlp((points.x.shape[1], *[width] * (depth - 1), points.d.shape[1]), activation, *how)
        drawn = initialise(net, np.random.default_rng(seed), variance)
        start = Params((None, *(np.sqrt(gain) * w for w in drawn.W[1:])), drawn.b)
        trainers.append(calm(train)(net, start, points.x, points.d, shown["gamma"], optimiser))
        runs.append(
            WatchedRun(net, points, None, (), activation, variance if gain == 1 else f"{gain:g}/n")
        )
    for n in range(END + 1):
        runs = [take_step(run, steps, shown["gamma"]) for run, steps in zip(runs, trainers)]
        while changes := (yield Watch(tuple(runs), n, shown, extra)):
            shown = shown | changes | ({"since": n + 2} if "gamma" in changes else {})
        if all(run.diverged for run in runs):
            return
