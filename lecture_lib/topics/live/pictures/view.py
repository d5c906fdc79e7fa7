"""One way to look at the layers of watched networks, and what all of them share."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.labels import SPARE, label_ends
from lecture_lib.explore.layer_strip import BETWEEN, find_line_below, find_strip
from lecture_lib.powers_of_ten import CEILING

WIDEST = 33  # letters of a headline
ROOMY = 195  # points of width that both words below a panel need
PANEL = 2  # where the view stands among the panels
LAYERS = r"layer $l$   ← gradient"


@dataclass(frozen=True)
class View:
    """A panel for one or two watched networks; `looks` are those of live_runs.choose_looks."""

    window: Callable  # window(data): the limits of the panel, in a few steps
    frame: Callable  # frame(ax, data)
    draw: Callable  # draw(ax, data, looks)
    tell: Callable  # tell(data, looks): the headline
    read: Callable  # read(data, looks): the Readings


def find_shares(run):
    """log10 of the gradient of each layer over that of the last one, before each step that is kept,
    (rows, L); what is no longer finite is left out, and a network that never was has zeros.
    """
    decades = run.curves.log10_delta
    finite = decades[(decades < CEILING).all(axis=1)]
    if not len(finite):
        return np.zeros((1, decades.shape[1]))
    return finite - finite[:, -1:]


def find_share_of_last(run):
    """The same now, (L,); of a network that has diverged, the last before."""
    return find_shares(run)[-1]


def clear_layers(ax, depth, rows=1):
    """A strip takes the place of the ticks along x; at the left is room for the number of
    layer 1.
    """
    room = 0.07 if rows == 1 else 0.95
    left = 1 - max(room * depth, 0.5)
    right = depth + max(0.05 * depth, 0.5)
    ax.set(xlim=(left, right), xticks=[])
    ax.spines["bottom"].set_visible(False)


def write_below(ax, left, right, rows=1):
    """Words below the strips of so many rows."""
    _, bottom = find_strip(ax, rows - 1)
    y = find_line_below(ax, rows, bottom - BETWEEN - 0.125)
    look = {"transform": ax.transAxes, "va": "center"}
    ax.text(0.0, y, left, fontsize=10, **look)
    if ax.bbox.width < ROOMY * ax.figure.dpi / 72:
        return
    ax.text(1.0, y, right, ha="right", fontsize=9.5, color=style.GREY, gid=SPARE, **look)


def name_at_left(ax, heights, texts, looks):
    """Numbers of two networks at the left edge, large, in their colours."""
    left, _ = ax.get_xlim()
    colors = [look["color"] for _, look in looks]
    label_ends(ax, left, np.asarray(heights, float), texts, colors, fontsize=10.5)


def tell_findings(before, data, looks, measure):
    """A headline: `before`, and measure(run) of each run with its letter where there is room."""
    found = join_findings(data, looks, measure)
    return f"{before}: {found}" if len(before) + len(found) < WIDEST else before


def join_findings(data, looks, measure):
    """measure(run) for each run, with its letter."""
    found = []
    for run, (letter, _) in zip(data.runs, looks):
        value = "diverged" if run.diverged else measure(run)
        found.append(f"{letter} {value}".strip())
    return ", ".join(found)
