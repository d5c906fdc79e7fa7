"""Pictures of one neuron: its network, its running sum, its activation."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.graph import draw_edge_labels, draw_edges, draw_units, frame_graph

from ..compute.neuron import PHI

PLACES = {
    "1": (0.1, 0.86),
    "X1": (0.1, 0.5),
    "X2": (0.1, 0.14),
    "Σ": (0.52, 0.5),
    "φ": (0.72, 0.5),
    "Y": (0.92, 0.5),
}
# The connections in the order of Neuron.W.
EDGES = {("1", "Σ"): "B", ("X1", "Σ"): "W1", ("X2", "Σ"): "W2"}
BARS = ("$B$", "$W_1X_1$", "$W_2X_2$", "$V$")


def write_short(value):
    """A number with three digits, as short as it can be."""
    if value == 0 or abs(value) >= 1e-3:
        return f"{value:.3g}".replace("-", "−")
    return style.number(value)


def frame_neuron(axes, data):
    graph, sums, outputs = axes
    frame_graph(graph)
    sums.set(xlim=(-22, 28), ylim=(3.6, -0.5), xlabel="running sum")
    sums.set_yticks(range(len(BARS)), BARS)
    phi = PHI[data.phi]
    look = style.ACTIVATION[data.phi]
    V = np.linspace(-21, 21, 2001)
    Y = phi(V)
    outputs.plot(V, Y, color=look["color"], linestyle=look["linestyle"])
    outputs.set(ylim=(Y.min() - 0.1, max(1.05 * Y.max(), 1.1)))
    outputs.set(xlabel="V", ylabel=f"Y = φ(V), φ = {phi.label}")
    for ax in (sums, outputs):
        ax.axvline(0, color=style.GREY, linewidth=0.8, zorder=0)


def draw_neuron(axes, data):
    graph, sums, outputs = axes
    draw_graph(graph, data)
    draw_running_sum(sums, data)
    outputs.plot([data.V], [data.Y], "o", color=style.INK, markersize=9)
    style.headline(sums, describe_sum(data))
    style.headline(outputs, describe_output(data))


def draw_graph(ax, data):
    """The neuron as a network, with its weights and values."""
    weights = dict(zip(EDGES, data.W))
    draw_edges(ax, PLACES, weights | {("Σ", "φ"): 1, ("φ", "Y"): 1}, scale=4)
    labels = {edge: f"{EDGES[edge]} = {w:g}" for edge, w in weights.items()}
    draw_edge_labels(ax, PLACES, labels, 0.47)
    _, X1, X2 = data.x
    values = {}
    for unit, value in (("X1", X1), ("X2", X2), ("Σ", data.V), ("Y", data.Y)):
        text = write_short(value)
        values[unit] = text if len(text) < 7 else "≈ 0"
    draw_units(ax, PLACES, values)


def draw_running_sum(ax, data):
    """Each term as a bar that begins where the last one ended, and their sum."""
    ends = np.array([*np.cumsum(data.terms), data.V])
    widths = np.array([*data.terms, data.V])
    starts = ends - widths
    colors = [*np.where(data.terms < 0, style.NEGATIVE, style.POSITIVE), style.ACCENT]
    ax.barh(range(len(BARS)), widths, 0.5, starts, color=colors)
    for row, right in enumerate(np.maximum(ends, starts)):
        ax.text(right + 0.6, row, write_short(widths[row]), va="center")


def describe_sum(data):
    """The sum with its terms."""
    terms = " + ".join(f"({write_short(term)})" for term in data.terms)
    return f"V = {terms} = {write_short(data.V)}"


def describe_output(data):
    """The side of the line, and the output."""
    relation = ">" if data.V > 0 else "≤"
    return f"V {relation} 0, and Y = {write_short(data.Y)}"


def sentence_neuron(data):
    return f"{describe_sum(data)}; {describe_output(data)}."
