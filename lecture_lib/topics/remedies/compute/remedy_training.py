"""The lecture's network (A) against the same network with a remedy (B), epoch by epoch."""

from collections import namedtuple

import numpy as np

from lecture_lib.quiet import quiet
from lecture_lib.topics.vanishing_exploding_gradients.compute.digits_training import train_by_epoch

RemedyTraining = namedtuple("Duel", "runs depth activation variance optimiser gamma epochs")


@quiet("under")
def compute_remedy_training(
    depth=20,
    activation="relu",
    variance="2/n",
    optimiser="gd",
    gamma=0.05,
    trained_width=32,
    seed=0,
    epochs=20,
):
    """The lecture's network (A) against a remedy (B), an epoch each at a time; `runs` has the rows of `train_error`.

    Rprop takes all samples in each step, so its epoch is one step, and gamma is its first step.
    """
    racers = (
        train_by_epoch(depth, trained_width, epochs=epochs, seed=seed, pauses=True),
        train_by_epoch(
            depth,
            trained_width,
            activation,
            variance,
            optimiser,
            gamma,
            epochs,
            None if optimiser == "rprop" else 64,
            seed,
            True,
        ),
    )
    rows = ([], [])
    for _ in range(epochs + 1):
        for racer, kept in zip(racers, rows):
            while (row := next(racer, ())) is None:
                yield None
            kept += [row] * bool(row)
        yield RemedyTraining(
            [np.array(kept) for kept in rows], depth, activation, variance, optimiser, gamma, epochs
        )
