"""The same network with 4, 20 and 56 layers, trained side by side."""

from collections import namedtuple

import numpy as np

from lecture_lib.quiet import quiet

from .digits_training import DEPTHS, train_by_epoch

DepthTraining = namedtuple("Race", "runs epochs activation variance")


@quiet("under")
def compute_depth_training(
    activation="sigmoid", variance="1", trained_width=32, gamma=0.05, seed=0, epochs=12
):
    """Train 4, 20 and 56 layers, an epoch each at a time; `runs` has the rows of `train_error` by depth."""
    racers = {
        L: train_by_epoch(
            L, trained_width, activation, variance, "gd", gamma, epochs, 64, seed, True
        )
        for L in DEPTHS
    }
    rows = {L: [] for L in DEPTHS}
    for epoch in range(epochs + 1):
        for L, racer in racers.items():
            while (row := next(racer, ())) is None:
                yield None
            rows[L] += [row] * bool(row)
            if all(rows.values()) and (epoch or DEPTHS[-1] == L):
                yield DepthTraining(
                    {L: np.array(r) for L, r in rows.items()}, epochs, activation, variance
                )
