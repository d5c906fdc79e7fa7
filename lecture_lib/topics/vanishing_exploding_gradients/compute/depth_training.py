"""The same network with 4, 20 and 56 layers, trained side by side."""

from dataclasses import dataclass

from lecture_lib.quiet import quiet
from lecture_lib.slices import wait_for

from .digits_training import DEPTHS, collect_epochs, train_by_epoch


@dataclass(frozen=True)
class DepthTraining:
    """Three networks in training that differ in depth alone."""

    runs: dict  # depth: its `Epochs` so far
    epochs: int  # how many are asked for
    activation: str
    variance: str


@quiet("under")
def compute_depth_training(
    activation="sigmoid", variance="1", trained_width=32, gamma=0.05, seed=0, epochs=12
):
    """Train 4, 20 and 56 layers, an epoch each at a time: yield a DepthTraining after each, and
    None in between.

    A depth that has diverged stays as it is while the others go on (V2, V4).
    """
    racers = {}
    for depth in DEPTHS:
        racers[depth] = train_by_epoch(
            depth,
            width=trained_width,
            activation=activation,
            variance=variance,
            gamma=gamma,
            epochs=epochs,
            seed=seed,
            pauses=True,
        )
    rows = {depth: [] for depth in DEPTHS}
    for epoch in range(epochs + 1):
        for depth, racer in racers.items():
            row = yield from wait_for(racer)
            if row is not None:
                rows[depth].append(row)
            is_last_depth = depth == DEPTHS[-1]
            if epoch > 0 or is_last_depth:
                runs = {L: collect_epochs(found) for L, found in rows.items()}
                yield DepthTraining(runs, epochs, activation, variance)
