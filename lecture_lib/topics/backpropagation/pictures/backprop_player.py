"""Pictures of one round of backpropagation."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.graph import draw_edge_labels, draw_edges, draw_units, frame_graph, layered
from lecture_lib.small_networks.illustration import edge_name

from ..compute.backprop_player import STEPS
from .numbers import subscript, three_digits

ROUND = layered([("X1", "X2"), (1, 2, 3), (4, 5), (6,)], left=0.07, right=0.92, spread=0.72)


def frame_backprop_player(axes, data):
    frame_graph(*axes)
    draw_edges(axes[0], ROUND, data.weights, scale=1)


def draw_backprop_player(axes, data):
    (graph, ax), v, w = axes, data.v, data.weights
    lit = {edge: w[edge] for edge in data.uses}
    draw_edges(graph, ROUND, lit, lit, scale=1)
    draw_edge_labels(graph, ROUND, {edge: f"{x:.2f}" for edge, x in lit.items()}, 0.42)
    done = STEPS[: data.step]
    known = {n: f"{v['Y'][n]:.3f}" for n in ROUND if isinstance(n, str) or ("forward", n) in done}
    draw_units(
        graph, ROUND, known, (data.node,), names={n: subscript(f"F{n}") for n in range(1, 7)}
    )
    for kind, n in done:
        if kind in ("error", "delta"):
            x, y = ROUND[n]
            graph.text(
                x,
                y + 0.1,
                f"{_delta(n)} = {three_digits(v['delta'][n])}",
                ha="center",
                fontweight="bold",
                zorder=4,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
            )
    title, lines, table = _story(data)
    style.headline(ax, title)
    ax.text(0, 0.93, "\n".join(lines), va="top", linespacing=1.7, fontsize=11)
    for x, column in zip((0, 0.17, 0.36, 0.58, 0.84), zip(*table)):
        ax.text(x, 0.5, "\n".join(column), va="top", linespacing=1.8)


def _delta(n):
    return "δ" if n == 6 else subscript(f"δ{n}")


def _story(data):
    """What the step does: a title, lines of text, and for an update a table."""
    v, n, kind, w = data.v, data.node, data.kind, data.weights
    names = {edge: subscript(edge_name(edge)) for edge in data.uses}
    terms = lambda term: " + ".join(map(term, data.uses))
    source = lambda m: subscript(m if isinstance(m, str) else f"Y{m}")
    slope = lambda text: text * (data.rule == "right")  # the spoken rule has no F'
    title = f"Step {data.step} of {len(STEPS)}: "
    if kind == "forward":
        return (
            title + f"forward through unit {n}",
            [
                subscript(f"e{n} = ") + terms(lambda e: names[e] + source(e[0])),
                "   = "
                + terms(lambda e: f"({three_digits(w[e])})({three_digits(v['Y'][e[0]])})")
                + f" = {three_digits(v['e'][n])}",
                subscript(f"Y{n} = F{n}(e{n}) = ")
                + three_digits(v["Y"][n])
                + subscript(f",   F{n}′ = ")
                + three_digits(v["slope"][n]),
            ],
            [],
        )
    if kind == "error":
        return (
            title + "the error",
            [
                f"δ = Z − Y₆ = 1 − {three_digits(v['Y'][6])} = {three_digits(v['delta'][6])}",
                f"E = δ²/2 = {three_digits(v['E'])}",
            ],
            [],
        )
    if kind == "delta":
        return (
            title + f"δ back to unit {n}, {data.rule} rule",
            [
                f"{_delta(n)} = "
                + terms(lambda e: names[e] + slope(subscript(f" F{e[1]}′")) + f" {_delta(e[1])}"),
                "   = "
                + terms(
                    lambda e: (
                        f"({three_digits(w[e])})"
                        + slope(f"({three_digits(v['slope'][e[1]])})")
                        + f"({three_digits(v['delta'][e[1]])})"
                    )
                ),
                f"{_delta(n)} = {three_digits(v['delta'][n])},   −∂E/∂{source(n)} = {three_digits(data.right['delta'][n])}",
            ],
            [],
        )
    rows = [
        (
            names[e],
            three_digits(w[e]),
            three_digits(v["gradient"][e]),
            three_digits(data.nudged[e]),
            three_digits(v["new"][e]),
        )
        for e in data.uses
    ]
    return (
        title + f"new weights into unit {n}, {data.rule} rule",
        [
            f"new W = W − γ ∂E/∂W,   ∂E/∂W = −{_delta(n)}" + subscript(f" F{n}′") + " · input",
            f"{_delta(n)} = {three_digits(v['delta'][n])},"
            + subscript(f"   F{n}′ = ")
            + three_digits(v["slope"][n]),
        ],
        [("weight", "old", "∂E/∂W", "by nudging", "new"), *rows],
    )


def sentence_backprop_player(data):
    title, lines, _ = _story(data)
    found, true = (np.array([*gradient.values()]) for gradient in (data.v["gradient"], data.nudged))
    wrong, turned = (np.abs(found - true) > 1e-8).sum(), (found * true < -1e-16).sum()
    verdict = (
        f"{wrong} of 14 gradients are wrong, {turned} in sign"
        if wrong
        else "all 14 gradients agree with nudging"
    )
    return f"{title}: {' '.join(lines[-1].split())}. With the {data.rule} rule {verdict}."
