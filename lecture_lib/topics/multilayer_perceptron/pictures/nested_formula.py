"""Pictures of the nested formula, computed from the inside."""

from lecture_lib.explore import style
from lecture_lib.explore.graph import draw_edge_labels, draw_edges, draw_units, frame_graph, layered

EDGES = {(f"X{i}", f"H{j}"): f"W{i}{j}" for i in "123" for j in "12"} | {
    ("H1", "Y"): "W1",
    ("H2", "Y"): "W2",
}
PLACES = layered([("X1", "X2", "X3"), ("H1", "H2"), ("Y",)], spread=0.72)


def _parts(v):
    """The nested formula after 0 to 6 of its parts became numbers, each with what was computed last."""
    n = lambda name: style.number(v[name], 3)
    sums = ["W₁₁X₁ + W₂₁X₂ + W₃₁X₃", "W₁₂X₁ + W₂₂X₂ + W₃₂X₃", f"W₁ · {n('H1')} + W₂ · {n('H2')}"]
    parts = [(f"Y = φ(W₁ · φ({sums[0]}) + W₂ · φ({sums[1]}))", "Inputs and weights are known", "")]
    for total, unit, old in zip(("V1", "V2", "V"), ("H1", "H2", "Y"), sums):
        terms = " + ".join(f"({v[w]:g})({v[x]:.3g})" for (x, to), w in EDGES.items() if to == unit)
        for name, part, work in ((total, old, terms), (unit, f"φ({n(total)})", f"φ({n(total)})")):
            parts.append(
                (parts[-1][0].replace(part, n(name), 1), f"{name} = {work} = {n(name)}", unit)
            )
    return parts


def _edges(ax, v, edges, **look):
    draw_edges(ax, PLACES, {edge: v[EDGES[edge]] for edge in edges}, scale=3, **look)
    draw_edge_labels(ax, PLACES, {edge: f"{v[EDGES[edge]]:g}" for edge in edges}, 0.28)


def frame_nested_formula(axes, data):
    frame_graph(*axes)
    _edges(axes[0], data.v, EDGES)


def draw_nested_formula(axes, data):
    (graph, ax), parts, v = axes, _parts(data.v)[: data.step + 1], data.v
    done, unit = [work[:2].strip() for _, work, _ in parts], parts[-1][2]
    lit = [edge for edge in EDGES if edge[1] == unit and done[-1][0] == "V"]
    _edges(graph, v, lit, highlight=lit)
    draw_units(
        graph,
        PLACES,
        {u: style.number(v[u], 3) for u in PLACES if u[0] == "X" or u in done},
        (unit,),
    )
    graph.text(0.5, 0.06, f"φ = {data.net.activations[1].label}", ha="center", color=style.GREY)
    for i, (text, *_) in enumerate(parts):
        look = {"backgroundcolor": "#fff7b0"} if i == data.step else {}
        ax.text(0.01, 0.9 - 0.13 * i, text, va="center", **look)
    style.headline(ax, parts[-1][1])


def sentence_nested_formula(data):
    formula, work, _ = _parts(data.v)[data.step]
    return f"Step {data.step} of 6. {work}; the formula is now {formula}."
