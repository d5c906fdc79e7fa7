"""The derivation of backpropagation, line by line, both sides as numbers."""

from dataclasses import dataclass

import numpy as np

from lecture_lib import check
from lecture_lib.activations import ACTIVATIONS
from lecture_lib.small_networks.derivation import forward_4_3_2

CASES = ("output node", "hidden node")  # B19
INPUTS = 4
HIDDEN = 3
OUTPUTS = 2
NUDGE = 1e-5
F = ACTIVATIONS["sigmoid"]


@dataclass(frozen=True)
class Line:
    """One line of the derivation: a derivative is found by nudging, what has none left is
    computed.
    """

    item: str  # of the lecture
    formula: str  # mathtext
    left: float  # its left side
    right: float  # its right side
    uses: list  # connections (from, to) it speaks of, or (unit, unit)


@dataclass(frozen=True)
class Derivation:
    """Eight lines, of which one is looked at."""

    line: int  # 1 to 8
    lines: tuple  # of Line
    edges: dict  # the weight of each connection (from, to)


def compute_derivation(case="output node", line=8, i=1, j=1, k=1, seed=0):
    """The Derivation of dJ/dW_jk ("output node", B20-B23) or dJ/dW_ij ("hidden node", B24, B25) on
    a random net.
    """
    line = check.integer("line", line, 1, 8)
    i = check.integer("i", i, 1, INPUTS) - 1
    j = check.integer("j", j, 1, HIDDEN) - 1
    k = check.integer("k", k, 1, OUTPUTS) - 1
    v = draw_values(np.random.default_rng(seed))
    if check.one_of("case", case, CASES) == "output node":
        lines = derive_output_node(v, j, k)
    else:
        lines = derive_hidden_node(v, i, j, k)
    return Derivation(line=line, lines=tuple(lines), edges=name_weights(v))


def draw_values(rng):
    """All values of a random 4-3-2 network; see small_networks.derivation."""
    return forward_4_3_2(
        {
            "X": rng.uniform(-1, 1, INPUTS),
            "W1": rng.normal(size=(INPUTS, HIDDEN)),
            "W2": rng.normal(size=(HIDDEN, OUTPUTS)),
            "d": rng.uniform(size=OUTPUTS),
        }
    )


def numerical_derivative(v, of, wrt, at=()):
    """The derivative of v[of][at] with respect to the value `wrt` = (name, place), by nudging it up
    and down.
    """
    above = forward_4_3_2(v, wrt, NUDGE)
    below = forward_4_3_2(v, wrt, -NUDGE)
    return (above[of][at] - below[of][at]) / (2 * NUDGE)


def derive_output_node(v, j, k):
    """The eight lines for the weight from hidden unit j to output unit k (both from 0)."""
    h = f"H{j + 1}"
    y = f"Y{k + 1}"
    weight = [(h, y)]
    unit = [(y, y)]
    outputs = [("Y1", "Y1"), ("Y2", "Y2")]
    into_unit = [(f"H{n}", y) for n in (1, 2, 3)]

    delta = (v["Y"][k] - v["d"][k]) * F.df(v["in_k"][k])  # B23
    dJ_dW = numerical_derivative(v, "J", ("W2", (j, k)))
    dJ_din = numerical_derivative(v, "J", ("in_k", k))
    dJk_din = numerical_derivative(v, "J_k", ("in_k", k), at=k)
    din_dW = numerical_derivative(v, "in_k", ("W2", (j, k)), at=k)

    total = v["H"] @ v["W2"][:, k]
    J = 0.5 * np.square(v["Y"] - v["d"]).sum()
    # fmt: off
    return (
        Line("B21", "in_k = Σ_j\\ W_{jk} H_j", v["in_k"][k], total, into_unit),
        Line("B16", "Y_k = σ(in_k)", v["Y"][k], F(v["in_k"][k]), unit),
        Line("B18", "J = ½\\ Σ_{k'}\\ (Y_{k'} - d_{k'})^2", v["J"], J, outputs),
        Line("B20", "∂J/∂W_{jk} = ∂J/∂in_k\\ ·\\ ∂in_k/∂W_{jk}", dJ_dW, dJ_din * din_dW, weight),
        Line("B21", "∂in_k/∂W_{jk} = H_j", din_dW, v["H"][j], weight),
        Line("B22", "∂J/∂in_k = ∂/∂in_k\\ ½(σ(in_k) - d_k)^2", dJ_din, dJk_din, unit),
        Line("B23", "∂J/∂in_k = (σ(in_k) - d_k)\\ σ'(in_k) = δ_k", dJ_din, delta, unit),
        Line("B23", "∂J/∂W_{jk} = δ_k H_j", dJ_dW, delta * v["H"][j], weight),
    )
    # fmt: on


def derive_hidden_node(v, i, j, k):
    """The eight lines for the weight from input i to hidden unit j; output k is the one looked at
    (all from 0).
    """
    x = f"X{i + 1}"
    h = f"H{j + 1}"
    weight = [(x, h)]
    unit = [(h, h)]
    into_unit = [(f"X{n}", h) for n in (1, 2, 3, 4)]
    out_of_unit = [(h, "Y1"), (h, "Y2")]
    one_way = [(h, f"Y{k + 1}")]

    X, W2 = v["X"], v["W2"]
    slope = F.df(v["in_j"][j])
    delta_k = (v["Y"] - v["d"]) * F.df(v["in_k"])  # B23
    delta_j = slope * (delta_k @ W2[j])  # B25
    dJ_dW, dJ_din, din_dW, dH_din, dink_din = nudge_hidden_node(v, i, j)
    total = X @ v["W1"][:, j]
    # fmt: off
    return (
        Line("B24", "in_j = Σ_i\\ W_{ij} X_i", v["in_j"][j], total, into_unit),
        Line("B24", "∂J/∂W_{ij} = ∂J/∂in_j\\ ·\\ ∂in_j/∂W_{ij}", dJ_dW, dJ_din * din_dW, weight),
        Line("B24", "∂in_j/∂W_{ij} = X_i", din_dW, X[i], weight),
        Line("B25", "∂J/∂in_j = Σ_k\\ δ_k\\ ∂in_k/∂in_j", dJ_din, delta_k @ dink_din, out_of_unit),
        Line("B25", "∂in_k/∂in_j = W_{jk}\\ ∂H_j/∂in_j", dink_din[k], W2[j, k] * dH_din, one_way),
        Line("B25", "∂H_j/∂in_j = σ'(in_j)", dH_din, slope, unit),
        Line("B25", "∂J/∂in_j = σ'(in_j)\\ Σ_k\\ δ_k W_{jk} = δ_j", dJ_din, delta_j, out_of_unit),
        Line("B25", "∂J/∂W_{ij} = δ_j X_i", dJ_dW, delta_j * X[i], weight),
    )
    # fmt: on


def nudge_hidden_node(v, i, j):
    """(dJ/dW_ij, dJ/din_j, din_j/dW_ij, dH_j/din_j, din_k/din_j for every k), by nudging."""
    return (
        numerical_derivative(v, "J", ("W1", (i, j))),
        numerical_derivative(v, "J", ("in_j", j)),
        numerical_derivative(v, "in_j", ("W1", (i, j)), at=j),
        numerical_derivative(v, "H", ("in_j", j), at=j),
        numerical_derivative(v, "in_k", ("in_j", j), at=...),
    )


def name_weights(v):
    """{(from, to): weight} of all connections."""
    edges = {}
    for name, sources, targets in (("W1", "X", "H"), ("W2", "H", "Y")):
        for (a, b), w in np.ndenumerate(v[name]):
            edges[f"{sources}{a + 1}", f"{targets}{b + 1}"] = w
    return edges
