"""Gradient descent on a curve: which learning rates arrive, and after how many steps."""

from collections import namedtuple

import numpy as np
from numpy.polynomial import Polynomial

from lecture_lib import check

LIMIT = 1000
NEAR = 1e-3
FAR = 1e3  # steps at most; the distances that count as arrived and as diverged
CURVES = ("bowl", "two minima")
SIGNS = ("minus", "plus")
GAMMAS = np.geomspace(0.001, 10.0, 241)
GradientDescent = namedtuple("Descent", "gamma sign J rests goal lam W verdict steps rest needed")


def cost(curve, lam):
    """J(W), a polynomial whose least value is 0: lam/2 (W - 1)^2, or a tilted double well."""
    if check.one_of("curve", curve, CURVES) == "bowl":
        return lam / 2 * Polynomial([-1, 1]) ** 2
    J = lam * (Polynomial([-4, 0, 1]) ** 2 / 32 + Polynomial([0, 0.2]))
    return J - J(J.deriv().roots().real).min()


def compute_gradient_descent(curve="bowl", gamma=0.4, lam=1.0, start=-2.0, sign="minus"):
    """W(t+1) = W(t) - gamma J'(W(t)) (B5), or + : the path `W`, how and after how many `steps` it ends, and the
    steps `needed` for each of GAMMAS.

    `rests` are the points of slope 0, `rest` the one where the path arrives or None, `goal` the minimum on the side
    of the start and `lam` the curvature J'' there: steps near it are stable below 2 / lam (K22).
    """
    rates = np.append(GAMMAS, check.real("gamma", gamma, above=0))
    J, start = cost(curve, check.real("lam", lam, above=0)), check.real("start", start, -100, 100)
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
    return GradientDescent(
        gamma, sign, J, rests, goal, J.deriv(2)(goal), W, verdict, steps, rest, needed[:-1]
    )
