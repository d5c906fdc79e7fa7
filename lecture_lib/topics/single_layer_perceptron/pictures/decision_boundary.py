"""Pictures of the line of a neuron: what each of its three controls does to it."""

import numpy as np
from matplotlib.transforms import offset_copy

from lecture_lib.explore import style
from lecture_lib.explore.labels import draw_answer, draw_arrow
from lecture_lib.explore.reading import Reading
from lecture_lib.explore.room import follow_line, name_line

from .plane import (
    cut_at_axes,
    draw_line,
    draw_plane,
    find_line_ends,
    find_taken,
    frame_plane,
    tell_samples,
)

FADED = (0.72, 0.5, 0.5, 0.72)  # how near to white each ghost is
SWING = np.deg2rad(20)  # half of the angle that the arrow of a turn shows
BELOW = -20  # points from the axes to the words below its ticks
STEP = 0.1  # of the slider of the length
LONGEST = 3.0


def frame_decision_boundary(axes, data):
    angle, bias, length = axes
    frame_plane(angle, data.points)
    for ax in (bias, length):
        frame_plane(ax, data.points, xlabel="")
        ax.set_ylabel("")
    length.set_xlabel(" ")  # room for how many are wrong
    for ax, name in ((angle, "angle of W"), (bias, "B"), (length, "length of W")):
        style.headline(ax, name)
    bias.set_xlabel("faint: where the line would go", color=style.GREY)


def draw_decision_boundary(axes, data):
    for ax, ghosts in zip(axes, (data.turned, data.shifted, data.stretched)):
        draw_plane(ax, data.points, data.W, data.wrong)
        for W, part in zip(ghosts, FADED):
            color = style.mix(style.ACCENT, "white", part - 0.2)
            draw_line(ax, W, color=color, linewidth=1.4, zorder=2)
    angle, bias, length = axes
    has_line = not np.isnan(data.offset)
    if has_line:
        draw_turn(angle, data)
        draw_shift(bias, data)
        draw_shift(length, data)
    draw_weights(angle, data)
    look = {"ha": "right", "va": "bottom", "fontsize": 15}
    for ax, text, is_moved in zip(axes, tell_effects(data), data.moved):
        if is_moved:  # the reader is asked what each control does, and has tried this one
            draw_answer(ax, 1, 1.02, text, style.ACCENT, **look)
    write_mistakes(length, data)


def tell_effects(data):
    """What the angle, the bias and the length of W do to the line, in a word each."""
    if np.isnan(data.offset):
        return "no line", "no line", "no line"
    if data.offset == 0:
        return "turns", "shifts", "nothing at B = 0"
    return "turns", "shifts", "shifts"


def write_mistakes(ax, data):
    """How many samples are on the wrong side, below the panel."""
    count = int(data.wrong.sum())
    text = f"{count} of {len(data.wrong)} wrong" if count else f"all {len(data.wrong)} right"
    below = offset_copy(ax.transAxes, ax.figure, y=BELOW, units="points")
    look = {"ha": "right", "va": "top", "fontsize": 11.5, "fontweight": "bold"}
    ax.text(1, 0, text, transform=below, **look)


def draw_weights(ax, data):
    """W as an arrow from the origin, as long as there is room: the handle."""
    tip = data.W[1:]
    if not tip.any():
        return
    room = [1.0]
    for size, limits in zip(tip, (ax.get_xlim(), ax.get_ylim())):
        if size:
            room.append(0.95 * max(limits[0] / size, limits[1] / size))
    tip = min(room) * tip
    draw_arrow(ax, (0, 0), tip, style.INK, 2.6).set_zorder(4)
    taken = [find_taken(ax, data.points, data.W, *data.turned), follow_line(ax, [(0, 0), tip])]
    name_line(ax, [(0, 0), tip], "W", style.INK, np.concatenate(taken), fontsize=12)


def list_line_places(ax, data):
    """Places (n, 2) on the line from one edge of the axes to the other; none where it is not
    seen.
    """
    ends = cut_at_axes(data.W, ax)
    if ends is None:
        return np.empty((0, 2))
    return ends[0] + np.linspace(0.05, 0.95, 73)[:, None] * (ends[1] - ends[0])


def find_nearest(data, places):
    """How far each place (n, 2) is from the nearest sample, or from W's arrow."""
    arrow = np.linspace(0, 1, 9)[:, None] * data.W[1:]
    others = np.concatenate([data.points.x, arrow])
    return np.hypot(*(places[:, None] - others).transpose(2, 0, 1)).min(axis=1)


def measure_half(ax):
    """Half of the height of the axes, in data units."""
    low, high = ax.get_ylim()
    return (high - low) / 2


def measure_outside(ax, places):
    """How far places (n, 2) are from where the axes leave room for an arrow's head; 0 inside."""
    edges = np.array([ax.get_xlim(), ax.get_ylim()])
    margin = 0.1 * measure_half(ax)
    below = np.maximum(edges[:, 0] + margin - places, 0)
    above = np.maximum(places - edges[:, 1] + margin, 0)
    return 9 * (below + above).sum(axis=1)


def draw_shift(ax, data):
    """A double arrow across the line, where the samples leave room."""
    places = list_line_places(ax, data)
    if not len(places):
        return
    reach = 0.3 * measure_half(ax) * data.W[1:] / np.hypot(*data.W[1:])
    gaps = np.minimum(find_nearest(data, places + reach), find_nearest(data, places - reach))
    gaps = np.minimum(gaps, find_nearest(data, places))
    gaps -= measure_outside(ax, places + reach) + measure_outside(ax, places - reach)
    place = places[np.argmax(gaps)]
    draw_double_arrow(ax, place - reach, place + reach)


def draw_turn(ax, data):
    """A double arrow along a circle around the point of the line nearest the origin."""
    places = list_line_places(ax, data)
    if not len(places):
        return
    foot = find_line_ends(data.W).mean(axis=0)
    radius = np.hypot(*(places - foot).T)
    reach = np.tan(SWING) * (places - foot)[:, ::-1] * (-1, 1)
    gaps = np.minimum(find_nearest(data, places + reach), find_nearest(data, places - reach))
    gaps = np.minimum(gaps, find_nearest(data, places))
    gaps -= measure_outside(ax, places + reach) + measure_outside(ax, places - reach)
    is_near = radius < 0.75 * measure_half(ax)
    best = np.argmax(gaps - 5 * is_near)
    draw_double_arrow(ax, places[best] - reach[best], places[best] + reach[best], bend=0.17)


def draw_double_arrow(ax, start, end, bend=0.0):
    """An arrow with two heads, `bend` as matplotlib's arc3 means it."""
    look = {"arrowstyle": "<|-|>,head_width=0.3,head_length=0.55", "shrinkA": 0, "shrinkB": 0}
    look |= {"color": style.word_color(style.ACCENT), "linewidth": 2.6}
    look["connectionstyle"] = f"arc3,rad={bend}"
    arrow = ax.annotate("", end, start, arrowprops=look, annotation_clip=False, zorder=4)
    arrow.arrow_patch.set_clip_box(ax.bbox)


def drag_decision_boundary(settings, x, y):
    """The angle and the length of a W whose arrow ends at (x, y)."""
    angle = 5 * round(np.rad2deg(np.arctan2(y, x)) / 5)
    length = np.clip(STEP * round(np.hypot(x, y) / STEP), STEP, LONGEST)
    return {"angle": int(angle), "length": round(float(length), 9)}


def readings_decision_boundary(data):
    """The samples and their sides, in all three panels."""
    says = np.where(data.wrong, 1 - data.points.labels, data.points.labels)
    texts = tell_samples(data.points, says)
    return tuple(Reading(panel, *data.points.x.T, texts) for panel in range(3))


def sentence_decision_boundary(data):
    counts = f"{data.wrong.sum()} of {len(data.wrong)} samples misclassified"
    return f"{data.points.name}: {counts}, {tell_line(data.offset)}."


def tell_line(offset):
    """Where the line is, in words; its formula is what the reader is asked for."""
    if np.isnan(offset):
        return "no line"
    if offset == 0:
        return "the line goes through the origin"
    way = "along" if offset > 0 else "against"
    return f"the line is {style.number(abs(offset))} from the origin, {way} W (the arrow)"
