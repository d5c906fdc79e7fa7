"""The input plane of a network that trains, or its confusion of the digits, as an image."""

import numpy as np
from contourpy import contour_generator
from matplotlib.collections import LineCollection
from matplotlib.colors import BoundaryNorm, LinearSegmentedColormap

from lecture_lib.explore import style
from lecture_lib.topics.remedies.pictures.looks import LEVELS, REGIMES

from ..compute.watched_run import GRID, LIMITS

# few steps of colour: they are seen better, and the picture is sent faster
PLANE = LinearSegmentedColormap.from_list("plane", ("#e8bfd6", "#fbf4f8", "#fdf5ef", "#f4c3a0"), 10)
UNIT = LinearSegmentedColormap.from_list("unit", ("#ffffff", "#4d4d4d"), 12)


def frame_plane(ax, name):
    if name == "digits":
        ax.set(
            xlim=(-0.5, 9.5),
            ylim=(9.5, -0.5),
            xlabel="the net says",
            ylabel="it is",
            xticks=range(10),
            yticks=range(10),
        )
    else:
        ax.set(xlim=LIMITS[name], ylim=LIMITS[name], xlabel="$X_1$", ylabel="$X_2$")
        ax.locator_params(nbins=5)


def draw_image(ax, values, extent, cmap, **look):
    ax.imshow(
        values,
        cmap=cmap,
        aspect="auto",
        interpolation="nearest",
        origin="lower",
        extent=extent,
        **look,
    )


def draw_plane(ax, run):
    """The output over the input plane with the line where the class changes; for digits the confusion."""
    if run.points.name == "digits":
        draw_image(ax, run.confusion, (-0.5, 9.5, -0.5, 9.5), "Greys", vmin=0, vmax=1)
    else:
        top, ends = np.nan_to_num(run.planes[-1][..., 0]), LIMITS[run.points.name]
        draw_image(ax, top, ends * 2, PLANE, vmin=0, vmax=1)
        axis = np.linspace(*ends, GRID)
        ax.add_collection(
            LineCollection(contour_generator(axis, axis, top).lines(0.5), colors=style.INK)
        )
        style.samples(ax, run.points.x, run.points.labels, markeredgewidth=0.5)


def frame_map(ax, decades):
    draw_image(
        ax, decades, (-1, 3, 1, 57), REGIMES, norm=BoundaryNorm(LEVELS, len(LEVELS) - 1, clip=True)
    )
    ax.set(
        xlabel="n Var(W)  (blue: vanishes, red: explodes)",
        ylabel="depth $L$",
        yticks=(2, 10, 20, 30, 40, 56),
    )
    ax.set_xticks(range(-1, 4), ("0.1", "1", "10", "100", "1000"))
