"""The layers as a strip of squares below an axis: the same in every picture by layer.

A layer that gets as much of the gradient as the last one is solid; what it gets fades as the
gradient vanishes, and turns to the colour of alarm as it explodes.
"""

import numpy as np
from matplotlib.collections import PolyCollection

from . import style
from .labels import convert_points

TOP = -0.03  # parts of the axes' height, below the axis
HEIGHT = 0.07  # of a square, in parts of the axes' height
BETWEEN = 0.02  # two strips, likewise
LOWEST = 12.5  # points from one strip to the next, at least, so that their names stay apart
NUMBER = 19  # points that the numbers of the layers take, with half of the line below them
NUMBER_GAP = 0.015  # from the squares to the numbers, in parts of the axes' height
WIDEST = 0.42  # half of a square, in layers
NUMBERED = 24  # layers up to which each has its number
DIGITS = 14  # points that a number of two digits takes
FADED = 3  # decades below the last layer at which a square is white
ALARM = style.CLASS[1]["color"]


def color_layer(decades, color):
    """The colour of a layer with so many decades more (or, negative, fewer) than the last one."""
    if decades > 1:
        return style.mix(color, ALARM, min((decades - 1) / 2, 1.0))
    return style.mix("white", color, float(np.clip(1 + decades / FADED, 0, 1)))


def find_edge(ax):
    """Where the picture ends at the right of the axes, in data units."""
    low, high = ax.get_xlim()
    place = ax.get_position()
    return low + (1 - place.x0) / place.width * (high - low)


def find_strip(ax, row):
    """(top, bottom) of the squares on this row from 0, in parts of the axes' height; on a low
    panel they are higher, so that their names do not touch.
    """
    pace = max(HEIGHT + BETWEEN, convert_points(ax, LOWEST))
    top = TOP - row * pace
    return top, top - pace + BETWEEN


def find_line_below(ax, rows, ordinary):
    """Where the line of words below the numbers of so many strips stands, in parts of the axes'
    height: at `ordinary`, and on a low panel so much lower that it does not touch them.
    """
    _, bottom = find_strip(ax, rows - 1)
    return min(ordinary, bottom - NUMBER_GAP - convert_points(ax, NUMBER))


def draw_strip(ax, decades, color, row=0, name=None, numbers=True):
    """One square per layer below the axes, for log10 sizes (L,) at x = 1..L; row 1 is below row 0.

    `name` stands at the left of it, the layers' `numbers` below it (of two strips, below the lower
    one). The axes need no ticks of their own along x.
    """
    depth = len(decades)
    top, bottom = find_strip(ax, row)
    across = ax.get_xaxis_transform()
    half = min(WIDEST, 0.9 * (find_edge(ax) - depth))
    boxes = []
    faces = []
    for layer, size in enumerate(decades, 1):
        left = layer - half
        right = layer + half
        boxes.append([(left, bottom), (left, top), (right, top), (right, bottom)])
        faces.append(color_layer(size - decades[-1], color))
    squares = PolyCollection(boxes, facecolors=faces, edgecolors=style.GREY, linewidths=0.6)
    squares.set(clip_on=False, transform=across, zorder=1)
    ax.add_collection(squares, autolim=False)
    if name:
        look = {"ha": "right", "va": "center", "fontsize": 9.5, "transform": across}
        ax.text(1 - half - 0.015 * depth, (top + bottom) / 2, name, **look)
    if numbers:
        _write_numbers(ax, depth, bottom)


def _write_numbers(ax, depth, bottom):
    """The numbers of the layers below the squares; every tenth if not all have room."""
    look = {"transform": ax.get_xaxis_transform(), "ha": "center", "va": "top", "fontsize": 9.5}
    layers = range(1, depth + 1)
    low, high = ax.get_xlim()
    room = ax.bbox.width / (high - low) / (ax.figure.dpi / 72)
    if depth > NUMBERED or depth > 9 and room < DIGITS:
        layers = (1, *range(10, depth - 3, 10), depth)
    for layer in layers:
        ax.text(layer, bottom - NUMBER_GAP, str(layer), color=style.GREY, **look)
