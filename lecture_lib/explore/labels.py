"""Names at their lines, and the one number that answers the question."""

import numpy as np

from . import style

LINE = 13.5  # points between two names below one another
BIG = 23  # points that a large line takes
SMALL = {"fontsize": 9.5, "fontweight": "normal", "clip_on": False}
BESIDE = "beside"  # gid of words that stand outside a panel and need room there
SPARE = "spare"  # gid of words that a narrow picture leaves out
NARROW = 5.0  # inches, at 100 pixels an inch
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


def spread_within(places, least, bottom, top):
    """The places (n,), apart as by `spread_apart`, and moved so that each keeps half of `least`
    from `bottom` and `top`.
    """
    half = least / 2
    # From below to above: several that lie beyond an end keep their order.
    order = np.argsort(places, kind="stable")
    inside = np.clip(np.asarray(places)[order], bottom + half, top - half)
    apart = spread_apart(inside, least)
    # Those that left at an end are put in a row there, and what they meet is pushed on.
    steps = least * np.arange(len(apart))
    apart = np.maximum(apart, bottom + half + steps)
    apart = np.minimum(apart, top - half - steps[::-1])
    moved = np.empty(len(apart))
    moved[order] = apart
    return moved


def is_narrow(ax):
    """Whether the picture is one for the screen of a phone, its panels below one another."""
    return ax.figure.get_figwidth() < NARROW


def label_ends(ax, x, heights, texts, colors, **options):
    """The names of lines beside their ends at `x` (data units), one below the other.

    `heights` are those of the ends; names that would touch are moved apart by points, within the
    height of the axes as far as there is room for all. Names stand outside the axes if `x` is their
    right end: leave room for them there. Elsewhere they keep clear of the axis below.
    """
    low, high = sorted(ax.get_ylim())
    inside = np.clip(heights, low, high)
    ends = ax.transData.transform(np.column_stack([np.full(len(inside), x), inside]))
    point = ax.figure.dpi / 72
    moved = spread_apart(ends[:, 1], LINE * point)
    if LINE * point * (len(moved) + 1) < ax.bbox.height:
        edge = LINE * point / 2  # a name may stand half above the axes
        is_outside = x >= max(ax.get_xlim())
        bottom = ax.bbox.y0 - edge if is_outside else ax.bbox.y0
        top = ax.bbox.y1 + edge
        moved = spread_within(ends[:, 1], LINE * point, bottom, top)
    back = ax.transData.inverted()
    for (across, _), height, text, color in zip(ends, moved, texts, colors):
        place = back.transform((across + AWAY * point, height))
        look = {"fontsize": 10, "fontweight": "bold", "va": "center", "clip_on": False}
        look["gid"] = BESIDE
        look |= options
        if is_narrow(ax):
            look["fontsize"] = SMALL["fontsize"]
        ax.text(*place, text, color=style.word_color(color), **look)


def label_blocks(ax, x, blocks, ha="left", **options):
    """Names of several lines beside the ends of curves, moved apart so that none touch.

    Each of `blocks` is (height in data units, its lines from above, colour); the first line is
    large. The blocks stand at `x` (data units) and stay within the height of the axes. A narrow
    picture shortens them.
    """
    largest = {"fontsize": 17, "clip_on": False}
    if is_narrow(ax):
        blocks = [(height, _shorten(lines), color) for height, lines, color in blocks]
        largest["fontsize"] = 11
    point = ax.figure.dpi / 72
    size = max(BIG + LINE * (len(lines) - 1) for _, lines, _ in blocks) * point
    low, high = sorted(ax.get_ylim())
    heights = np.clip([height for height, _, _ in blocks], low, high)
    places = ax.transData.transform(np.column_stack([np.full(len(heights), x), heights]))
    middles = spread_within(places[:, 1], size, ax.bbox.y0, ax.bbox.y1)
    back = ax.transData.inverted()
    for (across, _), middle, (_, lines, color) in zip(places, middles, blocks):
        top = middle + (BIG + LINE * (len(lines) - 1)) * point / 2
        for k, line in enumerate(lines):
            down = BIG / 2 if k == 0 else BIG + LINE * (k - 0.5)
            _, y = back.transform((across, top - down * point))
            look = largest if k == 0 else SMALL
            label(ax, x, y, line, color, ha=ha, **{**look, **options})


def _shorten(lines):
    """Lines "90 %" and "A: what A is ..." as the one line "A 90 %"; others as they are."""
    name, colon, _ = lines[1].partition(":") if len(lines) > 1 else ("", "", "")
    return (f"{name} {lines[0]}",) if colon else lines


def label(ax, x, y, text, color=style.INK, **options):
    """A name in the colour of what it names, at data coordinates."""
    look = {"fontsize": 10, "fontweight": "bold", "va": "center"}
    return ax.text(x, y, text, color=style.word_color(color), **{**look, **options})


def draw_answer(ax, x, y, text, color=style.INK, **options):
    """The number that answers the question, large; (x, y) in parts of the axes."""
    look = {"fontsize": 20, "fontweight": "bold", "va": "center", "transform": ax.transAxes}
    return ax.text(x, y, text, color=style.word_color(color), **{**look, **options})


def convert_points(ax, points):
    """So many points as a part of the height of the axes."""
    return points * ax.figure.dpi / 72 / ax.bbox.height


def draw_arrow(ax, start, end, color=style.INK, width=2.0):
    """An arrow from one place (x, y) to another, in data units."""
    look = {"arrowstyle": "-|>,head_width=0.28,head_length=0.5", "shrinkA": 0, "shrinkB": 0}
    look |= {"color": style.word_color(color), "linewidth": width}
    return ax.annotate("", end, start, arrowprops=look, annotation_clip=False)
