"""Pictures of the map of variance and depth with skip connections."""

import numpy as np

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.digits_networks.phase_diagram import DEPTH_AXIS, VARIANCES
from lecture_lib.explore import style
from lecture_lib.explore.labels import convert_points, label
from lecture_lib.explore.reading import Reading
from lecture_lib.topics.remedies.pictures.phase_map import (
    BOX,
    ENDS,
    KEY_HEIGHT,
    MARKED_AT,
    TICKS,
    draw_color_key,
    draw_map,
    find_color_key,
    list_variances,
    mark_variance,
    read_map,
)

from ..compute.skip_map import THEORY_STEP
from .looks import WITH, WITHOUT, times

LAYERS = int(DEPTH_AXIS[-1]) - 2  # that the gradient passes at the largest depth
BELOW_MARK = 12  # points from a marked variance to the words below it
LEAST = (0.05, 0.5)  # where the axis of factors may begin
MOST = (40.0, 4.0)  # and end


def find_factors(decades):
    """The factor of the gradient per layer at the largest depth, for each of VARIANCES."""
    return 10 ** (decades[-1] / LAYERS)


def window_skip_map(data):
    factors = np.array([find_factors(data.decades), find_factors(data.plain)])
    low = LEAST[1] if factors.min() > LEAST[1] else LEAST[0]
    high = MOST[1] if factors.max() < MOST[1] else MOST[0]
    return low, high


def frame_skip_map(axes, data):
    plane, rates = axes
    for ax in axes:
        ax.set(xscale="log", xlim=ENDS, xlabel="n Var(W) of all layers")
        ax.set_xticks(TICKS, [f"{tick:g}" for tick in TICKS])
        ax.minorticks_off()
    plane.set(ylim=(1, 57), ylabel="depth $L$", yticks=(2, 10, 20, 30, 40, 56))
    draw_color_key(plane)
    above = find_color_key(plane) + KEY_HEIGHT + 0.03
    for place, word, side in ((0.0, "vanishes", "left"), (1.0, "explodes", "right")):
        look = {"ha": side, "va": "bottom", "fontsize": 9.5, "transform": plane.transAxes}
        plane.text(place, above, word, **look)
    low, high = window_skip_map(data)
    rates.set(yscale="log", ylim=(low, high), ylabel="factor of ‖δ‖ per layer, depth 56")
    ticks = [tick for tick in (0.1, 1, 10) if low < tick < high]
    rates.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    rates.minorticks_off()
    rates.axhspan(low, 1, color=style.VANISH, zorder=0, gid="ground")
    rates.axhspan(1, high, color=style.EXPLODE, zorder=0, gid="ground")
    style.note(rates, 0.97, 0.03, "below 1: vanishes", **place_in_corner(rates, "bottom"))


def place_in_corner(ax, va):
    """Where a note stands at the right of the axes."""
    return {"transform": ax.transAxes, "ha": "right", "va": va}


def draw_skip_map(axes, data):
    plane, rates = axes
    draw_map(plane, data.decades)
    for variance in list_variances(data):
        mark_variance(plane, *variance)
    draw_rates(rates, data)
    draw_border(plane, data)
    style.headline(plane, describe_vanishing(data))
    lowest = style.number(find_factors(data.decades).min()) if data.is_whole else "…"
    style.headline(rates, f"A layer multiplies by at least {lowest}")


def describe_vanishing(data):
    """How much of the map vanishes with skips and without."""
    before = tell_vanishing(data.plain) if data.is_whole else "…"
    if data.alpha == 0:
        return f"Without skips: {before} vanishes"
    now = tell_vanishing(data.decades) if data.is_whole else "…"
    return f"Skips, α = {data.alpha:g}: {now} vanishes; without {before}"


def draw_rates(ax, data):
    """The factor per layer with skips and without, each with theory."""
    pairs = (
        (data.plain, data.plain_theory, WITHOUT, "plain"),
        (data.decades, data.theory, WITH, f"α = {data.alpha:g}"),
    )
    ends = ax.get_ylim()
    for decades, theory, look, name in pairs:
        rate = find_factors(decades)
        ax.plot(VARIANCES, np.clip(rate, *ends), **look | {"markevery": 4})
        predicted = np.clip(10.0**theory, *ends)
        ax.plot(VARIANCES[::THEORY_STEP], predicted, **style.THEORY, zorder=4)
        name_curve(ax, rate, name, look["color"])
    style.note(ax, 0.97, 0.95, "dashed: theory", bbox=BOX, **place_in_corner(ax, "top"))


def name_curve(ax, rate, name, color):
    """A name above the curve with skips and below the plain one, on the logarithmic axes."""
    low, high = ax.get_ylim()
    away = (high / low) ** 0.05
    if name == "plain":
        height = np.clip(rate[14], low, high) / away
        label(ax, 1.4 * VARIANCES[14], height, name, color, va="top", fontsize=12)
    else:
        height = np.clip(rate[:10].max(), low, high) * away
        label(ax, VARIANCES[2], height, name, color, va="bottom", fontsize=12)


def draw_border(ax, data):
    """The line left of which the gradient vanished without skips."""
    plain = data.plain
    if plain.min() >= -1 or plain.max() <= -1:
        return
    look = {"colors": "#2161a8", "linewidths": 1.5, "linestyles": "dashed"}
    ax.contour(VARIANCES, DEPTH_AXIS, plain, levels=[-1], **look)
    text = "left of the line:\nvanishes\nwithout skips"
    if data.alpha > 0:
        text = f"colours: with skips\n{text}"
    bottom, top = ax.get_ylim()
    height = MARKED_AT - convert_points(ax, BELOW_MARK) * (top - bottom)
    look = {"color": "#2161a8", "fontsize": 10, "va": "top", "bbox": BOX | {"alpha": 1}}
    ax.text(0.105, height, text, **look)


def readings_skip_map(data):
    """The gradient at some places of the map, and both factors per layer."""
    readings = [read_map(data.decades)]
    for name, decades in ((f"α = {data.alpha:g}", data.decades), ("plain", data.plain)):
        rates = find_factors(decades)
        told = [f"{name}, n Var {v:.2g}: × {style.number(r)}" for v, r in zip(VARIANCES, rates)]
        readings.append(Reading(1, VARIANCES, rates, tuple(told)))
    return tuple(readings)


def tell_vanishing(decades):
    """The share of the networks in which layer 1 gets less than a tenth, in words."""
    return f"{100 * (decades < -1).mean():.0f} %"


def tell_exploding(decades):
    """The share of the networks in which layer 1 gets more than ten times, in words."""
    return f"{100 * (decades > 1).mean():.0f} %"


def sentence_skip_map(data):
    so_far = "" if data.is_whole else "So far: "
    name = ACTIVATIONS[data.activation].label
    return (
        f"{so_far}{name}, width {data.width}, skip α = {data.alpha:g} in all "
        f"but the first and the last layer: the gradient vanishes (less than a tenth arrives) in "
        f"{tell_vanishing(data.decades)} of the map, without skips in "
        f"{tell_vanishing(data.plain)}; it explodes (more than tenfold) in "
        f"{tell_exploding(data.decades)}, without skips in {tell_exploding(data.plain)}. "
        f"The smallest part that arrives is {times(data.decades.min())}."
    )
