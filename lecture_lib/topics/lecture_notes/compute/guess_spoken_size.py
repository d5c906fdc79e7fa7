"""How large the first delta is by the spoken rule."""

from functools import lru_cache

import numpy as np

from lecture_lib.small_networks.illustration import one_round, random_weights

NETWORKS = 20


@lru_cache
def find_spoken_size():
    """|delta_1| by the spoken rule over the right one, for 20 illustration networks: an array (20,)
    (B32, K31).
    """
    ratios = []
    for seed in range(NETWORKS):
        weights = random_weights(np.random.default_rng(seed))
        right = one_round(weights, rule="right").delta[1]
        spoken = one_round(weights, rule="spoken").delta[1]
        ratios.append(abs(spoken / right))
    return np.array(ratios)
