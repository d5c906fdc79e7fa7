"""One round of backpropagation on the 2-3-2-1 network, step by step."""

from collections import namedtuple

import numpy as np

from lecture_lib import check
from lecture_lib.small_networks import illustration

STEPS = tuple(
    [("forward", n) for n in range(1, 7)]
    + [("error", 6)]
    + [("delta", n) for n in (4, 5, 1, 2, 3)]
    + [("update", n) for n in range(1, 7)]
)
BackpropPlayer = namedtuple("Player", "step kind node rule uses weights v right nudged")


def compute_backprop_player(step=18, rule="right", activation="sigmoid", seed=0, gamma=0.5):
    """One round on the 2-3-2-1 net up to `step`: values `v` under the rule and under the `right` one, dE/dW `nudged`
    (central differences of E), and the weights that the step `uses`."""
    kind, node = STEPS[check.integer("step", step, 1, len(STEPS)) - 1]
    weights = illustration.random_weights(np.random.default_rng(seed))
    run = lambda w, rule="right": illustration.one_round(
        w, activation=activation, gamma=gamma, rule=rule
    )
    E = lambda edge, h: run(weights | {edge: weights[edge] + h})["E"]
    nudged = {edge: (E(edge, 1e-5) - E(edge, -1e-5)) / 2e-5 for edge in weights}
    end = {"delta": 0, "error": 2}.get(
        kind, 1
    )  # a delta comes back along the weights that leave its unit
    uses = [edge for edge in weights if (*edge, None)[end] == node]
    return BackpropPlayer(
        step, kind, node, rule, uses, weights, run(weights, rule), run(weights), nudged
    )
