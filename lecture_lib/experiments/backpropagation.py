"""Gradient descent on a curve, F' in two ways, the derivation of backpropagation line by line, one round of it."""

from collections import namedtuple

import numpy as np
from numpy.polynomial import Polynomial

from .. import check, illustration
from ..activations import ACTIVATIONS
from ..activations import activation as find_activation

LIMIT, NEAR, FAR = 1000, 1e-3, 1e3  # steps at most; the distances that count as arrived and as diverged
CURVES, SIGNS, GAMMAS = ("bowl", "two minima"), ("minus", "plus"), np.geomspace(0.001, 10.0, 241)
CASES = ("output node", "hidden node")
STEPS = tuple([("forward", n) for n in range(1, 7)] + [("error", 6)] + [("delta", n) for n in (4, 5, 1, 2, 3)]
              + [("update", n) for n in range(1, 7)])
Descent = namedtuple("Descent", "gamma sign J rests goal lam W verdict steps rest needed")
Slope = namedtuple("Slope", "F x h y dy nudged grid points nudges")
Line = namedtuple("Line", "item formula left right uses")
Derivation = namedtuple("Derivation", "line lines edges")
Player = namedtuple("Player", "step kind node rule uses weights v right nudged")


def cost(curve, lam):
    """J(W), a polynomial whose least value is 0: lam/2 (W - 1)^2, or a tilted double well."""
    if check.one_of("curve", curve, CURVES) == "bowl":
        return lam / 2 * Polynomial([-1, 1]) ** 2
    J = lam * (Polynomial([-4, 0, 1]) ** 2 / 32 + Polynomial([0, 0.2]))
    return J - J(J.deriv().roots().real).min()


def descend(curve="bowl", gamma=0.4, lam=1.0, start=-2.0, sign="minus"):
    """W(t+1) = W(t) - gamma J'(W(t)) (B5), or + : the path `W`, how and after how many `steps` it ends, and the
    steps `needed` for each of GAMMAS.

    `rests` are the points of slope 0, `rest` the one where the path arrives or None, `goal` the minimum on the side
    of the start and `lam` the curvature J'' there: steps near it are stable below 2 / lam (K22).
    """
    rates = np.append(GAMMAS, check.number("gamma", gamma, above=0))
    J, start = cost(curve, check.number("lam", lam, above=0)), check.number("start", start, -100, 100)
    slope = J.deriv() * (-1 if check.one_of("sign", sign, SIGNS) == "minus" else 1)
    rests = np.sort(slope.roots().real)
    goal = rests[0 if start <= rests[len(rests) // 2] else -1]
    paths, terms = np.full((LIMIT + 1, len(rates)), start), slope.coef[::-1]
    for W, after in zip(paths, paths[1:]):
        after[:] = np.where(np.abs(W) < FAR, W + rates * np.polyval(terms, W), W)
    away = np.all([np.abs(paths - rest) > NEAR for rest in rests], axis=0)
    needed = np.where(away.any(axis=0), LIMIT + 1 - away[::-1].argmax(axis=0), 0.0)
    needed[away[-1]] = np.inf
    W, steps, rest = paths[:, -1], int(min(needed[-1], LIMIT)), None
    moves = np.diff(W)
    if np.abs(W[-1]) >= FAR:
        verdict, steps = "diverges", int((np.abs(W) >= FAR).argmax())
    elif away[-1, -1]:
        verdict = "swings" if moves.min() < 0 < moves.max() else "creeps"
    else:
        rest = rests[np.abs(W[-1] - rests).argmin()]
        swings = np.ptp(np.sign(W[:steps] - rest)) if steps else 0
        verdict = {0: "rests", 1: "one step"}.get(steps, "oscillates" if swings else "monotone")
    return Descent(gamma, sign, J, rests, goal, J.deriv(2)(goal), W, verdict, steps, rest, needed[:-1])


def slope(activation="sigmoid", x=0.0, h=0.1):
    """F'(x) by its formula, `dy` (B8), and `nudged`: (F(x + h) - F(x - h)) / 2h, which is also given on `points`."""
    F, h, points = find_activation(activation), check.number("h", h, above=0), np.linspace(-6, 6, 25)
    at = np.append(points, check.number("x", x))
    nudges = (F.f(at + h) - F.f(at - h)) / (2 * h)
    return Slope(F, x, h, float(F.f(at[-1])), float(F.df(at[-1])), nudges[-1], np.linspace(-6, 6, 601), points,
                 nudges[:-1])


def net432(v, knob=None, h=0.0):
    """All values of the 4-3-2 net (B15-B18) from X, W1, W2, d in `v`; h is added to the `knob` (name, place)."""
    v, F = dict(v), ACTIVATIONS["sigmoid"].f
    for name, value in (("W1", lambda: v["W1"]), ("W2", lambda: v["W2"]), ("in_j", lambda: v["X"] @ v["W1"]),
                        ("H", lambda: F(v["in_j"])), ("in_k", lambda: v["H"] @ v["W2"]), ("Y", lambda: F(v["in_k"])),
                        ("J_k", lambda: 0.5 * (v["Y"] - v["d"]) ** 2), ("J", lambda: v["J_k"].sum())):
        v[name] = np.array(value())
        if knob and knob[0] == name:
            v[name][knob[1]] += h
    return v


def derivation(case="output node", line=8, i=1, j=1, k=1, seed=0):
    """Eight lines for W_jk (output node) or W_ij, each with both sides as numbers on a random net: a derivative is
    found by nudging (h = 1e-5), what has no derivative left is computed. `uses` are connections or (unit, unit)."""
    i, j, k = (check.whole(name, n, 1, top) - 1 for name, n, top in (("i", i, 4), ("j", j, 3), ("k", k, 2)))
    rng, F = np.random.default_rng(seed), ACTIVATIONS["sigmoid"]
    v = net432({"X": rng.uniform(-1, 1, 4), "W1": rng.normal(size=(4, 3)), "W2": rng.normal(size=(3, 2)),
                "d": rng.uniform(size=2)})
    X, W1, W2, in_j, H, in_k, Y, d = (v[name] for name in ("X", "W1", "W2", "in_j", "H", "in_k", "Y", "d"))

    def by(*knob, of="J", at=()):  # the derivative of v[of][at] with respect to the knob
        return (net432(v, knob, 1e-5)[of][at] - net432(v, knob, -1e-5)[of][at]) / 2e-5

    delta_k, J_k = (Y - d) * F.df(in_k), by("in_k", k)
    delta_j, J_j = F.df(in_j[j]) * (delta_k @ W2[j]), by("in_j", j)
    x, h, y = f"X{i + 1}", f"H{j + 1}", f"Y{k + 1}"
    jk, ij, both = [(h, y)], [(x, h)], [(h, "Y1"), (h, "Y2")]
    if check.one_of("case", case, CASES) == "output node":
        W_jk, in_jk = by("W2", (j, k)), by("W2", (j, k), of="in_k", at=k)
        lines = (("B21", "in_k = Σ_j\\ W_{jk} H_j", in_k[k], H @ W2[:, k], [(f"H{n}", y) for n in (1, 2, 3)]),
                 ("B16", "Y_k = σ(in_k)", Y[k], F(in_k[k]), [(y, y)]),
                 ("B18", "J = ½\\ Σ_k\\ (Y_k - d_k)^2", v["J"], 0.5 * np.square(Y - d).sum(),
                  [("Y1", "Y1"), ("Y2", "Y2")]),
                 ("B20", "∂J/∂W_{jk} = ∂J/∂in_k\\ ·\\ ∂in_k/∂W_{jk}", W_jk, J_k * in_jk, jk),
                 ("B21", "∂in_k/∂W_{jk} = H_j", in_jk, H[j], jk),
                 ("B22", "∂J/∂in_k = ∂\\ ½(σ(in_k) - d_k)^2/∂in_k", J_k, by("in_k", k, of="J_k", at=k), [(y, y)]),
                 ("B23", "∂J/∂in_k = (σ(in_k) - d_k)\\ σ'(in_k) = δ_k", J_k, delta_k[k], [(y, y)]),
                 ("B23", "∂J/∂W_{jk} = δ_k H_j", W_jk, delta_k[k] * H[j], jk))
    else:
        W_ij, in_ij = by("W1", (i, j)), by("W1", (i, j), of="in_j", at=j)
        H_j, k_j = by("in_j", j, of="H", at=j), by("in_j", j, of="in_k", at=...)
        lines = (("B24", "in_j = Σ_i\\ W_{ij} X_i", in_j[j], X @ W1[:, j], [(f"X{n}", h) for n in (1, 2, 3, 4)]),
                 ("B24", "∂J/∂W_{ij} = ∂J/∂in_j\\ ·\\ ∂in_j/∂W_{ij}", W_ij, J_j * in_ij, ij),
                 ("B24", "∂in_j/∂W_{ij} = X_i", in_ij, X[i], ij),
                 ("B25", "∂J/∂in_j = Σ_k\\ δ_k\\ ∂in_k/∂in_j", J_j, delta_k @ k_j, both),
                 ("B25", "∂in_k/∂in_j = W_{jk}\\ ∂H_j/∂in_j", k_j[k], W2[j, k] * H_j, jk),
                 ("B25", "∂H_j/∂in_j = σ'(in_j)", H_j, F.df(in_j[j]), [(h, h)]),
                 ("B25", "∂J/∂in_j = σ'(in_j)\\ Σ_k\\ δ_k W_{jk} = δ_j", J_j, delta_j, both),
                 ("B25", "∂J/∂W_{ij} = δ_j X_i", W_ij, delta_j * X[i], ij))
    edges = {(f"X{a}", f"H{b}"): W1[a - 1, b - 1] for a in (1, 2, 3, 4) for b in (1, 2, 3)}
    edges |= {(f"H{a}", f"Y{b}"): W2[a - 1, b - 1] for a in (1, 2, 3) for b in (1, 2)}
    return Derivation(check.whole("line", line, 1, 8), tuple(Line(*parts) for parts in lines), edges)


def player(step=18, rule="right", activation="sigmoid", seed=0, gamma=0.5):
    """One round on the 2-3-2-1 net up to `step`: values `v` under the rule and under the `right` one, dE/dW `nudged`
    (central differences of E), and the weights that the step `uses`."""
    kind, node = STEPS[check.whole("step", step, 1, len(STEPS)) - 1]
    weights = illustration.random_weights(np.random.default_rng(seed))
    run = lambda w, rule="right": illustration.play(w, activation=activation, eta=gamma, rule=rule)
    E = lambda edge, h: run(weights | {edge: weights[edge] + h})["E"]
    nudged = {edge: (E(edge, 1e-5) - E(edge, -1e-5)) / 2e-5 for edge in weights}
    end = {"delta": 0, "error": 2}.get(kind, 1)  # a delta comes back along the weights that leave its unit
    uses = [edge for edge in weights if (*edge, None)[end] == node]
    return Player(step, kind, node, rule, uses, weights, run(weights, rule), run(weights), nudged)
