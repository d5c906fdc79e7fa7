"""Pictures of a small network as a graph, with what each unit sees."""

import numpy as np
from matplotlib.collections import LineCollection

from lecture_lib.explore import style
from lecture_lib.explore.graph import frame_graph, layered

from ..compute.watched_run import GRID, LIMITS
from .planes import UNIT, draw_image, frame_plane
from .words import (
    describe_net,
    describe_run,
    outcome,
    step_and_rate,
)

SCREEN = (
    400,
    640,
)  # pixels of the graph, so that the picture of a unit has a pixel for each of its points


# -- a net as a graph -------------------------------------------------------------------------------------------


def _places(widths):
    return layered([[(l, j) for j in range(n)] for l, n in enumerate(widths)], 0.06, 0.94, 0.8)


def _chosen(data):
    """The unit whose own picture is shown, (layer, index from 0): the nearest there is; its name."""
    widths = data.runs[0].net.widths
    l = min(data.shown["layer"], len(widths) - 1)
    j = min(data.shown["unit"], widths[l]) - 1
    return (l, j), f"Unit {j + 1} of {'the output' if l == len(widths) - 1 else f'layer {l}'}"


def frame_live_network(axes, data):
    (graph, ax), widths = axes, data.runs[0].net.widths
    frame_graph(graph)
    frame_plane(ax, data.runs[0].points.name)
    for l in range(len(widths)):
        name = "$X_1, X_2$" if l == 0 else "output" if l == len(widths) - 1 else f"layer {l}"
        style.note(graph, _places(widths)[l, 0][0], 0.0, name, ha="center", va="bottom")


def _scaled(run, l, j):
    """A unit's picture between 0 and 1: by the range of its function, or of the picture if that has no end."""
    values, F = np.nan_to_num(run.planes[l][..., j]), run.net.activations[l]
    low, high = {"sigmoid": (0, 1), "tanh": (-1, 1)}.get(F and F.name) or (
        min(values.min(), 0),
        values.max(),
    )
    return (values - low) / max(high - low, 1e-300)


def draw_live_network(axes, data):
    (graph, ax), run, (chosen, name) = axes, data.runs[0], _chosen(data)
    places, of = (
        _places(run.net.widths),
        run.step.old if data.shown["lines"] == "weights" else run.back,
    )
    sizes = np.nan_to_num(np.concatenate([w.ravel() for w in of.W[1:]]))
    graph.add_collection(
        LineCollection(
            [
                (places[l, i], places[l + 1, j])
                for l, w in enumerate(of.W[1:])
                for i, j in np.ndindex(w.shape)
            ],
            colors=np.where(sizes < 0, style.NEGATIVE, style.POSITIVE),
            linewidths=0.3 + 5 * np.abs(sizes) / max(np.abs(sizes).max(), 1e-300),
            linestyles=[(0, (3, 1.2)) if size < 0 else "-" for size in sizes],
        )
    )
    screen, half = np.full(SCREEN, np.nan), GRID // 2
    for (l, j), (x, y) in places.items():
        row, column = round(y * SCREEN[0]), round(x * SCREEN[1])
        screen[row - half : row + half + 1, column - half : column + half + 1] = _scaled(run, l, j)
    draw_image(graph, screen, (0, 1, 0, 1), UNIT, vmin=0, vmax=1, zorder=3)
    mark = [unit == chosen for unit in places]
    graph.scatter(
        *zip(*places.values()),
        s=930,
        marker="s",
        facecolor="none",
        zorder=4,
        linewidth=np.where(mark, 3, 0.8),
        edgecolor=np.where(mark, style.ACCENT, style.INK),
    )
    draw_image(ax, _scaled(run, *chosen), LIMITS[run.points.name] * 2, UNIT, vmin=0, vmax=1)
    style.samples(ax, run.points.x, run.points.labels, markeredgewidth=0.5)
    style.headline(graph, f"{step_and_rate(data)}: {outcome(run)} (lines: {data.shown['lines']})")
    style.headline(ax, name)


def sentence_live_network(data):
    run, ((l, j), name) = data.runs[0], _chosen(data)
    first, last = (
        [style.number(np.abs(part.W[k]).max()) for part in (run.step.old, run.back)]
        for k in (1, -1)
    )
    low, high = (
        style.number(end) for end in (run.planes[l][..., j].min(), run.planes[l][..., j].max())
    )
    return (
        f"{describe_net(data)}, {describe_run(run)} The largest weight of layer 1 is {first[0]}, its largest derivative "
        f"{first[1]}; of layer {run.net.depth}: {last[0]}, {last[1]}. {name}: from {low} to {high} on the plane."
    )
