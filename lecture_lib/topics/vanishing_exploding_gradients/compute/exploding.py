"""Large initial weights: sums and gradients that grow, and a training that leaves the finite
numbers.
"""

from dataclasses import dataclass

import numpy as np

from lecture_lib import data
from lecture_lib.digits_networks.nets import initial_backprop
from lecture_lib.network import delta_sizes
from lecture_lib.powers_of_ten import log10_floored
from lecture_lib.quiet import quiet
from lecture_lib.training import train

from .spread_sweep import BATCH, STEPS, find_edge, sweep_spread

LONGEST = 1.0  # length to which the gradient is clipped


@dataclass(frozen=True)
class Exploding:
    """A network with large weights, before and in training, among those with other weights."""

    size: np.ndarray  # (L,): log10 of the root mean square of ||z_l||, forward
    delta: np.ndarray  # (L,): log10 ||delta_l||, backward
    losses: dict  # "plain" and "clipped": J before each step so far
    gain: float  # n Var(W) of this network
    activation: str  # of the hidden layers, by name
    gains: np.ndarray  # (gains,): n Var(W) of the runs beside it
    costs: np.ndarray  # (seeds, gains): J after 60 steps; inf: not finite, nan: not known yet
    edge: float | None  # n Var(W) from which on half of the runs leave the finite numbers


def compute_exploding(depth=10, trained_width=32, activation="relu", gain=4.0, gamma=0.05, seed=0):
    """Start with variance gain / n and train 60 steps, without and with clipping; then the same
    with other gains and seeds: yield an Exploding now and then, None in between.

    A run that leaves the finite numbers ends there (V19, V20).
    """
    nothing = {"gains": np.empty(0), "costs": np.empty((0, 0)), "edge": None}
    for own in follow_own_run(depth, trained_width, activation, gain, gamma, seed):
        yield Exploding(**own, **nothing)
    for swept in sweep_spread(depth, trained_width, activation, gamma, seed):
        if swept is None:
            yield None
        else:
            gains, costs = swept
            edge = find_edge(gains, costs)
            yield Exploding(**own, gains=gains, costs=costs, edge=edge)


@quiet("under")
def follow_own_run(depth, width, activation, gain, gamma, seed):
    """Yield what an Exploding says of its own network, now and then in its training: a dict."""
    digits = data.digits()
    variance = gain / width
    net, params, trace, backprop = initial_backprop(depth, width, activation, variance, seed)
    size = log10_floored(np.array(delta_sizes([None, *trace.z[1:]])))
    delta = log10_floored(np.array(delta_sizes(backprop.delta)))

    runs = {}
    for name, clip_at in (("plain", None), ("clipped", LONGEST)):
        rng = np.random.default_rng(seed)
        runs[name] = train(
            net, params, digits.x, digits.d, gamma, batch=BATCH, rng=rng, clip_at=clip_at
        )
    losses = {name: [] for name in runs}
    for k in range(STEPS):
        for name, run in runs.items():
            step = next(run, None)
            if step is not None:
                losses[name].append(step.loss)
        if k % 10 in (0, 9):
            so_far = {name: np.array(values) for name, values in losses.items()}
            yield {
                "size": size,
                "delta": delta,
                "losses": so_far,
                "gain": gain,
                "activation": activation,
            }
