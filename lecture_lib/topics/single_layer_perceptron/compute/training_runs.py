"""The data sets of this notebook and one training of a neuron on them, from a random start."""

import numpy as np

from lecture_lib.data import GATES
from lecture_lib.perceptron import train_perceptron

DATA = (*GATES, "blobs", "overlapping blobs")
SHOWN = 400


def train_from_random_start(points, gamma, threshold, seed):
    """Training from normal random weights; `seed` also shuffles the samples in each epoch."""
    rng, epochs = np.random.default_rng(seed), SHOWN // len(points.x)
    return train_perceptron(
        points.x, points.labels, rng.standard_normal(3), gamma, threshold, epochs, rng
    )
