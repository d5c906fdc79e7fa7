"""How many of 20 random starts of a small network learn XOR."""

from functools import lru_cache
from itertools import islice

import numpy as np

from lecture_lib.data import gate
from lecture_lib.network import forward, initialise, mlp, stack
from lecture_lib.training import train

from .hidden_space import STEPS

STARTS = 20
GROUPS = 5  # of STARTS each: five answers to the question


@lru_cache
def find_xor_learned():
    """How many of 20 starts of a 2-2-1 net have all of XOR right after 1,000 steps, an array (5,)
    (M3).
    """
    net = mlp((2, 2, 1))
    points = gate("XOR")
    starts = []
    for seed in range(GROUPS * STARTS):
        rng = np.random.default_rng(seed)
        starts.append(initialise(net, rng, "1", bias_variance=1.0))

    steps = train(net, stack(starts), points.x, points.d, gamma=5.0)
    *_, last = islice(steps, STEPS)

    says_one = forward(net, last.after, points.x).a[-1] > 0.5
    right = (says_one == (points.d > 0.5)).all(axis=(1, 2))
    return right.reshape(GROUPS, STARTS).sum(axis=1)
