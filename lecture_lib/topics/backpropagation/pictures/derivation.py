"""Pictures of the derivation with its numbers."""

from lecture_lib.explore import style
from lecture_lib.explore.graph import draw_edge_labels, draw_edges, draw_units, frame_graph, layered

from .numbers import difference, three_digits

NET = layered(
    [("X1", "X2", "X3", "X4"), ("H1", "H2", "H3"), ("Y1", "Y2")], left=0.1, right=0.9, spread=0.8
)


def frame_derivation(axes, data):
    frame_graph(*axes)
    draw_edges(axes[0], NET, data.edges)
    draw_units(axes[0], NET)
    for x, text in ((0.66, "left side"), (0.83, "right side"), (1, "apart")):
        axes[1].text(x, 0.99, text, ha="right", va="center", color=style.GREY)
    for row, line in enumerate(data.lines):
        axes[1].text(0.01, 0.9 - 0.122 * row, f"${line.formula}$", va="center", fontsize=12)


def draw_derivation(axes, data):
    graph, table = axes
    uses = data.lines[data.line - 1].uses
    lit = {edge: data.edges[edge] for edge in uses if edge in data.edges}
    draw_edges(graph, NET, lit, lit, scale=max(map(abs, data.edges.values())))
    draw_edge_labels(graph, NET, {edge: f"{w:.2f}" for edge, w in lit.items()}, 0.4)
    draw_units(graph, {unit: NET[unit] for edge in uses for unit in edge}, highlight=NET)
    table.axhspan(0.955 - 0.122 * data.line, 1.067 - 0.122 * data.line, color="#F0E442", alpha=0.25)
    for x, values in (
        (0.66, [f"{line.left:.6f}" for line in data.lines]),
        (0.83, [f"{line.right:.6f}" for line in data.lines]),
        (1, [difference(line.left, line.right) for line in data.lines]),
    ):
        for row, text in enumerate(values[: data.line]):
            table.text(x, 0.9 - 0.122 * row, text, ha="right", va="center")


def sentence_derivation(data):
    line = data.lines[data.line - 1]
    return (
        f"Line {data.line} of 8: left side {three_digits(line.left)}, right side {three_digits(line.right)}, "
        f"apart {difference(line.left, line.right)}."
    )
