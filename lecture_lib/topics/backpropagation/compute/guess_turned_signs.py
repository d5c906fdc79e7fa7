"""How often the spoken rule turns the sign of a gradient."""

from functools import lru_cache

import numpy as np

from lecture_lib.small_networks.illustration import RULES, one_round, random_weights


@lru_cache
def find_turned_signs():
    """In how many of 100 illustration networks with weights up to 5 the spoken rule turns the sign of dE/dW(X1)1, for
    5 seeds (B32)."""

    def turned(rng):
        net = {edge: 5 * w for edge, w in random_weights(rng).items()}
        return np.prod([one_round(net, rule=rule)["gradient"]["X1", 1] for rule in RULES]) < 0

    return np.array(
        [sum(turned(rng) for _ in range(100)) for rng in map(np.random.default_rng, range(5))]
    )
