"""The line that the weights of a neuron draw in the plane of its inputs."""

from collections import namedtuple

import numpy as np

from lecture_lib.data import load
from lecture_lib.perceptron import output

DecisionBoundary = namedtuple("Boundary", "points W wrong offset")


def compute_decision_boundary(data="AND", angle=45, length=1.0, B=-1.0):
    """The line of a W with that angle (degrees) and length; its `offset` from the origin along W is -B/|W|."""
    points, turn = load(data, samples=40), np.deg2rad(angle)
    W = np.array([B, length * np.cos(turn), length * np.sin(turn)])
    return DecisionBoundary(
        points, W, output(W, points.x) != points.labels, -B / length if length else np.nan
    )
