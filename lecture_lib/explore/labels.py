"""Names at their lines, and the one number that answers the question."""

import numpy as np

from . import style

LINE = 13.5  # points between two names below one another
AWAY = 7  # points from the end of a line to its name


def spread_apart(places, least):
    """The places (n,), moved as little as needed so that neighbours are at least `least` apart.

    Those that come too near to one another form a group, which keeps its middle.
    """
    places = np.asarray(places, float)
    order = np.argsort(places, kind="stable")
    groups = []  # [middle, how many]
    for place in places[order]:
        groups.append([place, 1])
        while len(groups) > 1 and _overlap(groups[-2], groups[-1], least):
            (below, m), (above, n) = groups[-2:]
            groups[-2:] = [[(m * below + n * above) / (m + n), m + n]]
    moved = np.empty(len(places))
    at = 0
    for middle, count in groups:
        steps = np.arange(count) - (count - 1) / 2
        moved[order[at : at + count]] = middle + least * steps
        at += count
    return moved


def _overlap(lower, upper, least):
    room = upper[0] - lower[0]
    return room < least * (lower[1] + upper[1]) / 2


def label_ends(ax, x, heights, texts, colors, **options):
    """The names of lines beside their ends at `x` (data units), one below the other.

    `heights` are those of the ends; names that would touch are moved apart by points. Names stand
    outside the axes if `x` is their right end: leave room for them there.
    """
    low, high = sorted(ax.get_ylim())
    inside = np.clip(heights, low, high)
    ends = ax.transData.transform(np.column_stack([np.full(len(inside), x), inside]))
    point = ax.figure.dpi / 72
    moved = spread_apart(ends[:, 1], LINE * point)
    back = ax.transData.inverted()
    for (across, _), height, text, color in zip(ends, moved, texts, colors):
        place = back.transform((across + AWAY * point, height))
        look = {"fontsize": 10, "fontweight": "bold", "va": "center", "clip_on": False}
        ax.text(*place, text, color=style.word_color(color), **{**look, **options})


def label(ax, x, y, text, color=style.INK, **options):
    """A name in the colour of what it names, at data coordinates."""
    look = {"fontsize": 10, "fontweight": "bold", "va": "center"}
    return ax.text(x, y, text, color=style.word_color(color), **{**look, **options})


def draw_answer(ax, x, y, text, color=style.INK, **options):
    """The number that answers the question, large; (x, y) in parts of the axes."""
    look = {"fontsize": 20, "fontweight": "bold", "va": "center", "transform": ax.transAxes}
    return ax.text(x, y, text, color=style.word_color(color), **{**look, **options})


def draw_arrow(ax, start, end, color=style.INK, width=2.0):
    """An arrow from one place (x, y) to another, in data units."""
    look = {"arrowstyle": "-|>,head_width=0.28,head_length=0.5", "shrinkA": 0, "shrinkB": 0}
    look |= {"color": style.word_color(color), "linewidth": width}
    return ax.annotate("", end, start, arrowprops=look, annotation_clip=False)
