"""Large initial weights: sums and gradients that grow, and a training that leaves the finite numbers."""

from collections import namedtuple

import numpy as np

from lecture_lib import data
from lecture_lib.network import delta_sizes
from lecture_lib.powers_of_ten import log10_floored
from lecture_lib.quiet import quiet
from lecture_lib.training import train

from .digits_nets import (
    initial_backprop,
)

Exploding = namedtuple("Explosion", "size delta losses activation")


@quiet("under")
def compute_exploding(depth=10, trained_width=32, activation="relu", gain=4.0, gamma=0.05, seed=0):
    """A start with variance gain / n: rms z_l, ||delta_l||; plain `losses` of 60 steps, without and with clipping."""
    digits, losses = data.digits(), {"plain": [], "clipped": []}
    net, params, trace, back = initial_backprop(
        depth, trained_width, activation, gain / trained_width, seed
    )
    size, delta = log10_floored(
        np.array([delta_sizes([None, *trace.z[1:]]), delta_sizes(back.delta)])
    )
    runs = {
        name: train(
            net, params, digits.x, digits.d, gamma, "gd", 64, np.random.default_rng(seed), clip
        )
        for name, clip in (("plain", None), ("clipped", 1.0))
    }
    for k in range(60):
        for name, run in runs.items():
            losses[name] += [step.loss for step in (next(run, None),) if step]
        if k % 10 in (0, 9):
            yield Exploding(size, delta, {n: np.array(v) for n, v in losses.items()}, activation)
