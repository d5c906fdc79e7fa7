"""The rule of training as an addition: the weights before, plus gamma times the sample, is the
weights after; as a table and as arrows.
"""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.labels import draw_arrow
from lecture_lib.explore.room import find_pixels, name_line

ROWS = ("B", "W₁", "W₂")
COLUMNS = (0.4, 0.69, 1.0)  # right edges, in parts of the panel
TOP = 0.34  # of the table
LINE = 0.095  # between two of its rows
MIDDLE = (0.5, 0.72)  # of the arrows
REACH = 0.21  # half of their height
ENOUGH = 1e-9  # length of an arrow that is drawn


def frame_update_sum(ax):
    """A panel without axes."""
    ax.set_axis_off()
    ax.set(xlim=(0, 1), ylim=(0, 1))


def draw_update_sum(ax, before, factor, x):
    """The weights before (3,) plus `factor` times (1, x), as arrows and below them as numbers."""
    added = factor * np.array([1.0, *x])
    after = before + added
    color = choose_color(factor)
    style.headline(ax, tell_rule(factor))
    draw_vectors(ax, before, added, color)
    write_row(ax, TOP, "", ("before", name_added(factor), "after"), color)
    for row, name in enumerate(ROWS, 1):
        values = (before[row - 1], added[row - 1], after[row - 1])
        texts = [write_weight(value, signed) for value, signed in zip(values, (False, True, False))]
        write_row(ax, TOP - LINE * row, name, texts, color)


def write_weight(value, signed=False):
    """A weight with two decimals; a `signed` one is added, so that + stands before it, and 0 is
    0.
    """
    if signed and value == 0:
        return "0"
    text = f"{value:+.2f}" if signed else f"{value:.2f}"
    return text.replace("-", "−")


def choose_color(factor):
    """The colour of what is added: that of the class of the sample."""
    if factor == 0:
        return style.GREY
    return style.CLASS[int(factor > 0)]["color"]


def name_added(factor):
    """What is added, in symbols."""
    if factor == 0:
        return "+ 0"
    return "+ γx" if factor > 0 else "− γx"


def tell_rule(factor):
    """The rule as a title."""
    return "W stays" if factor == 0 else f"W {name_added(factor)} = new W"


def write_row(ax, y, name, texts, color):
    """A name and three texts; the second one in the colour of what is added, the third in bold."""
    look = {"ha": "right", "va": "center", "fontsize": 10}
    ax.text(0, y, name, **{**look, "ha": "left"})
    ax.text(COLUMNS[0], y, texts[0], color=style.GREY, **look)
    ax.text(COLUMNS[1], y, texts[1], color=style.word_color(color), fontweight="bold", **look)
    ax.text(COLUMNS[2], y, texts[2], color=style.INK, fontweight="bold", **look)


def draw_vectors(ax, before, added, color):
    """(W1, W2) before as an arrow from the origin, what is added at its tip, and their sum."""
    unit = ax.bbox.width / ax.bbox.height  # so that a right angle looks like one
    corners = np.array([(0.0, 0.0), before[1:], before[1:] + added[1:]])
    middle = (corners.min(axis=0) + corners.max(axis=0)) / 2
    size = max(np.ptp(corners, axis=0).max(), ENOUGH)
    scale = min(2 * REACH, 0.9 * unit) / size
    origin, tip, end = MIDDLE + (corners - middle) * scale * (1 / unit, 1)
    ax.plot(*origin, "o", color=style.GREY, markersize=5)
    arrows = [(origin, tip, style.GREY, "before"), (origin, end, style.INK, "after")]
    if np.hypot(*added[1:]) > ENOUGH:
        arrows.append((tip, end, color, ""))
    else:
        arrows = [(origin, end, style.INK, "W")]
    taken = [find_pixels(ax, (origin, tip, end))]
    for start, stop, *_ in arrows:
        taken.append(find_pixels(ax, np.linspace(start, stop, 30)))
    for start, stop, look, _ in arrows:
        draw_arrow(ax, start, stop, look, 2.2)
    taken = np.concatenate(taken)
    name_vectors(ax, arrows, taken)


def name_vectors(ax, arrows, taken):
    """Their names beside the arrows."""
    for start, stop, color, text in arrows:
        if text and np.hypot(*(stop - start)) > 0.02:
            word = style.word_color(color)
            taken = name_line(ax, (start, stop), text, word, taken, fontsize=9.5)
