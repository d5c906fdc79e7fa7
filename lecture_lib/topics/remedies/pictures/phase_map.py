"""Pictures of the map of variance and depth."""

import numpy as np
from matplotlib.colors import BoundaryNorm
from matplotlib.patches import Rectangle

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.explore import style

from ..compute.phase_diagram import DEPTH_AXIS, VARIANCES
from ..compute.phase_map import THEORY_STEP
from .looks import LEVELS, REGIMES

ENDS = (0.09, 1100)  # of the axis of n Var(W)
TICKS = (0.1, 1, 10, 100, 1000)
NAMED_LEVELS = (-20, -5, -1, 1, 5, 20)  # in the key of colours
TOP = 54  # depth at which the lecture's variances are marked
BOX = {"facecolor": "white", "alpha": 0.75, "linewidth": 0, "pad": 1}


def frame_phase_map(axes, data):
    plane, rates = axes
    for ax in axes:
        ax.set(xscale="log", xlim=ENDS, xlabel="n Var(W)")
        ax.set_xticks(TICKS, [f"{tick:g}" for tick in TICKS])
        ax.minorticks_off()
    plane.set(ylim=(1, 57), ylabel="depth $L$", yticks=(2, 10, 20, 30, 40, 56))
    draw_color_key(plane)
    rates.set(yscale="log", ylim=(0.05, 40), ylabel="factor a layer")
    rates.set_yticks((0.1, 1, 10), ("0.1", "1", "10"))
    rates.minorticks_off()
    rates.axhline(1, color=style.GREY, linewidth=0.8)
    curves = {
        f"{ACTIVATIONS[data.activation].label}, depth 56": style.ACTIVATION[data.activation],
        r"theory $\sqrt{\chi}$ (wide layers)": style.THEORY,
    }
    is_late = data.critical is not None and data.critical > 10
    style.key(rates, "upper left" if is_late else "lower right", curves)


def draw_color_key(ax):
    """The colours of the map in a row below it, with some of their limits."""
    colors = len(LEVELS) - 1
    width = 1 / colors
    on_axes = {"transform": ax.transAxes}
    for i, level in enumerate(LEVELS[:-1]):
        place = (i / colors, -0.3)
        ax.add_patch(Rectangle(place, width, 0.05, color=REGIMES(i), clip_on=False, **on_axes))
        word = f"$10^{{{level}}}$" if level in NAMED_LEVELS else ""
        ax.text(i / colors, -0.32, word, ha="center", va="top", fontsize=9.5, **on_axes)


def draw_phase_map(axes, data):
    plane, rates = axes
    draw_map(plane, data.decades)
    if data.critical is not None:
        for ax in axes:
            ax.axvline(data.critical, **style.THEORY)
    mark_variance(plane, 1, "1/n", factor=0.85, side="right")
    mark_variance(plane, 2, "2/n", factor=1.2, side="left")
    mark_variance(plane, data.width, "1", factor=1.2, side="left")

    rates.plot(VARIANCES, data.rate, **style.ACTIVATION[data.activation] | {"marker": ""})
    rates.plot(VARIANCES[::THEORY_STEP], data.theory, **style.THEORY)
    style.headline(plane, headline_phase_map(data))
    style.headline(rates, f"1/n: × {rate_at(data, 1)} a layer, 2/n: × {rate_at(data, 2)}")


def headline_phase_map(data):
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


def mark_variance(ax, n_var, label, factor, side):
    """One of the lecture's variances at the top of the map; its name stands at `factor` times its
    place.
    """
    ax.plot(n_var, TOP, "v", color=style.INK, markersize=6)
    ax.text(n_var * factor, TOP, label, ha=side, va="center", fontsize=9.5, bbox=BOX)


def rate_at(data, n_var):
    """The factor per layer at this n Var(W), in writing."""
    return style.number(np.interp(np.log(n_var), np.log(VARIANCES), data.rate))


def sentence_phase_map(data):
    seeds = "one seed" if data.seeds == 1 else f"median of {data.seeds} seeds"
    narrow = " (which does not hold for width ≤ 16)" if data.width <= 16 else ""
    if data.critical is None:
        said = "that no n Var(W) holds the gradient, for its factor jumps from below 1 to above 1"
    else:
        said = f"that the gradient holds at n Var(W) = {data.critical:.4g}"
    return (
        f"{ACTIVATIONS[data.activation].label}, width {data.width}, {seeds}: theory{narrow} says "
        f"{said}. At depth 56 a layer "
        f"multiplies it by {rate_at(data, 1)} with variance 1/n, by {rate_at(data, 2)} with 2/n "
        f"and by {rate_at(data, data.width)} with variance 1."
    )
