"""The lecture's 2-3-2-1 illustration network, node by node (B26-B36), right and as spoken.

delta_n means -dE/dY_n here, with E = (Z - Y)^2 / 2: the sign and the place of the lecture's illustration. (In
`network`, delta = dJ/din; the two are tied by  network delta_n = -F_n'(e_n) * delta_n.) The right recursion
carries the derivative of the unit it comes through,

    delta_4 = W46 F6'(e6) delta,    delta_1 = W14 F4'(e4) delta_4 + W15 F5'(e5) delta_5,

the one spoken in the lecture leaves every F' out (slip K31): wrong in size, sometimes in sign, and missing
just the factors that make gradients vanish.
"""

import numpy as np

from lecture_lib import check
from lecture_lib.activations import activation as find_activation

# Weights by (from, to); the inputs are "X1", "X2". In the order in which the lecture updates them.
EDGES = tuple(
    [(x, n) for n in (1, 2, 3) for x in ("X1", "X2")]
    + [(m, n) for n in (4, 5) for m in (1, 2, 3)]
    + [(4, 6), (5, 6)]
)
RULES = ("right", "spoken")


def edge_name(edge):
    """The lecture's name of a weight: W(X1)1, W14, W46."""
    source, node = edge
    return f"W({source}){node}" if isinstance(source, str) else f"W{source}{node}"


def random_weights(rng):
    """Fourteen weights, uniform in [-1, 1]: a dict by edge."""
    return {edge: float(rng.uniform(-1, 1)) for edge in EDGES}


def one_round(weights, X1=0.5, X2=-0.3, Z=1.0, activation="sigmoid", gamma=0.5, rule="right"):
    """One full round: a dict with e[n], Y[n], slope[n] = F'(e_n), delta[n], gradient[edge] and new[edge].

    `gradient` is dE/dW under `rule` ("right" or "spoken"); n = 1..6, and delta[6] = Z - Y.
    """
    check.one_of("rule", rule, RULES)
    if set(weights) != set(EDGES):
        raise ValueError(
            f"weights had {len(weights)} edges; it must have the {len(EDGES)} edges of EDGES."
        )
    weights = {edge: check.real(edge_name(edge), weights[edge], -1e9, 1e9) for edge in EDGES}
    gamma = check.real("learning rate gamma", gamma, high=1e9, above=0)
    F = find_activation(activation)
    Y = {"X1": check.real("X1", X1, -1e9, 1e9), "X2": check.real("X2", X2, -1e9, 1e9)}
    e, slope = {}, {}
    for n in range(1, 7):  # B27-B29: nodes are numbered so that every source comes first
        e[n] = sum(w * Y[source] for (source, node), w in weights.items() if node == n)
        Y[n], slope[n] = float(F.f(np.float64(e[n]))), float(F.df(np.float64(e[n])))
    delta = {6: check.real("Z", Z, -1e9, 1e9) - Y[6]}  # B30
    for m in (5, 4, 3, 2, 1):  # B31, B32: all deltas from the old weights, before any update
        delta[m] = sum(
            w * (slope[n] if rule == "right" else 1.0) * delta[n]
            for (source, n), w in weights.items()
            if source == m
        )
    gradient = {(m, n): -delta[n] * slope[n] * Y[m] for m, n in EDGES}  # B33-B35
    new = {edge: weights[edge] - gamma * gradient[edge] for edge in EDGES}
    return {
        "e": e,
        "Y": Y,
        "slope": slope,
        "delta": delta,
        "gradient": gradient,
        "new": new,
        "E": 0.5 * delta[6] ** 2,
    }
