"""The data sets of this notebook and one training of a neuron on them, from a random start."""

import numpy as np

from lecture_lib.data import GATES
from lecture_lib.perceptron import train_perceptron

DATA = (*GATES, "blobs", "overlapping blobs")
SAMPLES = 40  # of the blobs; a gate has four
SHOWN = 400  # samples shown in one training: 100 epochs of a gate, 10 of the blobs


def train_from_random_start(points, gamma, threshold, seed):
    """The perceptron.Training from normal random weights (S10); `seed` also shuffles the samples in
    each epoch.
    """
    rng = np.random.default_rng(seed)
    epochs = SHOWN // len(points.x)
    W = rng.standard_normal(3)
    return train_perceptron(points.x, points.labels, W, gamma, threshold, epochs, rng)
