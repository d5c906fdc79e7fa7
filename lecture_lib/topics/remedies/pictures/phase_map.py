"""Pictures of the map of variance and depth."""

import numpy as np
from matplotlib.colors import BoundaryNorm
from matplotlib.patches import Rectangle

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.digits_networks.phase_diagram import DEPTH_AXIS, VARIANCES
from lecture_lib.explore import style
from lecture_lib.explore.decades import LETTER, choose_window, name_power, written
from lecture_lib.explore.labels import convert_points, label
from lecture_lib.explore.reading import Reading
from lecture_lib.powers_of_ten import log10_floored

from ..compute.phase_map import THEORY_STEP
from .looks import EXPLODES, LEVELS, REGIMES, VANISHES

ENDS = (0.09, 1100)  # of the axis of n Var(W)
TICKS = (0.1, 1, 10, 100, 1000)
NAMED_LEVELS = (-20, -5, -1, 1, 5, 20)  # in the key of colours
MARKED_AT = 53.5  # depth at which the lecture's variances are marked
BOX = {"facecolor": "white", "alpha": 0.85, "linewidth": 0, "pad": 1.5}
MARKERS = ("o", "s", "^")  # of the lecture's variances, in both panels
KEY_HEIGHT = 0.05  # of the key of colours, in parts of the axes' height
KEY_BELOW = 40  # points from the axis to the key, at least
KEY_LINE = 17  # points from the key's lower edge to its name, at least
LINE = 14.5  # points from one line of words to the next, at least
NAMED_REGIME = 0.06  # part of the map that a regime must have to be named on it
RATE_LOWS = (-1.2, -2.2, -4)  # decades at which the axis of the factor per layer may begin
RATE_HIGHS = (0.5, 1.6)  # and end


def list_variances(data):
    """(n Var(W), name, marker) of the variances 1/n, 2/n and 1."""
    return tuple(zip((1, 2, data.width), ("Var 1/n", "Var 2/n", "Var 1"), MARKERS))


def frame_phase_map(axes, data):
    plane, rates = axes
    for ax in axes:
        ax.set(xscale="log", xlim=ENDS, xlabel="n Var(W) of the initial weights")
        ax.set_xticks(TICKS, [f"{tick:g}" for tick in TICKS])
        ax.minorticks_off()
    plane.set(ylim=(1, 57), ylabel="depth $L$", yticks=(2, 10, 20, 30, 40, 56))
    draw_color_key(plane)
    frame_rates(rates, *window_phase_map(data))


def find_color_key(ax):
    """The lower edge of the key of colours, in parts of the axes' height: below the axis with its
    name, which on a low panel takes a larger part.
    """
    return min(-0.32, -convert_points(ax, KEY_BELOW) - KEY_HEIGHT)


def window_phase_map(data):
    rates = (log10_floored(data.rate), log10_floored(data.theory))
    return choose_window(*rates, lows=RATE_LOWS, highs=RATE_HIGHS)


def frame_rates(ax, low, high):
    """Axes for the factor per layer, with what it means on either side of 1."""
    ax.set(yscale="log", ylim=(10**low, 10**high), ylabel="factor per layer")
    ticks = [tick for tick in (-4, -3, -2, -1, 0, 1) if low <= tick <= high]
    ax.set_yticks([10.0**tick for tick in ticks], [name_power(tick) for tick in ticks])
    ax.minorticks_off()
    beside = {"transform": ax.get_yaxis_transform(), "rotation": 90, "va": "center"}
    sides = (("vanishes", style.VANISH, low, 0), ("explodes", style.EXPLODE, 0, high))
    for word, color, bottom, top in sides:
        ax.axhspan(10**bottom, 10**top, color=color, zorder=0, gid="ground")
        if top - bottom > (high - low) * max(1 / 3, convert_points(ax, LETTER * len(word))):
            ax.text(1.012, 10 ** ((bottom + top) / 2), word, fontsize=9.5, **beside)
    ax.axhline(1, color=style.GREY, linewidth=0.8, gid="ground")


def draw_color_key(ax):
    """The colours of the map in a row below it, with some of their limits and what they mean."""
    colors = len(LEVELS) - 1
    width = 1 / colors
    look = {"transform": ax.transAxes, "va": "top", "fontsize": 9.5}
    bottom = find_color_key(ax)
    for i, level in enumerate(LEVELS[:-1]):
        box = Rectangle((i / colors, bottom), width, KEY_HEIGHT, color=REGIMES(i), clip_on=False)
        box.set(transform=ax.transAxes, gid="ground")
        ax.add_patch(box)
        if level in NAMED_LEVELS:
            ax.text(i / colors, bottom - 0.02, f"$10^{{{level}}}$", ha="center", **look)
    name = "gradient of layer 1, as a fraction of the last hidden layer's"
    ax.text(0.5, bottom - max(0.115, convert_points(ax, KEY_LINE)), name, ha="center", **look)


def draw_phase_map(axes, data):
    plane, rates = axes
    draw_map(plane, data.decades)
    name_regime(plane, data.decades < -1, "vanishes", VANISHES[0])
    name_regime(plane, data.decades > 1, "explodes", EXPLODES[-1])
    for variance in list_variances(data):
        mark_variance(plane, *variance)
    draw_rates(rates, data)
    if data.critical is not None:
        mark_crossing(plane, data.critical)
        rates.plot(data.critical, 1, "o", markersize=10, mfc="none", mec=style.INK, mew=1.5)
    style.headline(plane, write_headline(data))
    style.headline(rates, f"Var 1/n: × {find_rate(data, 1)} per layer")


def write_headline(data):
    """What theory says of the gradient, in a line."""
    if data.critical is None:
        return "Theory: no n Var(W) at which the gradient holds"
    return f"The gradient holds near n Var(W) = {data.critical:.4g}"


def draw_map(ax, decades):
    """The decades over n Var(W) and depth, each in the colour of its level."""
    # Every second point of twice as many is the border between two variances.
    borders = np.geomspace(VARIANCES[0], VARIANCES[-1], 2 * len(VARIANCES) - 1)[1::2]
    norm = BoundaryNorm(LEVELS, len(LEVELS) - 1, clip=True)
    x = (ENDS[0], *borders, ENDS[1])
    y = (*DEPTH_AXIS - 1, 57)
    ax.pcolormesh(x, y, decades, cmap=REGIMES, norm=norm)


def name_regime(ax, inside, word, color):
    """The word in the middle of the cells that are `inside` (depths, variances), if there is room
    for it.
    """
    if inside.mean() < NAMED_REGIME:
        return
    rows, columns = np.nonzero(inside)
    depth = min(np.interp(rows.mean(), range(len(DEPTH_AXIS)), DEPTH_AXIS), 38)
    x = 10 ** np.log10(VARIANCES[columns]).mean()
    label(ax, np.clip(x, 0.25, 400), depth, word, color, ha="center", fontsize=13, bbox=BOX)


def mark_crossing(ax, critical):
    """The line on which the gradient holds in theory, and its n Var(W) in large figures."""
    ax.axvline(critical, **style.THEORY)
    is_right = critical > 10
    side = "right" if is_right else "left"
    x = critical / 1.25 if is_right else critical * 1.25
    text = f"holds at {critical:.4g}"
    label(ax, x, 6, text, ha=side, fontsize=14, bbox=BOX)


def mark_variance(ax, n_var, name, marker):
    """One of the lecture's variances at the top of the map; the first has its name at the left."""
    look = {"color": style.INK, "markersize": 7, "markeredgecolor": "white"}
    ax.plot(n_var, MARKED_AT, marker, **look)
    is_left = marker == MARKERS[0]
    x = n_var / 1.25 if is_left else n_var * 1.25
    words = {"ha": "right" if is_left else "left", "va": "center", "fontsize": 9.5}
    ax.text(x, MARKED_AT, name, bbox=BOX, **words)


def draw_rates(ax, data):
    """The factor of the gradient per layer, of the networks and in theory, with the lecture's
    variances on it.
    """
    look = style.ACTIVATION[data.activation]
    ax.plot(VARIANCES, np.clip(data.rate, *ax.get_ylim()), **look | {"marker": ""})
    ax.plot(VARIANCES[::THEORY_STEP], np.clip(data.theory, *ax.get_ylim()), **style.THEORY)
    box = BOX | {"facecolor": style.EXPLODE}
    above = {"fontsize": 9.5, "transform": ax.transAxes, "bbox": box}
    name = f"{ACTIVATIONS[data.activation].label}, depth 56"
    label(ax, 0.03, 0.94, name, look["color"], **above)
    pace = convert_points(ax, LINE)
    plain = above | {"fontweight": "normal"}
    label(ax, 0.03, 0.94 - max(0.09, pace), r"dashed: theory $\sqrt{\chi}$", **plain)
    for k, (n_var, name, marker) in enumerate(list_variances(data)):
        rate = np.interp(np.log(n_var), np.log(VARIANCES), data.rate)
        points = {"color": style.INK, "markersize": 7, "markeredgecolor": "white", "zorder": 5}
        ax.plot(n_var, np.clip(rate, *ax.get_ylim()), marker, **points)
        y = 0.07 + max(0.085, pace) * (2 - k)
        ax.plot(0.5, y, marker, **points, transform=ax.transAxes)
        text = f"{name}: × {find_rate(data, n_var)}"
        box = BOX | {"facecolor": style.VANISH}
        label(ax, 0.54, y, text, **above | {"bbox": box})


def find_rate(data, n_var):
    """The factor per layer at this n Var(W), in writing, with two decimals: 1.04 is not 1; dots
    until all of the map is known.
    """
    if not data.is_whole:
        return "…"
    rate = np.interp(np.log(n_var), np.log(VARIANCES), data.rate)
    return style.number(rate, 3 if rate >= 1 else 2)


def readings_phase_map(data):
    """The gradient at some places of the map, and the factor per layer."""
    rates = [f"n Var {v:.2g}: × {style.number(r)} per layer" for v, r in zip(VARIANCES, data.rate)]
    return read_map(data.decades), Reading(1, VARIANCES, data.rate, tuple(rates))


def read_map(decades):
    """The Reading of some places of a map (DEPTH_AXIS, VARIANCES), on the first panel."""
    x = []
    y = []
    texts = []
    for depth, row in zip(DEPTH_AXIS[::3], decades[::3]):
        for n_var, size in zip(VARIANCES[::2], row[::2]):
            x.append(n_var)
            y.append(depth)
            texts.append(f"n Var {n_var:.2g}, depth {depth}: × {written(size)}")
    return Reading(0, np.array(x), np.array(y), tuple(texts))


def sentence_phase_map(data):
    seeds = "one seed" if data.seeds == 1 else f"median of {data.seeds} seeds"
    narrow = " (not for width ≤ 16)" if data.width <= 16 else ""
    if data.critical is None:
        said = "that no n Var(W) holds the gradient: its factor jumps over 1"
    else:
        said = f"that the gradient holds at n Var(W) = {data.critical:.4g}"
    return (
        f"{ACTIVATIONS[data.activation].label}, width {data.width}, {seeds}: theory{narrow} says "
        f"{said}. At depth 56 a layer multiplies it by {find_rate(data, 1)} (1/n), "
        f"{find_rate(data, 2)} (2/n), {find_rate(data, data.width)} (variance 1)."
    )
