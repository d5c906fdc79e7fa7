"""Pictures of one round of backpropagation: what comes into a unit, and how it adds up."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.labels import draw_answer
from lecture_lib.explore.style import subscript
from lecture_lib.small_networks.illustration import edge_name

from ..compute.backprop_player import STEPS
from .numbers import three_digits
from .round_graph import draw_round, frame_round, read_round
from .round_story import name_delta, name_output, tell_step

WIDEST = 49  # letters of a line
LEFT, RIGHT = 0.24, 0.72  # between which the bars stand


def frame_backprop_player(axes, data):
    graph, words = axes
    words.set_axis_off()
    words.set(xlim=(0, 1), ylim=(0, 1))
    frame_round(graph)


def draw_backprop_player(axes, data):
    graph, words = axes
    story = tell_step(data)
    terms, total = find_terms(data)
    draw_round(graph, data, [number for _, number in terms])
    style.headline(graph, name_step(data))
    if data.kind == "update":
        draw_table(words, data)
    else:
        draw_sum(words, terms, total)
        words.text(0, 0.3, say_meaning(data), va="center", fontsize=11, fontweight="bold")
    if data.formulas == "written out" or data.kind not in ("delta", "update"):
        formula = "\n".join(break_line(line) for line in story.lines[:2])
        words.text(0, 0.1, formula, va="center", linespacing=1.35, fontsize=9.5)


def break_line(line):
    """The line in two, before a term of its sum, if it is too long for the panel."""
    if len(line) <= WIDEST:
        return line
    at = line.rindex(" + ", 0, WIDEST)
    return f"{line[:at]}\n     {line[at:]}"


def name_step(data):
    """What the step does, as a headline."""
    n = data.node
    what = {
        "forward": f"forward into unit {n}: weight × input, added up",
        "error": "the error: target minus output",
        "delta": f"back to unit {n}: what it does to the error",
        "update": f"new weights into unit {n}",
    }
    spoken = ", F′ left out as spoken" if data.rule == "spoken" and data.kind == "delta" else ""
    return f"Step {data.step} of {len(STEPS)}, {what[data.kind]}{spoken}"


def find_terms(data):
    """([(name, number)], (name, number)): what is added up, and what it makes."""
    v, n = data.v, data.node
    if data.kind == "error":
        output = v.Y[6]
        return [("target", 1.0), ("− output", -output)], ("= δ", v.delta[6])
    terms = []
    for edge in data.uses:
        source, to = edge
        if data.kind == "forward":
            name = name_output(source)
            terms.append((f"from {name}", data.weights[edge] * v.Y[source]))
        elif data.kind == "delta":
            slope = v.slope[to] if data.rule == "right" else 1.0
            terms.append((f"through {to}", data.weights[edge] * slope * v.delta[to]))
        else:
            terms.append((subscript(edge_name(edge)), v.new[edge] - data.weights[edge]))
    if data.kind == "forward":
        return terms, (subscript(f"= e{n}"), v.e[n])
    return terms, (f"= {name_delta(n)}", v.delta[n])


def draw_sum(ax, terms, total):
    """Bars that begin where the one before ended, and the sum of them below."""
    numbers = np.array([number for _, number in terms])
    ends = np.cumsum(numbers)
    low = min(0, ends.min())
    high = max(0, ends.max())
    unit = (RIGHT - LEFT) / max(high - low, 1e-300)
    zero = LEFT - low * unit
    rows = [*zip(terms, np.r_[0, ends[:-1]]), (total, 0.0)]
    step = 0.58 / max(len(rows), 3)
    for row, ((name, number), start) in enumerate(rows):
        y = 0.9 - step * row
        is_total = row == len(rows) - 1
        color = style.POSITIVE if number >= 0 else style.NEGATIVE
        height = step * (0.62 if is_total else 0.5)
        ends_at = (zero + start * unit, number * unit)
        ax.barh(y, ends_at[1], left=ends_at[0], height=height, color=color, zorder=2)
        weight = "bold" if is_total else "normal"
        ax.text(0, y, name, va="center", fontweight=weight, fontsize=11 if is_total else 10)
        draw_answer(
            ax, 1, y, three_digits(number), color, ha="right", fontsize=15 if is_total else 10.5
        )
    ax.plot([zero, zero], [0.9 - step * (len(rows) - 0.5), 0.97], color=style.GREY, linewidth=1)


def say_meaning(data):
    """What the number means, in plain words."""
    v, n = data.v, data.node
    if data.kind == "forward":
        output, slope = three_digits(v.Y[n]), three_digits(v.slope[n])
        return subscript(f"Y{n} = F(e{n}) = ") + f"{output}\n(slope there F′ = {slope})"
    if data.kind == "error":
        return f"The output should be larger\nE = δ²/2 = {three_digits(v.E)}"
    delta = v.delta[n]
    true = data.right.delta[n]
    wish = "larger" if delta > 0 else "smaller"
    direction = "E falls as it grows" if delta > 0 else "E grows with it"
    if abs(delta - true) > 1e-9:
        return f"Wrong: unit {n} really has {three_digits(true)}"
    return f"The net wants unit {n}'s output\n{wish}: {direction}"


def draw_table(ax, data):
    """The weights before and after, and whether each gradient is what a small move of the weight
    says.
    """
    ax.text(0, 0.93, "weight", fontsize=9.5, color=style.GREY)
    ax.text(0.2, 0.93, "before → after", fontsize=9.5, color=style.GREY)
    ax.text(1, 0.93, "gradient", fontsize=9.5, color=style.GREY, ha="right")
    for row, edge in enumerate(data.uses):
        y = 0.8 - 0.16 * row
        name = subscript(edge_name(edge))
        old, new = three_digits(data.weights[edge]), three_digits(data.v.new[edge])
        found = data.v.gradient[edge]
        agrees = abs(found - data.nudged[edge]) < 1e-8
        ax.text(0, y, name, va="center", fontsize=11, fontweight="bold")
        ax.text(0.2, y, f"{old} → {new}", va="center", fontsize=10.5)
        color = style.POSITIVE if agrees else style.NEGATIVE
        mark = "✓" if agrees else "✗"
        text = f"{three_digits(found)} {mark}"
        draw_answer(ax, 1, y, text, color, ha="right", fontsize=11)
    told = "✓: a nudge of the weight agrees"
    if data.rule == "spoken":
        told = "✗: a nudge of the weight disagrees"
    style.note(ax, 0, 0.27, told)


def readings_backprop_player(data):
    """What is known of each unit after the step."""
    return read_round(data)


def sentence_backprop_player(data):
    story = tell_step(data)
    found = np.array([*data.v.gradient.values()])
    true = np.array([*data.nudged.values()])
    wrong = (np.abs(found - true) > 1e-8).sum()
    with np.errstate(over="ignore"):
        turned = (found * true < -1e-16).sum()
    verdict = "all 14 gradients agree with nudging"
    if wrong:
        verdict = f"{wrong} of 14 gradients are wrong, and {turned} have the wrong sign"
    result = " ".join(story.lines[-1].split())
    who = "With the spoken rule " if data.rule == "spoken" else ""
    told = who + verdict
    return f"{story.title}: {result}. {told[0].upper()}{told[1:]}."
