"""Training to be watched: a record before each step, cheap until its picture is drawn; several nets on the same data.

The generators end where all nets diverged, or at step END. `send({name: value})` changes the learning rate or what is
shown from here on, and yields the same record again; its step was taken, so a new rate counts from the step after.
"""

from collections import namedtuple
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from ..data import load
from ..network import Network, Params, forward, initialise, mlp
from ..training import Step, error_rate, train
from .gradients import largest_slope
from .remedies import phase_diagram

LIMITS = {"moons": (-2.0, 2.0), "spirals": (-2.0, 2.0), "blobs": (-5.0, 5.0), "XOR": (-0.5, 1.5)}  # of the input plane
DATA, DIGITS, END, GRID = (*LIMITS, "digits"), 256, 100_000, 41
VIEWS = ("layers", "over time", "activations", "updates")
LINES = ("weights", "gradient")
GAINS = np.geomspace(0.1, 1000, 33)  # n Var(W) of the map
SATURATED = 0.05  # a unit is saturated where F' is below this part of its largest value
Watch = namedtuple("Watch", "runs n shown map")  # shown: gamma and what `send` changed
calm = np.errstate(all="ignore")  # diverging nets are a subject here


@dataclass(frozen=True)
class Run:
    """One net before its step n + 1: `step` is that step, `log` rows (n, J, share wrong, log10 ||delta_l||) so far."""

    net: Network
    points: object
    step: Step
    log: tuple
    activation: str
    variance: str

    @property
    def diverged(self):
        return self.step is not None and self.step.diverged

    @property
    def curves(self):
        """Steps, J, share wrong and log10 ||delta_l|| (steps, L) so far, as arrays."""
        now = (self.step.k - 1, self.step.loss, self.wrong, self.step.log10_delta)
        n, loss, wrong, delta = map(np.array, zip(*self.log, now))
        return n, loss, wrong, np.nan_to_num(delta, nan=300, posinf=300, neginf=-320)

    @calm
    def trace(self, x):
        """Forward pass of the samples x."""
        return forward(self.net, self.step.old, x)

    @cached_property
    def own(self):
        """The trace of the training samples."""
        return self.trace(self.points.x)

    @cached_property
    @calm
    def wrong(self):
        """Share of the training samples that are taken for the wrong class."""
        return error_rate(self.net, self.step.old, self.points.x, self.points.d)

    @cached_property
    def planes(self):
        """Outputs of every unit over the input plane: by layer, arrays (GRID, GRID, units); layer 0 is X."""
        axis = np.linspace(*LIMITS[self.points.name], GRID)
        x = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
        return [a.reshape(GRID, GRID, -1) for a in self.trace(x).a]

    @cached_property
    def confusion(self):
        """Share of the samples of each class (rows) that is taken for each class (columns)."""
        counts = np.zeros((10, 10))
        np.add.at(counts, (self.points.labels, self.own.a[-1].argmax(axis=1)), 1)
        return counts / counts.sum(axis=1, keepdims=True)

    @cached_property
    @calm
    def back(self):
        """The gradient that the step uses."""
        return self.step.back.gradient

    @cached_property
    @calm
    def sizes(self):
        """log10 of ||delta_l||, ||dJ/dW_l|| and ||change of W_l|| / ||W_l||, as an array (3, L); 0 as -320."""
        rows = np.log10([self.step.gradient, self.step.update_ratio])
        return np.nan_to_num(np.vstack([self.step.log10_delta, rows]), nan=300, posinf=300, neginf=-320)

    @cached_property
    @calm
    def flat(self):
        """Of each hidden layer: where its units are saturated, as arrays (samples, units)."""
        hidden = zip(self.net.activations[1:-1], self.own.z[1:-1])
        return [F.df(z) < SATURATED * largest_slope(self.activation) for F, z in hidden]

    @property
    def saturated(self):
        """Share of (sample, unit) with F' below SATURATED of its largest value, by hidden layer."""
        return np.array([flat.mean() for flat in self.flat])

    @property
    def dead(self):
        """Share of the units that are so for every sample, by hidden layer."""
        return np.array([flat.all(axis=0).mean() for flat in self.flat])

    def histogram(self, bins):
        """Share of the outputs of each hidden layer by bin, (L - 1, bins - 1); what lies outside is in the end bins."""
        inside = [np.clip(np.nan_to_num(a), bins[0], bins[-1]) for a in self.own.a[1:-1]]
        return np.array([np.histogram(a, bins)[0] / a.size for a in inside])


@lru_cache(8)
def _points(data, seed):
    points = load(data, seed)
    return points if data != "digits" else type(points)("digits", points.x[:DIGITS], points.d[:DIGITS])


@calm
def _next(run, steps, gamma):
    """The run one step on; the log keeps rows 2 % apart, enough for a logarithmic axis."""
    if run.diverged:
        return run
    step = steps.send(gamma if run.step else None)
    run = replace(run, step=step)
    if not run.log or step.k - 1 >= 1.02 * run.log[-1][0]:
        run = replace(run, log=(*run.log, (step.k - 1, step.loss, run.wrong, step.log10_delta)))
    return run


def _watch(data, depth, width, seed, kinds, optimiser, shown, extra=None):
    """Train a net for each (activation, variance, gain) of `kinds`, from the same random numbers, step by step."""
    points, runs, trainers = _points(data, seed), [], []
    how = ("cross_entropy",) if data == "digits" else ("squared_error", True, "sigmoid")
    for activation, variance, gain in kinds:
        net = mlp((points.x.shape[1], *[width] * (depth - 1), points.d.shape[1]), activation, *how)
        drawn = initialise(net, np.random.default_rng(seed), variance)
        start = Params((None, *(np.sqrt(gain) * w for w in drawn.W[1:])), drawn.b)
        trainers.append(calm(train)(net, start, points.x, points.d, shown["gamma"], optimiser))
        runs.append(Run(net, points, None, (), activation, variance if gain == 1 else f"{gain:g}/n"))
    for n in range(END + 1):
        runs = [_next(run, steps, shown["gamma"]) for run, steps in zip(runs, trainers)]
        while changes := (yield Watch(tuple(runs), n, shown, extra)):
            shown = shown | changes | ({"since": n + 2} if "gamma" in changes else {})
        if all(run.diverged for run in runs):
            return


def training(data="moons", depth=6, trained_width=8, activation="sigmoid", variance="1", gamma=2.0, optimiser="gd",
             seed=0, view=VIEWS[0]):
    """One net, full batch; `view` is what is shown of its layers."""
    shown = {"gamma": gamma, "view": view}
    yield from _watch(data, depth, trained_width, seed, [(activation, variance, 1.0)], optimiser, shown)


def duel(data="moons", depth=10, trained_width=16, activation="sigmoid", variance="1", activation_b="relu",
         variance_b="2/n", gamma=0.5, seed=0, view=VIEWS[0]):
    """Two nets A and B that differ in activation and variance alone, stepped together."""
    kinds = [(activation, variance, 1.0), (activation_b, variance_b, 1.0)]
    yield from _watch(data, depth, trained_width, seed, kinds, "gd", {"gamma": gamma, "view": view})


def network(data="spirals", layers=3, units=6, activation="tanh", variance="1/n", gamma=2.0, seed=0, lines=LINES[0],
            layer=1, unit=1):
    """One small net, its connections drawn by weight or by gradient, and the picture of one unit."""
    shown = {"gamma": gamma, "lines": lines, "layer": layer, "unit": unit}
    yield from _watch(data, layers, units, seed, [(activation, variance, 1.0)], "gd", shown)


@lru_cache(8)
@calm
def _map(activation, width, seed):
    return phase_diagram(activation, width, GAINS, seed=seed, samples=8)


def phase_point(depth=20, gain=2.0, activation="relu", trained_width=32, gamma=0.05, seed=0, view=VIEWS[0]):
    """The map of `phase_diagram` and the digits net at one of its points, trained."""
    kinds = [(activation, "1/n", gain)]
    shown = {"gamma": gamma, "gain": gain, "view": view}
    yield from _watch("digits", depth, trained_width, seed, kinds, "gd", shown, _map(activation, trained_width, seed))
