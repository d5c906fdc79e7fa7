"""A network at a chosen point of the map of variance and depth, watched while it trains."""

from functools import lru_cache

import numpy as np

from lecture_lib.digits_networks.phase_diagram import phase_diagram
from lecture_lib.quiet import quiet

from .watching import VIEWS, Kind, watch

GAINS = np.geomspace(0.1, 1000, 33)  # n Var(W) of the map


def compute_live_point(
    depth=20, gain=2.0, activation="relu", trained_width=32, gamma=0.05, seed=0, view=VIEWS[0]
):
    """Yield a Watch, with the map, of the digits network at the point (`gain` = n Var(W), `depth`)
    (R5).
    """
    kinds = [Kind(activation, "1/n", gain)]
    shown = {"gamma": gamma, "gain": gain, "view": view}
    decades = compute_map(activation, trained_width, seed)
    yield from watch("digits", depth, trained_width, seed, kinds, shown, decades=decades)


@lru_cache(8)
@quiet("all")
def compute_map(activation, width, seed):
    """The decades of `phase_diagram` over depth and GAINS."""
    return phase_diagram(activation, width, GAINS, seed=seed, samples=8)
