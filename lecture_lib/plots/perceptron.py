"""The neuron with its running sum, the line in the plane, the training of it, and twenty lines at once."""

import numpy as np
from matplotlib.collections import LineCollection

from .. import style
from ..experiments.perceptron import PHI, RUNS, SHOWN
from ..style import ACCENT, ACTIVATION, CLASS, CLASS_FILL, GREY, INK, NEGATIVE, PALE, POSITIVE, THEORY, number
from .graph import draw_edge_labels, draw_edges, draw_units, frame_graph

PLACES = {"1": (0.1, 0.86), "X1": (0.1, 0.5), "X2": (0.1, 0.14), "Σ": (0.52, 0.5), "φ": (0.72, 0.5), "Y": (0.92, 0.5)}
EDGES = {("1", "Σ"): "B", ("X1", "Σ"): "W1", ("X2", "Σ"): "W2"}


def _headlines(axes, sentence):
    """Each part of a sentence above its axes."""
    for ax, part in zip(axes, sentence.rstrip(".").split("; ")):
        style.headline(ax, part[0].upper() + part[1:])


def _short(value):
    return f"{value:.3g}".replace("-", "−") if abs(value) >= 1e-3 or value == 0 else number(value)


def frame_neuron(axes, data):
    frame_graph(axes[0])
    axes[1].set(xlim=(-22, 28), ylim=(3.6, -0.5), xlabel="running sum")
    axes[1].set_yticks(range(4), ["$B$", "$W_1X_1$", "$W_2X_2$", "$V$"])
    V, look = np.linspace(-21, 21, 2001), ACTIVATION[data.phi]
    Y = PHI[data.phi](V)
    axes[2].plot(V, Y, color=look["color"], linestyle=look["linestyle"])
    axes[2].set(ylim=(Y.min() - 0.1, max(1.05 * Y.max(), 1.1)), xlabel="V",
                ylabel=f"Y = φ(V), φ = {PHI[data.phi].label}")
    for ax in axes[1:]:
        ax.axvline(0, color=GREY, linewidth=0.8, zorder=0)


def draw_neuron(axes, data):
    draw_edges(axes[0], PLACES, {**dict(zip(EDGES, data.W)), ("Σ", "φ"): 1, ("φ", "Y"): 1}, scale=4)
    draw_edge_labels(axes[0], PLACES, {e: f"{EDGES[e]} = {w:g}" for e, w in zip(EDGES, data.W)}, 0.47)
    draw_units(axes[0], PLACES, {u: _short(v) if len(_short(v)) < 7 else "≈ 0" for u, v in zip(
        ("X1", "X2", "Σ", "Y"), (*data.x[1:], data.V, data.Y))})
    ends, widths = np.array([*np.cumsum(data.terms), data.V]), np.array([*data.terms, data.V])
    axes[1].barh(range(4), widths, 0.5, ends - widths, color=[*np.where(data.terms < 0, NEGATIVE, POSITIVE), ACCENT])
    for i, right in enumerate(np.maximum(ends, ends - widths)):
        axes[1].text(right + 0.6, i, _short(widths[i]), va="center")
    axes[2].plot([data.V], [data.Y], "o", color=INK, markersize=9)
    _headlines(axes[1:], sentence_neuron(data))


def sentence_neuron(data):
    return (f"V = {' + '.join(f'({_short(t)})' for t in data.terms)} = {_short(data.V)}; "
            f"V {'>' if data.V > 0 else '≤'} 0, and Y = {_short(data.Y)}.")


def _square(ax, low, high):
    """Both axes from `low` to `high` or beyond, at one scale: a right angle looks like one."""
    middle, unit = (low + high) / 2, (high - low) / 2 / min(ax.bbox.size)
    ax.set(**{f"{a}lim": (middle - unit * size, middle + unit * size) for a, size in zip("xy", ax.bbox.size)})


def frame_plane(axes, data):
    _square(axes[0], *((-0.6, 1.6) if len(data.points.x) == 4 else (-3.5, 3.5)))
    axes[0].set(xlabel="$X_1$    (● d = 0,  ▲ d = 1)", ylabel="$X_2$")
    axes[0].locator_params(axis="y", nbins=5)


def _ends(W):
    """Two far points of the line W[0] + W[1] X1 + W[2] X2 = 0, from the one nearest the origin."""
    size = np.hypot(*W[1:]) or 1
    return (-W[0] * W[1:] / size + np.outer((-99, 99), (-W[2], W[1]))) / size


def _plane(ax, points, W, ringed):
    """The samples, some `ringed`, on the two regions that the line of W makes."""
    (x1, x2), extent = np.meshgrid(ax.get_xlim(), ax.get_ylim()), (*ax.get_xlim(), *ax.get_ylim())
    ax.contourf(W[0] + W[1] * x1 + W[2] * x2, (-1e99, 0, 1e99), colors=CLASS_FILL, extent=extent, zorder=0)
    ax.plot(*_ends(W).T, color=INK)
    ax.plot(*points.x[ringed].T, "o", markersize=16, markerfacecolor="none", markeredgecolor=INK)
    style.samples(ax, points.x, points.labels, markersize=9)


def _arrow(ax, start, end, color):
    look = dict(arrowstyle="-|>", color=color, linewidth=2, shrinkA=0, shrinkB=0)
    ax.annotate("", end, start, arrowprops=look, annotation_clip=False).arrow_patch.set_clip_box(ax.bbox)


def draw_boundary(axes, data):
    _plane(axes[0], data.points, data.W, data.wrong)
    foot = _ends(data.W).mean(axis=0)
    axes[0].plot(*np.array([(0, 0), foot]).T, **THEORY)
    _arrow(axes[0], foot, foot + data.W[1:], ACCENT)
    _headlines(axes, sentence_boundary(data))


def sentence_boundary(data):
    offset = "no line" if np.isnan(data.offset) else f"the line lies at −B/‖W‖ = {number(data.offset)} along W (blue)"
    return f"{data.points.name}: {data.wrong.sum()} of {len(data.wrong)} samples misclassified, {offset}."


def frame_training(axes, data):
    frame_plane(axes, data)
    m, reach = len(data.points.x), 4 * max(data.gamma, 1)
    _square(axes[1], -reach, reach)
    axes[1].set(xlabel="$W_1$    (grey: before)", ylabel="$W_2$")
    axes[2].set(xscale="log", xlim=(0.9, 1.1 * SHOWN / m), ylim=(-0.02 * m, 1.04 * m), xlabel="epoch",
                ylabel="mistakes in the epoch", yticks=range(0, m + 1, m // 4))
    axes[2].xaxis.set_major_formatter("{x:g}")


def draw_training(axes, data):
    one, (before, W) = data.run.shown[max(data.k - 1, 0)], data.path[[max(data.k - 1, 0), data.k], 1:]
    axes[0].plot(*_ends(data.path[max(data.k - 1, 0)]).T, "--", color=GREY)
    _plane(axes[0], data.points, data.path[-1], [one.index] * (data.k > 0))
    axes[1].plot(*data.path[:, 1:].T, color=PALE)
    for start, end, color in (((0, 0), before, GREY), ((0, 0), W, ACCENT), (before, W, CLASS[one.error > 0]["color"])):
        _arrow(axes[1], start, end, color)
    done = data.run.mistakes[:data.k // len(data.points.x)]
    axes[2].plot(range(1, len(done) + 1), done, ".-", color=ACCENT, linewidth=0.7)
    _headlines(axes[::2], sentence_training(data))


def sentence_training(data):
    one, m = data.run.shown[max(data.k - 1, 0)], len(data.points.x)
    end = "" if data.k < len(data.run.shown) else ", stopped" if data.run.converged else ", no stop"
    step = ("subtract γx", "W stays", "add γx")[one.error + 1]
    told = f"d = {one.y + one.error}, y = {one.y}, {step}" if data.k else "before training"
    return (f"{data.points.name}, sample {data.k}, epoch {-(-data.k // m)}{end}: {told}; "
            f"now {data.wrong[-1]} of {m} wrong, best {data.wrong.min()}.")


def frame_solutions(axes, data):
    frame_plane(axes, data)
    axes[1].set(xlim=(-0.7, RUNS - 0.3), ylim=(-1, 1), xticks=[], yticks=np.linspace(-1, 1, 5), ylabel="margin",
                xlabel="the starts, sorted (bars below −1 are cut)")
    axes[1].axhline(0, color=GREY, linewidth=1)


def draw_solutions(axes, data):
    _plane(axes[0], data.points, data.widest, [])
    axes[0].add_collection(LineCollection([_ends(run.W) for run in data.runs], colors=ACCENT, linewidths=0.8))
    axes[1].vlines(range(RUNS), 0, np.clip(data.margins, -1, 1), colors=ACCENT, linewidth=11.4)
    axes[1].axhline(data.best, **THEORY)
    style.note(axes[1], 0, max(data.best, 0) + 0.08, "best possible: the black line", color=INK)
    _headlines(axes, sentence_solutions(data))


def sentence_solutions(data):
    low, high, best = map(number, (data.margins[0], data.margins[-1], data.best))
    return (f"{data.points.name}: {sum(run.converged for run in data.runs)} of {RUNS} reach 0 mistakes; "
            f"margins {low} to {high}, best possible {best}.")
