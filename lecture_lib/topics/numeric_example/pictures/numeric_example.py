"""Pictures of the 2-2-1 network with all its numbers."""

from lecture_lib.explore import style
from lecture_lib.explore.graph import draw_edge_labels, draw_edges, draw_units, frame_graph, layered
from lecture_lib.small_networks.worked_example import PRINTED

from ..compute.numeric_example import ROWS, agrees

# Two constant inputs 1 below the network carry the biases; "1 " is that of the hidden layer.
EDGES = {
    ("X1", "H1"): "W1",
    ("X2", "H1"): "W2",
    ("X1", "H2"): "W3",
    ("X2", "H2"): "W4",
    ("H1", "o"): "W5",
    ("H2", "o"): "W6",
    ("1 ", "H1"): "B1_H1",
    ("1 ", "H2"): "B1_H2",
    ("1", "o"): "B2",
}
# How far along its connection a weight is written, where the middle is taken.
ASIDE = {
    ("X2", "H1"): 0.33,
    ("X1", "H2"): 0.33,
    ("1 ", "H1"): 0.27,
    ("1 ", "H2"): 0.6,
}
HALF = (len(ROWS) + 1) // 2  # rows in each of the two tables


def place_units():
    """{unit: (x, y)}, with room for the biases below."""
    places = {"1 ": (0.1, 0.12), "1": (0.49, 0.12)}
    network = layered([("X1", "X2"), ("H1", "H2"), ("o",)], left=0.1, right=0.88, spread=0.5)
    raised = {name: (x, y + 0.13) for name, (x, y) in network.items()}
    return raised | places


PLACES = place_units()


def frame_numeric_example(axes, data):
    graph, *tables = axes
    frame_graph(*axes)
    for ax in tables:
        write_header(ax)
    for row, (_, label) in enumerate(ROWS):
        ax, height = find_row(tables, row)
        ax.text(0.0, height, label, va="center", fontsize=10.5)


def write_header(ax):
    """The heads of the columns of one table."""
    columns = (
        (0.0, "value", "left"),
        (0.7, "computed", "right"),
        (1.0, "lecture", "right"),
        (1.0, 8 * " ", "left"),  # room for what stands beside the lecture's number
    )
    for x, text, side in columns:
        ax.text(x, 1.0, text, color=style.GREY, ha=side, va="center", fontsize=10)
    ax.plot([0, 1], [0.955, 0.955], color=style.PALE, linewidth=1)


def find_row(tables, row):
    """(axes, height) of a row, from 0."""
    return tables[row // HALF], 0.9 - 0.93 * (row % HALF) / HALF


def draw_numeric_example(axes, data):
    graph, *tables = axes
    draw_network(graph, data.v)
    for row, (name, _) in enumerate(ROWS):
        ax, height = find_row(tables, row)
        write_row(ax, height, name, data)


def draw_network(ax, v):
    """The network with its weights, inputs and outputs."""
    weights = {edge: v[name] for edge, name in EDGES.items()}
    labels = {edge: f"{name[:2]} = {v[name]:g}" for edge, name in EDGES.items()}
    at = dict.fromkeys(EDGES, 0.5) | ASIDE
    draw_edges(ax, PLACES, weights, scale=1.0)
    draw_edge_labels(ax, PLACES, labels, at)
    values = {
        "X1": f"{v['X1']:g}",
        "X2": f"{v['X2']:g}",
        "H1": f"{v['out_H1']:.4f}",
        "H2": f"{v['out_H2']:.4f}",
        "o": f"{v['out_o']:.4f}",
    }
    draw_units(ax, PLACES, values, size=1700)
    ax.text(0.88, 0.77, f"target {v['target']:g}", ha="center", color=style.GREY, fontsize=10)


def write_row(ax, height, name, data):
    """A value, and where the lecture's print applies how it compares."""
    ax.text(0.7, height, f"{data.v[name]:.6f}", ha="right", va="center", fontsize=10.5)
    relation = agrees(name, data.v[name]) if data.is_lecture else None
    if relation is None:
        return
    differs = relation == "differs"
    color = style.NEGATIVE if differs else style.LECTURE
    weight = "bold" if differs else "normal"
    printed = {"color": color, "fontweight": weight, "ha": "right", "va": "center"}
    ax.text(1.0, height, PRINTED[name], fontsize=10.5, **printed)
    if differs:
        ax.text(1.02, height, "✗", va="center", fontsize=9.5, color=style.NEGATIVE)
    if relation == "cut off":
        ax.text(1.02, height, "cut", va="center", fontsize=9.5, color=style.GREY)


def sentence_numeric_example(data):
    v = data.v
    sentence = (
        f"Output {v['out_o']:.4f} for target {v['target']:g}: error E = {v['E']:.6f}. "
        f"One update with γ = {data.gamma:g} takes W5 to {v['W5_new']:.6f} and W6 to "
        f"{v['W6_new']:.6f}."
    )
    if data.is_lecture:
        sentence += (
            " All values in the transcript agree (most are cut off, not rounded) except one: "
            "∂E/∂out_H1 is 0.0554, and the transcript has 0.55."
        )
    return sentence
