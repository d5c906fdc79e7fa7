"""Twenty trainings of the same samples, beside the line with the widest margin."""

from collections import namedtuple

import numpy as np

from lecture_lib.data import load
from lecture_lib.perceptron import margin

from .training_runs import train_from_random_start

RUNS = 20  # samples shown in one training: 100 epochs of a gate, 10 of the 40 points of the blobs
ManySolutions = namedtuple("Solutions", "points runs margins widest best")


def max_margin_line(x, d):
    """The line W, |W[1:]| = 1, whose nearest sample is farthest, and that margin: below 0 if no line separates."""
    pairs = (x[:, None] - x)[~np.eye(len(x), dtype=bool)]
    u = np.concatenate(
        [pairs, pairs[:, ::-1] * (1, -1)]
    )  # the best gap is crossed along or square to some pair
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    low, high = (u @ x[d == 1].T).min(axis=1), (u @ x[d == 0].T).max(axis=1)
    i = np.argmax(low - high)
    return np.array([-(low + high)[i] / 2, *u[i]]), (low - high)[i] / 2


def compute_many_solutions(data="blobs", gamma=1.0, seed=0):
    """Trainings of the same samples from RUNS starts, by margin, and the best line that they could find."""
    points = load(data, samples=40)
    wide = lambda run: margin(run.W, points.x, points.labels)
    runs = sorted(
        (train_from_random_start(points, gamma, 1e-9, (seed, i)) for i in range(RUNS)), key=wide
    )
    return ManySolutions(
        points, runs, np.array([*map(wide, runs)]), *max_margin_line(points.x, points.labels)
    )
