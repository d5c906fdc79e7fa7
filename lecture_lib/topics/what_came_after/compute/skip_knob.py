"""A deep network with a knob for its skip connections: the gradient at the start, and training."""

from dataclasses import dataclass

import numpy as np

from lecture_lib import theory_residual
from lecture_lib.digits_networks.nets import PLAIN, Added, initial_gradients
from lecture_lib.digits_networks.training import Epochs, race_by_epoch, train_by_epoch
from lecture_lib.powers_of_ten import make_finite
from lecture_lib.quiet import quiet
from lecture_lib.topics.vanishing_exploding_gradients.compute.gradient_profile import (
    measure_first_sums,
)

from .nets import inner_gain, outer_variance, variance_of_gain

SEEDS = 10
FIRST_SEEDS = 2  # of them, for the first picture
SAMPLES = 64


@dataclass(frozen=True)
class SkipKnob:
    """The network with its skips, beside the plain one of notebook 06."""

    delta: np.ndarray  # (seeds, L - 1): log10 ||delta_l|| / ||delta_last hidden||
    plain: np.ndarray  # the same without skips, inner layers as the outer ones
    theory: np.ndarray  # (L - 1,): mean field, for the network with skips
    runs: list  # of the network with skips and the plain one: `Epochs` so far
    alpha: float  # the strength of the skip connections
    gain: float  # n Var(W) of the inner layers
    inner: str  # the rule it comes from
    depth: int  # L, in weight layers
    activation: str  # of the hidden layers, by name
    epochs: int  # how many are asked for


@quiet("under")
def compute_skip_knob(
    alpha=1.0,
    inner="2/(nL)",
    depth=56,
    activation="relu",
    gamma=0.02,
    epochs=8,
    trained_width=32,
    seed=0,
):
    """Yield a SkipKnob with the gradients of two seeds, one with those of ten, then one after each
    epoch of training, and None in between.

    Both networks have 2/n in the outer layers with ReLU or leaky ReLU, 1/n with any other F.
    """
    gain = inner_gain(inner, alpha, depth)
    nets = (Added(skip=alpha, inner_variance=variance_of_gain(gain)), PLAIN)
    shared = {"alpha": alpha, "gain": gain, "inner": inner, "depth": depth}
    shared |= {"activation": activation, "epochs": epochs}
    for count in (FIRST_SEEDS, SEEDS):
        seeds = range(seed, seed + count)
        start = yield from describe_start(nets, shared, trained_width, seeds)
        yield SkipKnob(runs=[empty_run(), empty_run()], **shared, **start)

    how = (depth, trained_width, activation, outer_variance(activation), "gd", gamma, epochs)
    racers = {}
    for name, added in zip(("with skips", "plain"), nets):
        racers[name] = train_by_epoch(*how, seed=seed, pauses=True, added=added)
    for runs in race_by_epoch(racers, epochs):
        yield None if runs is None else SkipKnob(runs=list(runs.values()), **shared, **start)


def empty_run():
    """The `Epochs` of a run that has not begun."""
    none = np.empty(0)
    return Epochs(none, none, none, none)


def describe_start(nets, shared, width, seeds):
    """Yield None after each network, and return `delta`, `plain` and `theory` of a SkipKnob.

    `nets` are what is added to the network, and nothing; `shared` are the SkipKnob's other fields.
    """
    activation, depth = shared["activation"], shared["depth"]
    sizes = []
    for added in nets:
        how = (depth, width, activation, outer_variance(activation), seeds, SAMPLES)
        by_seed = []
        for start in initial_gradients(*how, added):
            by_seed.append(start.delta[:-1] - start.delta[-2])
            q1 = measure_first_sums(start)
        sizes.append(np.array(by_seed))
        yield None
    how = (activation, shared["gain"], shared["alpha"])
    theory = theory_residual.profile_with_skip(*how, q1, depth - 1)
    return {"delta": sizes[0], "plain": sizes[1], "theory": make_finite(theory)}
