"""Pictures of the input plane beside the hidden plane."""

import numpy as np
from matplotlib.collections import LineCollection

from lecture_lib.explore import style

from ..compute.hidden_space import LIMITS

ALL = 1e300  # beyond every sum


def frame_hidden_space(axes, data):
    inputs, hidden = axes
    limits = LIMITS[data.points.name]
    inputs.set(xlim=limits, ylim=limits, xlabel="$X_1$", ylabel="$X_2$")
    hidden.set(xlim=data.box[0], ylim=data.box[1])
    if data.units == 2:
        hidden.set(xlabel="$H_1$", ylabel="$H_2$")
    else:
        hidden.set(xlabel="across the output unit's plane", ylabel="along it, towards $H_1$")
    for ax in axes:
        ax.locator_params(nbins=5)


def draw_hidden_space(axes, data):
    inputs, hidden = axes
    sums_of_units, sum_of_output = data.sums
    labels = data.points.labels
    draw_regions(inputs, sum_of_output[..., 0])
    for total in np.moveaxis(sums_of_units, -1, 0):
        draw_border(inputs, total, "--")
    style.samples(inputs, data.points.x, labels, markersize=9)

    draw_regions(hidden, data.side)
    style.samples(hidden, data.image, labels, markersize=9)
    mesh = LineCollection(data.mesh, colors=style.GREY, linewidths=0.4, zorder=1)
    hidden.add_collection(mesh)
    style.headline(inputs, f"Input space, step {data.k:,} (dashed: hidden units)")
    style.headline(hidden, f"Hidden space: {judge_classes(data)}")


def draw_regions(ax, total):
    """The two regions that the sign of a sum makes, and the line between them."""
    ends = (*ax.get_xlim(), *ax.get_ylim())
    ax.contourf(total, (-ALL, 0, ALL), colors=style.CLASS_FILL, extent=ends, zorder=0)
    draw_border(ax, total, "-")


def draw_border(ax, total, linestyle):
    """The line where a sum is 0, if there is one."""
    if total.min() < 0 < total.max():
        ends = (*ax.get_xlim(), *ax.get_ylim())
        look = {"colors": style.INK, "linewidths": 1.3, "linestyles": linestyle}
        ax.contour(total, (0,), extent=ends, **look)


def judge_classes(data):
    """Whether one line separates the classes in the hidden space, and if not how many are wrong."""
    if not data.wrong:
        return "one line separates the classes"
    stuck = "stuck with " if data.stuck else ""
    return f"{stuck}{data.wrong} of {len(data.image)} wrong"


def sentence_hidden_space(data):
    return (
        f"{data.points.name}, {data.units} hidden units, step {data.k:,}: "
        f"J = {style.number(data.J)}. Hidden space: {judge_classes(data)}."
    )
