"""The slope F' in two ways: by its formula, and from two nearby values of F."""

from collections import namedtuple

import numpy as np

from lecture_lib import check
from lecture_lib.activations import activation as find_activation

ActivationSlope = namedtuple("Slope", "F x h y dy nudged grid points nudges")


def compute_activation_slope(activation="sigmoid", x=0.0, h=0.1):
    """F'(x) by its formula, `dy` (B8), and `nudged`: (F(x + h) - F(x - h)) / 2h, which is also given on `points`."""
    F, h, points = find_activation(activation), check.real("h", h, above=0), np.linspace(-6, 6, 25)
    at = np.append(points, check.real("x", x))
    nudges = (F.f(at + h) - F.f(at - h)) / (2 * h)
    return ActivationSlope(
        F,
        x,
        h,
        float(F.f(at[-1])),
        float(F.df(at[-1])),
        nudges[-1],
        np.linspace(-6, 6, 601),
        points,
        nudges[:-1],
    )
