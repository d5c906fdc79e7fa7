"""One network that is watched while it trains: what can be seen of it before its next step."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lecture_lib.bounds import largest_slope
from lecture_lib.data import Data, Limits
from lecture_lib.network import Network, pass_forward
from lecture_lib.normalisation import collect_statistics
from lecture_lib.powers_of_ten import make_finite
from lecture_lib.quiet import quiet
from lecture_lib.training import share_wrong
from lecture_lib.training_step import Step

from .needed_units import find_needed_units

# The square of the input plane that is shown, by data set.
LIMITS = Limits(
    {
        "moons": (-2.0, 2.0),
        "spirals": (-2.0, 2.0),
        "blobs": (-5.0, 5.0),
        "XOR": (-0.5, 1.5),
    }
)
GRID = 41  # points along each side of it
SATURATED = 0.05  # a unit is saturated where F' is below this part of its largest value
CLASSES = 10  # of the digits


@dataclass(frozen=True)
class Sizes:
    """What a step does to each layer, as finite powers of ten: arrays (L,)."""

    delta: np.ndarray  # log10 ||delta_l||
    gradient: np.ndarray  # log10 ||dJ/dW_l||
    change: np.ndarray  # log10 of ||change of W_l|| / ||W_l||


@dataclass(frozen=True)
class LogRow:
    """A network after n steps."""

    n: int  # how many steps were taken
    loss: float  # J
    wrong: float  # share of the training samples
    log10_delta: np.ndarray  # (L,): log10 ||delta_l||


@dataclass(frozen=True)
class Curves:
    """The same over the steps, as arrays with one entry (or row) per LogRow."""

    n: np.ndarray  # (rows,)
    loss: np.ndarray  # (rows,)
    wrong: np.ndarray  # (rows,)
    log10_delta: np.ndarray  # (rows, L), finite


@dataclass(frozen=True)
class WatchedRun:
    """One network before its step n + 1; what takes time is computed when it is asked for."""

    net: Network  # its shape
    step: Step | None  # the step n + 1; None before the first
    points: Data  # the samples
    log: tuple  # of LogRow
    activation: str  # of the hidden layers, by name
    variance: str  # a rule in n

    @property
    def diverged(self):
        """Whether its next step leaves the finite numbers."""
        return self.step is not None and self.step.diverged

    @property
    def now(self):
        """The LogRow of this moment."""
        step = self.step
        return LogRow(step.k - 1, step.loss, self.wrong, step.log10_delta)

    @property
    def guess_loss(self):
        """J of a network that gives every class the same share."""
        return np.log(CLASSES) if self.points.name == "digits" else 0.125

    @property
    def guess_wrong(self):
        """Share of the answers that are wrong where they are guessed."""
        return 1 - 1 / CLASSES if self.points.name == "digits" else 0.5

    @cached_property
    def curves(self):
        """The log and this moment as Curves."""
        rows = (*self.log, self.now)
        return Curves(
            n=np.array([row.n for row in rows]),
            loss=np.array([row.loss for row in rows]),
            wrong=np.array([row.wrong for row in rows]),
            log10_delta=make_finite(np.array([row.log10_delta for row in rows])),
        )

    @quiet("all")
    def trace(self, x, statistics=None):
        """The forward pass of the samples x (m, n_0)."""
        return pass_forward(self.net, self.step.before, x, statistics)

    @cached_property
    def own(self):
        """The trace of the training samples."""
        return self.trace(self.points.x)

    @cached_property
    @quiet("all")
    def wrong(self):
        """Share of the training samples that are taken for the wrong class."""
        return share_wrong(self.net, self.own.a[-1], self.points.d)

    @cached_property
    def planes(self):
        """Outputs of every unit over the input plane: by layer, arrays (GRID, GRID, units); layer 0
        is X.
        """
        axis = np.linspace(*LIMITS[self.points.name], GRID)
        x = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
        # A batch normalisation knows the samples, and sees the plane as one of them.
        is_batch = self.net.normalisation == "batch"
        statistics = collect_statistics(self.own) if is_batch else None
        return [a.reshape(GRID, GRID, -1) for a in self.trace(x, statistics).a]

    @cached_property
    @quiet("all")
    def needed(self):
        """The hidden units (layer, index from 0) that it needs, for two classes; see
        needed_units.
        """
        return find_needed_units(self.net, self.step.before, self.own, self.points.d)

    @cached_property
    def confusion(self):
        """Share of the samples of each class (rows) that is taken for each class (columns)."""
        counts = np.zeros((CLASSES, CLASSES))
        said = self.own.a[-1].argmax(axis=1)
        np.add.at(counts, (self.points.labels, said), 1)
        return counts / counts.sum(axis=1, keepdims=True)

    @cached_property
    @quiet("all")
    def gradient(self):
        """The gradient that the step uses, as network.Params."""
        return self.step.backprop.gradient

    @cached_property
    @quiet("all")
    def sizes(self):
        """The Sizes of this step."""
        step = self.step
        return Sizes(
            delta=make_finite(step.log10_delta),
            gradient=make_finite(np.log10(step.gradient)),
            change=make_finite(np.log10(step.update_ratio)),
        )

    @cached_property
    @quiet("all")
    def flat(self):
        """Of each hidden layer: where its units are saturated, as arrays (samples, units)."""
        limit = SATURATED * largest_slope(self.activation)
        hidden = range(1, self.net.depth)
        return [self.net.activations[l].df(self.own.argument(l)) < limit for l in hidden]

    @property
    def saturated(self):
        """Share of (sample, unit) that are saturated, by hidden layer (L - 1,)."""
        return np.array([flat.mean() for flat in self.flat])

    @property
    def dead(self):
        """Share of the units that are saturated for every sample, by hidden layer (L - 1,)."""
        return np.array([flat.all(axis=0).mean() for flat in self.flat])

    def histogram(self, bins):
        """Share of the outputs of each hidden layer by bin, (L - 1, bins - 1); what lies outside is
        in the end bins.
        """
        rows = []
        for a in self.own.a[1:-1]:
            inside = np.clip(np.nan_to_num(a), bins[0], bins[-1])
            counts, _ = np.histogram(inside, bins)
            rows.append(counts / a.size)
        return np.array(rows)
