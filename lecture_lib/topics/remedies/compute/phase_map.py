"""The map of variance and depth: where gradients vanish, hold and explode."""

from dataclasses import dataclass

import numpy as np

from lecture_lib import theory
from lecture_lib.digits_networks.phase_diagram import DEPTH_AXIS, VARIANCES, phase_diagram
from lecture_lib.quiet import quiet

THEORY_STEP = 4  # theory is computed for every fourth of VARIANCES


@dataclass(frozen=True)
class PhaseMap:
    """The gradient of real networks over depth and n Var(W), beside mean-field theory."""

    # (DEPTH_AXIS, VARIANCES): log10 ||delta_1|| / ||delta_last hidden||, median
    decades: np.ndarray
    # n Var(W) at which theory says that the gradient holds: chi = 1; None where chi jumps over 1.
    critical: float | None
    rate: np.ndarray  # (VARIANCES,): factor per layer at the largest depth
    theory: np.ndarray  # sqrt(chi) for every THEORY_STEP-th of VARIANCES
    activation: str  # of the hidden layers, by name
    width: int  # units in every hidden layer
    seeds: int  # how many networks the median is over
    is_whole: bool = True  # False while columns stand for those beside them


@quiet("under", "over", "invalid")
def compute_phase_map(activation="sigmoid", width=64, seeds=2, seed=0):
    """Yield a PhaseMap, first in coarse columns and then in finer ones, each the median over
    `seeds` seeds (R5).
    """
    parts = 10 if width <= 64 else 16
    samples = int(np.clip(1024 // width, 4, 16))
    critical = find_critical(activation)
    predicted = predict_rates(activation)
    decades = np.empty((len(DEPTH_AXIS), len(VARIANCES)))
    for part in range(parts):
        columns = slice(part, None, parts)
        found = []
        for k in range(seeds):
            found.append(
                phase_diagram(activation, width, VARIANCES[columns], seed=seed + k, samples=samples)
            )
            median = np.median(found, axis=0)
            if part == 0:  # until the columns between them are known
                decades[:] = np.repeat(median, parts, axis=1)[:, : len(VARIANCES)]
            decades[:, columns] = median
            yield PhaseMap(
                decades=decades.copy(),
                critical=critical,
                rate=10 ** (decades[-1] / (DEPTH_AXIS[-1] - 2)),
                theory=predicted,
                activation=activation,
                width=width,
                seeds=seeds,
                is_whole=part == parts - 1 and k == seeds - 1,
            )


def find_critical(activation):
    """`theory.critical_variance`, or None if there is none."""
    try:
        return theory.critical_variance(activation)
    except ValueError:
        return None


def predict_rates(activation):
    """sqrt(chi), the factor of the gradient per layer, for every THEORY_STEP-th of VARIANCES."""
    chis = []
    for n_var in VARIANCES[::THEORY_STEP].tolist():
        _, chi = theory.fixed_point(activation, n_var)
        chis.append(chi)
    return np.sqrt(chis)
