"""Gradient descent on a curve (B4): which learning rates arrive, and after how many steps."""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial import Polynomial

from lecture_lib import check

LIMIT = 1000  # steps at most
NEAR = 1e-3  # distance from a point of slope 0 that counts as arrived
FAR = 1e3  # size of W that counts as diverged
CURVES = ("bowl", "two minima")
SIGNS = ("minus", "plus")
GAMMAS = np.geomspace(0.001, 10.0, 241)


@dataclass(frozen=True)
class GradientDescent:
    """A path of gradient descent on a curve, and the speed of all other learning rates."""

    gamma: float  # the learning rate
    sign: str  # "minus" goes down, "plus" up
    J: Polynomial  # the cost as a function of W
    rests: np.ndarray  # points of slope 0, ascending
    goal: float  # the minimum on the side of the start
    lam: float  # J'' there; steps near it are stable below 2 / lam (K22)
    W: np.ndarray  # (LIMIT + 1,): the path
    verdict: str  # "rests", "one step", "monotone", "oscillates", "swings", "creeps" or "diverges"
    steps: int  # after which the verdict is known
    rest: float | None  # the point of slope 0 where the path arrives
    needed: np.ndarray  # (GAMMAS,): steps to arrive; inf where it does not


def cost(curve, lam):
    """J(W), a polynomial whose least value is 0: lam/2 (W - 1)^2, or a tilted double well (B10)."""
    if check.one_of("curve", curve, CURVES) == "bowl":
        return lam / 2 * Polynomial([-1, 1]) ** 2
    wells = Polynomial([-4, 0, 1]) ** 2 / 32
    tilt = Polynomial([0, 0.2])
    J = lam * (wells + tilt)
    return J - J(J.deriv().roots().real).min()


def compute_gradient_descent(curve="bowl", gamma=0.4, lam=1.0, start=-2.0, sign="minus"):
    """The GradientDescent W(t+1) = W(t) - gamma J'(W(t)) from `start` (B5), or with + in place of -
    (B11).
    """
    gamma = check.real("gamma", gamma, above=0)
    J = cost(curve, check.real("lam", lam, above=0))
    start = check.real("start", start, -100, 100)
    direction = -1 if check.one_of("sign", sign, SIGNS) == "minus" else 1
    slope = direction * J.deriv()
    rests = np.sort(slope.roots().real)
    top = rests[len(rests) // 2]
    goal = rests[0] if start <= top else rests[-1]

    paths = follow_paths(slope, start, np.append(GAMMAS, gamma))
    needed = count_steps(paths, rests)
    W = paths[:, -1]
    verdict, steps, rest = judge_path(W, rests, needed[-1])
    return GradientDescent(
        gamma=gamma,
        sign=sign,
        J=J,
        rests=rests,
        goal=goal,
        lam=J.deriv(2)(goal),
        W=W,
        verdict=verdict,
        steps=steps,
        rest=rest,
        needed=needed[:-1],
    )


def follow_paths(slope, start, rates):
    """W after 0 to LIMIT steps W + rate * slope(W) for each rate, an array (LIMIT + 1, rates);
    beyond FAR it stays.
    """
    terms = slope.coef[::-1]
    paths = np.full((LIMIT + 1, len(rates)), start)
    for t in range(LIMIT):
        W = paths[t]
        moved = W + rates * np.polyval(terms, W)  # B5
        paths[t + 1] = np.where(np.abs(W) < FAR, moved, W)
    return paths


def count_steps(paths, rests):
    """After how many steps each path stays NEAR one of `rests`, an array (rates,); inf where it
    does not.
    """
    away = np.all([np.abs(paths - rest) > NEAR for rest in rests], axis=0)
    steps_at_rest = away[::-1].argmax(axis=0)  # counted from the end
    needed = np.where(away.any(axis=0), LIMIT + 1 - steps_at_rest, 0.0)
    needed[away[-1]] = np.inf
    return needed


def judge_path(W, rests, needed):
    """(verdict, steps, rest) of one path; see GradientDescent."""
    if np.abs(W[-1]) >= FAR:
        return "diverges", int((np.abs(W) >= FAR).argmax()), None
    if np.isinf(needed):
        moves = np.diff(W)
        swings = moves.min() < 0 < moves.max()
        return "swings" if swings else "creeps", LIMIT, None

    steps = int(needed)
    rest = rests[np.abs(W[-1] - rests).argmin()]
    if steps == 0:
        return "rests", steps, rest
    if steps == 1:
        return "one step", steps, rest
    sides = np.sign(W[:steps] - rest)
    return "oscillates" if np.ptp(sides) else "monotone", steps, rest
