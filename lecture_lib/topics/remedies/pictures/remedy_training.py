"""Pictures of the lecture's network against one with a remedy."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.optimisers import OPTIMISERS
from lecture_lib.powers_of_ten import log10_floored
from lecture_lib.topics.vanishing_exploding_gradients.pictures.decades import (
    draw_curve,
    frame_decades,
    verdict,
    written,
)

from .looks import AFTER, BEFORE, frame_errors, named, percent


def _told(data):
    first = "first step" if data.optimiser == "rprop" else "γ ="
    return f"{named(data.activation, data.variance)}, {OPTIMISERS[data.optimiser].label}, {first} {data.gamma:g}"


def frame_remedy_training(axes, data):
    frame_errors(axes[0], data.epochs, "passes through the training digits (epochs)")
    frame_decades(axes[1], -40, 20, data.epochs, "epochs", r"$\|\delta_1\|\,/\,\|\delta_L\|$")
    axes[1].set_xlim(-0.02 * data.epochs, data.epochs)
    style.key(
        axes[0],
        "lower left",
        {"A: sigmoid, variance 1, gradient descent, γ = 0.05": BEFORE, f"B: {_told(data)}": AFTER},
        bbox_to_anchor=(-0.01, 1.08),
        borderpad=0,
    )


def draw_remedy_training(axes, data):
    for rows, look in zip(data.runs, (BEFORE, AFTER)):
        axes[0].plot(rows[:, 0], rows[:, 1], markersize=4, **look)
        draw_curve(
            axes[1],
            rows[:, 0],
            np.where(np.isnan(rows[:, 3]), 20, log10_floored(rows[:, 3])),
            markersize=4,
            **look,
        )
        if np.isnan(rows[-1, 1]):
            style.note(
                axes[0], rows[-1, 0], 0.97, "diverged", color=look["color"], fontweight="bold"
            )
    a, b = (percent(rows[-1, 1]) for rows in data.runs)
    style.headline(axes[0], f"Wrong at depth {data.depth}: A {a}, B {b}")
    style.headline(axes[1], f"B at the start: {_ratio(data.runs[1])}")


def _ratio(rows):
    start = log10_floored(rows[0, 3])
    return f"{written(start)}, {verdict(start)}"


def sentence_remedy_training(data):
    a, b = data.runs
    return (
        f"Training error at depth {data.depth} after {max(a[-1, 0], b[-1, 0]):.0f} epochs: A (sigmoid, variance 1, "
        f"gradient descent) {percent(a[-1, 1])}; B ({_told(data)}) {percent(b[-1, 1])}. Share of the gradient that "
        f"reached layer 1 at the start: A {_ratio(a)}; B {_ratio(b)}."
    )
