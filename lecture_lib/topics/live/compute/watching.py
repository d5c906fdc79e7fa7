"""Training to be watched: several networks on the same data, stepped together.

A record comes before each step, cheap until its picture is drawn. The reader may change the
learning rate, or what is shown, while the networks train: `send({name: value})` yields the same
record again with the change. Its step was taken already, so a new rate counts from the step after
it.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from lecture_lib.data import Data, load
from lecture_lib.digits_networks.nets import PLAIN, Added
from lecture_lib.network import initialise, mlp
from lecture_lib.quiet import quiet
from lecture_lib.training import train

from .watched_run import LIMITS, WatchedRun

DATA = (*LIMITS, "digits")
DIGITS = 256  # samples of the digits, so that a step takes milliseconds
END = 100_000  # steps after which the watching ends
LOG_SPACING = 1.02  # rows of the log are 2 % apart, which is enough for a logarithmic axis
VIEWS = ("layers", "over time", "activations", "updates")


@dataclass(frozen=True)
class Kind:
    """How one of the watched networks begins."""

    activation: str  # of the hidden layers, by name
    variance: str  # the rule of the initial weights
    gain: float = 1.0  # by which the variance of its weights is multiplied
    added: Added = PLAIN  # skip connections and normalisation

    @property
    def rule(self):
        """The variance of its weights as a rule in n; with a gain the variance is 1/n."""
        return self.variance if self.gain == 1 else f"{self.gain:g}/n"


@dataclass(frozen=True)
class Watch:
    """The watched networks before step n + 1."""

    runs: tuple  # of WatchedRun, one per network
    n: int  # steps taken
    # Gamma, and what else `send` may change; "since": the step from which a new gamma counts.
    shown: dict
    map: np.ndarray | None  # decades over depth and n Var(W), where the explorer shows a map


def watch(data, depth, width, seed, kinds, shown, optimiser="gd", decades=None):
    """Train a network of each of `kinds`, all from the same random numbers: yield a Watch before
    each step.

    It ends at step END, or where all networks have diverged.
    """
    points = load_points(data, seed)
    runs = []
    trainers = []
    for kind in kinds:
        net, params = draw_network(points, depth, width, kind, seed)
        steps = train_quietly(net, params, points, shown["gamma"], optimiser)
        trainers.append(steps)
        runs.append(WatchedRun(net, None, points, (), kind.activation, kind.rule))

    for n in range(END + 1):
        runs = [take_step(run, steps, shown["gamma"]) for run, steps in zip(runs, trainers)]
        changes = yield Watch(tuple(runs), n, shown, decades)
        while changes:
            shown = shown | changes
            if "gamma" in changes:
                shown = shown | {"since": n + 2}
            changes = yield Watch(tuple(runs), n, shown, decades)
        if all(run.diverged for run in runs):
            return


@lru_cache(8)
def load_points(data, seed):
    """The samples by name, of the digits the first DIGITS."""
    points = load(data, seed)
    if data == "digits":
        return Data("digits", points.x[:DIGITS], points.d[:DIGITS])
    return points


def draw_network(points, depth, width, kind, seed):
    """(net, params) for these samples: one sigmoid output and squared error, or ten with
    cross-entropy for digits.
    """
    widths = (points.x.shape[1], *[width] * (depth - 1), points.d.shape[1])
    how = {"skip": kind.added.skip, "normalisation": kind.added.normalisation}
    if points.name == "digits":
        net = mlp(widths, kind.activation, "cross_entropy", **how)
    else:
        net = mlp(widths, kind.activation, output="sigmoid", **how)
    params = initialise(net, np.random.default_rng(seed), kind.variance)
    spread = np.sqrt(kind.gain)
    W = (None, *(spread * w for w in params.W[1:]))
    return net, replace(params, W=W)


@quiet("all")
def train_quietly(net, params, points, gamma, optimiser):
    """`training.train` with all samples; numbers that leave float64 are the subject here."""
    return train(net, params, points.x, points.d, gamma, optimiser)


@quiet("all")
def take_step(run, steps, gamma):
    """The run one step on; one that has diverged stays."""
    if run.diverged:
        return run
    is_first = run.step is None
    step = steps.send(None if is_first else gamma)
    run = replace(run, step=step)
    if not run.log or step.k - 1 >= LOG_SPACING * run.log[-1].n:
        run = replace(run, log=(*run.log, run.now))
    return run
