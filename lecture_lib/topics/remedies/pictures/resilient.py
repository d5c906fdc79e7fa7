"""Pictures of Rprop beside gradient descent."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.decades import (
    choose_window,
    draw_curve,
    frame_layers,
    written,
)
from lecture_lib.explore.labels import draw_answer, draw_arrow, is_narrow, label, label_blocks
from lecture_lib.explore.layer_strip import draw_strip
from lecture_lib.explore.reading import Reading
from lecture_lib.powers_of_ten import FLOOR

from .looks import BEFORE, frame_errors, mark_divergence, named, percent

LOWS = (-4, -7, -10, -20, -40)  # decades at which the axis of the steps may begin
HIGHS = (1, 3, 10, 40)
CHANGE_LABEL = r"step / weights, $\|\Delta W_l\|\,/\,\|W_l\|$"
ROOM = 0.18  # before layer 1, for the arrow; in parts of the depth
ERROR_ROOM = 0.5  # after the last step, for names; in parts of the steps
BOX = {"facecolor": "white", "alpha": 0.8, "linewidth": 0, "pad": 0.5}
CROWDED = 30  # layers from which on the markers are small


def find_look(data):
    """How Rprop is drawn: as the activation is; gradient descent is grey, as what was before."""
    return style.ACTIVATION[data.activation]


def window_resilient(data):
    changes = np.concatenate([data.descent.change, data.rprop.change])
    return choose_window(changes[changes > FLOOR], lows=LOWS, highs=HIGHS)


def frame_resilient(axes, data):
    changes, errors = axes
    low, high = window_resilient(data)
    frame_layers(changes, low, high, data.depth, CHANGE_LABEL, 3, ROOM, regimes=False)
    frame_errors(errors, data.planned, "step")
    errors.set_xlim(-0.02 * data.planned, (1 + ERROR_ROOM) * data.planned)
    errors.spines["bottom"].set_bounds(0, data.planned)


def draw_resilient(axes, data):
    changes, errors = axes
    look = find_look(data)
    draw_changes(changes, data)
    draw_strip(changes, data.descent.delta, look["color"], 0, "gradient", numbers=False)
    draw_strip(changes, data.descent.change, BEFORE["color"], 1, "plain step", numbers=False)
    draw_strip(changes, data.rprop.change, look["color"], 2, "Rprop's step")
    for racer, color in ((data.descent, BEFORE["color"]), (data.rprop, look["color"])):
        steps = np.arange(len(racer.errors))
        errors.plot(steps, racer.errors, color=color)
        if np.isnan(racer.errors[-1]):
            mark_divergence(errors, steps[-1], {"color": color})
    name_errors(errors, data)
    style.headline(changes, f"With Rprop layer 1 moves {describe_gain(data)} times as far")
    style.headline(errors, f"Wrong after step {data.steps}")


def describe_gain(data):
    """By what Rprop's step of layer 1 is larger than that of gradient descent."""
    decades = data.rprop.change[0] - data.descent.change[0]
    if 0 < decades < 5:
        return f"{float(f'{10**decades:.1e}'):,g}"
    return written(decades)


def draw_changes(ax, data):
    """The steps of both by layer, the gap between them, and its size at layer 1."""
    low, high = ax.get_ylim()
    layers = np.arange(1, data.depth + 1)
    look = find_look(data)
    size = 3 if data.depth > CROWDED else 5
    ends = np.clip((data.descent.change, data.rprop.change), low, high)
    ax.fill_between(layers, *ends, color=look["color"], alpha=0.12, linewidth=0)
    draw_curve(ax, layers, data.descent.change, **BEFORE | {"markersize": size})
    draw_curve(ax, layers, data.rprop.change, **look | {"markersize": size})
    start, end = ends[0, 0], ends[1, 0]
    at = 1 - 0.05 * data.depth
    if abs(end - start) > 0.06 * (high - low):
        draw_arrow(ax, (at, start), (at, end), look["color"])
    gain = f"layer 1: × {describe_gain(data)}"
    place = (1 + 0.02 * data.depth, find_middle(ends))
    look = {"transform": ax.transData, "bbox": BOX, "fontsize": 16}
    draw_answer(ax, *place, gain, find_look(data)["color"], **look)
    name_curves(ax, data, ends)


def name_curves(ax, data, ends):
    """What each does with the gradient, outside of the gap between the two curves."""
    low, high = ax.get_ylim()
    edge = 0.055 * (high - low)
    away = 0.08 * (high - low)
    above = min(ends.max() + away, high - edge)
    below = max(ends.min() - away, low + edge)
    is_larger = ends[1].mean() > ends[0].mean()
    heights = (above, below) if is_larger else (below, above)
    names = (
        ("Rprop: only the sign of the gradient counts", find_look(data)["color"]),
        ("gradient descent: a step is γ times the gradient", BEFORE["color"]),
    )
    for (name, color), height in zip(names, heights):
        if is_narrow(ax):
            name = name.partition(":")[0]
        label(ax, data.depth, height, name, color, ha="right", bbox=BOX)


def find_middle(ends):
    """The height between the two curves (2, L) near layer 1."""
    near = max(2, ends.shape[1] // 4)
    lower, upper = np.sort(ends[:, :near], axis=0)
    return (lower.max() + upper.min()) / 2


def name_errors(ax, data):
    """The last errors in large figures, beside the ends of the curves."""
    blocks = []
    for racer, color, name in (
        (data.descent, BEFORE["color"], ("gradient", "descent")),
        (data.rprop, find_look(data)["color"], ("Rprop",)),
    ):
        finite = racer.errors[np.isfinite(racer.errors)]
        lines = (percent(racer.errors[-1]), *name)
        if len(finite) < len(racer.errors):
            lines = ("✗", *name, "diverged")
        blocks.append((finite[-1], lines, color))
    label_blocks(ax, 1.03 * data.planned, blocks)


def readings_resilient(data):
    """The steps by layer, and the errors."""
    layers = np.arange(1, data.depth + 1)
    steps = np.arange(len(data.rprop.errors))
    readings = []
    for name, racer in (("gradient descent", data.descent), ("Rprop", data.rprop)):
        pairs = zip(layers, racer.change, racer.delta)
        texts = []
        for layer, change, delta in pairs:
            sizes = f"step {written(change)} of its weights, gradient {written(delta)}"
            texts.append(f"{name}, layer {layer}: {sizes}")
        readings.append(Reading(0, layers, racer.change, tuple(texts)))
        errors = [
            f"{name}, step {k}: {percent(error)} wrong" for k, error in enumerate(racer.errors)
        ]
        heights = np.where(np.isfinite(racer.errors), racer.errors, 1.0)
        readings.append(Reading(1, steps[: len(heights)], heights, tuple(errors)))
    return tuple(readings)


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
