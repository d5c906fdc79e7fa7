"""The gradient of 100,000 random chains, at every depth."""

from collections import namedtuple

import numpy as np

from lecture_lib.chain import first_gradient_by_depth
from lecture_lib.powers_of_ten import log10_floored
from lecture_lib.quiet import quiet

from .typical_factors import (
    MEAN_WEIGHT,
    TYPICAL_SIGMOID,
    TYPICAL_WEIGHT,
    largest_slope,
)

DRAWS = 100_000
BINS = np.arange(-60.0, 20.5)
ChainDraws = namedtuple(
    "Draws", "bands mean counts rate typical bound above share depth activation"
)


@quiet("under")
def compute_chain_draws(depth=20, activation="sigmoid", std=1.0, X=1.0, seed=0):
    """|dO/dW_1| of 100,000 chains, W ~ N(0, std^2), in parts; a chain of depth L is the first L layers of 56.

    By depth: `bands` 5 %, 50 %, 95 %, and log10 of the `mean`; `counts` in BINS at `depth`. Plain numbers: `rate` the
    typical factor a layer, `typical` its exact value where it is known, `bound` the typical and the mean factor at the
    largest F'; the shares `above` of factors |W F'| > 1 and `share` of chains of that depth with |dO/dW_1| >= 1.
    """
    rng, logs, total, above = np.random.default_rng(seed), [], 0.0, 0
    slope, bands = std * largest_slope(activation), np.empty((3, 56))
    exact = {"sigmoid": TYPICAL_SIGMOID if std == 1 else None, "linear": TYPICAL_WEIGHT * std}.get(
        activation
    )
    for pieces in ([1000], [4500] * 2, *[[5000] * 6] * 3):
        for size in pieces:
            if logs:
                yield None
            new = first_gradient_by_depth(std * rng.standard_normal((size, 56)), X, activation)
            new = np.maximum(new, -5000).T  # -inf, a dead chain, would make differences nan
            total, above = total + (10**new).sum(axis=1), above + (np.diff(new, axis=0) > 0).sum()
            logs.append(new)
        count = sum(part.shape[1] for part in logs)
        places = [int(part * count) for part in (0.05, 0.5, 0.95)]
        for first in range(0, 56, 8):
            if len(logs) > 1:
                yield None
            some = np.hstack([part[first : first + 8] for part in logs])
            bands[:, first : first + 8] = np.maximum(
                np.partition(some, places, axis=1)[:, places].T, -320
            )
        at_depth = np.concatenate([part[depth - 1] for part in logs])
        rate = 0.0 if bands[1, -1] == -320 else float(10 ** ((bands[1, -1] - bands[1, 9]) / 46))
        yield ChainDraws(
            bands.copy(),
            log10_floored(total / count),
            np.histogram(np.clip(at_depth, -60, 20), BINS)[0],
            rate,
            exact,
            (TYPICAL_WEIGHT * slope, MEAN_WEIGHT * slope),
            float(above / (55 * count)),
            float((at_depth >= 0).mean()),
            depth,
            activation,
        )
