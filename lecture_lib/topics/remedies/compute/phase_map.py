"""The map of variance and depth: where gradients vanish, hold and explode."""

from collections import namedtuple

import numpy as np

from lecture_lib import theory
from lecture_lib.quiet import quiet

from .phase_diagram import DEPTH_AXIS, VARIANCES, phase_diagram

PhaseMap = namedtuple("Phases", "decades critical rate theory activation width seeds")


@quiet("under")
def compute_phase_map(activation="sigmoid", width=64, seeds=2, seed=0):
    """`decades`, the median of `phase_diagram` over seeds, first in coarse columns; the factor a layer at the largest
    depth (`rate`) and sqrt(chi) of `theory`, both by VARIANCES; `critical` is the n Var(W) with chi = 1."""
    decades, columns = np.empty((len(DEPTH_AXIS), len(VARIANCES))), 10 if width <= 64 else 16
    samples = int(np.clip(1024 // width, 4, 16))
    predicted = np.sqrt([theory.fixed_point(activation, s)[1] for s in VARIANCES[::4].tolist()])
    for part in range(columns):
        found = []
        for k in range(seeds):
            found.append(
                phase_diagram(
                    activation, width, VARIANCES[part::columns], seed=seed + k, samples=samples
                )
            )
            middle = np.median(found, axis=0)
            if part == 0:
                decades[:] = np.repeat(middle, columns, axis=1)[:, : len(VARIANCES)]
            decades[:, part::columns] = middle
            yield PhaseMap(
                decades.copy(),
                theory.critical_variance(activation),
                10 ** (decades[-1] / (DEPTH_AXIS[-1] - 2)),
                predicted,
                activation,
                width,
                seeds,
            )
