"""Six networks: without normalisation, with that of the batch and of the layer, each without and
with skip connections.
"""

from dataclasses import dataclass

import numpy as np

from lecture_lib.digits_networks.nets import Added, digits_net, initial_gradients
from lecture_lib.digits_networks.training import train_by_epoch
from lecture_lib.quiet import quiet
from lecture_lib.slices import wait_for

from .nets import read_out_error

# Skips alone need a variance that knows the depth; a normalisation takes any, here 2/n.
SIX = {
    "plain": Added(),
    "skip": Added(skip=1.0, inner_variance="2/(nL)"),
    "batch": Added(normalisation="batch"),
    "batch + skip": Added(skip=1.0, normalisation="batch"),
    "layer": Added(normalisation="layer"),
    "layer + skip": Added(skip=1.0, normalisation="layer"),
}
SEEDS = 5
SAMPLES = 128
NOT_BEGUN = -1.0  # an error that is not yet measured


@dataclass(frozen=True)
class NormAndSkip:
    """The six networks, in the order of SIX."""

    # (6, L - 1): log10 ||delta_l|| / ||delta_last hidden||, median of 5 seeds; at first of one
    delta: np.ndarray
    # (6,): wrong answers of a linear read-out of the untrained network; -1: not yet measured
    read_out: np.ndarray
    errors: np.ndarray  # (6,): training error; nan: diverged, -1: not begun
    epoch: int  # after so many epochs, for the network that is the furthest
    epochs: int  # how many are asked for
    depth: int  # L, in weight layers
    seed: int  # of the random numbers


@quiet("under")
def compute_norm_and_skip(
    depth=56, epochs=4, gamma_plain=0.02, gamma_norm=0.1, trained_width=32, seed=0
):
    """Yield a NormAndSkip of the gradients of one seed, one after each network whose start is
    measured, then one after each epoch of each, and None in between.

    ReLU with 2/n; `gamma_plain` is the learning rate without normalisation, `gamma_norm` with it.
    """
    errors = np.full(len(SIX), NOT_BEGUN)
    shared = {"epochs": epochs, "depth": depth, "seed": seed}
    first = [measure_profile(added, depth, trained_width, (seed,)) for added in SIX.values()]
    start = {"delta": np.array(first), "read_out": errors.copy()}
    yield NormAndSkip(errors=errors.copy(), epoch=0, **shared, **start)
    for known in describe_start(start, depth, trained_width, seed):
        if known is None:
            yield None
            continue
        start = known
        yield NormAndSkip(errors=errors.copy(), epoch=0, **shared, **start)
    racers = []
    for added in SIX.values():
        rate = gamma_plain if added.normalisation == "none" else gamma_norm
        how = (depth, trained_width, "relu", "2/n", "gd", rate, epochs)
        racers.append(train_by_epoch(*how, seed=seed, pauses=True, added=added))
    for epoch in range(epochs + 1):
        for k, racer in enumerate(racers):
            row = yield from wait_for(racer)
            if row is not None:
                errors[k] = row.train_error
            yield NormAndSkip(errors=errors.copy(), epoch=epoch, **shared, **start)


def describe_start(start, depth, width, seed):
    """Yield what a NormAndSkip says of the untrained networks, beginning with `start`, after each
    network that is measured, and None in between.
    """
    delta = start["delta"].copy()
    read_out = start["read_out"].copy()
    for k, added in enumerate(SIX.values()):
        delta[k] = measure_profile(added, depth, width, range(seed, seed + SEEDS))
        yield None
        net, params = digits_net(depth, width, "relu", "2/n", np.random.default_rng(seed), added)
        read_out[k] = read_out_error(net, params)
        yield {"delta": delta.copy(), "read_out": read_out.copy()}


def measure_profile(added, depth, width, seeds):
    """log10 ||delta_l|| / ||delta_last hidden|| of an untrained network, (L - 1,), median over the
    seeds.
    """
    starts = initial_gradients(depth, width, "relu", "2/n", seeds, SAMPLES, added)
    return np.median([start.delta[:-1] - start.delta[-2] for start in starts], axis=0)
