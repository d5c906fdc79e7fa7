"""Pictures of the 2-2-1 network with all its numbers: what you move, what follows, what stays."""

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from lecture_lib.explore import style
from lecture_lib.explore.reading import Reading
from lecture_lib.small_networks.worked_example import PRINTED

from ..compute.dependencies import FORWARD, GRADIENTS, find_followers
from ..compute.numeric_example import agrees
from .boxes import BOXES, HEIGHT, LINKS, ROW, WIDTHS

SHOWN = "W5"  # what is said to move while nothing is moved
FOLLOWS = "#dcebf6"  # behind the numbers that follow
SMALL = 0.01  # size down to which a number has four decimals; smaller ones have more
ALIKE = {"B1_H1": "B1", "B1_H2": "B1"}  # boxes that are one setting
TOP = HEIGHT + 6  # where the words above the network stand


def frame_numeric_example(axes, data):
    for ax, width in zip(axes, WIDTHS):
        ax.set_axis_off()
        ax.set(xlim=(0, width), ylim=(0, HEIGHT))
    outlines = ([], [])
    for box in BOXES.values():
        corners = [(box.left, box.bottom), (box.left, box.top), (box.right, box.top)]
        outlines[box.panel].append([*corners, (box.right, box.bottom)])
        ax = axes[box.panel]
        if box.title:
            ax.text(box.left, box.top + 9, box.title, va="center", fontsize=10)
    for ax, boxes in zip(axes, outlines):
        look = {"facecolors": "none", "edgecolors": style.GREY, "linewidths": 1}
        ax.add_collection(PolyCollection(boxes, zorder=4, **look))


def find_moved(data):
    """(names of the settings that are moved, names of what follows); while none is moved, those of
    SHOWN.
    """
    if data.moved:
        return data.moved, data.followers
    return (SHOWN,), find_followers((SHOWN,))


def draw_numeric_example(axes, data):
    moved, followers = find_moved(data)
    draw_links(axes, moved, followers)
    fills = ([], [])
    colors = ([], [])
    for box in BOXES.values():
        for row, (name, _) in enumerate(box.rows):
            color = color_row(ALIKE.get(name, name), moved, followers)
            if color:
                y = box.find_height(row)
                fills[box.panel].append(make_row(box, y))
                colors[box.panel].append(color)
        write_rows(axes[box.panel], box, data, moved, followers)
    for ax, rows, faces in zip(axes, fills, colors):
        ax.add_collection(PolyCollection(rows, facecolors=faces, zorder=3))
    write_findings(axes, data, moved, followers)


def make_row(box, y):
    """The corners of a row at height y."""
    left = box.left + 1
    right = box.right - 1
    low = y - ROW / 2
    high = y + ROW / 2
    return [(left, low), (left, high), (right, high), (right, low)]


def color_row(name, moved, followers):
    """The ground of a number; None for one that stays."""
    if name in moved:
        return style.ACCENT
    return FOLLOWS if name in followers else None


def draw_links(axes, moved, followers):
    """Lines from box to box; strong where a number passes that has changed."""
    lines = ([], [])
    colors = ([], [])
    widths = ([], [])
    for source, target, name in LINKS:
        one, other = BOXES[source], BOXES[target]
        is_lit = name in moved or name in followers
        look = (style.ACCENT, 3.0) if is_lit else (style.PALE, 1.6)
        parts = [(one.panel, [(one.right, one.middle), (other.left, other.middle)])]
        if one.panel != other.panel:
            parts = [
                (0, [(one.right, one.middle), (WIDTHS[0], one.middle)]),
                (1, [(0, other.middle), (other.left, other.middle)]),
            ]
        for panel, line in parts:
            lines[panel].append(line)
            colors[panel].append(look[0])
            widths[panel].append(look[1])
    for ax, *rest in zip(axes, lines, colors, widths):
        segments, strokes, sizes = rest
        ax.add_collection(LineCollection(segments, colors=strokes, linewidths=sizes, zorder=1))


def write_rows(ax, box, data, moved, followers):
    """The numbers of a box, each with what it was or what the lecture prints."""
    for row, (name, label) in enumerate(box.rows):
        y = box.find_height(row)
        setting = ALIKE.get(name, name)
        look = {"va": "center", "fontsize": 9.5, "zorder": 5}
        ink = "white" if setting in moved else style.INK
        is_lit = setting in moved or setting in followers
        ax.text(box.left + 5, y, label, color=ink, **look)
        value, beside = write_number(data, name)
        weight = "bold" if is_lit else "normal"
        ax.text(box.right - 5, y, value, color=ink, ha="right", fontweight=weight, **look)
        if beside:
            grey = ink if setting in moved else style.GREY
            if beside.endswith("✗"):
                grey = style.NEGATIVE
            ax.text(box.right - 75, y, beside, color=grey, ha="right", **look)


def write_number(data, name):
    """(a number, what stands beside it): what it was, or what the lecture prints for it."""
    value = write_value(data.v[name])
    if data.is_lecture:
        printed = PRINTED.get(name, "")
        wrong = agrees(name, data.v[name]) == "differs"
        return value, f"{printed} ✗" if wrong else printed
    was = write_value(data.before[name])
    is_setting = ALIKE.get(name, name) in data.moved
    if is_setting or name in data.followers:
        return value, was
    return value, ""


def write_value(value):
    """A number with four decimals, or more where it is small."""
    for size, decimals in ((SMALL, 4), (SMALL / 100, 5)):
        if abs(value) >= size:
            text = f"{value:.{decimals}f}".replace("-", "−")
            return text.rstrip("0").rstrip(".") if value == round(value, 2) else text
    return style.number(value, 2)


def write_findings(axes, data, moved, followers):
    """What moves, and how many numbers follow on the way forward and on the way back."""
    left, right = axes
    forward = len(followers.intersection(FORWARD))
    back = len(followers.intersection(GRADIENTS))
    texts = (
        (left, 6, name_move(data, moved)),
        (left, 300, f"forward → {forward} of {len(FORWARD)}"),
        (right, 20, f"← back: {back} of {len(GRADIENTS)} gradients"),
    )
    look = {"fontsize": 12.5, "fontweight": "bold", "va": "bottom", "color": style.ACCENT}
    for ax, x, text in texts:
        ax.text(x, TOP, text, **look)
    grey = "grey: as the transcript has it" if data.is_lecture else "grey: what it was"
    style.note(right, WIDTHS[1] - 6, 18, f"blue: it moves   faint: it follows\n{grey}", ha="right")


def name_move(data, moved):
    """What is moved, in words."""
    if not data.moved:
        return f"Move {SHOWN}, and this follows:"
    if len(moved) > 1:
        return f"{' and '.join(moved)} moved" if len(moved) < 4 else f"{len(moved)} moved"
    name = moved[0]
    if name == "gamma":
        return f"γ: 0.5 → {data.gamma:g}"
    key = "B1_H1" if name == "B1" else name
    return f"{name}: {data.before[key]:g} → {data.v[key]:g}"


def readings_numeric_example(data):
    """Every number to six digits, with what the lecture prints."""
    readings = []
    for box in BOXES.values():
        x = np.full(len(box.rows), (box.left + box.right) / 2)
        y = np.array([box.find_height(row) for row in range(len(box.rows))])
        texts = []
        for name, _ in box.rows:
            text = f"{name}: {data.v[name]:.6f}"
            relation = agrees(name, data.v[name]) if data.is_lecture else None
            if relation:
                text += f"; the lecture prints {PRINTED[name]} ({relation})"
            elif not data.is_lecture:
                text += f", was {data.before[name]:.6f}"
            texts.append(text.replace("-", "−"))
        readings.append(Reading(box.panel, x, y, tuple(texts)))
    return tuple(readings)


def sentence_numeric_example(data):
    v = data.v
    sentence = (
        f"Output {v['out_o']:.4f} for target {v['target']:g}: error E = {v['E']:.6f}. "
        f"One update with γ = {data.gamma:g} takes W5 to {v['W5_new']:.6f} and W6 to "
        f"{v['W6_new']:.6f}."
    ).replace("-", "−")
    if data.is_lecture:
        sentence += (
            " All values in the transcript agree (cut off, not rounded) except one: "
            "∂E/∂out_H1 is 0.0554, and the transcript has 0.55."
        )
    return sentence
