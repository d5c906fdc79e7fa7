"""Pictures of the lecture's network against one with a remedy."""

import numpy as np

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.digits_networks.words import count_epochs, count_steps
from lecture_lib.explore import style
from lecture_lib.explore.decades import (
    choose_window,
    draw_curve,
    frame_decades,
    verdict,
    written,
)
from lecture_lib.explore.labels import label, label_blocks
from lecture_lib.explore.reading import Reading
from lecture_lib.optimisers import OPTIMISERS
from lecture_lib.powers_of_ten import CEILING, log10_floored

from .looks import BEFORE, frame_errors, mark_divergence, named, percent

LETTER = 5.7  # points that a letter of a name takes
ROOM = 0.72  # after the last epoch, for names; in parts of the epochs
A_NAME = ("A: sigmoid, variance 1,", "gradient descent, γ = 0.05")
BOX = {"facecolor": "white", "alpha": 0.8, "linewidth": 0, "pad": 1}


def describe_remedy(data):
    """The settings of network B in words."""
    return " ".join(name_remedy(data))


def name_remedy(data):
    """The settings of network B in two lines."""
    optimiser = OPTIMISERS[data.optimiser].label
    step = "first step" if data.optimiser == "rprop" else "γ ="
    return f"{named(data.activation, data.variance)},", f"{optimiser}, {step} {data.gamma:g}"


def list_looks(data):
    """The looks of A and B: grey, and B's activation."""
    return BEFORE, style.ACTIVATION[data.activation]


def find_decades(run):
    """log10 of ||delta_1|| / ||delta_L|| by epoch, as long as it is finite; CEILING alone if it
    never was.
    """
    finite = run.gradient_ratio[np.isfinite(run.gradient_ratio)]
    return log10_floored(finite) if len(finite) else np.array([CEILING])


def window_remedy_training(data):
    return choose_window(*(find_decades(run) for run in data.runs))


def frame_remedy_training(axes, data):
    gradients, errors = axes
    low, high = window_remedy_training(data)
    frame_decades(gradients, low, high, data.epochs, "epochs", "gradient, layer 1 / last layer")
    gradients.set_xlim(-0.04 * data.epochs, 1.04 * data.epochs)
    gradients.set_xticks(np.unique(np.linspace(0, data.epochs, 4).round()))
    frame_errors(errors, data.epochs, "epochs (passes through the training digits)")
    errors.set_xlim(-0.02 * data.epochs, (1 + ROOM) * data.epochs)
    errors.spines["bottom"].set_bounds(0, data.epochs)


def draw_remedy_training(axes, data):
    gradients, errors = axes
    for run, look in zip(data.runs, list_looks(data)):
        small = look | {"markersize": 4, "markevery": max(1, data.epochs // 15)}
        decades = find_decades(run)
        draw_curve(gradients, run.epoch[: len(decades)], decades, **small)
        errors.plot(run.epoch, run.train_error, **small)
        if run.diverged:
            mark_divergence(errors, run.epoch[-1], look)
    fill_between_runs(errors, data)
    name_runs(errors, data)
    name_starts(gradients, data)
    a, b = (percent(run.train_error[-1]) for run in data.runs)
    style.headline(gradients, f"B's gradient at first: {verdict(find_decades(data.runs[1])[0])}")
    style.headline(errors, f"Wrong at depth {data.depth}: A {a}, B {b}")


def fill_between_runs(ax, data):
    """The gap between the errors of A and B, as far as both are known."""
    both = min(len(run.epoch) for run in data.runs)
    a, b = (run.train_error[:both] for run in data.runs)
    color = list_looks(data)[1]["color"]
    ax.fill_between(data.runs[0].epoch[:both], a, b, color=color, alpha=0.12, linewidth=0)


def name_runs(ax, data):
    """What each network is, at the end of its curve, with its error in large figures."""
    blocks = []
    for run, look, name in zip(data.runs, list_looks(data), (A_NAME, name_remedy(data))):
        lines = (percent(run.train_error[-1]), *name)
        if name is not A_NAME:
            lines = (lines[0], f"B: {name[0]}", name[1])
        blocks.append((find_last_error(run), lines, look["color"]))
    label_blocks(ax, 1.03 * data.epochs, blocks)


def find_last_error(run):
    """The last error that is finite; 1 if there is none."""
    finite = run.train_error[np.isfinite(run.train_error)]
    return finite[-1] if len(finite) else 1.0


def name_starts(ax, data):
    """How much of the gradient arrives at the start, above the higher curve and below the lower."""
    curves = [find_decades(run) for run in data.runs]
    low, high = ax.get_ylim()
    away = 0.09 * (high - low)
    above = min(max(curve.max() for curve in curves) + away, high - away / 2)
    below = max(min(curve.min() for curve in curves) - away, low + away / 2)
    is_a_higher = np.median(curves[0]) > np.median(curves[1])
    heights = (above, below) if is_a_higher else (below, above)
    for name, look, y, curve in zip("AB", list_looks(data), heights, curves):
        arrives = f"× {written(curve[0])}"
        text = f"{name} ({tell_kind(data, name)}): {arrives}"
        if LETTER * len(text) * ax.figure.dpi / 72 > ax.bbox.width:
            text = f"{name}: {arrives}"
        place = (data.epochs / 2, y)
        label(ax, *place, text, look["color"], ha="center", fontsize=10, bbox=BOX)


def tell_kind(data, name):
    """What A or B is, in a word: its activation, or of two sigmoids what else differs."""
    if name == "A":
        return "sigmoid"
    if data.activation == "sigmoid":
        is_plain = data.optimiser == "gd"
        return data.variance if is_plain else OPTIMISERS[data.optimiser].label
    return ACTIVATIONS[data.activation].label


def readings_remedy_training(data):
    """The gradient and the error of A and B, epoch by epoch."""
    readings = []
    for name, run in zip("AB", data.runs):
        gradients = []
        for epoch, decades in zip(run.epoch, find_decades(run)):
            gradients.append(f"{name}, epoch {epoch}: layer 1 gets × {written(decades)}")
        readings.append(
            Reading(0, run.epoch[: len(gradients)], find_decades(run), tuple(gradients))
        )
        finite = np.isfinite(run.train_error)
        errors = []
        for epoch, error in zip(run.epoch[finite], run.train_error[finite]):
            errors.append(f"{name}, epoch {epoch}: {percent(error)} wrong")
        readings.append(Reading(1, run.epoch[finite], run.train_error[finite], tuple(errors)))
    return tuple(readings)


def describe_start(run):
    """||delta_1|| / ||delta_L|| before training, and what it means."""
    decades = find_decades(run)[0]
    return f"{written(decades)}, {verdict(decades)}"


def count_training(data):
    """How many epochs A and B have been trained, and how many steps."""
    epochs = max(run.epoch[-1] for run in data.runs)
    if data.optimiser == "rprop":
        return f"{count_epochs(epochs)}, with Rprop {count_steps(epochs)}"
    return count_epochs(epochs)


def sentence_remedy_training(data):
    a, b = data.runs
    return (
        f"Training error at depth {data.depth} after {count_training(data)}: "
        f"A (sigmoid, variance 1, gradient descent) {percent(a.train_error[-1])}; "
        f"B ({describe_remedy(data)}) {percent(b.train_error[-1])}. "
        "Fraction of the gradient that reached layer 1 at the start: "
        f"A {describe_start(a)}; B {describe_start(b)}."
    )
