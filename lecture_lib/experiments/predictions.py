"""What a student guesses before seeing it, and what the networks give: one function of `seeds` runs a question."""

from collections import namedtuple
from functools import lru_cache

import numpy as np

from ..illustration import RULES, play, random_weights
from ..worked_example import BIASES, repeat
from .gradients import layer_sizes

Guess = namedtuple("Guess", "mine found")  # `found` is None until the answer is asked for


@lru_cache
def first_layer_share():
    """||delta_1|| / ||delta_19|| of 20 sigmoid layers with variance 1, width 32, for 20 seeds (V1, V13)."""
    delta = layer_sizes(20, 32, "sigmoid", "1", seeds=range(20)).delta
    return delta[:, 0] / delta[:, -2]


def guess(truth):
    """The compute function of a prediction: runs `truth()` only when the answer is asked for."""
    return lambda mine, answer: Guess(mine, np.sort(truth()) if answer == "shown" else None)


@lru_cache
def turned_signs():
    """In how many of 100 illustration networks with weights up to 5 the spoken rule turns the sign of dE/dW(X1)1, for
    5 seeds (B32)."""
    def turned(rng):
        net = {edge: 5 * w for edge, w in random_weights(rng).items()}
        return np.prod([play(net, rule=rule)["gradient"]["X1", 1] for rule in RULES]) < 0
    return np.array([sum(turned(rng) for _ in range(100)) for rng in map(np.random.default_rng, range(5))])


@lru_cache
def cost_of_frozen_biases():
    """How many times larger the error of the numeric example is after 10,000 updates with frozen biases than with
    biases that learn, separate and shared (N19)."""
    frozen, *learning = (repeat(10_000, biases=biases)[0][-1] for biases in BIASES)
    return frozen / np.array(learning)
