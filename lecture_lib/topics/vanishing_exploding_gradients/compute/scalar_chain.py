"""One neuron per layer: the factors of its gradient and their product."""

from collections import namedtuple

import numpy as np

from lecture_lib.chain import run_chain
from lecture_lib.powers_of_ten import log10_floored

from .typical_factors import (
    largest_slope,
)

ScalarChain = namedtuple("ChainView", "gradients bound chain activation")


def compute_scalar_chain(depth=4, X=1.0, weights="random", W=1.0, activation="sigmoid", seed=0):
    """The chain with weights from N(0, 1) or all W ("equal"): dO/dW_k by layer, its `bound` at the largest F'."""
    drawn = np.random.default_rng(seed).standard_normal(depth)
    chain = run_chain(drawn if weights == "random" else np.full(depth, W), X, activation)
    later = np.append(log10_floored(np.abs(chain.W[1:]) * largest_slope(activation)), 0.0)[
        ::-1
    ].cumsum()[::-1]
    bound = log10_floored(np.abs(chain.before) * largest_slope(activation)) + later
    return ScalarChain(
        np.maximum(chain.log10_gradients(), -320), np.maximum(bound, -320), chain, activation
    )
