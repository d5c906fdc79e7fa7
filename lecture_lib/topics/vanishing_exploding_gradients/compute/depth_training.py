"""The same network with 2 to 56 layers, trained side by side."""

from dataclasses import dataclass

from lecture_lib.digits_networks.training import collect_epochs, train_by_epoch
from lecture_lib.quiet import quiet
from lecture_lib.slices import wait_for

DEPTH_AXIS = (2, 4, 6, 10, 14, 20, 28, 40, 56)
# The untrained networks of up to so many layers are shown at once: the others take twice as long.
SEEN_FIRST = 20


@dataclass(frozen=True)
class DepthTraining:
    """Networks in training that differ in depth alone."""

    runs: dict  # depth: its `Epochs` so far
    epochs: int  # how many are asked for
    activation: str  # of the hidden layers, by name
    variance: str  # the rule of the initial weights


@quiet("under")
def compute_depth_training(
    activation="sigmoid",
    variance="1",
    trained_width=32,
    gamma=0.05,
    seed=0,
    epochs=12,
    deepest=DEPTH_AXIS[-1],
):
    """Train networks of 2 to `deepest` layers, an epoch each at a time: yield a DepthTraining after
    each, and None in between.

    A depth that has diverged stays as it is while the others go on (V2, V4).
    """
    depths = [depth for depth in DEPTH_AXIS if depth <= deepest]
    how = {"activation": activation, "variance": variance, "gamma": gamma, "pauses": True}
    how |= {"width": trained_width, "epochs": epochs, "seed": seed}
    racers = {depth: train_by_epoch(depth, **how) for depth in depths}
    rows = {depth: [] for depth in depths}
    for epoch in range(epochs + 1):
        for depth, racer in racers.items():
            row = yield from wait_for(racer)
            if row is not None:
                rows[depth].append(row)
            if epoch > 0 or depth in (SEEN_FIRST, depths[-1]):
                runs = {L: collect_epochs(found) for L, found in rows.items() if found}
                yield DepthTraining(runs, epochs, activation, variance)
