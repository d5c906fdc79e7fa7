"""Words beside what they name, on the side where nothing else is.

All places in here are pixels of the figure, (n, 2), unless they are said to be data units.
"""

import numpy as np

from . import style

ENOUGH = 9  # points: a place so far from everything else is as good as any
NEAR = 4  # pixels between two places that stand for a line
WIDE = 0.66  # of the font's size: a letter's width
HIGH = 1.25  # of the font's size: a line's height
# Where a name may stand beside its point, the best first: (across, up).
SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


def darken(color):
    """The colour, as dark as words in it must be to be read on the regions of the classes."""
    return style.mix(style.word_color(color), style.INK, 0.45)


def find_pixels(ax, places):
    """The pixels of places (n, 2) in data units."""
    return ax.transData.transform(np.reshape(places, (-1, 2)))


def follow_line(ax, corners):
    """Pixels all along a line with these corners (n, 2) in data units, near one another."""
    ends = find_pixels(ax, corners)
    pieces = [ends]
    lengths = np.hypot(*np.diff(ends, axis=0).T)
    for k in np.flatnonzero(lengths > NEAR):
        count = int(min(lengths[k], 4000) // NEAR) + 2
        pieces.append(np.linspace(ends[k], ends[k + 1], count))
    return np.concatenate(pieces)


def measure_word(ax, text, fontsize):
    """About how many pixels (width, height) a text of one or more lines takes."""
    point = ax.figure.dpi / 72
    lines = text.split("\n")
    longest = max(len(line) for line in lines)
    return np.array([WIDE * fontsize * longest * point, HIGH * fontsize * len(lines) * point])


def choose_place(ax, centres, size, taken):
    """Of the centres, the best first, the one where a box of this size is in the axes and away from
    what is taken.
    """
    half = np.asarray(size) / 2
    enough = ENOUGH * ax.figure.dpi / 72
    low = np.array([ax.bbox.x0, ax.bbox.y0])
    high = np.array([ax.bbox.x1, ax.bbox.y1])
    best = None
    best_score = -np.inf
    for order, centre in enumerate(centres):
        gaps = np.maximum(np.abs(taken - centre) - half, 0)
        room = np.hypot(*gaps.T).min() if len(taken) else enough
        outside = np.maximum(low - (centre - half), 0) + np.maximum(centre + half - high, 0)
        score = min(room, enough) - 3 * outside.sum() - 0.02 * order
        if score > best_score:
            best = centre
            best_score = score
    return best


def write_word(ax, centres, text, color, taken, fontsize=10.5, **options):
    """Write a text at the best of these centres; returns what is taken, with the text."""
    size = measure_word(ax, text, fontsize)
    centre = choose_place(ax, centres, size, taken)
    x, y = ax.transData.inverted().transform(centre)
    look = {"fontsize": fontsize, "fontweight": "bold", "ha": "center", "va": "center"}
    ax.text(x, y, text, color=color, **{**look, "zorder": 8, **options})
    return np.concatenate([taken, fill_box(centre, size)])


def fill_box(centre, size):
    """Places all over a box."""
    across = np.linspace(-0.5, 0.5, 13) * size[0]
    up = np.linspace(-0.5, 0.5, 7) * size[1]
    return centre + np.stack(np.meshgrid(across, up), -1).reshape(-1, 2)


def name_place(ax, place, text, color, taken, away=9, fontsize=10.5, **options):
    """Write a text beside a place (x, y) in data units, `away` points from it, where there is room;
    returns what is taken, with the text.
    """
    middle = find_pixels(ax, place)[0]
    half = measure_word(ax, text, fontsize) / 2
    gap = away * ax.figure.dpi / 72
    centres = []
    for reach in (1.0, 1.7, 2.6):
        for side in np.array(SIDES):
            # On a slant the corner of the word is nearest, so that it may come nearer.
            short = 0.5 if side.all() else 1.0
            centres.append(middle + side * (half + reach * short * gap))
    return write_word(ax, centres, text, color, taken, fontsize, **options)


def name_line(ax, corners, text, color, taken, away=4, fontsize=10.5, **options):
    """Write a text beside a line with two corners in data units, where there is room; returns what
    is taken, with the text.
    """
    start, end = find_pixels(ax, corners)
    half = measure_word(ax, text, fontsize) / 2
    along = (end - start) / max(np.hypot(*(end - start)), 1e-9)
    across = np.array([-along[1], along[0]])
    gap = away * ax.figure.dpi / 72 + np.abs(across) @ half
    centres = []
    parts = np.linspace(0.08, 0.92, 29)
    for part in parts[np.argsort(np.abs(parts - 0.5), kind="stable")]:
        middle = start + part * (end - start)
        centres += [middle + gap * across, middle - gap * across]
    return write_word(ax, centres, text, color, taken, fontsize, **options)
