"""Pictures of one round of backpropagation."""

from dataclasses import dataclass

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.graph import draw_edge_labels, draw_edges, draw_units, frame_graph, layered
from lecture_lib.explore.style import subscript
from lecture_lib.small_networks.illustration import edge_name

from ..compute.backprop_player import STEPS
from .numbers import three_digits

ROUND = layered([("X1", "X2"), (1, 2, 3), (4, 5), (6,)], left=0.07, right=0.92, spread=0.72)
NAMES = {node: subscript(f"F{node}") for node in range(1, 7)}
COLUMNS = (0, 0.17, 0.36, 0.58, 0.84)  # of the table of new weights
BOX = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}


@dataclass(frozen=True)
class Story:
    """What a step does, in words and numbers."""

    title: str
    lines: list
    table: list  # rows of words; empty unless weights change


def frame_backprop_player(axes, data):
    frame_graph(*axes)
    draw_edges(axes[0], ROUND, data.weights, scale=1)


def draw_backprop_player(axes, data):
    graph, words = axes
    draw_step(graph, data)
    story = tell_step(data)
    style.headline(words, story.title)
    words.text(0, 0.93, "\n".join(story.lines), va="top", linespacing=1.7, fontsize=11)
    for x, column in zip(COLUMNS, zip(*story.table)):
        words.text(x, 0.5, "\n".join(column), va="top", linespacing=1.8)


def draw_step(ax, data):
    """The network with the weights that the step uses, and all outputs and deltas known after
    it.
    """
    lit = {edge: data.weights[edge] for edge in data.uses}
    draw_edges(ax, ROUND, lit, lit, scale=1)
    draw_edge_labels(ax, ROUND, {edge: f"{w:.2f}" for edge, w in lit.items()}, 0.42)
    done = STEPS[: data.step]
    known = {}
    for unit in ROUND:
        is_input = isinstance(unit, str)
        if is_input or ("forward", unit) in done:
            known[unit] = f"{data.v['Y'][unit]:.3f}"
    draw_units(ax, ROUND, known, (data.node,), names=NAMES)
    for kind, node in done:
        if kind in ("error", "delta"):
            x, y = ROUND[node]
            text = f"{name_delta(node)} = {three_digits(data.v['delta'][node])}"
            ax.text(x, y + 0.1, text, ha="center", fontweight="bold", zorder=4, bbox=BOX)


def name_delta(node):
    """The delta of a node; that of the output is the error."""
    return "δ" if node == 6 else subscript(f"δ{node}")


def name_output(source):
    """The output of a node, or an input."""
    return subscript(source if isinstance(source, str) else f"Y{source}")


def in_brackets(*values):
    """Numbers as the factors of a product."""
    return "".join(f"({three_digits(value)})" for value in values)


def tell_step(data):
    """The Story of a step."""
    tell = {
        "forward": tell_forward,
        "error": tell_error,
        "delta": tell_delta,
        "update": tell_update,
    }
    what, lines, table = tell[data.kind](data)
    return Story(f"Step {data.step} of {len(STEPS)}: {what}", lines, table)


def tell_forward(data):
    """A unit's sum, output and slope."""
    v, n = data.v, data.node
    symbols = []
    numbers = []
    for edge in data.uses:
        source, _ = edge
        symbols.append(subscript(edge_name(edge)) + name_output(source))
        numbers.append(in_brackets(data.weights[edge], v["Y"][source]))
    output = subscript(f"Y{n} = F{n}(e{n}) = ") + three_digits(v["Y"][n])
    slope = subscript(f",   F{n}′ = ") + three_digits(v["slope"][n])
    lines = [
        subscript(f"e{n} = ") + " + ".join(symbols),
        f"   = {' + '.join(numbers)} = {three_digits(v['e'][n])}",
        output + slope,
    ]
    return f"forward through unit {n}", lines, []


def tell_error(data):
    """The error at the output."""
    output, error = three_digits(data.v["Y"][6]), three_digits(data.v["delta"][6])
    lines = [f"δ = Z − Y₆ = 1 − {output} = {error}", f"E = δ²/2 = {three_digits(data.v['E'])}"]
    return "the error", lines, []


def tell_delta(data):
    """A delta from those behind it; the spoken rule has no F'."""
    v, n = data.v, data.node
    has_slope = data.rule == "right"
    symbols = []
    numbers = []
    for edge in data.uses:
        _, to = edge
        slope_symbol = subscript(f" F{to}′") if has_slope else ""
        slope = [v["slope"][to]] if has_slope else []
        symbols.append(f"{subscript(edge_name(edge))}{slope_symbol} {name_delta(to)}")
        numbers.append(in_brackets(data.weights[edge], *slope, v["delta"][to]))
    found, true = three_digits(v["delta"][n]), three_digits(data.right["delta"][n])
    lines = [
        f"{name_delta(n)} = {' + '.join(symbols)}",
        f"   = {' + '.join(numbers)}",
        f"{name_delta(n)} = {found},   −∂E/∂{name_output(n)} = {true}",
    ]
    return f"δ back to unit {n}, {data.rule} rule", lines, []


def tell_update(data):
    """The new weights into a unit, with a table."""
    v, n = data.v, data.node
    slope = subscript(f"F{n}′")
    lines = [
        f"new W = W − γ ∂E/∂W,   ∂E/∂W = −{name_delta(n)} {slope} · input",
        f"{name_delta(n)} = {three_digits(v['delta'][n])},"
        f"   {slope} = {three_digits(v['slope'][n])}",
    ]
    table = [("weight", "old", "∂E/∂W", "by nudging", "new")]
    for edge in data.uses:
        numbers = (data.weights[edge], v["gradient"][edge], data.nudged[edge], v["new"][edge])
        table.append((subscript(edge_name(edge)), *map(three_digits, numbers)))
    return f"new weights into unit {n}, {data.rule} rule", lines, table


def sentence_backprop_player(data):
    story = tell_step(data)
    found = np.array([*data.v["gradient"].values()])
    true = np.array([*data.nudged.values()])
    wrong = (np.abs(found - true) > 1e-8).sum()
    turned = (found * true < -1e-16).sum()
    verdict = "all 14 gradients agree with nudging"
    if wrong:
        verdict = f"{wrong} of 14 gradients are wrong, {turned} in sign"
    result = " ".join(story.lines[-1].split())
    return f"{story.title}: {result}. With the {data.rule} rule {verdict}."
