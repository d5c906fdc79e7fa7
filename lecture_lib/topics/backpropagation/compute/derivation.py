"""The derivation of backpropagation, line by line, both sides as numbers."""

from collections import namedtuple

import numpy as np

from lecture_lib import check
from lecture_lib.activations import ACTIVATIONS
from lecture_lib.small_networks.derivation import forward_4_3_2

CASES = ("output node", "hidden node")
Line = namedtuple("Line", "item formula left right uses")
Derivation = namedtuple("Derivation", "line lines edges")


def compute_derivation(case="output node", line=8, i=1, j=1, k=1, seed=0):
    """Eight lines for W_jk (output node) or W_ij, each with both sides as numbers on a random net: a derivative is
    found by nudging (h = 1e-5), what has no derivative left is computed. `uses` are connections or (unit, unit)."""
    i, j, k = (
        check.integer(name, n, 1, top) - 1
        for name, n, top in (("i", i, 4), ("j", j, 3), ("k", k, 2))
    )
    rng, F = np.random.default_rng(seed), ACTIVATIONS["sigmoid"]
    v = forward_4_3_2(
        {
            "X": rng.uniform(-1, 1, 4),
            "W1": rng.normal(size=(4, 3)),
            "W2": rng.normal(size=(3, 2)),
            "d": rng.uniform(size=2),
        }
    )
    X, W1, W2, in_j, H, in_k, Y, d = (
        v[name] for name in ("X", "W1", "W2", "in_j", "H", "in_k", "Y", "d")
    )

    def by(*knob, of="J", at=()):  # the derivative of v[of][at] with respect to the knob
        return (forward_4_3_2(v, knob, 1e-5)[of][at] - forward_4_3_2(v, knob, -1e-5)[of][at]) / 2e-5

    delta_k, J_k = (Y - d) * F.df(in_k), by("in_k", k)
    delta_j, J_j = F.df(in_j[j]) * (delta_k @ W2[j]), by("in_j", j)
    x, h, y = f"X{i + 1}", f"H{j + 1}", f"Y{k + 1}"
    jk, ij, both = [(h, y)], [(x, h)], [(h, "Y1"), (h, "Y2")]
    if check.one_of("case", case, CASES) == "output node":
        W_jk, in_jk = by("W2", (j, k)), by("W2", (j, k), of="in_k", at=k)
        lines = (
            (
                "B21",
                "in_k = Σ_j\\ W_{jk} H_j",
                in_k[k],
                H @ W2[:, k],
                [(f"H{n}", y) for n in (1, 2, 3)],
            ),
            ("B16", "Y_k = σ(in_k)", Y[k], F(in_k[k]), [(y, y)]),
            (
                "B18",
                "J = ½\\ Σ_k\\ (Y_k - d_k)^2",
                v["J"],
                0.5 * np.square(Y - d).sum(),
                [("Y1", "Y1"), ("Y2", "Y2")],
            ),
            ("B20", "∂J/∂W_{jk} = ∂J/∂in_k\\ ·\\ ∂in_k/∂W_{jk}", W_jk, J_k * in_jk, jk),
            ("B21", "∂in_k/∂W_{jk} = H_j", in_jk, H[j], jk),
            (
                "B22",
                "∂J/∂in_k = ∂\\ ½(σ(in_k) - d_k)^2/∂in_k",
                J_k,
                by("in_k", k, of="J_k", at=k),
                [(y, y)],
            ),
            ("B23", "∂J/∂in_k = (σ(in_k) - d_k)\\ σ'(in_k) = δ_k", J_k, delta_k[k], [(y, y)]),
            ("B23", "∂J/∂W_{jk} = δ_k H_j", W_jk, delta_k[k] * H[j], jk),
        )
    else:
        W_ij, in_ij = by("W1", (i, j)), by("W1", (i, j), of="in_j", at=j)
        H_j, k_j = by("in_j", j, of="H", at=j), by("in_j", j, of="in_k", at=...)
        lines = (
            (
                "B24",
                "in_j = Σ_i\\ W_{ij} X_i",
                in_j[j],
                X @ W1[:, j],
                [(f"X{n}", h) for n in (1, 2, 3, 4)],
            ),
            ("B24", "∂J/∂W_{ij} = ∂J/∂in_j\\ ·\\ ∂in_j/∂W_{ij}", W_ij, J_j * in_ij, ij),
            ("B24", "∂in_j/∂W_{ij} = X_i", in_ij, X[i], ij),
            ("B25", "∂J/∂in_j = Σ_k\\ δ_k\\ ∂in_k/∂in_j", J_j, delta_k @ k_j, both),
            ("B25", "∂in_k/∂in_j = W_{jk}\\ ∂H_j/∂in_j", k_j[k], W2[j, k] * H_j, jk),
            ("B25", "∂H_j/∂in_j = σ'(in_j)", H_j, F.df(in_j[j]), [(h, h)]),
            ("B25", "∂J/∂in_j = σ'(in_j)\\ Σ_k\\ δ_k W_{jk} = δ_j", J_j, delta_j, both),
            ("B25", "∂J/∂W_{ij} = δ_j X_i", W_ij, delta_j * X[i], ij),
        )
    edges = {(f"X{a}", f"H{b}"): W1[a - 1, b - 1] for a in (1, 2, 3, 4) for b in (1, 2, 3)}
    edges |= {(f"H{a}", f"Y{b}"): W2[a - 1, b - 1] for a in (1, 2, 3) for b in (1, 2)}
    return Derivation(
        check.integer("line", line, 1, 8), tuple(Line(*parts) for parts in lines), edges
    )
