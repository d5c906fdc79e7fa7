"""The line that the weights of a neuron draw in the plane of its inputs."""

from dataclasses import dataclass

import numpy as np

from lecture_lib.data import Data, load
from lecture_lib.perceptron import output

from .training_runs import SAMPLES


@dataclass(frozen=True)
class DecisionBoundary:
    """A line among the samples."""

    points: Data
    W: np.ndarray  # (3,): the bias and two weights
    wrong: np.ndarray  # (m,): which samples lie on the wrong side
    offset: float  # of the line from the origin along W, -B / |W|; nan without a line


def compute_decision_boundary(data="AND", angle=45, length=1.0, B=-1.0):
    """The DecisionBoundary of a W with this angle (degrees) and length (S5, S7, S8)."""
    points = load(data, samples=SAMPLES)
    turn = np.deg2rad(angle)
    W = np.array([B, length * np.cos(turn), length * np.sin(turn)])
    return DecisionBoundary(
        points=points,
        W=W,
        wrong=output(W, points.x) != points.labels,
        offset=-B / length if length else np.nan,
    )
