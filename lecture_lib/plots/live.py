"""Pictures of training while it goes on: the input plane, the curves, what each layer gets, the net as a graph."""

import numpy as np
from contourpy import contour_generator
from matplotlib.collections import LineCollection
from matplotlib.colors import BoundaryNorm, LinearSegmentedColormap

from .. import style
from ..activations import ACTIVATIONS
from ..experiments.live import GAINS, GRID, LIMITS
from .gradients import _curve, _decades, _first_of_last, verdict, written
from .graph import frame_graph, layered
from .remedies import AFTER, BEFORE, LEVELS, REGIMES, named

# few steps of colour: they are seen better, and the picture is sent faster
PLANE = LinearSegmentedColormap.from_list("plane", ("#e8bfd6", "#fbf4f8", "#fdf5ef", "#f4c3a0"), 10)
UNIT = LinearSegmentedColormap.from_list("unit", ("#ffffff", "#4d4d4d"), 12)
FIRST, LAST = np.array((0.80, 0.92, 0.97)), np.array((0.03, 0.19, 0.42))  # colours of layer L and of layer 1
BINS = {"sigmoid": np.linspace(0, 1, 25), "tanh": np.linspace(-1, 1, 25), "relu": np.linspace(0, 4, 25)}
OTHER = np.linspace(-4, 4, 25)
J, WRONG = style.INK, "#D55E00"
percent = lambda share: f"{100 * share:.{0 if share == 0 or share >= 0.095 else 1}f} %"


# -- panels that the explorers share ------------------------------------------------------------------------

def _frame_plane(ax, data):
    if data == "digits":
        ax.set(xlim=(-0.5, 9.5), ylim=(9.5, -0.5), xlabel="the net says", ylabel="it is", xticks=range(10),
               yticks=range(10))
    else:
        ax.set(xlim=LIMITS[data], ylim=LIMITS[data], xlabel="$X_1$", ylabel="$X_2$")
        ax.locator_params(nbins=5)


def _samples(ax, points, size=5):
    for c, look in enumerate(style.CLASS):
        ax.plot(*points.x[points.labels == c].T, linestyle="", markeredgecolor="white", markeredgewidth=0.5,
                markersize=size, **look)


def _image(ax, values, cmap, low, high):
    ax.imshow(np.nan_to_num(values), cmap=cmap, vmin=low, vmax=high, aspect="auto", zorder=0, interpolation="nearest",
              extent=(*ax.get_xlim(), *ax.get_ylim()), origin="lower")


def _plane(ax, run, title=""):
    """The output over the input plane with the line where the class changes; for digits the confusion."""
    if run.points.name == "digits":
        ax.imshow(run.confusion, cmap="Greys", vmin=0, vmax=1, aspect="auto", zorder=0, interpolation="nearest")
    else:
        top, (low, high) = np.nan_to_num(run.planes[-1][..., 0]), LIMITS[run.points.name]
        _image(ax, top, PLANE, 0, 1)
        axis = np.linspace(low, high, GRID)
        ax.add_collection(LineCollection(contour_generator(axis, axis, top).lines(0.5), colors=style.INK))
        _samples(ax, run.points)
    style.headline(ax, title)


def _frame_time(ax):
    ax.set(xscale="log", xlim=(0.2, 1.2e5), xlabel="step")
    ax.set_xticks((0.25, *10.0 ** np.arange(6)), ("0", "1", "10", "10²", "10³", "10⁴", "10⁵"))
    ax.minorticks_off()


def _frame_curves(ax):
    _frame_time(ax)
    ax.set(yscale="log", ylim=(1e-4, 10))
    ax.set_yticks(10.0 ** np.arange(-4, 2), ("10⁻⁴", "10⁻³", "0.01", "0.1", "1", "10"))
    ax.minorticks_off()


def _rows(run):
    """(steps, J, share wrong, log10 ||delta_l||) so far, as arrays; step 0 stands at 1/4."""
    now = (run.step.k - 1, run.step.loss, run.wrong, run.step.log10_delta)
    n, loss, wrong, delta = zip(*run.log, now)
    finite = lambda values: np.nan_to_num(np.array(values), nan=1e300, posinf=1e300, neginf=-320)
    return np.maximum(n, 0.25), finite(loss), np.array(wrong), np.clip(finite(delta), -320, 300)


def _over_time(ax, x, y, **look):
    low, high = ax.get_ylim()
    ax.plot(x, np.clip(y, low, high), **look)
    ax.plot(x[-1:], np.clip(y[-1:], low, high), **look | {"marker": "o", "label": ""})


def _sizes(ax, depth, label, low=-12, high=4):
    _decades(ax, low, high, depth, "", label, regimes=False)
    step = 4 if high - low < 20 else 10
    ax.set_yticks(range(low, high + 1, step), [f"$10^{{{t}}}$" for t in range(low, high + 1, step)])


def _layers(ax, run, sizes, **look):
    """A size by layer; of a net that diverged there is none."""
    if not run.diverged:
        _curve(ax, np.arange(1, len(sizes) + 1), sizes, **look)


def _first(run):
    return f"Diverged at step {run.step.k}" if run.diverged else _first_of_last(run.sizes[0])


def _when(data, run):
    return f"diverged at step {run.step.k}" if run.diverged else f"step {data.n:,}: {percent(run.wrong)} wrong"


def _told(data, run):
    return _when(data, run) + ("" if run.diverged else f", J = {style.number(run.step.loss)}")


def _net(run):
    return f"{run.points.name}, depth {run.net.depth}, width {run.net.widths[1]}"


def _rate(data):
    since = f" from step {data.shown['since']:,} on" if data.shown.get("since") else ""
    return f"γ = {data.shown['gamma']:g}{since}"


# -- one net ------------------------------------------------------------------------------------------------

def frame_training(axes, data):
    run, view = data.runs[0], data.shown["view"]
    depth, (plane, curves, top, low) = run.net.depth, axes
    _frame_plane(plane, run.points.name)
    _frame_curves(curves)
    for color, label in ((J, "cost $J$"), (WRONG, "share wrong")):
        curves.plot([], [], color=color, label=label)
    curves.legend(loc="lower left", fontsize=9.5)
    layer = "layer $l$"
    if view == "layers":
        _sizes(top, depth, r"$\|\delta_l\|$")
        _sizes(low, depth, r"$\|\partial J/\partial W_l\|$")
        top.plot([], [], color=style.PALE, label="at the start")
        top.legend(loc="lower right", fontsize=9.5)
    elif view == "over time":
        for ax, label in ((top, r"$\|\delta_l\|$"), (low, r"$\|\delta_1\|\,/\,\|\delta_L\|$")):
            _sizes(ax, depth, label)
            _frame_time(ax)
        layer = "step"
    elif view == "activations":
        bins = BINS.get(run.activation, OTHER)
        top.set(xlim=(0.5, depth - 0.5), ylim=(bins[0], bins[-1]), ylabel="output $a_l$")
        for color, label in ((style.ACTIVATION[run.activation]["color"], "saturated"), (style.INK, "dead")):
            low.plot([], [], color=color, linewidth=6, label=label)
        low.legend(loc="lower left", bbox_to_anchor=(0, 0.92), ncols=2, fontsize=9.5, borderpad=0)
        layer = "hidden layer $l$"
    else:
        _sizes(top, depth, r"$\|\Delta W_l\|\,/\,\|W_l\|$")
        top.axhline(-3, **style.THEORY, label="a thousandth")
        top.legend(loc="lower right", fontsize=9.5)
        low.set_ylabel("unmoved")
    if view in ("activations", "updates"):
        low.set(xlim=top.get_xlim(), ylim=(0, 1.1))
        low.set_yticks((0, 0.5, 1), ("0", "50 %", "100 %"))
        low.locator_params(axis="x", integer=True, nbins=10)
    top.set_xlabel("")
    top.tick_params(labelbottom=False)
    low.set_xlabel(layer)


def draw_training(axes, data):
    run, (plane, curves, top, low) = data.runs[0], axes
    look, layers, view = style.ACTIVATION[run.activation], np.arange(1, run.net.depth + 1), data.shown["view"]
    x, loss, wrong, delta = _rows(run)
    _plane(plane, run, _when(data, run).capitalize())
    _over_time(curves, x, loss, color=J)
    _over_time(curves, x, wrong, color=WRONG)
    style.headline(curves, _rate(data))
    if view == "layers":
        start = np.clip(run.log[0][3], *top.get_ylim())
        top.plot(layers, start, color=style.PALE)
        for ax, sizes in zip((top, low), run.sizes):
            _layers(ax, run, sizes, **look)
        style.headline(top, _first(run))
    elif view == "over time":
        for l in layers[::-1]:
            _over_time(top, x, delta[:, l - 1], color=FIRST + (LAST - FIRST) * (1 - (l - 1) / max(len(layers) - 1, 1)))
        _over_time(low, x, delta[:, 0] - delta[:, -1], color=look["color"])
        style.headline(top, _first(run))
    elif view == "activations":
        bins = BINS.get(run.activation, OTHER)
        top.imshow(np.sqrt(run.histogram(bins).T), cmap="Greys", vmin=0, vmax=1, aspect="auto", origin="lower",
                   extent=(*top.get_xlim(), *top.get_ylim()), zorder=0, interpolation="nearest")
        for side, share, color in ((-0.18, run.saturated, look["color"]), (0.18, run.dead, style.INK)):
            low.vlines(layers[:-1] + side, 0, share, colors=color, linewidth=80 / len(layers))
        style.headline(top, f"Layer 1: {percent(run.saturated[0])} saturated, {percent(run.dead[0])} dead")
    else:
        _layers(top, run, run.sizes[2], **look)
        low.vlines(layers, 0, run.step.unmoved, colors=look["color"], linewidth=100 / len(layers))
        style.headline(top, f"W₁ changes by {written(run.sizes[2][0])} of its size")


def sentence_training(data):
    run = data.runs[0]
    full = "; ".join(f"{where} {percent(run.saturated[l])} and {percent(run.dead[l])}" for where, l in (
        ("in layer 1", 0), ("in the last hidden layer", -1)))
    return (f"{_net(run)}, {named(run.activation, run.variance)}, {_rate(data)}, {_told(data, run)}. "
            f"{_first(run)} gradient. The next "
            f"step changes W₁ by {written(run.sizes[2][0])} of its size and leaves {percent(run.step.unmoved[0])} of "
            f"its weights the same bit for bit. Saturated outputs and dead units: {full}.")


# -- two nets ---------------------------------------------------------------------------------------------------

_LETTERS = tuple(zip("AB", (BEFORE, AFTER), ("o", "D")))


def frame_duel(axes, data):
    for ax in axes[:2]:
        _frame_plane(ax, data.runs[0].points.name)
    axes[1].set_ylabel("")
    _frame_curves(axes[2])
    _sizes(axes[3], data.runs[0].net.depth, r"$\|\delta_l\|$")
    axes[3].set_xlabel("layer $l$")
    for run, (letter, color, mark) in zip(data.runs, _LETTERS):
        axes[3].plot([], [], color=color, marker=mark, label=f"{letter}: {named(run.activation, run.variance)}")
    axes[3].legend(loc="lower right", fontsize=9.5)
    axes[2].set_ylabel("cost $J$ (lines), share wrong (dots)")


def draw_duel(axes, data):
    for ax, run, (letter, color, mark) in zip(axes, data.runs, _LETTERS):
        _plane(ax, run, f"{letter}, {_when(data, run)}")
        x, loss, wrong, _ = _rows(run)
        _over_time(axes[2], x, loss, color=color)
        _over_time(axes[2], x, wrong, color=color, linestyle=":")
        _layers(axes[3], run, run.sizes[0], color=color, marker=mark)
    style.headline(axes[2], _rate(data))


def sentence_duel(data):
    ends = [f"{letter} ({named(run.activation, run.variance)}), {_told(data, run)}. {_first(run)}."
            for run, (letter, *_) in zip(data.runs, _LETTERS)]
    return f"{_net(data.runs[0])}, {_rate(data)}. {' '.join(ends)}"


# -- a net as a graph -------------------------------------------------------------------------------------------

SCREEN = (400, 640)  # pixels of the drawing, so that the picture of a unit has a pixel for each of its points


def _places(widths):
    return layered([[(l, j) for j in range(n)] for l, n in enumerate(widths)], 0.06, 0.94, 0.8)


def _chosen(data):
    """The unit whose own picture is shown: (layer, index from 0), the nearest there is."""
    widths = data.runs[0].net.widths
    layer = min(data.shown["layer"], len(widths) - 1)
    return layer, min(data.shown["unit"], widths[layer]) - 1


def frame_network(axes, data):
    graph, widths = axes[0], data.runs[0].net.widths
    frame_graph(graph)
    _frame_plane(axes[1], data.runs[0].points.name)
    for l in range(len(widths)):
        name = "$X_1, X_2$" if l == 0 else "output" if l == len(widths) - 1 else f"layer {l}"
        style.note(graph, _places(widths)[l, 0][0], 0.0, name, ha="center", va="bottom")


def _scaled(run, l, j):
    """A unit's picture between 0 and 1, and the two ends of its scale."""
    values, F = np.nan_to_num(run.planes[l][..., j]), run.net.activations[l]
    ends = {"sigmoid": (0, 1), "tanh": (-1, 1)}.get(F and F.name) or (min(values.min(), 0), values.max())
    return (values - ends[0]) / max(ends[1] - ends[0], 1e-300), ends


def draw_network(axes, data):
    (graph, ax), run = axes, data.runs[0]
    places, of = _places(run.net.widths), run.step.old if data.shown["lines"] == "weights" else run.back
    sizes = np.nan_to_num(np.concatenate([w.ravel() for w in of.W[1:]]))
    ends = [(places[l, i], places[l + 1, j]) for l, w in enumerate(of.W[1:]) for i, j in np.ndindex(w.shape)]
    graph.add_collection(LineCollection(
        ends, colors=np.where(sizes < 0, style.NEGATIVE, style.POSITIVE), zorder=1,
        linewidths=0.3 + 5 * np.abs(sizes) / max(np.abs(sizes).max(), 1e-300),
        linestyles=[(0, (3, 1.2)) if size < 0 else "-" for size in sizes]))
    screen, half = np.full(SCREEN, np.nan), GRID // 2
    for (l, j), (x, y) in places.items():
        row, column = round(y * SCREEN[0]), round(x * SCREEN[1])
        screen[row - half:row + half + 1, column - half:column + half + 1] = _scaled(run, l, j)[0]
    graph.imshow(screen, cmap=UNIT, vmin=0, vmax=1, aspect="auto", extent=(0, 1, 0, 1), origin="lower",
                 interpolation="nearest", zorder=2)
    chosen = _chosen(data)
    graph.scatter(*zip(*places.values()), s=930, marker="s", facecolor="none", zorder=3, linewidth=[
        3 if unit == chosen else 0.8 for unit in places], edgecolor=[
        style.ACCENT if unit == chosen else style.INK for unit in places])
    picture, _ = _scaled(run, *chosen)
    _image(ax, picture, UNIT, 0, 1)
    _samples(ax, run.points)
    style.headline(graph, f"{_when(data, run).capitalize()}, {_rate(data)} (lines: {data.shown['lines']})")
    style.headline(ax, _unit(data)[0])


def _unit(data):
    run, (l, j) = data.runs[0], _chosen(data)
    low, high = (style.number(end) for end in (run.planes[l][..., j].min(), run.planes[l][..., j].max()))
    return f"Unit {j + 1} of {'the output' if l == run.net.depth else f'layer {l}'}", f"from {low} to {high}"


def sentence_network(data):
    run, (unit, ends) = data.runs[0], _unit(data)
    first, last = ([style.number(np.abs(part.W[l]).max()) for part in (run.step.old, run.back)] for l in (1, -1))
    return (f"{_net(run)}, {named(run.activation, run.variance)}, {_rate(data)}, {_told(data, run)}. The largest "
            f"weight of layer 1 is {first[0]}, its largest derivative {first[1]}; in layer {run.net.depth}: {last[0]} "
            f"and {last[1]}. {unit} gives values {ends} over the plane.")


# -- a point of the map -----------------------------------------------------------------------------------------

def frame_point(axes, data):
    ax, profile, curves = axes
    ax.imshow(data.map, cmap=REGIMES, norm=BoundaryNorm(LEVELS, len(LEVELS) - 1, clip=True), aspect="auto",
              extent=(*np.log10(GAINS[[0, -1]]), 1, 57), origin="lower", interpolation="nearest")
    ax.set(xlabel="n Var(W)   (blue: vanishes, pale: holds, red: explodes)", ylabel="depth $L$",
           yticks=(2, 10, 20, 30, 40, 56))
    ax.set_xticks(range(-1, 4), ("0.1", "1", "10", "100", "1000"))
    _sizes(profile, data.runs[0].net.depth, r"$\|\delta_l\|$", -20, 20)
    profile.set_xlabel("layer $l$")
    profile.plot([], [], color=style.PALE, label="at the start")
    profile.legend(loc="lower right", fontsize=9.5)
    _frame_curves(curves)
    for color, label in ((J, "cost $J$"), (WRONG, "share wrong")):
        curves.plot([], [], color=color, label=label)
    curves.legend(loc="lower left", fontsize=9.5)


def draw_point(axes, data):
    (ax, profile, curves), run = axes, data.runs[0]
    layers, look = np.arange(1, run.net.depth + 1), style.ACTIVATION[run.activation]
    ax.plot(np.log10(data.shown["gain"]), run.net.depth, "o", color=style.INK, markersize=11, markeredgecolor="white",
            markeredgewidth=2, clip_on=False)
    style.headline(ax, _rate(data))
    profile.plot(layers, np.clip(run.log[0][3], *profile.get_ylim()), color=style.PALE)
    _layers(profile, run, run.sizes[0], **look)
    x, loss, wrong, _ = _rows(run)
    _over_time(curves, x, loss, color=J)
    _over_time(curves, x, wrong, color=WRONG)
    style.headline(profile, _first(run))
    style.headline(curves, _when(data, run).capitalize())


def sentence_point(data):
    run = data.runs[0]
    start = np.clip(run.log[0][3], -320, 300)
    return (f"{ACTIVATIONS[run.activation].label}, n Var(W) = {data.shown['gain']:g}, depth {run.net.depth}, width "
            f"{run.net.widths[1]}: at the start the gradient {verdict(start[0] - start[-1])}. {_first_of_last(start)}. "
            f"{len(run.points.x)} digits, {_rate(data)}, {_told(data, run)}.")
