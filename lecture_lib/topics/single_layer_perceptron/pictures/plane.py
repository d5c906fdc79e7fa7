"""The plane of two inputs, with samples and the line of a neuron."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.style import (
    CLASS_FILL,
    INK,
)


def set_square_limits(ax, low, high):
    """Both axes from `low` to `high` or beyond, at one scale: a right angle looks like one."""
    middle, unit = (low + high) / 2, (high - low) / 2 / min(ax.bbox.size)
    ax.set(
        **{
            f"{a}lim": (middle - unit * size, middle + unit * size)
            for a, size in zip("xy", ax.bbox.size)
        }
    )


def frame_plane(axes, data):
    set_square_limits(axes[0], *((-0.6, 1.6) if len(data.points.x) == 4 else (-3.5, 3.5)))
    axes[0].set(xlabel="$X_1$    (● d = 0,  ▲ d = 1)", ylabel="$X_2$")
    axes[0].locator_params(axis="y", nbins=5)


def line_ends(W):
    """Two far points of the line W[0] + W[1] X1 + W[2] X2 = 0, from the one nearest the origin."""
    size = np.hypot(*W[1:]) or 1
    return (-W[0] * W[1:] / size + np.outer((-99, 99), (-W[2], W[1]))) / size


def draw_plane(ax, points, W, ringed):
    """The samples, some `ringed`, on the two regions that the line of W makes."""
    (x1, x2), extent = np.meshgrid(ax.get_xlim(), ax.get_ylim()), (*ax.get_xlim(), *ax.get_ylim())
    ax.contourf(
        W[0] + W[1] * x1 + W[2] * x2, (-1e99, 0, 1e99), colors=CLASS_FILL, extent=extent, zorder=0
    )
    ax.plot(*line_ends(W).T, color=INK)
    ax.plot(*points.x[ringed].T, "o", markersize=16, markerfacecolor="none", markeredgecolor=INK)
    style.samples(ax, points.x, points.labels, markersize=9)


def draw_arrow(ax, start, end, color):
    look = dict(arrowstyle="-|>", color=color, linewidth=2, shrinkA=0, shrinkB=0)
    ax.annotate("", end, start, arrowprops=look, annotation_clip=False).arrow_patch.set_clip_box(
        ax.bbox
    )
