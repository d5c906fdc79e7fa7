"""How large the first delta is by the spoken rule."""

from functools import lru_cache

import numpy as np

from lecture_lib.small_networks.illustration import RULES, one_round, random_weights


@lru_cache
def find_spoken_size():
    """|delta_1| by the spoken rule over the right one, for 20 illustration networks (B32, K31)."""
    nets = [random_weights(np.random.default_rng(seed)) for seed in range(20)]
    return np.array(
        [
            abs(np.divide(*(one_round(net, rule=rule)["delta"][1] for rule in RULES[::-1])))
            for net in nets
        ]
    )
