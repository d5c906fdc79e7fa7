"""The map of variance and depth of notebook 06, with skip connections."""

from dataclasses import dataclass

import numpy as np

from lecture_lib import theory_residual
from lecture_lib.digits_networks.phase_diagram import DEPTH_AXIS, VARIANCES, phase_diagram
from lecture_lib.quiet import quiet
from lecture_lib.theory import fixed_point
from lecture_lib.theory_residual import log10_root

PARTS = 16  # in which the columns are computed; every second one is shown
SAMPLES = 8
THEORY_STEP = 4  # theory is computed for every fourth of VARIANCES


@dataclass(frozen=True)
class SkipMap:
    """The gradient over depth and n Var(W), with skips and without."""

    decades: np.ndarray  # (DEPTH_AXIS, VARIANCES): log10 ||delta_1|| / ||delta_last hidden||
    plain: np.ndarray  # the same without skips
    # Decades per layer at depth 56, for every THEORY_STEP-th of VARIANCES; nan until it is known.
    theory: np.ndarray
    plain_theory: np.ndarray  # the same without skips
    alpha: float  # the strength of the skip connections
    activation: str  # of the hidden layers, by name
    width: int  # units in every hidden layer
    is_whole: bool = True  # False while columns stand for those beside them


@quiet("under", "over", "invalid")
def compute_skip_map(alpha=1.0, activation="sigmoid", width=64, seed=0):
    """Yield a SkipMap, first in coarse columns and without theory, then in finer ones, of one seed;
    None in between.
    """
    found = {alpha: blank_map(), 0.0: blank_map()}
    theory = plain_theory = np.full(len(VARIANCES[::THEORY_STEP]), np.nan)
    for part in range(PARTS):
        columns = slice(part, None, PARTS)
        for skip, decades in found.items():
            new = phase_diagram(
                activation, width, VARIANCES[columns], seed=seed, samples=SAMPLES, skip=skip
            )
            if part == 0:  # until the columns between them are known
                decades[:] = np.repeat(new, PARTS, axis=1)[:, : len(VARIANCES)]
            decades[:, columns] = new
        if part % 2 == 1 and part < PARTS - 1:
            yield None
            continue
        maps = (found[alpha].copy(), found[0.0].copy())
        is_whole = part == PARTS - 1
        yield SkipMap(*maps, theory, plain_theory, alpha, activation, width, is_whole)
        if part == 0:
            theory = predict_with_skip(activation, alpha)
            yield None
            plain_theory = predict_plain(activation)
            yield None


def blank_map():
    """An array for the decades of a map."""
    return np.empty((len(DEPTH_AXIS), len(VARIANCES)))


def predict_with_skip(activation, alpha):
    """Decades per layer at the largest depth, from q = n Var(W) of the first layer on."""
    rates = []
    hidden = int(DEPTH_AXIS[-1]) - 1
    for n_var in VARIANCES[::THEORY_STEP].tolist():
        profile = theory_residual.profile_with_skip(activation, n_var, alpha, n_var, hidden)
        rates.append(profile[0] / (hidden - 1))
    return np.array(rates)


def predict_plain(activation):
    """The decades per layer of a plain network that has settled."""
    rates = []
    for n_var in VARIANCES[::THEORY_STEP].tolist():
        _, chi = fixed_point(activation, n_var)
        rates.append(log10_root(chi))
    return np.array(rates)
