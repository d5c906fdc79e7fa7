"""One neuron per layer: the factors of its gradient and their product."""

from dataclasses import dataclass

import numpy as np

from lecture_lib.bounds import bound_gradients, largest_slope
from lecture_lib.chain import Chain, run_chain
from lecture_lib.powers_of_ten import FLOOR


@dataclass(frozen=True)
class ScalarChain:
    """One chain with its gradients, in decades by layer (L,)."""

    gradients: np.ndarray  # log10 |dO/dW_k|
    bound: np.ndarray  # the same if every F' were at its largest
    chain: Chain  # all its values
    activation: str  # of every unit, by name


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
