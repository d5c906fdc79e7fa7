"""Pictures of the lecture's network against one with a remedy."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.decades import (
    draw_curve,
    frame_decades,
    verdict,
    written,
)
from lecture_lib.optimisers import OPTIMISERS
from lecture_lib.powers_of_ten import log10_floored

from .looks import AFTER, BEFORE, frame_errors, mark_divergence, named, percent


def describe_remedy(data):
    """The settings of network B in words."""
    net = named(data.activation, data.variance)
    optimiser = OPTIMISERS[data.optimiser].label
    step = "first step" if data.optimiser == "rprop" else "γ ="
    return f"{net}, {optimiser}, {step} {data.gamma:g}"


def frame_remedy_training(axes, data):
    frame_errors(axes[0], data.epochs, "passes through the training digits (epochs)")
    frame_decades(axes[1], -40, 20, data.epochs, "epochs", r"$\|\delta_1\|\,/\,\|\delta_L\|$")
    axes[1].set_xlim(-0.02 * data.epochs, data.epochs)
    style.key(
        axes[0],
        "lower left",
        {
            "A: sigmoid, variance 1, gradient descent, γ = 0.05": BEFORE,
            f"B: {describe_remedy(data)}": AFTER,
        },
        bbox_to_anchor=(-0.01, 1.08),
        borderpad=0,
    )


def draw_remedy_training(axes, data):
    for run, look in zip(data.runs, (BEFORE, AFTER)):
        axes[0].plot(run.epoch, run.train_error, markersize=4, **look)
        exploded = np.isnan(run.gradient_ratio)
        decades = np.where(exploded, 20, log10_floored(run.gradient_ratio))
        draw_curve(axes[1], run.epoch, decades, markersize=4, **look)
        if run.diverged:
            mark_divergence(axes[0], run.epoch[-1], look)

    a, b = (percent(run.train_error[-1]) for run in data.runs)
    style.headline(axes[0], f"Wrong at depth {data.depth}: A {a}, B {b}")
    style.headline(axes[1], f"B at the start: {describe_start(data.runs[1])}")


def describe_start(run):
    """||delta_1|| / ||delta_L|| before training, and what it means."""
    decades = log10_floored(run.gradient_ratio[0])
    return f"{written(decades)}, {verdict(decades)}"


def sentence_remedy_training(data):
    a, b = data.runs
    epochs = max(a.epoch[-1], b.epoch[-1])
    return (
        f"Training error at depth {data.depth} after {epochs} epochs: "
        f"A (sigmoid, variance 1, gradient descent) {percent(a.train_error[-1])}; "
        f"B ({describe_remedy(data)}) {percent(b.train_error[-1])}. "
        "Share of the gradient that reached layer 1 at the start: "
        f"A {describe_start(a)}; B {describe_start(b)}."
    )
