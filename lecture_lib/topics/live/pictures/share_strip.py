"""A strip of squares below an axis by layer, filled by a share between 0 and 1."""

import numpy as np
from matplotlib.collections import PolyCollection

from lecture_lib.explore import style
from lecture_lib.explore.layer_strip import HEIGHT, TOP

HALF = 0.42  # of a square, in layers


def draw_share_strip(ax, shares, color, row, name):
    """A square for each layer 1, 2, ... on row `row` from 0; its lower part is filled by its
    share.
    """
    top = TOP - row * (HEIGHT + 0.02)
    bottom = top - HEIGHT
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
    y = TOP - rows * (HEIGHT + 0.02)
    look = {"transform": ax.get_xaxis_transform(), "ha": "center", "va": "top", "fontsize": 9.5}
    for layer in np.unique(np.linspace(1, last, min(8, last)).round().astype(int)):
        ax.text(layer, y, str(layer), color=style.GREY, **look)
