"""The line that the weights of a neuron draw in the plane of its inputs."""

from dataclasses import dataclass

import numpy as np

from lecture_lib.data import Data, load
from lecture_lib.perceptron import output

from .training_runs import SAMPLES

# Of W at first, before the reader moves a control.
ANGLE = 45  # degrees
LENGTH = 1.0
BIAS = -1.0
# How far the ghosts are from the line: turns in degrees; shifts in lengths of W; factors of it.
TURNS = (-30, -15, 15, 30)
SHIFTS = (-0.5, -0.25, 0.25, 0.5)
STRETCHES = (0.65, 0.8, 1.3, 1.8)


@dataclass(frozen=True)
class DecisionBoundary:
    """A line among the samples, and where each of its three controls would take it."""

    points: Data  # the samples
    moved: tuple  # (bool, bool, bool): whether angle, B and length are not as at first
    W: np.ndarray  # (3,): the bias and two weights
    wrong: np.ndarray  # (m,): which samples lie on the wrong side
    offset: float  # of the line from the origin along W, -B / |W|; nan without a line
    turned: np.ndarray  # (4, 3): weights with another angle
    shifted: np.ndarray  # (4, 3): with another B
    stretched: np.ndarray  # (4, 3): with another length


def compute_decision_boundary(data="AND", angle=ANGLE, length=LENGTH, B=BIAS):
    """The DecisionBoundary of a W with this angle (degrees) and length (S5, S7, S8)."""
    points = load(data, samples=SAMPLES)
    W = make_weights(angle, length, B)
    return DecisionBoundary(
        points=points,
        moved=(angle != ANGLE, B != BIAS, length != LENGTH),
        W=W,
        wrong=output(W, points.x) != points.labels,
        offset=-B / length if length else np.nan,
        turned=np.array([make_weights(angle + turn, length, B) for turn in TURNS]),
        shifted=np.array([make_weights(angle, length, B + shift * length) for shift in SHIFTS]),
        stretched=np.array([make_weights(angle, length * part, B) for part in STRETCHES]),
    )


def make_weights(angle, length, B):
    """(B, W1, W2) (3,) of a W with this angle in degrees and this length."""
    turn = np.deg2rad(angle)
    return np.array([B, length * np.cos(turn), length * np.sin(turn)])
