"""The training of one neuron, sample by sample."""

from dataclasses import dataclass

import numpy as np

from lecture_lib import check
from lecture_lib.data import Data, load
from lecture_lib.perceptron import Training, output

from .training_runs import SAMPLES, SHOWN, train_from_random_start


@dataclass(frozen=True)
class PerceptronTraining:
    """A training after k samples were shown."""

    points: Data  # the samples
    gamma: float  # the learning rate
    run: Training  # the whole of it
    k: int  # how many samples were shown
    path: np.ndarray  # (k + 1, 3): the weights after 0, 1, ..., k samples
    wrong: np.ndarray  # (k + 1,): how many samples each of them gets wrong


def compute_perceptron_training(data="AND", shown=9, gamma=1.0, seed=0, threshold=0.01):
    """The PerceptronTraining after `shown` samples, or where it stopped (S9-S17, S19)."""
    points = load(data, samples=SAMPLES)
    run = train_from_random_start(points, gamma, threshold, seed)
    k = min(check.integer("samples shown", shown, 0, SHOWN), len(run.shown))
    path = [run.shown[0].before]
    for presentation in run.shown[:k]:
        path.append(presentation.after)
    path = np.array(path)
    wrong = (output(path.T, points.x) != points.d).sum(axis=0)
    return PerceptronTraining(points=points, gamma=gamma, run=run, k=k, path=path, wrong=wrong)
