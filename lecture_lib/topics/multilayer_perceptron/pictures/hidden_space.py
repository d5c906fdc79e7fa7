"""Pictures of the input plane beside the hidden plane."""

import numpy as np
from matplotlib.collections import LineCollection

from lecture_lib.explore import style

from ..compute.hidden_space import LIMITS


def frame_hidden_space(axes, data):
    names = (
        ("$H_1$", "$H_2$")
        if data.units == 2
        else ("across the output unit's plane", "along it, towards $H_1$")
    )
    for ax, (x, y), ends in zip(
        axes, (("$X_1$", "$X_2$"), names), ([LIMITS[data.points.name]] * 2, data.box)
    ):
        ax.set(xlim=ends[0], ylim=ends[1], xlabel=x, ylabel=y)
        ax.locator_params(nbins=5)


def _space(ax, regions, x, labels, lines=()):
    """Samples on the two regions that the sign of `regions` makes, and dashes where one of `lines` is 0."""
    ends = (*ax.get_xlim(), *ax.get_ylim())
    ax.contourf(regions, (-1e300, 0, 1e300), colors=style.CLASS_FILL, extent=ends, zorder=0)
    for look, total in (("-", regions), *(("--", line) for line in lines)):
        if total.min() < 0 < total.max():
            ax.contour(total, (0,), colors=style.INK, linewidths=1.3, linestyles=look, extent=ends)
    style.samples(ax, x, labels, markersize=9)


def draw_hidden_space(axes, data):
    _space(
        axes[0],
        data.sums[1][..., 0],
        data.points.x,
        data.points.labels,
        np.moveaxis(data.sums[0], -1, 0),
    )
    _space(axes[1], data.side, data.image, data.points.labels)
    axes[1].add_collection(LineCollection(data.mesh, colors=style.GREY, linewidths=0.4, zorder=1))
    style.headline(axes[0], f"Input space, step {data.k:,} (dashed: hidden units)")
    style.headline(axes[1], "Hidden space: " + _verdict(data))


def _verdict(data):
    return (
        f"{'stuck with ' * data.stuck}{data.wrong} of {len(data.image)} wrong"
        if data.wrong
        else "one line separates the classes"
    )


def sentence_hidden_space(data):
    return (
        f"{data.points.name}, {data.units} hidden units, step {data.k:,}: J = {style.number(data.J)}. "
        f"Hidden space: {_verdict(data)}."
    )
