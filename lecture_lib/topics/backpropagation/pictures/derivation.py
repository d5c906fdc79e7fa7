"""Pictures of the derivation with its numbers."""

from lecture_lib.explore import style
from lecture_lib.explore.graph import draw_edge_labels, draw_edges, draw_units, frame_graph, layered

from .numbers import difference, three_digits

NET = layered(
    [("X1", "X2", "X3", "X4"), ("H1", "H2", "H3"), ("Y1", "Y2")], left=0.1, right=0.9, spread=0.8
)
# Where the columns of the table end.
LEFT, RIGHT, APART = 0.66, 0.83, 1
ROW = 0.122  # height of a line of the table


def find_height(row):
    """The middle of a line of the table, from 0."""
    return 0.9 - ROW * row


def frame_derivation(axes, data):
    graph, table = axes
    frame_graph(graph, table)
    draw_edges(graph, NET, data.edges)
    draw_units(graph, NET)
    for x, text in ((LEFT, "left side"), (RIGHT, "right side"), (APART, "apart")):
        table.text(x, 0.99, text, ha="right", va="center", color=style.GREY)
    for row, line in enumerate(data.lines):
        table.text(0.01, find_height(row), f"${line.formula}$", va="center", fontsize=12)


def draw_derivation(axes, data):
    graph, table = axes
    draw_uses(graph, data)
    bottom = find_height(data.line - 1) - 0.067
    table.axhspan(bottom, bottom + 0.112, color=style.HIGHLIGHT, alpha=0.25)
    for row, line in enumerate(data.lines[: data.line]):
        write_row(table, find_height(row), line)


def draw_uses(ax, data):
    """The connections and units that the line speaks of."""
    uses = data.lines[data.line - 1].uses
    lit = {edge: data.edges[edge] for edge in uses if edge in data.edges}
    largest = max(map(abs, data.edges.values()))
    draw_edges(ax, NET, lit, lit, scale=largest)
    draw_edge_labels(ax, NET, {edge: f"{w:.2f}" for edge, w in lit.items()}, 0.4)
    units = {unit: NET[unit] for edge in uses for unit in edge}
    draw_units(ax, units, highlight=NET)


def write_row(ax, height, line):
    """Both sides of a line as numbers, and how far they are apart."""
    columns = (
        (LEFT, f"{line.left:.6f}"),
        (RIGHT, f"{line.right:.6f}"),
        (APART, difference(line.left, line.right)),
    )
    for x, text in columns:
        ax.text(x, height, text, ha="right", va="center")


def sentence_derivation(data):
    line = data.lines[data.line - 1]
    return (
        f"Line {data.line} of 8: left side {three_digits(line.left)}, "
        f"right side {three_digits(line.right)}, apart {difference(line.left, line.right)}."
    )
