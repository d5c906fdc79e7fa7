"""The lecture's 20 and 56 layers once more, plain and with skip connections."""

from dataclasses import dataclass

from lecture_lib.digits_networks.nets import PLAIN, Added
from lecture_lib.digits_networks.training import race_by_epoch, train_by_epoch
from lecture_lib.quiet import quiet

DEPTHS = (20, 56)  # V1


@dataclass(frozen=True)
class SkipRace:
    """Four networks in training."""

    runs: dict  # (depth, whether it has skips): its `Epochs` so far
    inner: str  # the rule for the inner layers of those with skips
    gamma: float  # the learning rate
    epochs: int  # how many are asked for


@quiet("under")
def compute_skip_race(inner="0", gamma=0.02, epochs=8, trained_width=32, seed=0):
    """Train ReLU networks with 2/n in the outer layers, an epoch each at a time: yield a SkipRace
    after each, and None in between.
    """
    rule = "0" if inner == "arc" else inner  # where the arc ends, at full strength
    racers = {}
    for has_skip in (False, True):
        added = Added(skip=1.0, inner_variance=rule) if has_skip else PLAIN
        for depth in DEPTHS:
            how = (depth, trained_width, "relu", "2/n", "gd", gamma, epochs)
            racers[depth, has_skip] = train_by_epoch(*how, seed=seed, pauses=True, added=added)
    for runs in race_by_epoch(racers, epochs):
        yield None if runs is None else SkipRace(runs, inner, gamma, epochs)
