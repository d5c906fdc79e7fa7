"""Pictures of Rprop beside gradient descent."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.topics.vanishing_exploding_gradients.pictures.decades import (
    draw_curve,
    frame_decades,
    written,
)

from .looks import AFTER, BEFORE, frame_errors, named, percent


def frame_resilient(axes, data):
    frame_decades(
        axes[0], -40, 20, data.depth, "layer $l$", r"size of the gradient, $\|\delta_l\|$", False
    )
    frame_decades(
        axes[1],
        -16,
        4,
        data.depth,
        "layer $l$",
        r"change of the weights, $\|\Delta W_l\|\,/\,\|W_l\|$",
        False,
    )
    frame_errors(axes[2], data.planned, "step")
    style.key(axes[0], "lower right", {"gradient descent": BEFORE, "Rprop": AFTER})


def draw_resilient(axes, data):
    layers = np.arange(1, data.depth + 1)
    for (delta, change, errors), look in zip(data.runs, (BEFORE, AFTER)):
        for ax, values in zip(axes, (delta, change)):
            draw_curve(ax, layers, values, markersize=4, **look)
        axes[2].plot(np.arange(len(errors)), errors, color=look["color"])
        if np.isnan(errors[-1]):
            style.note(
                axes[2], len(errors) - 1, 0.97, "diverged", color=look["color"], fontweight="bold"
            )
    (delta, change, errors), (_, moved, faster) = data.runs
    style.headline(axes[0], f"Layer 1 gets {written(delta[0] - delta[-1])} of the last")
    style.headline(axes[1], f"W₁: {written(change[0])} against {written(moved[0])}")
    style.headline(axes[2], f"{percent(errors[-1])} against {percent(faster[-1])}")


def sentence_resilient(data):
    (delta, change, errors), (_, moved, faster) = data.runs
    ends = [percent(e[-1]) for e in (errors, faster)]
    return (
        f"{named(data.activation, data.variance)}, depth {data.depth}, step {data.steps}: with gradient descent "
        f"layer 1 gets {written(delta[0] - delta[-1])} of the last layer's gradient, and W₁ changes by "
        f"{written(change[0])} of its size. Rprop changes it by {written(moved[0])}. Training error: gradient "
        f"descent {ends[0]}, Rprop {ends[1]}."
    )
