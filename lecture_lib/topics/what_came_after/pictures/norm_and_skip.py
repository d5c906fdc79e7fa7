"""Pictures of six networks: their gradient, what can be read out untrained, and their error."""

import numpy as np

from lecture_lib.digits_networks.training import GUESSING, LEARNS
from lecture_lib.digits_networks.words import count_epochs
from lecture_lib.explore import style
from lecture_lib.explore.decades import GRADIENT_WAY, choose_window, frame_decades
from lecture_lib.explore.labels import LINE, convert_points, is_narrow, label, spread_apart
from lecture_lib.explore.reading import Reading

from ..compute.norm_and_skip import SIX
from .looks import RELATIVE, RELATIVE_LOWS, percent, read_profile, times

COLORS = {"none": "#444444", "batch": "#43277A", "layer": "#7A4608"}
NAMES = 0.92  # room for the names left of layer 1, in parts of the depth
NARROW_NAMES = 1.3  # the same in a narrow picture
BELOW = 18  # points from the axis to its name, at least
HOPELESS = 0.75  # above it chance and the processor decide by how much
NUMBER = 0.46  # room for the number behind a bar


def choose_look(added):
    """The line of a network: its colour says the normalisation, a dashed line has no skip."""
    color = COLORS[added.normalisation]
    if added.skip:
        return {"color": color, "linestyle": "-", "marker": "D", "markersize": 4}
    return {"color": color, "linestyle": (0, (4, 2)), "marker": "o", "markersize": 4}


def window_norm_and_skip(data):
    return choose_window(data.delta, lows=RELATIVE_LOWS)


def frame_norm_and_skip(axes, data):
    sizes, codes, errors = axes
    frame_profiles(sizes, *window_norm_and_skip(data), data.depth)
    for ax in (codes, errors):
        ax.set(xlim=(0, 1.3), ylim=(len(SIX) - 0.5, -0.5), yticks=())
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
        for border in (1.5, 3.5):
            ax.axhline(border, color=style.PALE, linewidth=1, gid="ground")
        ax.set_xticks((0, GUESSING), ("0", "guessing"))
        ax.axvline(GUESSING, color=style.GREY, linewidth=1, linestyle=":", gid="ground")
    codes.set_xlabel("wrong, output layer\nfitted (read-out)")
    errors.set_xlabel("wrong, all layers\ntrained")
    name_networks(codes)
    is_below = abs(errors.bbox.x0 - codes.bbox.x0) < errors.bbox.width / 2
    if is_below and not is_narrow(errors):  # in a lecture room, where the names are far above
        name_networks(errors)


def name_networks(ax):
    """The names of the networks at the left of their bars."""
    names = [name.replace(" ", "") if is_narrow(ax) else name for name in SIX]
    ax.set_yticks(range(len(SIX)), names)
    for name, added in zip(ax.get_yticklabels(), SIX.values()):
        name.set_color(COLORS[added.normalisation])
        name.set_fontweight("bold" if added.skip else "normal")


def frame_profiles(ax, low, high, depth):
    """Axes by layer with room for names left of layer 1."""
    frame_decades(ax, low, high, depth - 1, f"layer $l$      {GRADIENT_WAY}", RELATIVE, False)
    names = NARROW_NAMES if is_narrow(ax) else NAMES
    ax.set_xlim(-names * depth, 1.03 * depth)
    ax.set_xticks(np.unique(np.linspace(1, depth - 1, min(4, depth - 1)).round()))
    ax.xaxis.set_label_coords(0.72, -max(0.13, convert_points(ax, BELOW)))
    regimes = ((low, -1, style.VANISH), (-1, 1, style.HOLD), (1, high, style.EXPLODE))
    for bottom, top, color in regimes:
        ax.axhspan(bottom, top, color=color, zorder=0, gid="ground")
    style.note(ax, depth, low, "vanishes", ha="right", va="bottom")
    style.note(ax, depth, -1, "holds", ha="right", va="bottom")
    if high > 1:
        style.note(ax, depth, high, "explodes", ha="right", va="top")


def draw_norm_and_skip(axes, data):
    draw_profiles(axes[0], data)
    draw_errors(axes[1], data.read_out)
    draw_errors(axes[2], data.errors)
    batch = dict(zip(SIX, data.delta[:, 0]))["batch"]
    style.headline(axes[0], f"Batch norm alone: × {times(batch)}")
    for ax, errors, what in ((axes[1], data.read_out, "readable"), (axes[2], data.errors, "learn")):
        count = "…" if (errors < 0).all() else count_below_half(errors)
        style.headline(ax, f"{count} of 6 {what}")


def draw_profiles(ax, data):
    """Six gradients by layer, each with what layer 1 gets."""
    layers = np.arange(1, data.depth)
    low, high = ax.get_ylim()
    starts = np.clip(data.delta[:, 0], low, high)
    line = LINE * ax.figure.dpi / 72 * (high - low) / ax.bbox.height
    places = spread_apart(starts, line)
    for decades, place, (name, added) in zip(data.delta, places, SIX.items()):
        look = choose_look(added) | {"markevery": max(1, len(layers) // 8)}
        ax.plot(layers, np.clip(decades, low, high), **look)
        bold = "bold" if added.skip else "normal"
        text = f"{name}: × {times(decades[0])}"
        look = {"ha": "right", "fontweight": bold}
        label(ax, 1 - 0.03 * data.depth, place, text, COLORS[added.normalisation], **look)


def draw_errors(ax, errors):
    """A bar and its number for each network."""
    for row, (error, added) in enumerate(zip(errors, SIX.values())):
        color = COLORS[added.normalisation]
        if error < 0:
            style.note(ax, 0.03, row, "…", color=color)
            continue
        length = 1.0 if np.isnan(error) else error
        ax.barh(row, length, height=0.55, color=color, alpha=0.8 if is_learned(error) else 0.3)
        is_crossed = length < GUESSING < length + NUMBER
        place = GUESSING if is_crossed else length
        label(ax, place + 0.03, row, percent(error), color, fontsize=12)


def readings_norm_and_skip(data):
    """Six gradients by layer, and both errors of each network that are known."""
    readings = []
    for name, decades in zip(SIX, data.delta):
        readings.append(read_profile(0, name, decades))
    for panel, errors, what in ((1, data.read_out, "read-out"), (2, data.errors, "trained")):
        rows = np.flatnonzero(~(errors < 0))
        texts = [f"{list(SIX)[row]}, {what}: {percent(errors[row])}" for row in rows]
        readings.append(Reading(panel, np.nan_to_num(errors[rows], nan=1.0), rows, tuple(texts)))
    return tuple(readings)


def is_learned(error):
    """Whether so few answers are wrong that the digits have been told apart."""
    return bool(0 <= error < LEARNS)


def count_below_half(errors):
    """How many of the networks get less than half of the digits wrong."""
    return sum(is_learned(error) for error in errors)


def sentence_norm_and_skip(data):
    starts = []
    for name, decades, wrong in zip(SIX, data.delta[:, 0], data.read_out):
        read_out = "…" if wrong < 0 else percent(wrong)
        starts.append(f"{name} × {times(decades)}, {read_out}")
    return (
        f"{data.depth} ReLU layers. Before training, what layer 1 gets of the gradient, and what a "
        f"linear read-out gets wrong: {'; '.join(starts)}. "
        f"Training error after {count_epochs(data.epoch)}: {describe_errors(data.errors)}."
    )


def describe_errors(errors):
    """The training errors in words; those of networks that do not learn have no digits."""
    told = []
    hopeless = []
    for name, error in zip(SIX, errors):
        if error > HOPELESS:
            hopeless.append(name)
        else:
            told.append(f"{name} {'untrained' if error < 0 else percent(error)}")
    if hopeless:
        told.append(f"over 75 % wrong: {', '.join(hopeless)}")
    return "; ".join(told)
