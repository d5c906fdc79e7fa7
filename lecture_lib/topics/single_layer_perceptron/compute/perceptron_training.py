"""The training of one neuron, sample by sample."""

from collections import namedtuple

import numpy as np

from lecture_lib.check import integer
from lecture_lib.data import load
from lecture_lib.perceptron import output

from .training_runs import SHOWN, train_from_random_start

PerceptronTraining = namedtuple("Training", "points gamma run k path wrong")


def compute_perceptron_training(data="AND", shown=9, gamma=1.0, seed=0, threshold=0.01):
    """Training after k samples: the `path` of the weights after 0..k of them, and how many each got `wrong`."""
    points = load(data, samples=40)
    run = train_from_random_start(points, gamma, threshold, seed)
    k = min(integer("samples shown", shown, 0, SHOWN), len(run.shown))
    path = np.array([run.shown[0].before, *(one.after for one in run.shown[:k])])
    return PerceptronTraining(
        points, gamma, run, k, path, (output(path.T, points.x) != points.d).sum(axis=0)
    )
