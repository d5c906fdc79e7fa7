"""What frozen biases cost in the numeric example."""

from functools import lru_cache

import numpy as np

from lecture_lib.small_networks.worked_example import BIASES, repeat


@lru_cache
def find_cost_of_frozen_biases():
    """How many times larger the error of the numeric example is after 10,000 updates with frozen biases than with
    biases that learn, separate and shared (N19)."""
    frozen, *learning = (repeat(10_000, biases=biases)[0][-1] for biases in BIASES)
    return frozen / np.array(learning)
