"""Train the 2-2-1 network from forty starts on XOR for a million steps, and write J after some of
them to `lecture_lib/data_files/xor_long_training.npz`, for the explorer `long_training`.

It takes some minutes; the tests repeat the first steps, and `make test-long` repeats all of them.
Usage: python tools/record_long_training.py
"""

from itertools import islice
from pathlib import Path

import numpy as np

from lecture_lib.data import gate
from lecture_lib.network import initialise, mlp, stack
from lecture_lib.topics.multilayer_perceptron.compute.long_training import FLOOR, LAST, STARTS
from lecture_lib.topics.multilayer_perceptron.explorers import long_training
from lecture_lib.training import train

FILE = Path(__file__).parent.parent / "lecture_lib" / "data_files" / "xor_long_training.npz"
A_DECADE = 24  # recorded steps in a power of ten


def choose_steps():
    """The steps (n,) to record: those of the slider, and others between them for the curves."""
    few = next(control for control in long_training.controls if control.name == "step").grid()
    many = np.geomspace(1, LAST, 6 * A_DECADE + 1).round().astype(int)
    return np.union1d(few, many)


def record(steps):
    """J - FLOOR (n, STARTS) after each of these steps."""
    net = mlp((2, 2, 1))
    starts = []
    for seed in range(STARTS):
        rng = np.random.default_rng(seed)
        starts.append(initialise(net, rng, "1", bias_variance=1.0))
    points = gate("XOR")
    run = train(net, stack(starts), points.x, points.d, gamma=5.0)
    above = []
    done = -1
    for step in steps:
        last = next(islice(run, int(step) - done - 1, None))
        done = int(step)
        above.append(last.loss - FLOOR)  # before its own step, so after `step` others
    return np.array(above)


def main():
    """Write the file."""
    steps = choose_steps()
    np.savez_compressed(FILE, steps=steps.astype(np.int32), above=record(steps).astype(np.float32))


if __name__ == "__main__":
    main()
