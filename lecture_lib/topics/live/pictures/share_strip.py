"""A strip of squares below an axis by layer, filled by a share between 0 and 1."""

import numpy as np
from matplotlib.collections import PolyCollection

from lecture_lib.explore import style
from lecture_lib.explore.layer_strip import BETWEEN, find_strip

MOST = 8  # numbers of layers
APART = 17  # points from one number to the next, at least
HALF = 0.42  # of a square, in layers


def draw_share_strip(ax, shares, color, row, name):
    """A square for each layer 1, 2, ... on row `row` from 0; its lower part is filled by its
    share.
    """
    top, bottom = find_strip(ax, row)
    across = ax.get_xaxis_transform()
    outlines = []
    fills = []
    for layer, share in enumerate(np.nan_to_num(shares), 1):
        outlines.append(make_box(layer - HALF, layer + HALF, bottom, top))
        fills.append(make_box(layer - HALF, layer - HALF + 2 * HALF * share, bottom, top))
    for boxes, face, edge in ((fills, color, "none"), (outlines, "none", style.GREY)):
        squares = PolyCollection(boxes, facecolors=face, edgecolors=edge, linewidths=0.6)
        squares.set(clip_on=False, transform=across, zorder=1)
        ax.add_collection(squares, autolim=False)
    look = {"ha": "right", "va": "center", "fontsize": 9.5, "transform": ax.transAxes}
    ax.text(-0.012, (top + bottom) / 2, name, **look)


def make_box(left, right, bottom, top):
    """The corners of a box."""
    return [(left, bottom), (left, top), (right, top), (right, bottom)]


def number_layers(ax, last, rows):
    """The numbers of the layers 1 to `last` below so many strips."""
    y = find_strip(ax, rows - 1)[1] - BETWEEN
    look = {"transform": ax.get_xaxis_transform(), "ha": "center", "va": "top", "fontsize": 9.5}
    left, right = ax.get_xlim()
    points = ax.bbox.width / ax.figure.dpi * 72 * (last - 1) / (right - left)
    count = min(MOST, last, int(points // APART) + 1)
    for layer in np.unique(np.linspace(1, last, count).round().astype(int)):
        ax.text(layer, y, str(layer), color=style.GREY, **look)
