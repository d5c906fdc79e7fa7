"""Pictures of a small network as a graph, with what each unit sees."""

import numpy as np
from matplotlib.collections import LineCollection

from lecture_lib.explore import style
from lecture_lib.explore.graph import frame_graph, layered

from ..compute.watched_run import GRID, LIMITS
from .planes import UNIT, draw_image, frame_plane
from .words import describe_net, describe_run, outcome, step_and_rate

# Pixels of the graph, so that the picture of a unit has a pixel for each of its points.
ROWS = 400
COLUMNS = 640
# The range of an activation that has one; others are shown by the range of the picture.
RANGES = {"sigmoid": (0, 1), "tanh": (-1, 1)}


def place_units(widths):
    """{(layer, index from 0): (x, y)} of all units."""
    columns = [[(l, j) for j in range(n)] for l, n in enumerate(widths)]
    return layered(columns, left=0.06, right=0.94, spread=0.8)


def choose_unit(data):
    """((layer, index from 0), its name) of the unit whose own picture is shown: the nearest there
    is.
    """
    widths = data.runs[0].net.widths
    last = len(widths) - 1
    l = min(data.shown["layer"], last)
    j = min(data.shown["unit"], widths[l]) - 1
    layer = "the output" if l == last else f"layer {l}"
    return (l, j), f"Unit {j + 1} of {layer}"


def frame_live_network(axes, data):
    graph, plane = axes
    run = data.runs[0]
    frame_graph(graph)
    frame_plane(plane, run.points.name)
    places = place_units(run.net.widths)
    names = ["$X_1, X_2$", *(f"layer {l}" for l in range(1, run.net.depth)), "output"]
    for l, name in enumerate(names):
        x, _ = places[l, 0]
        style.note(graph, x, 0.0, name, ha="center", va="bottom")


def scale_plane(run, l, j):
    """What unit j of layer l sees, between 0 and 1: by the range of its function, or else of the
    picture.
    """
    values = np.nan_to_num(run.planes[l][..., j])
    F = run.net.activations[l]  # None for an input
    if F is not None and F.name in RANGES:
        low, high = RANGES[F.name]
    else:
        low = min(values.min(), 0)
        high = values.max()
    return (values - low) / max(high - low, 1e-300)


def draw_live_network(axes, data):
    graph, plane = axes
    run = data.runs[0]
    chosen, name = choose_unit(data)
    places = place_units(run.net.widths)
    lines = run.step.before if data.shown["lines"] == "weights" else run.gradient
    draw_connections(graph, places, lines.W[1:])
    draw_unit_pictures(graph, places, run)
    draw_unit_frames(graph, places, chosen)

    draw_image(plane, scale_plane(run, *chosen), LIMITS[run.points.name] * 2, UNIT, vmin=0, vmax=1)
    style.samples(plane, run.points.x, run.points.labels, markeredgewidth=0.5)
    shown = data.shown["lines"]
    style.headline(graph, f"{step_and_rate(data)}: {outcome(run)} (lines: {shown})")
    style.headline(plane, name)


def draw_connections(ax, places, matrices):
    """A line per weight (or derivative): width by size, colour and dash by sign."""
    ends = []
    for l, matrix in enumerate(matrices):
        for i, j in np.ndindex(matrix.shape):
            ends.append((places[l, i], places[l + 1, j]))
    sizes = np.nan_to_num(np.concatenate([matrix.ravel() for matrix in matrices]))
    largest = max(np.abs(sizes).max(), 1e-300)
    lines = LineCollection(
        ends,
        colors=np.where(sizes < 0, style.NEGATIVE, style.POSITIVE),
        linewidths=0.3 + 5 * np.abs(sizes) / largest,
        linestyles=[(0, (3, 1.2)) if size < 0 else "-" for size in sizes],
    )
    ax.add_collection(lines)


def draw_unit_pictures(ax, places, run):
    """What each unit sees, at its place: all of them as one image."""
    screen = np.full((ROWS, COLUMNS), np.nan)
    half = GRID // 2
    for (l, j), (x, y) in places.items():
        row = round(y * ROWS)
        column = round(x * COLUMNS)
        rows = slice(row - half, row + half + 1)
        columns = slice(column - half, column + half + 1)
        screen[rows, columns] = scale_plane(run, l, j)
    draw_image(ax, screen, (0, 1, 0, 1), UNIT, vmin=0, vmax=1, zorder=3)


def draw_unit_frames(ax, places, chosen):
    """A frame around each unit, a stronger one around the chosen one."""
    is_chosen = [unit == chosen for unit in places]
    ax.scatter(
        *zip(*places.values()),
        s=930,
        marker="s",
        facecolor="none",
        zorder=4,
        linewidth=np.where(is_chosen, 3, 0.8),
        edgecolor=np.where(is_chosen, style.ACCENT, style.INK),
    )


def name_largest(matrix):
    """The largest size of an entry, in writing."""
    return style.number(np.abs(matrix).max())


def sentence_live_network(data):
    run = data.runs[0]
    (l, j), name = choose_unit(data)
    weights, gradient = run.step.before.W, run.gradient.W
    plane = run.planes[l][..., j]
    return (
        f"{describe_net(data)}, {describe_run(run)} "
        f"The largest weight of layer 1 is {name_largest(weights[1])}, "
        f"its largest derivative {name_largest(gradient[1])}; "
        f"of layer {run.net.depth}: {name_largest(weights[-1])}, {name_largest(gradient[-1])}. "
        f"{name}: from {style.number(plane.min())} to {style.number(plane.max())} on the plane."
    )
