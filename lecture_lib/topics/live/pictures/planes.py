"""The input plane of a network that trains, or its confusion of the digits."""

import numpy as np
from contourpy import contour_generator
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap

from lecture_lib.explore import style

from ..compute.watched_run import CLASSES, GRID, LIMITS

# Few steps of colour: they are seen better, and the picture is sent faster.
SHADES = 10
PLANE = LinearSegmentedColormap.from_list(
    "plane", ("#e8bfd6", "#fbf4f8", "#fdf5ef", "#f4c3a0"), SHADES
)


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


def draw_values(ax, values, limits):
    """Values between 0 and 1 (GRID, GRID) over the input plane, in shades with smooth borders."""
    axis = np.linspace(*limits, GRID)
    levels = np.linspace(0, 1, SHADES + 1)
    ax.contourf(axis, axis, values, levels, cmap=PLANE, vmin=0, vmax=1, extend="both")


def draw_plane(ax, run):
    """The output over the input plane with the line where the class changes; for digits the
    confusion.
    """
    if run.points.name == "digits":
        extent = (-0.5, CLASSES - 0.5, -0.5, CLASSES - 0.5)
        draw_image(ax, run.confusion, extent, "Greys", vmin=0, vmax=1)
        draw_diagonal(ax)
        return
    output = np.nan_to_num(run.planes[-1][..., 0])
    draw_values(ax, output, LIMITS[run.points.name])
    draw_border(ax, run, color=style.INK, linewidth=2.2)
    style.samples(ax, run.points.x, run.points.labels, markeredgewidth=0.5)


def draw_diagonal(ax):
    """Frames around the answers that are right."""
    places = np.arange(CLASSES)
    look = {"marker": "s", "facecolor": "none", "edgecolor": style.POSITIVE, "linewidth": 1.5}
    ax.scatter(places, places, s=130, **look)


def frame_shares_right(ax):
    """Axes for the share of each digit that two networks take for what it is."""
    classes = range(CLASSES)
    ax.set(xlim=(0, 1), ylim=(CLASSES - 0.5, -0.5), yticks=classes, ylabel="digit")
    ax.set_xticks((0, 0.5, 1), ("0", "50 %", "100 %"))
    ax.set_xlabel("recognised")
    ax.hlines(classes, 0, 1, color=style.PALE, linewidth=0.8, gid="ground")


def draw_duel(ax, data, looks):
    """Where the class changes for A and for B, on the same samples; of digits the share that is
    recognised.
    """
    points = data.runs[0].points
    if points.name == "digits":
        for run, (_, look) in zip(data.runs, looks):
            right = run.confusion.diagonal()
            mark = {"marker": look["marker"], "color": look["color"], "markersize": 7}
            ax.plot(right, np.arange(CLASSES), linestyle="", clip_on=False, **mark)
        return
    style.samples(ax, points.x, points.labels, markeredgewidth=0.5)
    for run, (_, look) in zip(data.runs, looks):
        draw_border(ax, run, color=look["color"], linewidth=3)


def draw_border(ax, run, **look):
    """The line on which the output is 1/2; none where a network says one class everywhere."""
    output = np.nan_to_num(run.planes[-1][..., 0])
    axis = np.linspace(*LIMITS[run.points.name], GRID)
    lines = contour_generator(axis, axis, output).lines(0.5)
    ax.add_collection(LineCollection(lines, **look))
