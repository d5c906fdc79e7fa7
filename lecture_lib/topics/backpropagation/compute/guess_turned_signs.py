"""How often the spoken rule turns the sign of a gradient."""

from functools import lru_cache

import numpy as np

from lecture_lib.small_networks.illustration import one_round, random_weights

NETWORKS = 100
SEEDS = 5
LARGEST = 5  # weight


@lru_cache
def find_turned_signs():
    """In how many of 100 networks the spoken rule turns the sign of dE/dW(X1)1, for 5 seeds: an
    array (5,) (B32).
    """
    counts = []
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        counts.append(sum(is_sign_turned(rng) for _ in range(NETWORKS)))
    return np.array(counts)


def is_sign_turned(rng):
    """Whether the two rules give dE/dW(X1)1 opposite signs, for a network with random weights up to
    LARGEST.
    """
    weights = {edge: LARGEST * w for edge, w in random_weights(rng).items()}
    right = one_round(weights, rule="right").gradient["X1", 1]
    spoken = one_round(weights, rule="spoken").gradient["X1", 1]
    return right * spoken < 0
