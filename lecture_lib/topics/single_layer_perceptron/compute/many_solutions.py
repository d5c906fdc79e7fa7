"""Twenty trainings of the same samples, beside the line with the widest margin."""

from dataclasses import dataclass

import numpy as np

from lecture_lib.data import Data, load
from lecture_lib.perceptron import margin

from .training_runs import SAMPLES, train_from_random_start

RUNS = 20
NO_MISTAKES = 1e-9  # a threshold below one mistake in any epoch


@dataclass(frozen=True)
class ManySolutions:
    """Where trainings of the same samples end."""

    points: Data  # the samples
    runs: list  # of perceptron.Training, by margin
    margins: np.ndarray  # (RUNS,), ascending
    widest: np.ndarray  # (3,): the line with the widest margin
    best: float  # its margin; below 0 if no line separates


def compute_many_solutions(data="blobs", gamma=1.0, seed=0):
    """The ManySolutions of trainings from RUNS random starts (S18)."""
    points = load(data, samples=SAMPLES)

    def find_margin(run):
        return margin(run.W, points.x, points.labels)

    runs = []
    for i in range(RUNS):
        runs.append(train_from_random_start(points, gamma, NO_MISTAKES, (seed, i)))
    runs.sort(key=find_margin)
    widest, best = max_margin_line(points.x, points.labels)
    margins = np.array([find_margin(run) for run in runs])
    return ManySolutions(points=points, runs=runs, margins=margins, widest=widest, best=best)


def max_margin_line(x, d):
    """(W, margin) of the line, |W[1:]| = 1, whose nearest sample is farthest; the margin is below 0
    if none separates.

    x is (m, 2), d (m,) in {0, 1}. The widest gap between two classes is crossed either along the
    line between two samples or square to it, so all these directions are tried.
    """
    is_other = ~np.eye(len(x), dtype=bool)
    along = (x[:, None] - x)[is_other]
    along = along[along.any(axis=1)]  # samples may lie at the same place
    square = along[:, ::-1] * (1, -1)
    directions = np.concatenate([along, square])
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)

    lowest_of_ones = (directions @ x[d == 1].T).min(axis=1)
    highest_of_zeros = (directions @ x[d == 0].T).max(axis=1)
    gaps = lowest_of_ones - highest_of_zeros
    best = np.argmax(gaps)
    bias = -(lowest_of_ones + highest_of_zeros)[best] / 2
    return np.array([bias, *directions[best]]), gaps[best] / 2
