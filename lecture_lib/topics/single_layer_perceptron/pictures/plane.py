"""The plane of two inputs, with samples and the line of a neuron."""

import numpy as np

from lecture_lib.explore import style

FAR = 99  # distance along the line that is outside every picture
GATE = (-0.6, 1.6)  # the square around the four samples of a gate
CLOUD = (-3.5, 3.5)


def frame_plane(ax, points):
    """Axes around the samples, at one scale."""
    low, high = GATE if len(points.x) == 4 else CLOUD
    set_square_limits(ax, low, high)
    ax.set(xlabel="$X_1$    (● d = 0,  ▲ d = 1)", ylabel="$X_2$")
    ax.locator_params(axis="y", nbins=5)


def set_square_limits(ax, low, high):
    """Both axes from `low` to `high` or beyond, at one scale: a right angle looks like one."""
    middle = (low + high) / 2
    unit = (high - low) / 2 / min(ax.bbox.size)
    width, height = ax.bbox.size
    ax.set_xlim(middle - unit * width, middle + unit * width)
    ax.set_ylim(middle - unit * height, middle + unit * height)


def line_ends(W):
    """Two far points of the line W[0] + W[1] X1 + W[2] X2 = 0, an array (2, 2), from the one
    nearest the origin.
    """
    size = np.hypot(*W[1:]) or 1
    nearest = -W[0] * W[1:] / size
    along = (-W[2], W[1])
    return (nearest + np.outer((-FAR, FAR), along)) / size


def draw_plane(ax, points, W, ringed):
    """The samples, some `ringed`, on the two regions that the line of W makes."""
    x1, x2 = np.meshgrid(ax.get_xlim(), ax.get_ylim())
    extent = (*ax.get_xlim(), *ax.get_ylim())
    V = W[0] + W[1] * x1 + W[2] * x2
    ax.contourf(V, (-1e99, 0, 1e99), colors=style.CLASS_FILL, extent=extent, zorder=0)
    ax.plot(*line_ends(W).T, color=style.INK)
    ring = {"markersize": 16, "markerfacecolor": "none", "markeredgecolor": style.INK}
    ax.plot(*points.x[ringed].T, "o", **ring)
    style.samples(ax, points.x, points.labels, markersize=9)


def draw_arrow(ax, start, end, color):
    """An arrow between two points, cut off at the edge of the axes."""
    look = {"arrowstyle": "-|>", "color": color, "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
    arrow = ax.annotate("", end, start, arrowprops=look, annotation_clip=False)
    arrow.arrow_patch.set_clip_box(ax.bbox)


def write_headline(ax, text):
    """A part of a sentence above its axes, beginning with a capital."""
    style.headline(ax, text[0].upper() + text[1:])
