"""Input space beside hidden space, the nested formula opened from the inside, and J over two weights."""

import numpy as np
from matplotlib.collections import LineCollection

from .. import style
from ..experiments.multilayer import LIMITS, MAP
from .graph import draw_edge_labels, draw_edges, draw_units, frame_graph, layered

EDGES = {(f"X{i}", f"H{j}"): f"W{i}{j}" for i in "123" for j in "12"} | {("H1", "Y"): "W1", ("H2", "Y"): "W2"}
PLACES = layered([("X1", "X2", "X3"), ("H1", "H2"), ("Y",)], spread=0.72)


def frame_hidden(axes, data):
    names = ("$H_1$", "$H_2$") if data.units == 2 else ("across the output unit's plane", "along it, towards $H_1$")
    for ax, (x, y), ends in zip(axes, (("$X_1$", "$X_2$"), names), ([LIMITS[data.points.name]] * 2, data.box)):
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


def draw_hidden(axes, data):
    _space(axes[0], data.sums[1][..., 0], data.points.x, data.points.labels, np.moveaxis(data.sums[0], -1, 0))
    _space(axes[1], data.side, data.image, data.points.labels)
    axes[1].add_collection(LineCollection(data.mesh, colors=style.GREY, linewidths=0.4, zorder=1))
    style.headline(axes[0], f"Input space, step {data.k:,} (dashed: hidden units)")
    style.headline(axes[1], "Hidden space: " + _verdict(data))


def _verdict(data):
    return (f"{'stuck with ' * data.stuck}{data.wrong} of {len(data.image)} wrong" if data.wrong
            else "one line separates the classes")


def sentence_hidden(data):
    return (f"{data.points.name}, {data.units} hidden units, step {data.k:,}: J = {style.number(data.J)}. "
            f"Hidden space: {_verdict(data)}.")


def _parts(v):
    """The nested formula after 0 to 6 of its parts became numbers, each with what was computed last."""
    n = lambda name: style.number(v[name], 3)
    sums = ["W₁₁X₁ + W₂₁X₂ + W₃₁X₃", "W₁₂X₁ + W₂₂X₂ + W₃₂X₃", f"W₁ · {n('H1')} + W₂ · {n('H2')}"]
    parts = [(f"Y = φ(W₁ · φ({sums[0]}) + W₂ · φ({sums[1]}))", "Inputs and weights are known", "")]
    for total, unit, old in zip(("V1", "V2", "V"), ("H1", "H2", "Y"), sums):
        terms = " + ".join(f"({v[w]:g})({v[x]:.3g})" for (x, to), w in EDGES.items() if to == unit)
        for name, part, work in ((total, old, terms), (unit, f"φ({n(total)})", f"φ({n(total)})")):
            parts.append((parts[-1][0].replace(part, n(name), 1), f"{name} = {work} = {n(name)}", unit))
    return parts


def _edges(ax, v, edges, **look):
    draw_edges(ax, PLACES, {edge: v[EDGES[edge]] for edge in edges}, scale=3, **look)
    draw_edge_labels(ax, PLACES, {edge: f"{v[EDGES[edge]]:g}" for edge in edges}, 0.28)


def frame_nested(axes, data):
    frame_graph(*axes)
    _edges(axes[0], data.v, EDGES)


def draw_nested(axes, data):
    (graph, ax), parts, v = axes, _parts(data.v)[:data.step + 1], data.v
    done, unit = [work[:2].strip() for _, work, _ in parts], parts[-1][2]
    lit = [edge for edge in EDGES if edge[1] == unit and done[-1][0] == "V"]
    _edges(graph, v, lit, highlight=lit)
    draw_units(graph, PLACES, {u: style.number(v[u], 3) for u in PLACES if u[0] == "X" or u in done}, (unit,))
    graph.text(0.5, 0.06, f"φ = {data.net.activations[1].label}", ha="center", color=style.GREY)
    for i, (text, *_) in enumerate(parts):
        look = {"backgroundcolor": "#fff7b0"} if i == data.step else {}
        ax.text(0.01, 0.9 - 0.13 * i, text, va="center", **look)
    style.headline(ax, parts[-1][1])


def sentence_nested(data):
    formula, work, _ = _parts(data.v)[data.step]
    return f"Step {data.step} of 6. {work}; the formula is now {formula}."


def frame_surface(axes, data):
    lines, top = ((0.01, 0.06, 0.12, 0.2), 2) if data.heights.max() < 3 else ((1, 10), 5)
    axes[0].contourf(MAP, MAP, np.log10(data.heights + 1e-3), np.linspace(-3, top, 41), cmap="Greys", extend="max")
    axes[0].clabel(axes[0].contour(MAP, MAP, data.heights, lines, colors=style.INK, linewidths=0.6), fmt="J = %g")
    axes[0].set(xlabel=f"{data.names[0]} (all other weights stay as they are)", ylabel=data.names[1])


def draw_surface(axes, data):
    axes[0].plot(*data.path.T, ".-", color=style.ACCENT)
    axes[0].plot(*data.path[-1], "o", color=style.ACCENT, markersize=10, markeredgecolor="white")
    style.headline(axes[0], sentence_surface(data).split(". ")[0])


def sentence_surface(data):
    cost = lambda J: f"J = {style.number(J)}" if J >= 1e-6 else "J < 10⁻⁶"
    return ((f"Not a bowl, J bends down on {data.down:.0%} of the map: " if data.down else "J bends down nowhere: ")
            + ("diverged" if data.diverged else cost(data.J[-1])) + f" at step {len(data.J) - 1}. The path started at "
            f"{cost(data.J[0])}; at the lowest of 61 × 61 points {cost(data.heights.min())}.")
