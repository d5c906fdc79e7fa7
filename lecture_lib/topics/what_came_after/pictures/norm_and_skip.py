"""Pictures of six networks: their gradient, how they tell digits apart, and their error."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.topics.vanishing_exploding_gradients.pictures.decades import (
    GUESSING,
    frame_decades,
)

from ..compute.norm_and_skip import SIX
from .looks import RELATIVE, WAY, choose_window, percent, spread, times

COLORS = {"none": "#555555", "batch": "#5D3A9B", "layer": "#8C510A"}
NAMES = 0.8  # room for the names left of layer 1, in parts of the depth
LEARNS = 0.5  # an error below it is more than an accident


def look_of(added):
    """The line of a network: its colour says the normalisation, a dashed line has no skip."""
    color = COLORS[added.normalisation]
    if added.skip:
        return {"color": color, "linestyle": "-", "marker": "D", "markersize": 4}
    return {"color": color, "linestyle": (0, (4, 2)), "marker": "o", "markersize": 4}


def frame_norm_and_skip(axes, data):
    sizes, codes, errors = axes
    low, high = choose_window(data.delta)
    frame_decades(sizes, low, high, data.depth - 1, WAY, RELATIVE, regimes=False)
    sizes.set_xlim(-NAMES * data.depth, 1.03 * data.depth)
    sizes.xaxis.set_label_coords(0.72, -0.11)
    sizes.axhspan(low, -1, color=style.VANISH, zorder=0)
    sizes.axhspan(-1, 1, color=style.HOLD, zorder=0)
    sizes.axhspan(1, high, color=style.EXPLODE, zorder=0)
    style.note(sizes, data.depth, low, "vanishes", ha="right", va="bottom")
    if high > 1:
        style.note(sizes, data.depth, high, "explodes", ha="right", va="top")
    for ax in (codes, errors):
        ax.set(ylim=(len(SIX) - 0.5, -0.5))
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
        ax.axhline(1.5, color=style.PALE, linewidth=1)
        ax.axhline(3.5, color=style.PALE, linewidth=1)
    codes.set_yticks(range(len(SIX)), list(SIX))
    codes.set(xlim=(-0.03, 1.05), xticks=(0, 0.5, 1), xlabel="cosine of codes")
    for label, added in zip(codes.get_yticklabels(), SIX.values()):
        label.set_color(COLORS[added.normalisation])
        label.set_fontweight("bold" if added.skip else "normal")
    errors.set(xlim=(0, 1.25), yticks=(), xlabel=f"error, epoch {data.epochs}")
    errors.set_xticks((0, GUESSING), ("0", "guessing"))
    errors.axvline(GUESSING, color=style.GREY, linewidth=1, linestyle=":")


def draw_norm_and_skip(axes, data):
    draw_profiles(axes[0], data)
    draw_codes(axes[1], data)
    draw_errors(axes[2], data)
    batch = dict(zip(SIX, data.delta[:, 0]))["batch"]
    style.headline(axes[0], f"Batch norm alone: × {times(batch)}")
    style.headline(axes[1], "● same ○ different")
    learned = sum(is_learned(error) for error in data.errors)
    style.headline(axes[2], f"{learned} of 6 learn")


def draw_profiles(ax, data):
    """Six gradients by layer, each with what layer 1 gets."""
    layers = np.arange(1, data.depth)
    low, high = ax.get_ylim()
    starts = np.clip(data.delta[:, 0], low, high)
    places = low + spread((starts - low) / (high - low), 0.07) * (high - low)
    for decades, place, (name, added) in zip(data.delta, places, SIX.items()):
        look = look_of(added) | {"markevery": max(1, len(layers) // 8)}
        ax.plot(layers, np.clip(decades, low, high), **look)
        bold = "bold" if added.skip else "normal"
        text = f"{name}: × {times(decades[0])}"
        look = {"color": look["color"], "fontweight": bold, "fontsize": 10, "va": "center"}
        ax.text(1 - 0.03 * data.depth, place, text, ha="right", **look)


def draw_codes(ax, data):
    """For each network the mean cosine of two digits of one class, and of different ones."""
    for row, added in enumerate(SIX.values()):
        color = COLORS[added.normalisation]
        within, between = data.within[row], data.between[row]
        ax.plot((between, within), (row, row), color=color, linewidth=3, solid_capstyle="butt")
        ax.plot(between, row, "o", color=color, markerfacecolor="white", markersize=8)
        ax.plot(within, row, "o", color=color, markersize=8)
        gap = f"gap {max(within - between, 0):.2f}"
        style.note(ax, (within + between) / 2, row - 0.3, gap, ha="center", color=color)


def draw_errors(ax, data):
    """A bar and its number for each network."""
    for row, (error, added) in enumerate(zip(data.errors, SIX.values())):
        color = COLORS[added.normalisation]
        if error < 0:
            style.note(ax, 0.03, row, "…", color=color)
            continue
        length = 1.0 if np.isnan(error) else error
        ax.barh(row, length, height=0.55, color=color, alpha=0.8 if is_learned(error) else 0.3)
        look = {"fontsize": 13, "fontweight": "bold", "va": "center", "color": color}
        ax.text(length + 0.03, row, percent(error), **look)


def is_learned(error):
    """Whether a network has learned more than an accident of guessing."""
    return bool(0 <= error < LEARNS)


def sentence_norm_and_skip(data):
    parts = []
    for k, name in enumerate(SIX):
        error = "not begun" if data.errors[k] < 0 else f"error {percent(data.errors[k])}"
        parts.append(
            f"{name}: gradient × {times(data.delta[k, 0])}, cosines {data.within[k]:.2f} and "
            f"{data.between[k]:.2f}, {error}"
        )
    return (
        f"{data.depth} ReLU layers, epoch {data.epoch}. Layer 1 against the last hidden "
        "layer at the start, cosine of the codes of two digits of one class and of different "
        f"classes, and training error: {'; '.join(parts)}."
    )
