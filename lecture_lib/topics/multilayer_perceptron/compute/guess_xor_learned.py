"""How many of 20 random starts of a small network learn XOR."""

from functools import lru_cache

import numpy as np

from lecture_lib.data import gate
from lecture_lib.network import Params, backward, forward, initialise, mlp, stack

from .hidden_space import STEPS


@lru_cache
def find_xor_learned():
    """How many of 20 starts of a 2-2-1 net have all of XOR right after 1,000 steps, for 5 times 20 seeds (M3)."""
    net, points = mlp((2, 2, 1)), gate("XOR")
    params = stack(
        [initialise(net, np.random.default_rng(s), "1", bias_variance=1.0) for s in range(100)]
    )
    for _ in range(STEPS):
        slope = backward(net, params, forward(net, params, points.x), points.d).gradient
        params = Params(
            *(
                (None, *(w - 5.0 * g for w, g in zip(old[1:], new[1:])))
                for old, new in ((params.W, slope.W), (params.b, slope.b))
            )
        )
    right = (forward(net, params, points.x).a[-1] > 0.5) == (points.d > 0.5)
    return right.all(axis=(1, 2)).reshape(5, 20).sum(axis=1)
