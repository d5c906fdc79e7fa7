"""Pictures of Rprop beside gradient descent."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.decades import (
    draw_curve,
    frame_decades,
    written,
)

from .looks import AFTER, BEFORE, SIZE_LABEL, frame_errors, mark_divergence, named, percent

CHANGE_LABEL = r"change of the weights, $\|\Delta W_l\|\,/\,\|W_l\|$"


def frame_resilient(axes, data):
    sizes, changes, errors = axes
    frame_decades(sizes, -40, 20, data.depth, "layer $l$", SIZE_LABEL, regimes=False)
    frame_decades(changes, -16, 4, data.depth, "layer $l$", CHANGE_LABEL, regimes=False)
    frame_errors(errors, data.planned, "step")
    style.key(sizes, "lower right", {"gradient descent": BEFORE, "Rprop": AFTER})


def draw_resilient(axes, data):
    draw_racer(axes, data.descent, BEFORE)
    draw_racer(axes, data.rprop, AFTER)
    sizes, changes, errors = axes
    style.headline(sizes, f"Layer 1 gets {describe_reach(data)} of the last")
    moved = [written(racer.change[0]) for racer in (data.descent, data.rprop)]
    style.headline(changes, f"W₁: {moved[0]} against {moved[1]}")
    wrong = [percent(racer.errors[-1]) for racer in (data.descent, data.rprop)]
    style.headline(errors, f"{wrong[0]} against {wrong[1]}")


def draw_racer(axes, racer, look):
    """Gradient, change of the weights and errors of one network."""
    sizes, changes, errors = axes
    layers = np.arange(1, len(racer.delta) + 1)
    draw_curve(sizes, layers, racer.delta, markersize=4, **look)
    draw_curve(changes, layers, racer.change, markersize=4, **look)
    steps = np.arange(len(racer.errors))
    errors.plot(steps, racer.errors, color=look["color"])
    if np.isnan(racer.errors[-1]):
        mark_divergence(errors, steps[-1], look)


def describe_reach(data):
    """Which part of the last layer's gradient reaches layer 1 with gradient descent."""
    return written(data.descent.delta[0] - data.descent.delta[-1])


def sentence_resilient(data):
    return (
        f"{named(data.activation, data.variance)}, depth {data.depth}, step {data.steps}: "
        f"with gradient descent layer 1 gets {describe_reach(data)} of the last layer's gradient, "
        f"and W₁ changes by {written(data.descent.change[0])} of its size. "
        f"Rprop changes it by {written(data.rprop.change[0])}. "
        f"Training error: gradient descent {percent(data.descent.errors[-1])}, "
        f"Rprop {percent(data.rprop.errors[-1])}."
    )
