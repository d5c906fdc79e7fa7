"""Pictures of the derivation with its numbers: the line that is read, and its place in the net."""

from lecture_lib.explore import style
from lecture_lib.explore.graph import draw_edge_labels, draw_edges, draw_units, frame_graph, layered
from lecture_lib.explore.labels import draw_answer
from lecture_lib.explore.reading import Reading

from .numbers import three_digits, write_gap

NET = layered(
    [("X1", "X2", "X3", "X4"), ("H1", "H2", "H3"), ("Y1", "Y2")], left=0.1, right=0.9, spread=0.72
)
COLUMNS = (("inputs $X_i$", 0.13), ("hidden $H_j$", 0.5), ("$Y_k$", 0.9))
# Where the columns of the table end, and a line of it begins.
LEFT, RIGHT = 0.8, 0.985
BEGIN = 0.055
ROW = 0.099  # height of a line of the table
TOP = 0.87
SIZE = 1050  # of the units


def find_height(row):
    """The middle of a line of the table, from 0."""
    return TOP - ROW * row


def frame_derivation(axes, data):
    graph, table = axes
    frame_graph(graph, table)
    draw_edges(graph, NET, data.edges)
    for name, x in COLUMNS:
        graph.text(x, 0.03, name, ha="center", va="center", color=style.GREY)
    for x, text in ((LEFT, "left side"), (RIGHT, "right side")):
        table.text(x, 0.955, text, ha="right", va="center", color=style.GREY)


def draw_derivation(axes, data):
    graph, table = axes
    draw_uses(graph, data)
    y = find_height(data.line - 1)
    table.axhspan(y - 0.046, y + 0.046, color=style.LIT, gid="ground")
    for row, line in enumerate(data.lines):
        write_row(table, row, line, data.line - 1)
    line = data.lines[data.line - 1]
    apart = abs(line.left - line.right)
    word = "both sides agree" if apart < 1e-8 else f"apart by {write_gap(line.left, line.right)}"
    style.headline(table, f"Line {data.line} of {len(data.lines)}: {word}")
    draw_answer(table, BEGIN, 0.05, f"{three_digits(line.left)} = {three_digits(line.right)}")
    style.headline(graph, "Yellow: what the line is about")


def draw_uses(ax, data):
    """The connections and units that the line speaks of."""
    uses = data.lines[data.line - 1].uses
    lit = {edge: data.edges[edge] for edge in uses if edge in data.edges}
    largest = max(map(abs, data.edges.values()))
    draw_edges(ax, NET, lit, lit, scale=largest)
    labels = {edge: f"{w:.2f}".replace("-", "−") for edge, w in lit.items()}
    draw_edge_labels(ax, NET, labels, 0.4)
    units = {unit for edge in uses for unit in edge}
    draw_units(ax, NET, highlight=units, size=SIZE)


def write_row(ax, row, line, read):
    """A line: of those after the one that is read, only what they are about is written, in grey."""
    is_read = row == read
    color = style.INK if row <= read else style.GREY
    y = find_height(row)
    formula = line.formula if row <= read else hide_right_side(line.formula)
    look = {"va": "center", "color": color, "fontweight": "bold" if is_read else "normal"}
    ax.text(0.0, y, f"{row + 1}", fontsize=10, **look)
    ax.text(BEGIN, y, f"${formula}$", va="center", color=color, fontsize=11.5)
    if row <= read:
        for x, number in ((LEFT, line.left), (RIGHT, line.right)):
            text = f"{number:.6f}".replace("-", "−")
            ax.text(x, y, text, ha="right", fontsize=10, **look)


def hide_right_side(formula):
    """A formula whose right side is three dots, because the reader is to find it."""
    left, _, _ = formula.partition("=")
    return f"{left}= …"


def readings_derivation(data):
    """Both sides of each line that is read."""
    heights = [find_height(row) for row in range(data.line)]
    texts = []
    for row, line in enumerate(data.lines[: data.line]):
        numbers = f"{line.left:.8f} and {line.right:.8f}".replace("-", "−")
        texts.append(f"line {row + 1}: {numbers}, difference {write_gap(line.left, line.right)}")
    return (Reading(1, [0.5] * data.line, heights, tuple(texts)),)


def sentence_derivation(data):
    line = data.lines[data.line - 1]
    return (
        f"Line {data.line} of 8: left side {three_digits(line.left)}, "
        f"right side {three_digits(line.right)}, difference {write_gap(line.left, line.right)}."
    )
