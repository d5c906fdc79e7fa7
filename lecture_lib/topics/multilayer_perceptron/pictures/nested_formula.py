"""Pictures of the nested formula, computed from the inside."""

from dataclasses import dataclass

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.graph import draw_edge_labels, draw_edges, draw_units, frame_graph, layered
from lecture_lib.explore.reading import Reading

from ..compute.nested_formula import STEPS
from .formula_sheet import STEP_OF, draw_formula_sheet, frame_formula_sheet, write_value

EDGES = {
    ("X1", "H1"): "W11",
    ("X1", "H2"): "W12",
    ("X2", "H1"): "W21",
    ("X2", "H2"): "W22",
    ("X3", "H1"): "W31",
    ("X3", "H2"): "W32",
    ("H1", "Y"): "W1",
    ("H2", "Y"): "W2",
}
PLACES = layered([("X1", "X2", "X3"), ("H1", "H2"), ("Y",)], left=0.1, right=0.9, spread=0.72)
# What is computed, in order: (name, the unit it belongs to).
ORDER = (("V1", "H1"), ("H1", "H1"), ("V2", "H2"), ("H2", "H2"), ("V", "Y"), ("Y", "Y"))
ORDER_OF = {"H1": "①②", "H2": "③④", "Y": "⑤⑥"}
SUMS = {"H1": "V1", "H2": "V2", "Y": "V"}
SYMBOLS = {"H1": "W₁₁X₁ + W₂₁X₂ + W₃₁X₃", "H2": "W₁₂X₁ + W₂₂X₂ + W₃₂X₃"}


@dataclass(frozen=True)
class Part:
    """The formula after some of its parts became numbers."""

    formula: str  # what is left of it, with the numbers so far
    work: str  # what was computed last, with its numbers
    unit: str  # to which it belongs; empty before the first
    done: tuple  # names computed so far


def tell_parts(v):
    """The seven Parts of the formula, from all symbols to the number Y."""
    parts = [Part(write_formula(v, ()), "Inputs and weights are known", "", ())]
    for name, unit in ORDER:
        done = (*parts[-1].done, name)
        parts.append(Part(write_formula(v, done), write_work(v, name, unit), unit, done))
    return parts


def three_digits(value):
    """A number with three significant digits."""
    return style.number(value, 3)


def write_formula(v, done):
    """The nested formula with a number for each innermost part that is done."""
    return f"Y = {write_unit(v, 'Y', done)}"


def write_unit(v, unit, done):
    """A unit's output as a number, as phi of its sum, or as phi of what its sum is made of."""
    total = SUMS[unit]
    if unit in done:
        return three_digits(v[unit])
    if total in done:
        return f"φ({three_digits(v[total])})"
    if unit == "Y":
        return f"φ(W₁ · {write_unit(v, 'H1', done)} + W₂ · {write_unit(v, 'H2', done)})"
    return f"φ({SYMBOLS[unit]})"


def write_work(v, name, unit):
    """How a sum or an output is computed, with its numbers."""
    if name == unit:
        work = f"φ({three_digits(v[SUMS[unit]])})"
    else:
        products = []
        for (source, to), weight in EDGES.items():
            if to == unit:
                products.append(f"({v[weight]:g})({v[source]:.3g})")
        work = " + ".join(products)
    return f"{name} = {work} = {three_digits(v[name])}"


def frame_nested_formula(axes, data):
    graph, sheet = axes
    frame_graph(graph)
    frame_formula_sheet(sheet)
    draw_weights(graph, data.v, EDGES)
    for unit, steps in ORDER_OF.items():
        x, y = PLACES[unit]
        graph.text(x, y + 0.12, steps, ha="center", fontsize=12, color=style.GREY)


def draw_weights(ax, v, edges, **look):
    """Connections with their weights."""
    weights = {edge: v[EDGES[edge]] for edge in edges}
    draw_edges(ax, PLACES, weights, scale=8, **look)
    draw_edge_labels(ax, PLACES, {edge: write_value(w, False) for edge, w in weights.items()}, 0.28)


def draw_nested_formula(axes, data):
    graph, sheet = axes
    parts = tell_parts(data.v)
    now = parts[data.step]
    draw_known(graph, data, now)
    draw_formula_sheet(sheet, data.v, data.step, three_digits)
    style.headline(sheet, tell_step(data))


def tell_step(data):
    """How far the formula is computed, as a finding."""
    if data.step == 0:
        return "From the inside out: nothing is computed yet"
    if data.step < STEPS:
        return f"From the inside out: step {data.step} of {STEPS}"
    return f"From the inside out, six numbers: Y = {three_digits(data.v['Y'])}"


def draw_known(ax, data, now):
    """The network with the outputs known so far; the weights of a sum just computed are lit."""
    is_sum = bool(now.done) and now.done[-1] in SUMS.values()
    if is_sum:
        lit = [edge for edge in EDGES if edge[1] == now.unit]
        draw_weights(ax, data.v, lit, highlight=lit)
    known = {}
    for unit in PLACES:
        if unit in now.done or unit.startswith("X"):
            known[unit] = three_digits(data.v[unit])
    draw_units(ax, PLACES, known, (now.unit,))
    ax.text(0.5, 0.06, f"φ = {data.phi.label}", ha="center", color=style.GREY)


def readings_nested_formula(data):
    """The units of the network, as far as they are known."""
    texts = []
    for unit in PLACES:
        is_known = unit.startswith("X") or STEP_OF[unit] <= data.step
        texts.append(f"{unit} = {three_digits(data.v[unit]) if is_known else '?'}")
    return (Reading(0, *np.array(list(PLACES.values())).T, tuple(texts)),)


def sentence_nested_formula(data):
    part = tell_parts(data.v)[data.step]
    return f"Step {data.step} of 6. {part.work}; the formula is now {part.formula}."
