"""One network that is watched while it trains: what can be seen of it before its next step."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lecture_lib.network import Network, forward
from lecture_lib.topics.vanishing_exploding_gradients.compute.typical_factors import largest_slope
from lecture_lib.training import Step, error_rate

LIMITS = {
    "moons": (-2.0, 2.0),
    "spirals": (-2.0, 2.0),
    "blobs": (-5.0, 5.0),
    "XOR": (-0.5, 1.5),
}  # of the input plane
GRID = 41
SATURATED = 0.05  # a unit is saturated where F' is below this part of its largest value
calm = np.errstate(all="ignore")  # diverging nets are a subject here


@dataclass(frozen=True)
class WatchedRun:
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
        return np.nan_to_num(
            np.vstack([self.step.log10_delta, rows]), nan=300, posinf=300, neginf=-320
        )

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
