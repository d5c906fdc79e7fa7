"""The lecture's 2-3-2-1 illustration network, node by node (B26-B36), right and as spoken.

delta_n means -dE/dY_n here, with E = (Z - Y)^2 / 2: the sign and the place of the lecture's
illustration. (In `network`, delta = dJ/din; the two are tied by  network delta_n = -F_n'(e_n) *
delta_n.) The right recursion carries the derivative of the unit it comes through,

    delta_4 = W46 F6'(e6) delta,    delta_1 = W14 F4'(e4) delta_4 + W15 F5'(e5) delta_5,

the one spoken in the lecture leaves every F' out (slip K31): wrong in size, sometimes in sign, and
missing just the factors that make gradients vanish.
"""

from dataclasses import dataclass

import numpy as np

from lecture_lib import check
from lecture_lib.activations import activation as find_activation

# Weights by (from, to); the inputs are "X1", "X2". In the order in which the lecture updates them.
EDGES = (
    *[(source, node) for node in (1, 2, 3) for source in ("X1", "X2")],
    *[(source, node) for node in (4, 5) for source in (1, 2, 3)],
    (4, 6),
    (5, 6),
)
RULES = ("right", "spoken")
LARGEST = 1e9  # number that is taken


@dataclass(frozen=True)
class Round:
    """What one full round of backpropagation computes; nodes n are 1 to 6."""

    e: dict  # by node: its input e_n
    Y: dict  # by node, and of "X1" and "X2": its output Y_n
    slope: dict  # by node: F'(e_n)
    delta: dict  # by node: -dE/dY_n under the rule; that of node 6 is Z - Y
    gradient: dict  # by edge: dE/dW under the rule
    new: dict  # by edge: the weights after the update
    E: float  # (Z - Y)^2 / 2


def edge_name(edge):
    """The lecture's name of a weight: W(X1)1, W14, W46."""
    source, node = edge
    return f"W({source}){node}" if isinstance(source, str) else f"W{source}{node}"


def random_weights(rng):
    """Fourteen weights, uniform in [-1, 1]: a dict by edge; `rng` is a numpy Generator."""
    check.generator("rng", rng)
    return {edge: float(rng.uniform(-1, 1)) for edge in EDGES}


def one_round(weights, X1=0.5, X2=-0.3, Z=1.0, activation="sigmoid", gamma=0.5, rule="right"):
    """The Round from these `weights`, a dict by edge, with the target Z, under `rule` ("right" or
    "spoken").

    Raises ValueError or TypeError for other rules, edges, or numbers beyond 1e9.
    """
    check.one_of("rule", rule, RULES)
    weights = _check_weights(weights)
    gamma = check.real("learning rate gamma", gamma, high=LARGEST, above=0)
    inputs = {"X1": _check_value("X1", X1), "X2": _check_value("X2", X2)}
    Z = _check_value("Z", Z)

    e, Y, slope = _propagate_forward(weights, inputs, find_activation(activation))
    error = Z - Y[6]  # B30
    delta = _propagate_back(weights, slope, error, rule)
    gradient = {}
    new = {}
    for edge in EDGES:  # B33, B34, B35
        source, node = edge
        gradient[edge] = -delta[node] * slope[node] * Y[source]
        new[edge] = weights[edge] - gamma * gradient[edge]
    return Round(e, Y, slope, delta, gradient, new, E=0.5 * error**2)


def _check_value(name, value):
    return check.real(name, value, -LARGEST, LARGEST)


def _check_weights(weights):
    """The weights by edge as floats; raises TypeError or ValueError for other edges."""
    if not isinstance(weights, dict):
        raise TypeError(
            f"weights was {check.shorten(weights)}; it must be a dict by edge, as random_weights "
            "makes it."
        )
    if set(weights) != set(EDGES):
        raise ValueError(
            f"weights had {len(weights)} edges; it must have the {len(EDGES)} edges of EDGES."
        )
    return {edge: _check_value(edge_name(edge), weights[edge]) for edge in EDGES}


def _propagate_forward(weights, inputs, F):
    """The dicts e, Y and slope by node, B27, B28, B29; Y has the inputs as well."""
    Y = dict(inputs)
    e = {}
    slope = {}
    for node in range(1, 7):  # nodes are numbered so that every source comes first
        e[node] = sum(w * Y[source] for (source, to), w in weights.items() if to == node)
        Y[node] = float(F.f(np.float64(e[node])))
        slope[node] = float(F.df(np.float64(e[node])))
    return e, Y, slope


def _propagate_back(weights, slope, error, rule):
    """The dict delta by node, B31 and B32: all from the old weights, before any update."""
    delta = {6: error}
    for node in (5, 4, 3, 2, 1):
        terms = []
        for (source, to), w in weights.items():
            if source == node:
                factor = slope[to] if rule == "right" else 1.0
                terms.append(w * factor * delta[to])
        delta[node] = sum(terms)
    return delta
