"""Pictures of one neuron: its network, its running sum, and below it on the same axis its
activation.
"""

import numpy as np
from matplotlib.ticker import MaxNLocator

from lecture_lib.explore import style
from lecture_lib.explore.graph import draw_edge_labels, draw_edges, draw_units, frame_graph
from lecture_lib.explore.labels import draw_answer
from lecture_lib.explore.reading import Reading
from lecture_lib.explore.room import darken
from lecture_lib.explore.windows import choose_first

from ..compute.neuron import find_phi

PLACES = {
    "1": (0.1, 0.86),
    "X1": (0.1, 0.5),
    "X2": (0.1, 0.14),
    "Σ": (0.52, 0.5),
    "φ": (0.71, 0.5),
    "Y": (0.9, 0.5),
}
# The connections in the order of Neuron.W.
EDGES = {("1", "Σ"): "B", ("X1", "Σ"): "W1", ("X2", "Σ"): "W2"}
TERMS = ("B", "W₁X₁", "W₂X₂")
ENDS = (5, 10, 20, 40)  # where the axis of V may end, at both sides
# What the two sides of V = 0 mean: the left one, the right one.
SIDES = {
    "step": ("says 0", "says 1"),
    "sigmoid": ("nearer 0", "nearer 1"),
    "tanh": ("nearer −1", "nearer 1"),
    "relu": ("says 0", "says V"),
}
BAR = 0.62  # height of a bar in rows


def write_short(value):
    """A number with three digits, as short as it can be."""
    if value == 0 or abs(value) >= 1e-3:
        return f"{value:.3g}".replace("-", "−")
    return style.number(value)


def find_ends(data):
    """Where the running sum is after each term, an array (3,)."""
    return np.cumsum(data.terms)


def window_neuron(data):
    """Where the axis of V ends: the first of ENDS that holds the running sum with some room."""
    reach = np.abs([*find_ends(data), data.V]).max()
    return choose_first(ENDS, lambda end: end >= 1.05 * reach)


def frame_neuron(axes, data):
    graph, sums, outputs = axes
    end = window_neuron(data)
    frame_graph(graph)
    sums.set(xlim=(-end, end), ylim=(len(TERMS) + 0.55, -1.05), xticks=[], yticks=[])
    sums.spines["bottom"].set_visible(False)
    draw_curve(outputs, data.phi, end)
    for ax in (sums, outputs):
        draw_sides(ax, end)
    look = {"ha": "center", "va": "center", "fontsize": 11.5, "fontweight": "bold"}
    for at, side, text in zip((-0.5, 0.5), (0, 1), SIDES.get(data.phi, ("V ≤ 0", "V > 0"))):
        color = darken(style.CLASS[side]["color"])
        sums.text(at * end, -0.68, text, color=color, **look)


def draw_curve(ax, name, end):
    """The activation over the axis of V."""
    phi = find_phi(name)
    V = np.linspace(-end, end, 2001)
    Y = phi(V)
    color = style.ACTIVATION[name]["color"]
    ax.plot(V, Y, color=style.mix(color, style.INK, 0.25), linewidth=2.2)
    low = Y.min()
    high = max(Y.max(), 1)
    margin = 0.12 * (high - low)
    ax.set(xlim=(-end, end), ylim=(low - margin, high + margin), xlabel="V, the sum")
    ax.set_ylabel(f"Y = φ(V)\n{phi.label}")
    ax.set_xticks(np.linspace(-end, end, 5))
    ax.xaxis.set_major_formatter("{x:g}")
    heights = MaxNLocator(3, steps=(1, 5, 10)).tick_values(low, high)
    ax.set_yticks([y for y in heights if low - margin <= y <= high + margin])
    ax.yaxis.set_major_formatter("{x:g}")


def draw_sides(ax, end):
    """The two sides of V = 0, in the colours of the two answers."""
    for left, color in zip((-end, 0), style.CLASS_FILL):
        ax.axvspan(left, left + end, color=color, linewidth=0, zorder=0, gid="ground")
    ax.axvline(0, color=style.INK, linewidth=1.4, zorder=1, gid="ground")


def draw_neuron(axes, data):
    graph, sums, outputs = axes
    draw_graph(graph, data)
    draw_running_sum(sums, data)
    draw_output(outputs, data)
    style.headline(sums, describe_side(data))


def draw_graph(ax, data):
    """The neuron as a network, with its weights and values."""
    weights = dict(zip(EDGES, data.W))
    draw_edges(ax, PLACES, weights | {("Σ", "φ"): 1, ("φ", "Y"): 1}, scale=9)
    labels = {edge: f"{EDGES[edge]} = {w:g}".replace("-", "−") for edge, w in weights.items()}
    draw_edge_labels(ax, PLACES, labels, 0.47)
    _, X1, X2 = data.x
    values = {}
    for unit, value in (("X1", X1), ("X2", X2), ("Σ", data.V), ("Y", data.Y)):
        text = write_short(value)
        values[unit] = text if len(text) < 7 else "≈ 0"
    draw_units(ax, PLACES, values)


def draw_running_sum(ax, data):
    """Each term as a bar that begins where the last one ended, with its name at the left, and
    their sum.
    """
    ends = find_ends(data)
    starts = ends - data.terms
    beside = {"transform": ax.get_yaxis_transform(), "ha": "right", "va": "center"}
    for row, (name, term) in enumerate(zip(TERMS, data.terms)):
        color = style.NEGATIVE if term < 0 else style.POSITIVE
        text = f"{name}:\u00a0{write_short(term)}"  # one word, never in two lines
        ax.barh(row, term, BAR, starts[row], color=color, zorder=2)
        ax.text(-0.02, row, text, color=style.word_color(color), fontsize=10, **beside)
        down = [row, row + 1]
        ax.plot([ends[row], ends[row]], down, color=style.GREY, linewidth=0.9, zorder=1.5)
    row = len(TERMS)
    ax.barh(row, data.V, BAR, 0, color=style.INK, zorder=2)
    text = f"V = {write_short(data.V)}"
    ax.text(-0.02, row, text, fontsize=13, fontweight="bold", **beside)
    below = ax.get_ylim()[0]
    ax.plot([data.V, data.V], [row, below], **style.THEORY, zorder=3)


def draw_output(ax, data):
    """The sum, come down from above, on the curve, and the output in large figures."""
    top = ax.get_ylim()[1]
    color = style.INK
    ax.plot([data.V, data.V], [top, data.Y], **style.THEORY, zorder=3)
    ax.plot([data.V], [data.Y], "o", color=color, markersize=11, markeredgecolor="white", zorder=5)
    text = f"Y = {write_short(data.Y)}"
    draw_answer(ax, *find_free_place(ax, data), text, darken(color_side(data)), ha="center")


def color_side(data):
    """The colour of the class on whose side the sum ends."""
    return style.CLASS[int(data.V > 0)]["color"]


def find_free_place(ax, data):
    """Where the output can be written, in parts of the axes: on the side where the sum ends, below
    the curve at the right, above it at the left and beside the line down to the point.
    """
    if data.V > 0:
        return 0.86, 0.3
    is_far = 0.45 * ax.get_xlim()[0] > data.V
    return (0.37 if is_far else 0.14), 0.7


def describe_sum(data):
    """The sum with its terms."""
    terms = " + ".join(f"({write_short(term)})" for term in data.terms)
    return f"V = {terms} = {write_short(data.V)}"


def describe_side(data):
    """On which side of the threshold the sum ends, as a finding."""
    if data.V == 0:
        return f"The sum is 0, not above it: Y = {write_short(data.Y)}"
    side = "above" if data.V > 0 else "below"
    return f"The sum ends {write_short(abs(data.V))} {side} 0: Y = {write_short(data.Y)}"


def describe_output(data):
    """The side of the line, and the output."""
    relation = ">" if data.V > 0 else "≤"
    return f"V {relation} 0, and Y = {write_short(data.Y)}"


def readings_neuron(data):
    """The running sum after each term, and the activation along its axis."""
    ends = find_ends(data)
    sums = []
    for name, term, end in zip(TERMS, data.terms, ends):
        sums.append(f"{name} = {write_short(term)}, the sum so far {write_short(end)}")
    sums.append(f"V = {write_short(data.V)}")
    V = np.linspace(-1, 1, 41) * window_neuron(data)
    Y = find_phi(data.phi)(V)
    curve = tuple(f"φ({write_short(v)}) = {write_short(y)}" for v, y in zip(V, Y))
    return (
        Reading(1, np.array([*ends, data.V]), np.arange(4.0), tuple(sums)),
        Reading(2, V, Y, curve),
    )


def sentence_neuron(data):
    return f"{describe_sum(data)}; {describe_output(data)}."
