"""Pictures of twenty lines that all separate the samples."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator

from lecture_lib.explore import style
from lecture_lib.explore.labels import convert_points, draw_answer
from lecture_lib.explore.reading import Reading
from lecture_lib.explore.room import name_line
from lecture_lib.explore.windows import choose_first

from ..compute.many_solutions import RUNS
from .plane import (
    cut_at_axes,
    draw_line,
    draw_regions,
    draw_samples,
    find_line_ends,
    find_taken,
    frame_plane,
    tell_samples,
    write_headline,
)

LOWS = (0.0, -1.0, -2.0, -4.0, -6.0, -10.0, -20.0, -40.0)  # where the axis of the margins may begin
HIGHS = (0.2, 0.5, 1.0)  # and end
CAPTION = 12  # points from the middle of the large numbers to the words below them
PALEST = 0.55  # how near to white the line with the smallest margin is


def window_many_solutions(data):
    """(low, high) of the axis of the margins: the first that hold the bars and the best one."""
    lowest = min(data.margins[0], data.best, 0.0)
    highest = max(data.margins[-1], data.best, 0.0)
    low = choose_first(LOWS, lambda low: low <= lowest)
    high = choose_first(HIGHS, lambda high: high >= 1.1 * highest)
    return low, high


def frame_many_solutions(axes, data):
    plane, margins = axes
    frame_plane(plane, data.points)
    low, high = window_many_solutions(data)
    margins.set(xlim=(-0.7, RUNS - 0.3), ylim=(low, high), xticks=[])
    meaning = "to the nearest sample" if low == 0 else "below 0: wrong side"
    margins.set_ylabel(f"margin ({meaning})")
    margins.set_xlabel(f"{RUNS} starts, by their margin")
    margins.axhline(0, color=style.GREY, linewidth=1, gid="ground")
    ticks = MaxNLocator(6).tick_values(low, high)
    margins.set_yticks([tick for tick in ticks if low <= tick <= high])


def color_runs():
    """A colour for each run, in the order of the margins: the same for its line and its bar."""
    parts = np.linspace(PALEST, 0, RUNS)
    return [style.mix(style.ACCENT, "white", part) for part in parts]


def draw_many_solutions(axes, data):
    plane, margins = axes
    draw_lines(plane, data)
    draw_margins(margins, data)
    write_headline(plane, tell_runs(data))
    write_headline(margins, tell_margins(data))


def draw_lines(ax, data):
    """The lines on the regions of the widest one, which is black and has its name."""
    draw_regions(ax, data.widest)
    lines = [find_line_ends(run.W) for run in data.runs]
    bundle = LineCollection(lines, colors=color_runs(), linewidths=1.2, zorder=2)
    ax.add_collection(bundle, autolim=False)
    draw_line(ax, data.widest, linewidth=3)
    draw_samples(ax, data.points)
    taken = find_taken(ax, data.points, data.widest, *(run.W for run in data.runs))
    ends = cut_at_axes(data.widest, ax)
    if ends is not None:
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.8}
        name_line(ax, ends, "best", style.INK, taken, bbox=box)


def draw_margins(ax, data):
    """A bar for each run, and the margin of the best line."""
    low, high = ax.get_ylim()
    heights = np.clip(data.margins, low, high)
    ax.bar(range(RUNS), heights, 0.8, color=color_runs(), zorder=2)
    ax.axhline(data.best, color=style.INK, linewidth=2.2, zorder=3)
    lowest, highest = (style.number(margin) for margin in (data.margins[0], data.margins[-1]))
    best = f"best line: {style.number(data.best)}"
    look = {"fontweight": "bold", "fontsize": 10.5}
    if data.margins[0] < 0:  # the shortest bars are at the right
        ax.text(RUNS - 0.5, low + 0.05 * (high - low), best, ha="right", **look)
        return
    ax.text(-0.5, data.best + 0.015 * (high - low), best, **look)
    draw_answer(ax, 0.03, 0.58, f"{lowest} to {highest}", style.ACCENT)
    words = {"transform": ax.transAxes, "va": "top"}
    below = 0.58 - max(0.05, convert_points(ax, CAPTION))
    style.note(ax, 0.035, below, "the smallest and the largest margin", **words)


def tell_runs(data):
    """How many lines separate the samples, as a finding."""
    reached = sum(run.converged for run in data.runs)
    if reached == RUNS:
        return f"{RUNS} starts, {RUNS} lines: all separate"
    return f"{reached} of {RUNS} reach 0 mistakes"


def tell_margins(data):
    """How good the lines are, as a finding."""
    if data.best < 0:
        return "Every line has one on the wrong side"
    if data.margins[0] < 0:
        return "Some lines have one on the wrong side"
    return "Right, but not equally good"


def describe_runs(data):
    """How many trainings end without a mistake."""
    reached = sum(run.converged for run in data.runs)
    return f"{data.points.name}: {reached} of {RUNS} training runs end without a mistake"


def describe_margins(data):
    """The margins, from the smallest to the widest there is."""
    if data.best < 0:
        return "no line separates these classes, so there is no margin"
    low, high = style.number(data.margins[0]), style.number(data.margins[-1])
    return (
        f"their margins go from {low} to {high}, the widest possible is {style.number(data.best)}"
    )


def readings_many_solutions(data):
    """The samples, and the margin of each run."""
    x = data.points.x
    says = data.widest[0] + x @ data.widest[1:] > 0
    texts = []
    for place, margin in enumerate(data.margins, 1):
        texts.append(f"start {place} of {RUNS}: margin {style.number(margin)}")
    return (
        Reading(0, *x.T, tell_samples(data.points, says)),
        Reading(1, np.arange(float(RUNS)), data.margins, tuple(texts)),
    )


def sentence_many_solutions(data):
    return f"{describe_runs(data)}; {describe_margins(data)}."
