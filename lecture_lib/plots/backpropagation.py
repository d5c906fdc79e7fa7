"""Descent on a curve, a slope found twice, the derivation with its numbers, one round of backpropagation."""

import numpy as np

from .. import style
from ..experiments.backpropagation import GAMMAS, LIMIT, STEPS
from ..illustration import edge_name
from .graph import draw_edge_labels, draw_edges, draw_units, frame_graph, layered

NET = layered([("X1", "X2", "X3", "X4"), ("H1", "H2", "H3"), ("Y1", "Y2")], left=0.1, right=0.9, spread=0.8)
ROUND = layered([("X1", "X2"), (1, 2, 3), (4, 5), (6,)], left=0.07, right=0.92, spread=0.72)
_sub, _n = style.subscript, lambda value: style.number(value, 3)


def frame_descent(axes, data):
    (hill, fall, speed), W = axes, np.linspace(-4, 4, 401)
    top = 1.1 * max(data.J(data.W[0]), data.J(3.2))
    hill.plot(W, data.J(W), color=style.GREY)
    hill.set(xlim=(-4, 4), ylim=(-0.06 * top, top), xlabel="weight W", ylabel="cost J")
    fall.set(xlim=(0, 30), ylim=(1e-8, 1e4), yscale="log", xlabel="step", ylabel="J above its least value")
    speed.set(xlim=GAMMAS[[0, -1]], ylim=(0.8, 1.2 * LIMIT), xscale="log", yscale="log",
              xlabel="learning rate γ", ylabel="steps to arrive")
    speed.plot(GAMMAS, np.maximum(data.needed, 1), color=style.GREY)
    for times, side in ((1, "right"), (2, "left"))[:2 * (data.sign == "minus")]:
        speed.axvline(times / data.lam, **style.THEORY)
        speed.text(times / data.lam, 1.3 * LIMIT, f" {times}/λ ", ha=side, va="bottom")


def draw_descent(axes, data):
    (hill, fall, speed), W, end = axes, data.W[:31], data.W[min(data.steps, 30)]
    hill.plot(W, data.J(W), ".-", color=style.ACCENT, linewidth=1)
    hill.plot(end, data.J(end), "o", color=style.ACCENT, markersize=11)
    fall.plot(np.maximum(data.J(W), 1e-8), ".-", color=style.ACCENT)
    where = (LIMIT, "X") if data.rest is None else (max(data.steps, 1), "o")
    speed.plot(data.gamma, where[0], where[1], color=style.ACCENT, markersize=10)
    style.headline(hill, f"γ = {data.gamma:g}: {_ending(data)}")


def _ending(data):
    lowest, bend = min(data.rests, key=data.J), data.J.deriv(2)(data.rest or 0)
    place = "the minimum" if data.rest == lowest else "the hilltop" if bend < 0 else "the other minimum"
    return {"rests": f"starts on {place}, slope 0", "one step": f"{place} in one step",
            "monotone": f"straight to {place}, {data.steps} steps",
            "oscillates": f"swings, yet arrives at {place}, {data.steps} steps",
            "swings": f"still swings after {LIMIT:,} steps",
            "creeps": f"too small, not there after {LIMIT:,} steps" if data.sign == "minus" else "climbs away",
            "diverges": f"diverges, beyond ±1,000 at step {data.steps}"}[data.verdict]


def sentence_descent(data):
    if data.sign == "plus":
        return f"γ = {data.gamma:g} with the sign flipped: {_ending(data)}. Every step goes uphill."
    exact = data.rest is not None and abs(data.W[-1] - data.rest) < 1e-9
    return (f"γ = {data.gamma:g}: {_ending(data)}. "
            + (f"After {LIMIT:,} steps the distance is below 10⁻⁹. " if exact else "")
            + f"At this minimum λ = J″ = {_n(data.lam)}: no swings up to 1/λ = {_n(1 / data.lam)}, "
            f"stable below 2/λ = {_n(2 / data.lam)}.")


def frame_slope(axes, data):
    look = {k: v for k, v in style.ACTIVATION[data.F.name].items() if k != "marker"}
    for ax, f, ends, name in zip(axes, (data.F.f, data.F.df), ((-1.5, 2.5), (-0.1, 1.15)), ("F", "slope F′")):
        ax.plot(data.grid, f(data.grid), **look)
        ax.set(xlim=(-6, 6), ylim=ends, xlabel="x", ylabel=f"{name} of {data.F.label}")
    axes[1].axhline(0.25, **style.THEORY)
    axes[1].text(-5.9, 0.27, "1/4", va="bottom")


def draw_slope(axes, data):
    reach = np.array([-2, 2]) / np.hypot(1, 2.2 * data.dy)
    axes[0].plot(data.x + reach, data.y + data.dy * reach, color=style.INK, linewidth=1.2)
    around = data.x + np.array([-data.h, data.h])
    axes[0].plot(around, data.F.f(around), "o--", color=style.GREY, linewidth=1)
    axes[1].plot(data.points, data.nudges, "o", color=style.GREY, markerfacecolor="none")
    for ax, at in zip(axes, (data.y, data.dy)):
        ax.plot(data.x, at, "o", color=style.ACCENT, markersize=9)
    style.headline(axes[0], f"F({data.x:g}) = {_n(data.y)}")
    style.headline(axes[1], f"F′({data.x:g}) = {_n(data.dy)} by the formula, {_n(data.nudged)} by nudging")


def sentence_slope(data):
    off = _apart(data.nudged, data.dy)
    return (f"{data.F.label} at x = {data.x:g}: F = {_n(data.y)}, F′ = {_n(data.dy)} by the formula and "
            f"{_n(data.nudged)} by nudging x by ±{data.h:g}, apart {off}. "
            f"The largest F′ between -6 and 6 is {_n(data.F.df(data.grid).max())}.")


def frame_lines(axes, data):
    frame_graph(*axes)
    draw_edges(axes[0], NET, data.edges)
    draw_units(axes[0], NET)
    for x, text in ((0.66, "left side"), (0.83, "right side"), (1, "apart")):
        axes[1].text(x, 0.99, text, ha="right", va="center", color=style.GREY)
    for row, line in enumerate(data.lines):
        axes[1].text(0.01, 0.9 - 0.122 * row, f"${line.formula}$", va="center", fontsize=12)


def draw_lines(axes, data):
    graph, table = axes
    uses = data.lines[data.line - 1].uses
    lit = {edge: data.edges[edge] for edge in uses if edge in data.edges}
    draw_edges(graph, NET, lit, lit, scale=max(map(abs, data.edges.values())))
    draw_edge_labels(graph, NET, {edge: f"{w:.2f}" for edge, w in lit.items()}, 0.4)
    draw_units(graph, {unit: NET[unit] for edge in uses for unit in edge}, highlight=NET)
    table.axhspan(0.955 - 0.122 * data.line, 1.067 - 0.122 * data.line, color="#F0E442", alpha=0.25)
    for x, values in ((0.66, [f"{line.left:.6f}" for line in data.lines]),
                      (0.83, [f"{line.right:.6f}" for line in data.lines]),
                      (1, [_apart(line.left, line.right) for line in data.lines])):
        for row, text in enumerate(values[:data.line]):
            table.text(x, 0.9 - 0.122 * row, text, ha="right", va="center")


def _apart(left, right):
    off = abs(left - right)
    return "< 10⁻⁸" if off < 1e-8 else style.number(off, 1)


def sentence_lines(data):
    line = data.lines[data.line - 1]
    return (f"Line {data.line} of 8: left side {_n(line.left)}, right side {_n(line.right)}, "
            f"apart {_apart(line.left, line.right)}.")


def frame_player(axes, data):
    frame_graph(*axes)
    draw_edges(axes[0], ROUND, data.weights, scale=1)


def draw_player(axes, data):
    (graph, ax), v, w = axes, data.v, data.weights
    lit = {edge: w[edge] for edge in data.uses}
    draw_edges(graph, ROUND, lit, lit, scale=1)
    draw_edge_labels(graph, ROUND, {edge: f"{x:.2f}" for edge, x in lit.items()}, 0.42)
    done = STEPS[:data.step]
    known = {n: f"{v['Y'][n]:.3f}" for n in ROUND if isinstance(n, str) or ("forward", n) in done}
    draw_units(graph, ROUND, known, (data.node,), names={n: _sub(f"F{n}") for n in range(1, 7)})
    for kind, n in done:
        if kind in ("error", "delta"):
            x, y = ROUND[n]
            graph.text(x, y + 0.1, f"{_delta(n)} = {_n(v['delta'][n])}", ha="center", fontweight="bold", zorder=4,
                       bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8})
    title, lines, table = _story(data)
    style.headline(ax, title)
    ax.text(0, 0.93, "\n".join(lines), va="top", linespacing=1.7, fontsize=11)
    for x, column in zip((0, 0.17, 0.36, 0.58, 0.84), zip(*table)):
        ax.text(x, 0.5, "\n".join(column), va="top", linespacing=1.8)


def _delta(n):
    return "δ" if n == 6 else _sub(f"δ{n}")


def _story(data):
    """What the step does: a title, lines of text, and for an update a table."""
    v, n, kind, w = data.v, data.node, data.kind, data.weights
    names = {edge: _sub(edge_name(edge)) for edge in data.uses}
    terms = lambda term: " + ".join(map(term, data.uses))
    source = lambda m: _sub(m if isinstance(m, str) else f"Y{m}")
    slope = lambda text: text * (data.rule == "right")  # the spoken rule has no F'
    title = f"Step {data.step} of {len(STEPS)}: "
    if kind == "forward":
        return title + f"forward through unit {n}", [
            _sub(f"e{n} = ") + terms(lambda e: names[e] + source(e[0])),
            "   = " + terms(lambda e: f"({_n(w[e])})({_n(v['Y'][e[0]])})") + f" = {_n(v['e'][n])}",
            _sub(f"Y{n} = F{n}(e{n}) = ") + _n(v["Y"][n]) + _sub(f",   F{n}′ = ") + _n(v["slope"][n])], []
    if kind == "error":
        return title + "the error", [f"δ = Z − Y₆ = 1 − {_n(v['Y'][6])} = {_n(v['delta'][6])}",
                                     f"E = δ²/2 = {_n(v['E'])}"], []
    if kind == "delta":
        return title + f"δ back to unit {n}, {data.rule} rule", [
            f"{_delta(n)} = " + terms(lambda e: names[e] + slope(_sub(f" F{e[1]}′")) + f" {_delta(e[1])}"),
            "   = " + terms(lambda e: f"({_n(w[e])})" + slope(f"({_n(v['slope'][e[1]])})")
                            + f"({_n(v['delta'][e[1]])})"),
            f"{_delta(n)} = {_n(v['delta'][n])},   −∂E/∂{source(n)} = {_n(data.right['delta'][n])}"], []
    rows = [(names[e], _n(w[e]), _n(v["gradient"][e]), _n(data.nudged[e]), _n(v["new"][e])) for e in data.uses]
    return title + f"new weights into unit {n}, {data.rule} rule", [
        f"new W = W − γ ∂E/∂W,   ∂E/∂W = −{_delta(n)}" + _sub(f" F{n}′") + " · input",
        f"{_delta(n)} = {_n(v['delta'][n])}," + _sub(f"   F{n}′ = ") + _n(v["slope"][n])], [
        ("weight", "old", "∂E/∂W", "by nudging", "new"), *rows]


def sentence_player(data):
    title, lines, _ = _story(data)
    found, true = (np.array([*gradient.values()]) for gradient in (data.v["gradient"], data.nudged))
    wrong, turned = (np.abs(found - true) > 1e-8).sum(), (found * true < -1e-16).sum()
    verdict = f"{wrong} of 14 gradients are wrong, {turned} in sign" if wrong else "all 14 gradients agree with nudging"
    return f"{title}: {' '.join(lines[-1].split())}. With the {data.rule} rule {verdict}."
