"""Forty starts of the 2-2-1 network on XOR, trained on and on.

A million steps take longer than a reader waits, so J after some of them was recorded once, by
`tools/record_long_training.py`, and is read from a file.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from lecture_lib import check

STARTS = 40  # the seeds 0 to 39
LAST = 1_000_000  # steps
# The least J of two samples with different targets on one point, the other two without error.
FLOOR = 1 / 16


@dataclass(frozen=True)
class LongTraining:
    """J of all starts after the recorded steps, up to the one that was asked for."""

    chosen: int  # the start that is looked at: its seed
    steps: np.ndarray  # (n,): the recorded steps, from 1
    above: np.ndarray  # (n, STARTS): J - FLOOR after each of them

    @property
    def J(self):
        """The cost after each recorded step, an array (n, STARTS)."""
        return self.above + FLOOR

    @property
    def is_above(self):
        """Which starts are above the floor at the end, an array (STARTS,)."""
        return self.above[-1] > 0


@cache
def load_record():
    """(recorded steps (n,), J - FLOOR after them (n, STARTS)), read only."""
    package = files("lecture_lib")
    with (package / "data_files" / "xor_long_training.npz").open("rb") as file:
        stored = np.load(file)
        steps = stored["steps"].astype(int)
        above = stored["above"].astype(float)
    steps.setflags(write=False)
    above.setflags(write=False)
    return steps, above


def compute_long_training(step=1000, chosen=6):
    """The LongTraining up to the last recorded step that is at most `step`, 1 to a million (M3).

    `chosen`, 0 to 39, is the start that is looked at: its seed.
    """
    step = check.integer("step", step, 1, LAST)
    chosen = check.integer("chosen", chosen, 0, STARTS - 1)
    steps, above = load_record()
    count = int(np.searchsorted(steps, step, side="right"))
    return LongTraining(chosen, steps[:count], above[:count])
