"""All samples that a training shows, as a calendar: a column for each epoch, a row for each sample,
and where it was a mistake the colour of the sample's class.
"""

import numpy as np
from matplotlib.collections import PolyCollection

from lecture_lib.explore import style
from lecture_lib.explore.reading import Reading
from lecture_lib.explore.room import darken
from lecture_lib.explore.windows import choose_first

from .plane import FEW, name_sample

WIDTHS = (6, 12, 25, 50, 100)  # epochs that the calendar may have room for
COUNTED = 12  # epochs up to which their mistakes are written above
RIGHT = "#e9eeea"
TO_COME = 0.62  # how pale is what was not shown yet
LABEL = "epoch (coloured: a mistake)"
MARGIN = 0.16  # of the rows, above, for the counts


def window_calendar(data):
    """How many epochs the calendar has room for: the first of WIDTHS that is enough."""
    epochs = len(data.run.mistakes)
    return choose_first(WIDTHS, lambda width: width >= epochs)


def frame_calendar(ax, data):
    """Axes by epoch and sample."""
    samples = len(data.points.x)
    width = window_calendar(data)
    ax.set(xlim=(0.5, width + 0.5), ylim=(samples, -MARGIN * samples), xlabel=LABEL)
    ax.set_yticks([])
    ax.set_xticks(range(1, width + 1) if width == WIDTHS[0] else (1, width // 2, width))
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.tick_params(length=0)
    look = {"transform": ax.get_yaxis_transform(), "ha": "right", "va": "center"}
    if samples > FEW:
        ax.text(-0.04, samples / 2, f"the {samples} samples", rotation=90, **look)
        return
    for row, (point, label) in enumerate(zip(data.points.x, data.points.labels)):
        color = darken(style.CLASS[label]["color"])
        ax.text(-0.03, row + 0.5, name_sample(point), color=color, fontweight="bold", **look)


def draw_calendar(ax, data):
    """A square for each sample shown, pale from now on, and a frame around the last one."""
    run = data.run
    gap = 0.07 if window_calendar(data) <= COUNTED and len(data.points.x) == FEW else 0.0
    boxes = []
    colors = []
    for place, shown in enumerate(run.shown):
        boxes.append(outline_square(shown.epoch, shown.index, gap))
        colors.append(color_square(data, shown, is_past=place < data.k))
    ax.add_collection(PolyCollection(boxes, facecolors=colors, linewidths=0), autolim=False)
    if window_calendar(data) <= COUNTED:
        write_counts(ax, data)
    if data.k:
        mark_now(ax, data)


def outline_square(epoch, row, gap):
    """The corners of a square."""
    left = epoch - 0.5 + gap
    right = epoch + 0.5 - gap
    top = row + gap
    bottom = row + 1 - gap
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def color_square(data, shown, is_past):
    """The class's colour for a mistake, nearly white for none; paler for what is to come."""
    color = RIGHT
    if shown.error:
        color = style.CLASS[data.points.labels[shown.index]]["color"]
    return color if is_past else style.mix(color, "white", TO_COME)


def write_counts(ax, data):
    """How many mistakes each epoch has, above it."""
    samples = len(data.points.x)
    beside = {"transform": ax.get_yaxis_transform(), "ha": "right", "va": "center"}
    ax.text(-0.03, -0.5 * MARGIN * samples, "sum", fontsize=9.5, color=style.GREY, **beside)
    for epoch, count in enumerate(data.run.mistakes, 1):
        is_past = epoch * samples <= data.k
        color = style.INK if is_past else style.GREY
        text = str(count) if count else "0 ✓"
        weight = "bold" if is_past else "normal"
        height = -0.5 * MARGIN * samples
        look = {"ha": "center", "va": "center", "fontsize": 10.5}
        ax.text(epoch, height, text, color=color, fontweight=weight, **look)


def mark_now(ax, data):
    """A frame around the sample just shown, in a picture of many epochs a pointer at its epoch."""
    shown = data.run.shown[data.k - 1]
    if window_calendar(data) <= COUNTED:
        corners = outline_square(shown.epoch, shown.index, 0.0)
        ax.plot(*zip(*corners, corners[0]), color=style.INK, linewidth=2.2, clip_on=False)
        return
    samples = len(data.points.x)
    is_late = shown.epoch > window_calendar(data) / 2
    text = "now ▼" if is_late else "▼ now"
    look = {"ha": "right" if is_late else "left", "va": "bottom", "fontweight": "bold"}
    side = 0.9 if is_late else -0.9
    ax.text(shown.epoch + side, -0.02 * samples, text, fontsize=9.5, **look)


def read_calendar(data, panel):
    """Each sample shown in words, as a Reading."""
    x = []
    y = []
    texts = []
    for place, shown in enumerate(data.run.shown, 1):
        x.append(shown.epoch)
        y.append(shown.index + 0.5)
        answer = "a mistake" if shown.error else "right"
        texts.append(f"sample {place}, epoch {shown.epoch}: {answer}")
    return Reading(panel, np.array(x, float), np.array(y), tuple(texts))
