"""Pictures of the 2-2-1 network with all its numbers."""

from lecture_lib.explore import style
from lecture_lib.explore.graph import draw_edge_labels, draw_edges, draw_units, frame_graph, layered
from lecture_lib.small_networks.worked_example import PRINTED

from ..compute.numeric_example import ROWS, agrees

PLACES = layered([("X1", "X2"), ("H1", "H2"), ("o",)], left=0.1, right=0.88, spread=0.5)
PLACES = {name: (x, y + 0.13) for name, (x, y) in PLACES.items()}
PLACES |= {"1 ": (0.1, 0.12), "1": (0.49, 0.12)}
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
AT = {edge: 0.5 for edge in EDGES} | {
    ("X2", "H1"): 0.33,
    ("X1", "H2"): 0.33,
    ("1 ", "H1"): 0.27,
    ("1 ", "H2"): 0.6,
}
HALF = (len(ROWS) + 1) // 2


def frame_numeric_example(axes, data):
    frame_graph(*axes)
    for ax in axes[1:]:
        for x, text, align in (
            (0.0, "value", "left"),
            (0.7, "computed", "right"),
            (1.0, "lecture", "right"),
            (1.0, 8 * " ", "left"),
        ):  # room for what stands beside the lecture's number
            ax.text(x, 1.0, text, color=style.GREY, ha=align, va="center", fontsize=10)
        ax.plot([0, 1], [0.955, 0.955], color=style.PALE, linewidth=1)
    for i, (_, label) in enumerate(ROWS):
        ax, y = _place(axes, i)
        ax.text(0.0, y, label, va="center", fontsize=10.5)


def _place(axes, i):
    return axes[1 + i // HALF], 0.9 - 0.93 * (i % HALF) / HALF


def draw_numeric_example(axes, data):
    v = data.v
    draw_edges(axes[0], PLACES, {edge: v[name] for edge, name in EDGES.items()}, scale=1.0)
    draw_edge_labels(
        axes[0], PLACES, {edge: f"{name[:2]} = {v[name]:g}" for edge, name in EDGES.items()}, AT
    )
    shown = {
        "X1": f"{v['X1']:g}",
        "X2": f"{v['X2']:g}",
        "o": f"{v['out_o']:.4f}",
        "H1": f"{v['out_H1']:.4f}",
        "H2": f"{v['out_H2']:.4f}",
    }
    draw_units(axes[0], PLACES, shown, size=1700)
    axes[0].text(0.88, 0.77, f"target {v['target']:g}", ha="center", color=style.GREY, fontsize=10)
    for i, (name, _) in enumerate(ROWS):
        _row(*_place(axes, i), name, data)


def _row(ax, y, name, data):
    ax.text(0.7, y, f"{data.v[name]:.6f}", ha="right", va="center", fontsize=10.5)
    how = agrees(name, data.v[name]) if data.is_lecture else None
    if how is None:
        return
    wrong = how == "differs"
    ax.text(
        1.0,
        y,
        PRINTED[name],
        ha="right",
        va="center",
        fontsize=10.5,
        color=style.NEGATIVE if wrong else style.LECTURE,
        fontweight="bold" if wrong else "normal",
    )
    if how != "rounded":
        ax.text(
            1.02,
            y,
            "✗" if wrong else "cut",
            va="center",
            fontsize=9.5,
            color=style.NEGATIVE if wrong else style.GREY,
        )


def sentence_numeric_example(data):
    v = data.v
    text = (
        f"Output {v['out_o']:.4f} for target {v['target']:g}: error E = {v['E']:.6f}. "
        f"One update with γ = {data.gamma:g} takes W5 to {v['W5_new']:.6f} and W6 to {v['W6_new']:.6f}."
    )
    if data.is_lecture:
        text += (
            " All printed values agree (most are cut off, not rounded) but one: "
            "∂E/∂out_H1 is 0.0554, not 0.55."
        )
    return text
