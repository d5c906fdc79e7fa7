"""The slope F' in two ways: by its formula, and from two nearby values of F."""

from dataclasses import dataclass

import numpy as np

from lecture_lib import check
from lecture_lib.activations import Activation
from lecture_lib.activations import activation as find_activation

LOW = -6.0
HIGH = 6.0


@dataclass(frozen=True)
class ActivationSlope:
    """An activation at x, and over the axis."""

    F: Activation  # the activation
    x: float  # where it is looked at
    h: float  # F is taken at x - h and x + h
    y: float  # F(x)
    dy: float  # F'(x) by its formula
    nudged: float  # F'(x) from the two nearby values
    grid: np.ndarray  # (601,): x for a smooth curve
    points: np.ndarray  # (25,): x at which the slope is found by nudging
    nudges: np.ndarray  # (25,): the slope there


def compute_activation_slope(activation="sigmoid", x=0.0, h=0.1):
    """The ActivationSlope of an activation by name: F'(x) (B8) beside (F(x + h) - F(x - h)) /
    2h.
    """
    F = find_activation(activation)
    x = check.real("x", x)
    h = check.real("h", h, above=0)
    points = np.linspace(LOW, HIGH, 25)
    at = np.append(points, x)
    nudges = (F.f(at + h) - F.f(at - h)) / (2 * h)
    return ActivationSlope(
        F=F,
        x=x,
        h=h,
        y=float(F.f(at[-1])),
        dy=float(F.df(at[-1])),
        nudged=nudges[-1],
        grid=np.linspace(LOW, HIGH, 601),
        points=points,
        nudges=nudges[:-1],
    )
