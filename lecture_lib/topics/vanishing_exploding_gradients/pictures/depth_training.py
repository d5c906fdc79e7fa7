"""Pictures of networks of many depths in training."""

import numpy as np

from lecture_lib.digits_networks.training import DEPTHS, GUESSING
from lecture_lib.digits_networks.words import count_epochs
from lecture_lib.explore import style
from lecture_lib.explore.decades import HIGHS, choose_window, name_power, written
from lecture_lib.explore.labels import SPARE, is_narrow, label, label_ends
from lecture_lib.explore.layer_strip import ALARM
from lecture_lib.explore.reading import Reading
from lecture_lib.powers_of_ten import log10_floored

from ..compute.depth_training import DEPTH_AXIS

ENDS = (1.27, 82)  # of the axis of depth, with room for names at both ends
NARROW_START = 0.6  # where it begins in a narrow picture: names stand before the first depth
GUESSES_TO = 57  # where the line of guessing ends, and its name begins
SHOWN_EPOCHS = (0, 1, 3, 6)  # beside the last one
CHANGED = 0.02  # difference of errors that counts
BOX = {"facecolor": "white", "alpha": 0.8, "linewidth": 0, "pad": 0.5}


def list_starts(data):
    """log10 of ||delta_1|| / ||delta_L|| before training, by depth; nan where it is not known."""
    return np.array([log10_floored(run.gradient_ratio[0]) for run in data.runs.values()])


def window_depth_training(data):
    return choose_window(list_starts(data))


def frame_depth_training(axes, data):
    errors, gradients = axes
    for ax in axes:
        first = NARROW_START if is_narrow(ax) else ENDS[0]
        ax.set(xscale="log", xlim=(first, ENDS[1]))
    errors.set(ylim=(-0.04, 1.04), ylabel="training error")
    errors.set_yticks((0, 0.5, 1), ("0", "50 %", "100 %"))
    errors.set_xticks(DEPTH_AXIS, [""] * len(DEPTH_AXIS))
    line = [ENDS[0], GUESSES_TO], [GUESSING, GUESSING]
    errors.plot(*line, color=style.GREY, gid="ground", **style.DOTS)
    style.note(errors, 1.06 * GUESSES_TO, GUESSING, "guessing", gid=SPARE)
    low, high = window_depth_training(data)
    frame_gradients(gradients, low, high)
    for ax in axes:
        ax.minorticks_off()


def frame_gradients(ax, low, high):
    """Axes for the gradient at the start, with the three regimes behind it."""
    ax.set(ylim=(low, high), ylabel="gradient", xlabel="depth: how many layers")
    far = high if high > HIGHS[0] else low
    ax.set_yticks((0, far), ("1", name_power(far)))
    ax.set_xticks(DEPTH_AXIS, [str(depth) for depth in DEPTH_AXIS])
    regimes = ((style.VANISH, low, -1), (style.HOLD, -1, 1), (style.EXPLODE, 1, high))
    for color, bottom, top in regimes:
        ax.axhspan(bottom, top, color=color, zorder=0, gid="ground")


def draw_depth_training(axes, data):
    errors, gradients = axes
    shade_vanished(errors, data)
    draw_epochs(errors, data)
    mark_depths(errors, data)
    look = style.ACTIVATION[data.activation]
    decades = np.clip(list_starts(data), *gradients.get_ylim())
    gradients.plot(list(data.runs), decades, **look)
    text = f"at the start layer 1 gets {describe_starts(data)}"
    low, high = gradients.get_ylim()
    part = 0.85 if high > HIGHS[0] else 0.15  # the curve begins at 1
    place = (ENDS[0] * 1.04, low + part * (high - low))
    label(gradients, *place, text, look["color"], fontsize=9.5, bbox=BOX)
    style.headline(errors, describe_finding(data))


def list_named(data):
    """The lecture's depths, as far as there are networks of them."""
    return [depth for depth in DEPTHS if depth in data.runs]


def describe_starts(data):
    """Which part of the gradient reaches layer 1 before training, at the least and the largest of
    the lecture's depths.
    """
    parts = []
    named = list_named(data)
    for depth in dict.fromkeys((named[0], named[-1])):
        decades = log10_floored(data.runs[depth].gradient_ratio[0])
        parts.append(f"× {written(decades)} at {depth}")
    return ", ".join(parts)


def describe_finding(data):
    """Whether the deepest of the lecture's networks is better than the shallowest."""
    named = list_named(data)
    first, last = (data.runs[depth].train_error[-1] for depth in (named[0], named[-1]))
    ends = ", ".join(f"{name_outcome(data.runs[depth])} at {depth}" for depth in named)
    ends = f"{ends} layers".replace(" %", " % wrong", 1)  # said once, at the first number
    if len(named) == 1:
        return f"Wrong at {named[0]} layers: {name_outcome(data.runs[named[0]])}"
    if np.isnan(first) or np.isnan(last) or last > first + CHANGED:
        return f"Deeper is worse: {ends}"
    if last < first - CHANGED:
        return f"Deeper is better: {ends}"
    return f"Deeper is no better: {ends}"


def shade_vanished(ax, data):
    """The depths at whose start the gradient has vanished, and what that means."""
    depths = np.array(list(data.runs))
    vanished = np.flatnonzero(list_starts(data) < -1)
    if not len(vanished):
        return
    first = vanished[0]
    start = np.sqrt(depths[max(first - 1, 0)] * depths[first])
    ax.axvspan(start, GUESSES_TO, color=style.VANISH, linewidth=0, zorder=0, gid="ground")
    ax.axvline(start, ymax=0.93, **style.THEORY, gid="ground")
    text = "layer 1 starts with less than 1/10 of the gradient"
    side = "left" if start < 10 else "right"
    x = start * 1.03 if side == "left" else GUESSES_TO
    box = BOX | {"facecolor": style.VANISH}
    label(ax, x, 0.05, text, style.ACTIVATION["sigmoid"]["color"], ha=side, fontsize=9.5, bbox=box)


def draw_epochs(ax, data):
    """The error over the depth after some epochs, pale, and after the last one, named at the
    left.
    """
    look = style.ACTIVATION[data.activation]
    known = max(len(run.epoch) for run in data.runs.values()) - 1
    shown = [epoch for epoch in SHOWN_EPOCHS if epoch < known]
    names = []
    heights = []
    colors = []
    for k, epoch in enumerate(shown):
        color = style.mix("white", look["color"], 0.3 + 0.12 * k)
        heights.append(draw_epoch(ax, data, epoch, {"color": color, "linewidth": 1.2}))
        names.append("start" if epoch == 0 else f"epoch {epoch}")
        colors.append(style.GREY)
    heights.append(draw_epoch(ax, data, known, look | {"linewidth": 3, "markersize": 6}))
    names.append(f"epoch {known}")
    colors.append(look["color"])
    look = {"fontsize": 9.5, "ha": "right", "bbox": BOX}
    label_ends(ax, 0.91 * DEPTH_AXIS[0], heights, names, colors, **look)


def draw_epoch(ax, data, epoch, look):
    """The errors after one epoch, or after the last one of a run that is not as far; returns that
    of the shallowest network.
    """
    depths = []
    errors = []
    for depth, run in data.runs.items():
        error = run.train_error[min(epoch, len(run.epoch) - 1)]
        if np.isfinite(error):
            depths.append(depth)
            errors.append(error)
    ax.plot(depths, errors, **look)
    return errors[0] if errors else 1.0


def mark_depths(ax, data):
    """The lecture's depths with their errors in large figures; a cross where a run diverged."""
    color = style.ACTIVATION[data.activation]["color"]
    for depth, run in data.runs.items():
        error = run.train_error[-1]
        if run.diverged:
            ax.plot(depth, 0.97, "x", color=ALARM, markersize=9, markeredgewidth=2.5)
        elif depth in DEPTHS:
            ring = {"markersize": 11, "markerfacecolor": "white", "markeredgewidth": 2.5}
            ax.plot(depth, error, "o", color=color, zorder=5, **ring)
            y = error - 0.17 if error > 0.35 else error + 0.19
            text = f"{100 * error:.0f} %"
            label(ax, depth, y, text, color, ha="center", fontsize=16, bbox=BOX)
    lost = [depth for depth, run in data.runs.items() if run.diverged]
    if lost:
        label(ax, lost[0] * 1.05, 0.78, "✗ diverged", ALARM, fontsize=13, bbox=BOX)


def name_outcome(run):
    """The last training error of a run in per cent, or that it diverged."""
    return "diverged" if run.diverged else f"{100 * run.train_error[-1]:.0f} %"


def readings_depth_training(data):
    """The errors and the gradient at each depth."""
    depths = np.array(list(data.runs))
    errors = []
    starts = []
    heights = []
    for depth, run in data.runs.items():
        test = "" if run.diverged else f", {100 * run.test_error[-1]:.0f} % of the held-out digits"
        errors.append(f"{depth} layers: {name_outcome(run)} wrong{test}")
        starts.append(
            f"{depth} layers: layer 1 gets × {written(log10_floored(run.gradient_ratio[0]))}"
        )
        heights.append(1.0 if run.diverged else run.train_error[-1])
    return (
        Reading(0, depths, np.array(heights), tuple(errors)),
        Reading(1, depths, list_starts(data), tuple(starts)),
    )


def sentence_depth_training(data):
    parts = []
    for depth in list_named(data):
        run = data.runs[depth]
        part = f"{depth} layers {name_outcome(run)}"
        if not run.diverged:
            part += f" (test {100 * run.test_error[-1]:.0f} %)"
        part += f", ‖δ₁‖/‖δ_L‖ at the start {style.number(run.gradient_ratio[0])}"
        parts.append(part)
    epochs = max(run.epoch[-1] for run in data.runs.values())
    return f"Training error after {count_epochs(epochs)}: {'; '.join(parts)}."
