"""What frozen biases cost in the numeric example."""

from functools import lru_cache

import numpy as np

from lecture_lib.small_networks.worked_example import repeat

UPDATES = 10_000


@lru_cache
def find_cost_of_frozen_biases():
    """E with frozen biases over E with biases that learn, separate and shared, after 10,000
    updates: (2,) (N19).
    """
    end = {}
    for biases in ("frozen", "separate", "shared"):
        errors, _ = repeat(UPDATES, biases=biases)
        end[biases] = errors[-1]
    return end["frozen"] / np.array([end["separate"], end["shared"]])
