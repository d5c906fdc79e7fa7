"""Pictures of one neuron: its network, its running sum, its activation."""

import numpy as np

from lecture_lib.explore.graph import draw_edge_labels, draw_edges, draw_units, frame_graph
from lecture_lib.explore.style import (
    ACCENT,
    ACTIVATION,
    GREY,
    INK,
    NEGATIVE,
    POSITIVE,
    number,
)

from ..compute.neuron import PHI
from .headlines import write_headlines

PLACES = {
    "1": (0.1, 0.86),
    "X1": (0.1, 0.5),
    "X2": (0.1, 0.14),
    "Σ": (0.52, 0.5),
    "φ": (0.72, 0.5),
    "Y": (0.92, 0.5),
}
EDGES = {("1", "Σ"): "B", ("X1", "Σ"): "W1", ("X2", "Σ"): "W2"}


def _short(value):
    return f"{value:.3g}".replace("-", "−") if abs(value) >= 1e-3 or value == 0 else number(value)


def frame_neuron(axes, data):
    frame_graph(axes[0])
    axes[1].set(xlim=(-22, 28), ylim=(3.6, -0.5), xlabel="running sum")
    axes[1].set_yticks(range(4), ["$B$", "$W_1X_1$", "$W_2X_2$", "$V$"])
    V, look = np.linspace(-21, 21, 2001), ACTIVATION[data.phi]
    Y = PHI[data.phi](V)
    axes[2].plot(V, Y, color=look["color"], linestyle=look["linestyle"])
    axes[2].set(
        ylim=(Y.min() - 0.1, max(1.05 * Y.max(), 1.1)),
        xlabel="V",
        ylabel=f"Y = φ(V), φ = {PHI[data.phi].label}",
    )
    for ax in axes[1:]:
        ax.axvline(0, color=GREY, linewidth=0.8, zorder=0)


def draw_neuron(axes, data):
    draw_edges(axes[0], PLACES, {**dict(zip(EDGES, data.W)), ("Σ", "φ"): 1, ("φ", "Y"): 1}, scale=4)
    draw_edge_labels(
        axes[0], PLACES, {e: f"{EDGES[e]} = {w:g}" for e, w in zip(EDGES, data.W)}, 0.47
    )
    draw_units(
        axes[0],
        PLACES,
        {
            u: _short(v) if len(_short(v)) < 7 else "≈ 0"
            for u, v in zip(("X1", "X2", "Σ", "Y"), (*data.x[1:], data.V, data.Y))
        },
    )
    ends, widths = np.array([*np.cumsum(data.terms), data.V]), np.array([*data.terms, data.V])
    axes[1].barh(
        range(4),
        widths,
        0.5,
        ends - widths,
        color=[*np.where(data.terms < 0, NEGATIVE, POSITIVE), ACCENT],
    )
    for i, right in enumerate(np.maximum(ends, ends - widths)):
        axes[1].text(right + 0.6, i, _short(widths[i]), va="center")
    axes[2].plot([data.V], [data.Y], "o", color=INK, markersize=9)
    write_headlines(axes[1:], sentence_neuron(data))


def sentence_neuron(data):
    return (
        f"V = {' + '.join(f'({_short(t)})' for t in data.terms)} = {_short(data.V)}; "
        f"V {'>' if data.V > 0 else '≤'} 0, and Y = {_short(data.Y)}."
    )
