"""One neuron per layer: the factors of its gradient and their product."""

from dataclasses import dataclass

import numpy as np

from lecture_lib.chain import Chain, run_chain
from lecture_lib.powers_of_ten import FLOOR, log10_floored

from .typical_factors import largest_slope


@dataclass(frozen=True)
class ScalarChain:
    """One chain with its gradients, in decades by layer (L,)."""

    gradients: np.ndarray  # log10 |dO/dW_k|
    bound: np.ndarray  # the same if every F' were at its largest
    chain: Chain
    activation: str


def compute_scalar_chain(depth=4, X=1.0, weights="random", W=1.0, activation="sigmoid", seed=0):
    """The ScalarChain with weights from N(0, 1) ("random") or all W ("equal") (V5, V9, V10)."""
    if weights == "random":
        values = np.random.default_rng(seed).standard_normal(depth)
    else:
        values = np.full(depth, W)
    chain = run_chain(values, X, activation)
    return ScalarChain(
        gradients=np.maximum(chain.log10_gradients(), FLOOR),
        bound=np.maximum(bound_gradients(chain, largest_slope(activation)), FLOOR),
        chain=chain,
        activation=activation,
    )


def bound_gradients(chain, slope):
    """log10 of |y_{k-1}| slope prod_{l>k} |W_l| slope: |dO/dW_k| if every |F'| were `slope`
    (V12).
    """
    own = log10_floored(np.abs(chain.before) * slope)
    factors = log10_floored(np.abs(chain.W[1:]) * slope)
    from_the_end = np.append(factors, 0.0)[::-1]
    later = from_the_end.cumsum()[::-1]
    return own + later
