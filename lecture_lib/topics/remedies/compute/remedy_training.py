"""The lecture's network (A) against the same network with a remedy (B), epoch by epoch."""

from dataclasses import dataclass

from lecture_lib.digits_networks.training import race_by_epoch, train_by_epoch
from lecture_lib.quiet import quiet


@dataclass(frozen=True)
class RemedyTraining:
    """Two networks of one depth in training, A as in the lecture and B with the settings named
    here.
    """

    runs: list  # of A and of B: its `digits_networks.training.Epochs` so far
    depth: int  # L of both, in weight layers
    activation: str  # of B
    variance: str  # of the initial weights of B, a rule
    optimiser: str  # of B
    gamma: float  # the learning rate of B
    epochs: int  # how many are asked for


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
    """Train A and B, an epoch each at a time: yield a RemedyTraining after each epoch of both, None
    in between.

    Rprop takes all samples in each step, so its epoch is one step, and gamma is its first step.
    """
    shared = {"width": trained_width, "epochs": epochs, "seed": seed, "pauses": True}
    batch = None if optimiser == "rprop" else 64
    a = train_by_epoch(depth, **shared)
    b = train_by_epoch(
        depth,
        activation=activation,
        variance=variance,
        optimiser=optimiser,
        gamma=gamma,
        batch=batch,
        **shared,
    )
    settings = (depth, activation, variance, optimiser, gamma, epochs)
    for runs in race_by_epoch({"A": a, "B": b}, epochs):
        yield None if runs is None else RemedyTraining(list(runs.values()), *settings)
