"""A network at a chosen point of the map of variance and depth, watched while it trains."""

from functools import lru_cache

import numpy as np

from lecture_lib.topics.remedies.compute.phase_diagram import phase_diagram

from .watched_run import calm
from .watching import VIEWS, watch

GAINS = np.geomspace(0.1, 1000, 33)  # n Var(W) of the map


@lru_cache(8)
@calm
def _map(activation, width, seed):
    return phase_diagram(activation, width, GAINS, seed=seed, samples=8)


def compute_live_point(
    depth=20, gain=2.0, activation="relu", trained_width=32, gamma=0.05, seed=0, view=VIEWS[0]
):
    """The map of `phase_diagram` and the digits net at one of its points, trained."""
    kinds = [(activation, "1/n", gain)]
    shown = {"gamma": gamma, "gain": gain, "view": view}
    yield from watch(
        "digits",
        depth,
        trained_width,
        seed,
        kinds,
        "gd",
        shown,
        _map(activation, trained_width, seed),
    )
