"""One round of backpropagation on the 2-3-2-1 network, step by step."""

from dataclasses import dataclass

import numpy as np

from lecture_lib import check
from lecture_lib.small_networks.illustration import EDGES, Round, one_round, random_weights

# (what is computed, at which node), in the lecture's order: B27-B29, B30, B31 and B32, B33-B35.
STEPS = (
    *[("forward", node) for node in (1, 2, 3, 4, 5, 6)],
    ("error", 6),
    *[("delta", node) for node in (4, 5, 1, 2, 3)],
    *[("update", node) for node in (1, 2, 3, 4, 5, 6)],
)
NUDGE = 1e-5
FORMULAS = ("hidden", "written out")


@dataclass(frozen=True)
class BackpropPlayer:
    """The round up to one of its steps."""

    step: int  # 1 to len(STEPS)
    kind: str  # "forward", "error", "delta" or "update"
    node: int  # at which the step is taken, 1 to 6
    rule: str  # "right" or "spoken"
    uses: list  # edges whose weights the step uses
    weights: dict  # by edge, before the round
    v: Round  # all values of the round under `rule`
    right: Round  # the same under the right rule
    nudged: dict  # dE/dW by edge, from central differences of E
    formulas: str  # one of FORMULAS: whether the rules of the way back are written out


def compute_backprop_player(
    step=18, rule="right", activation="sigmoid", seed=0, gamma=0.5, formulas="hidden"
):
    """The BackpropPlayer at `step` of 18, for the random weights of `seed` (B26-B35); the reader
    finds the formulas of the way back in a check, so they are hidden at first.
    """
    check.one_of("formulas", formulas, FORMULAS)
    kind, node = STEPS[check.integer("step", step, 1, len(STEPS)) - 1]
    weights = random_weights(np.random.default_rng(seed))
    settings = {"activation": activation, "gamma": gamma}
    nudged = {}
    for edge, w in weights.items():
        above = one_round(weights | {edge: w + NUDGE}, **settings)
        below = one_round(weights | {edge: w - NUDGE}, **settings)
        nudged[edge] = (above.E - below.E) / (2 * NUDGE)
    return BackpropPlayer(
        step=step,
        kind=kind,
        node=node,
        rule=rule,
        uses=find_used_edges(kind, node),
        weights=weights,
        v=one_round(weights, rule=rule, **settings),
        right=one_round(weights, **settings),
        nudged=nudged,
        formulas=formulas,
    )


def find_used_edges(kind, node):
    """The edges whose weights a step at this node uses: a delta comes back along those that leave
    it.
    """
    if kind == "error":
        return []
    if kind == "delta":
        return [edge for edge in EDGES if edge[0] == node]
    return [edge for edge in EDGES if edge[1] == node]
