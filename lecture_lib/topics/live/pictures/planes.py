"""The input plane of a network that trains, its confusion of the digits, or the map, as an
image.
"""

import numpy as np
from contourpy import contour_generator
from matplotlib.collections import LineCollection
from matplotlib.colors import BoundaryNorm, LinearSegmentedColormap

from lecture_lib.explore import style
from lecture_lib.topics.remedies.pictures.looks import LEVELS, REGIMES

from ..compute.watched_run import CLASSES, GRID, LIMITS

# Few steps of colour: they are seen better, and the picture is sent faster.
PLANE = LinearSegmentedColormap.from_list("plane", ("#e8bfd6", "#fbf4f8", "#fdf5ef", "#f4c3a0"), 10)
UNIT = LinearSegmentedColormap.from_list("unit", ("#ffffff", "#4d4d4d"), 12)


def frame_plane(ax, name):
    """Axes for the input plane of a data set; for the digits those of the confusion."""
    if name == "digits":
        classes = range(CLASSES)
        ax.set(xlim=(-0.5, CLASSES - 0.5), ylim=(CLASSES - 0.5, -0.5), xticks=classes)
        ax.set(xlabel="the net says", ylabel="it is", yticks=classes)
    else:
        ax.set(xlim=LIMITS[name], ylim=LIMITS[name], xlabel="$X_1$", ylabel="$X_2$")
        ax.locator_params(nbins=5)


def draw_image(ax, values, extent, cmap, **look):
    """An array (rows, columns) as an image; `extent` is (left, right, bottom, top)."""
    fixed = {"aspect": "auto", "interpolation": "nearest", "origin": "lower"}
    ax.imshow(values, cmap=cmap, extent=extent, **fixed, **look)


def draw_plane(ax, run):
    """The output over the input plane with the line where the class changes; for digits the
    confusion.
    """
    if run.points.name == "digits":
        extent = (-0.5, CLASSES - 0.5, -0.5, CLASSES - 0.5)
        draw_image(ax, run.confusion, extent, "Greys", vmin=0, vmax=1)
        return
    limits = LIMITS[run.points.name]
    output = np.nan_to_num(run.planes[-1][..., 0])
    draw_image(ax, output, limits * 2, PLANE, vmin=0, vmax=1)
    axis = np.linspace(*limits, GRID)
    lines = contour_generator(axis, axis, output).lines(0.5)
    ax.add_collection(LineCollection(lines, colors=style.INK))
    style.samples(ax, run.points.x, run.points.labels, markeredgewidth=0.5)


def frame_map(ax, decades):
    """The map of variance and depth, over log10 of n Var(W)."""
    norm = BoundaryNorm(LEVELS, len(LEVELS) - 1, clip=True)
    draw_image(ax, decades, (-1, 3, 1, 57), REGIMES, norm=norm)
    ax.set(xlabel="n Var(W)  (blue: vanishes, red: explodes)", ylabel="depth $L$")
    ax.set_yticks((2, 10, 20, 30, 40, 56))
    ax.set_xticks(range(-1, 4), ("0.1", "1", "10", "100", "1000"))


def draw_point(ax, gain, depth):
    """The chosen point of the map."""
    look = {"color": style.INK, "markeredgecolor": "white", "markeredgewidth": 2}
    ax.plot(np.log10(gain), depth, "o", markersize=11, clip_on=False, **look)
