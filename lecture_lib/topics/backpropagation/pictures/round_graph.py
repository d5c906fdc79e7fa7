"""The 2-3-2-1 network of one round: which way the numbers of a step go, and their sizes."""

import numpy as np
from matplotlib.collections import LineCollection

from lecture_lib.explore import style
from lecture_lib.explore.graph import frame_graph, layered
from lecture_lib.explore.labels import SPARE, draw_arrow
from lecture_lib.explore.reading import Reading
from lecture_lib.explore.style import subscript
from lecture_lib.small_networks.illustration import EDGES

from ..compute.backprop_player import STEPS
from .numbers import three_digits

ROUND = layered([("X1", "X2"), (1, 2, 3), (4, 5), (6,)], left=0.07, right=0.92, spread=0.66)
# Where the number of a connection stands, in parts of the way of the arrow.
PLACES = {"forward": 0.58, "delta": 0.6, "update": 0.46}
ABOVE = 0.115  # from the middle of a unit to its delta
NEAR = (0.2, 0.08)  # a number that is nearer to a delta than this, across and up, covers it
BACK = 0.058  # from the middle of a unit to where an arrow ends, in parts of the width
PLATE = {"facecolor": "white", "boxstyle": "round,pad=0.25", "linewidth": 1.2}


def frame_round(ax):
    """The unit square with pale connections."""
    frame_graph(ax)
    lines = [(ROUND[source], ROUND[to]) for source, to in EDGES]
    ax.add_collection(LineCollection(lines, colors=style.PALE, linewidths=1.4, zorder=1))


def draw_round(ax, data, numbers):
    """The units with what is known of them, and an arrow with its number for each connection that
    the step uses.
    """
    largest = max([abs(number) for number in numbers] + [1e-300])
    plates = []
    for edge, number in zip(data.uses, numbers):
        plates.append(draw_term(ax, edge, number, abs(number) / largest, data.kind))
    draw_nodes(ax, data, plates)
    way = "← the way back" if data.kind in ("delta", "error") else "data's way →"
    style.note(ax, 0.0, 0.03, way, fontsize=10, gid=SPARE)


def draw_term(ax, edge, number, part, kind):
    """An arrow along a connection, as thick as its number is large, with the number on it; returns
    where the number stands.
    """
    source, to = (np.array(ROUND[unit]) for unit in edge)
    start, end = (to, source) if kind == "delta" else (source, to)
    away = (end - start) / np.hypot(*(end - start)) * BACK
    color = style.POSITIVE if number >= 0 else style.NEGATIVE
    draw_arrow(ax, tuple(start + away), tuple(end - away), color, 1.2 + 4 * part)
    place = start + PLACES[kind] * (end - start)
    look = {"ha": "center", "va": "center", "fontsize": 9.5, "fontweight": "bold", "zorder": 7}
    look["bbox"] = PLATE | {"edgecolor": color}
    sign = "+" if kind == "update" and number > 0 else ""  # what a weight gains
    ax.text(*place, sign + three_digits(number), color=style.word_color(color), **look)
    return place


def find_height(x, y, plates):
    """The height of the delta of a unit at (x, y): above the numbers (`plates`) that are near."""
    height = y + ABOVE
    for across, up in plates:
        if abs(across - x) < NEAR[0] and abs(up - height) < NEAR[1]:
            height = max(height, up + NEAR[1])
    return height


def draw_nodes(ax, data, plates):
    """Circles with the units' numbers, their outputs below and their deltas above, as far as the
    round has come; `plates` are the places of the numbers on the connections.
    """
    done = STEPS[: data.step]
    colors = [style.LIT if unit == data.node else "white" for unit in ROUND]
    ax.scatter(*zip(*ROUND.values()), s=900, facecolor=colors, edgecolor=style.INK, zorder=5)
    for unit, (x, y) in ROUND.items():
        is_input = isinstance(unit, str)
        look = {"ha": "center", "va": "center", "zorder": 6}
        name = subscript(unit) if is_input else str(unit)
        ax.text(x, y, name, fontsize=11, fontweight="bold", gid="on", **look)
        if is_input or ("forward", unit) in done:
            text = f"{data.v.Y[unit]:.3f}".replace("-", "−")
            ax.text(x, y - 0.115, text, fontsize=9.5, color=style.GREY, **look)
        if ("delta", unit) in done or ("error", unit) in done:
            delta = data.v.delta[unit]
            color = style.POSITIVE if delta >= 0 else style.NEGATIVE
            text = f"{'δ' if unit == 6 else subscript(f'δ{unit}')} = {three_digits(delta)}"
            ink = style.word_color(color)
            look |= {"bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.8}}
            ax.text(
                x,
                find_height(x, y, plates),
                text,
                color=ink,
                fontsize=10.5,
                fontweight="bold",
                **look,
            )


def read_round(data):
    """What is known of each unit after the step."""
    texts = []
    done = STEPS[: data.step]
    for unit in ROUND:
        text = f"{unit}: output {three_digits(data.v.Y[unit])}"
        if not isinstance(unit, str):
            text = f"unit {text}" if ("forward", unit) in done else f"unit {unit}: not reached yet"
        if ("delta", unit) in done or ("error", unit) in done:
            text += f", δ = {three_digits(data.v.delta[unit])}"
        texts.append(text)
    x, y = np.array(list(ROUND.values())).T
    return (Reading(0, x, y, tuple(texts)),)
