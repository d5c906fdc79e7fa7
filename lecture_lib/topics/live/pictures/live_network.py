"""Pictures of a small network: what each unit sees, which of them it needs, and one of them
large.
"""

import numpy as np
from contourpy import contour_generator
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from lecture_lib.explore import style
from lecture_lib.explore.graph import frame_graph
from lecture_lib.explore.reading import Reading

from ..compute.watched_run import GRID, LIMITS
from .planes import PLANE, draw_values, frame_plane
from .tile_images import TileImages
from .tiles import HEIGHT, WIDTH, measure_tile, place_tiles
from .words import describe_net, describe_outcome, name_outcome

GRAPH = 0  # where the network stands among the panels
RANGES = {"sigmoid": (0, 1), "tanh": (-1, 1)}  # of the outputs that have one
FADED = 0.55  # how white the tile of a unit is that is not needed
GROUND = "#ececec"  # behind the units of a layer
IDLE = 0.25  # of its strength has a line at a unit that is not needed
THIN = 0.12  # of the largest weight (or derivative): lines below it are left out


def choose_unit(data):
    """((layer, index from 0), its name) of the unit whose own picture is shown: the nearest there
    is.
    """
    widths = data.runs[0].net.widths
    last = len(widths) - 1
    l = min(data.shown["layer"], last)
    j = min(data.shown["unit"], widths[l]) - 1
    name = "The output" if l == last else f"Unit {j + 1} of layer {l}"
    return (l, j), name


def frame_live_network(axes, data):
    graph, plane = axes
    run = data.runs[0]
    frame_graph(graph)
    graph.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
    frame_plane(plane, run.points.name)
    plane.set(ylabel="", xticks=[], yticks=[])
    plane.set_xlabel("wanted:  ● 0   ▲ 1", fontsize=9.5, color=style.GREY, labelpad=2)
    places = place_tiles(run.net.widths)
    for l in range(run.net.depth + 1):
        x = np.mean([place[0] for (layer, _), place in places.items() if layer == l])
        name = "output" if l == run.net.depth else f"layer {l}"
        style.note(graph, x, 12, name if l else "inputs", ha="center", fontsize=10)
        if 0 < l < run.net.depth:
            draw_group(graph, [place for (layer, _), place in places.items() if layer == l], run)


def draw_group(ax, middles, run):
    """A pale ground behind the units of one layer, which may stand in two columns."""
    half = measure_tile(run.net.widths) / 2 + 5
    left, bottom = np.min(middles, axis=0) - half
    right, top = np.max(middles, axis=0) + half
    look = {"facecolor": GROUND, "linewidth": 0, "zorder": 0, "gid": "ground"}
    ax.add_patch(Rectangle((left, bottom), right - left, top - bottom, **look))


def scale_plane(run, l, j):
    """What unit j of layer l sees, between 0 and 1, and the value (of the same scale) on its line:
    where its sum is 0.
    """
    values = np.nan_to_num(run.planes[l][..., j])
    F = run.net.activations[l]  # None for an input
    low = min(values.min(), 0)
    high = values.max()
    border = 0.0
    if F is not None:
        low, high = RANGES.get(F.name, (low, high))
        border = float(F.f(np.zeros(1))[0])
    size = max(high - low, 1e-300)
    # A little above, for a ReLU is 0 all over one side of its line.
    return (values - low) / size, (border - low) / size + 1e-3


def draw_live_network(axes, data):
    graph, plane = axes
    run = data.runs[0]
    chosen, name = choose_unit(data)
    places = place_tiles(run.net.widths)
    lines = run.step.before if data.shown["lines"] == "weights" else run.gradient
    draw_connections(graph, places, lines.W[1:], find_idle(run))
    draw_tiles(graph, places, run)
    draw_frames(graph, places, run, chosen)
    name_inputs(graph, places)
    hidden = sum(run.net.widths[1:-1])
    style.headline(graph, f"{len(run.needed)} of {hidden} hidden units do the work")
    draw_chosen(plane, run, chosen)
    is_output = chosen[0] == run.net.depth
    style.headline(plane, f"{name}, {name_outcome(run)}" if is_output else name)
    when = f"step {data.n:,}"
    about = "faint: at most 1 % more wrong without it"
    lines = f"lines: {data.shown['lines']}, dashed: negative"
    style.note(graph, 0, HEIGHT - 6, f"{when}   ({about}; {lines})")


def find_idle(run):
    """The hidden units that the network does not need, as a set of (layer, index from 0)."""
    hidden = range(1, run.net.depth)
    units = {(l, j) for l in hidden for j in range(run.net.widths[l])}
    return units - set(run.needed)


def draw_connections(ax, places, matrices, idle):
    """A line for each weight (or derivative) that is not small: width and strength by size, colour
    and dash by sign. Those of idle units are thin and pale, so that the way through the others is
    seen.
    """
    ends = []
    sizes = []
    for l, matrix in enumerate(matrices):
        largest = max(np.abs(np.nan_to_num(matrix)).max(), 1e-300)
        for (i, j), size in np.ndenumerate(np.nan_to_num(matrix) / largest):
            if (l, i) in idle or (l + 1, j) in idle:
                size *= IDLE
            if abs(size) >= THIN:
                ends.append((places[l, i], places[l + 1, j]))
                sizes.append(size)
    colors = []
    for size in sizes:
        full = style.POSITIVE if size > 0 else style.NEGATIVE
        colors.append(style.mix("white", full, 0.15 + 0.85 * abs(size)))
    lines = LineCollection(
        ends,
        colors=colors,
        linewidths=[0.6 + 3.4 * abs(size) for size in sizes],
        linestyles=[(0, (3, 1.2)) if size < 0 else "-" for size in sizes],
    )
    ax.add_collection(lines)


def draw_tiles(ax, places, run):
    """What each unit sees, at its place, and the line on which its sum is 0."""
    side = measure_tile(run.net.widths)
    images = []
    middles = []
    borders = []
    strengths = []
    for (l, j), (x, y) in places.items():
        if l == 0:
            continue
        values, border = scale_plane(run, l, j)
        colors = PLANE(values, bytes=True)
        is_pale = l < run.net.depth and (l, j) not in run.needed
        if is_pale:
            colors = (255 - (1 - FADED) * (255 - colors.astype(float))).astype(np.uint8)
        images.append(colors)
        middles.append((x, y))
        for line in find_border(values, border, x, y, side):
            borders.append(line)
            strengths.append(style.PALE if is_pale else style.INK)
    ax.add_artist(TileImages(images, middles, side, zorder=3))
    ax.add_collection(LineCollection(borders, colors=strengths, linewidths=1.5, zorder=4))


def find_border(values, border, x, y, side):
    """The lines (n, 2) in a tile around (x, y) on which `values` (GRID, GRID) are `border`."""
    axis = np.linspace(-side / 2, side / 2, GRID)
    return contour_generator(x + axis, y + axis, values).lines(border)


def draw_frames(ax, places, run, chosen):
    """A frame around each unit: dark where it is needed, thick around the chosen one."""
    half = measure_tile(run.net.widths) / 2
    square = np.array([(-1, -1), (-1, 1), (1, 1), (1, -1), (-1, -1)]) * half
    frames = []
    colors = []
    widths = []
    for unit, place in places.items():
        if unit[0] == 0:
            continue
        is_needed = unit in run.needed or unit[0] == run.net.depth
        frames.append(square + place)
        colors.append(style.INK if is_needed else style.PALE)
        widths.append(1.6 if is_needed else 1.0)
        if unit == chosen:
            frames.append(square * (1 + 4 / half) + place)
            colors.append(style.ACCENT)
            widths.append(2.5)
    ax.add_collection(LineCollection(frames, colors=colors, linewidths=widths, zorder=5))


def name_inputs(ax, places):
    """The names of the inputs in place of their tiles."""
    for (l, j), (x, y) in places.items():
        if l == 0:
            box = {"facecolor": "white", "edgecolor": style.GREY, "boxstyle": "round,pad=0.35"}
            ax.text(x, y, f"$X_{j + 1}$", ha="center", va="center", bbox=box, zorder=5)


def draw_chosen(ax, run, chosen):
    """What the chosen unit sees, large, with the samples."""
    values, border = scale_plane(run, *chosen)
    limits = LIMITS[run.points.name]
    draw_values(ax, values, limits)
    axis = np.linspace(*limits, GRID)
    if chosen[0] > 0:
        lines = contour_generator(axis, axis, values).lines(border)
        ax.add_collection(LineCollection(lines, colors=style.INK, linewidths=2.2))
    style.samples(ax, run.points.x, run.points.labels, markeredgewidth=0.5)


def readings_live_network(data):
    """Of each hidden unit whether it is needed, and its outputs on the plane."""
    run = data.runs[0]
    places = place_tiles(run.net.widths)
    hidden = [unit for unit in places if 0 < unit[0] < run.net.depth]
    texts = []
    for l, j in hidden:
        word = "needed" if (l, j) in run.needed else "not needed"
        plane = run.planes[l][..., j]
        ends = f"{style.number(plane.min())} to {style.number(plane.max())}"
        texts.append(f"layer {l}, unit {j + 1}: {word}, outputs from {ends}")
    x, y = np.array([places[unit] for unit in hidden]).T
    return (Reading(GRAPH, x, y, tuple(texts)),)


def choose_tile(settings, x, y):
    """The layer and the unit whose tile is nearest to a place of the graph."""
    widths = (2, *[settings["units"]] * (settings["layers"] - 1), 1)
    places = place_tiles(widths)
    units = [unit for unit in places if unit[0] > 0]
    far = [np.hypot(*np.subtract(places[unit], (x, y))) for unit in units]
    l, j = units[int(np.argmin(far))]
    return {"layer": l, "unit": j + 1}


def sentence_live_network(data):
    run = data.runs[0]
    return (
        f"{describe_net(data)}, {describe_outcome(run)} "
        f"The network needs {len(run.needed)} of its {sum(run.net.widths[1:-1])} hidden units."
    )
