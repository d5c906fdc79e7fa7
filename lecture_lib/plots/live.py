"""Pictures of training while it goes on: the input plane, the curves, what each layer gets, the net as a graph."""

import numpy as np
from contourpy import contour_generator
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import BoundaryNorm, LinearSegmentedColormap

from .. import style
from ..experiments.live import GRID, LIMITS
from .gradients import _curve, _decades, _first_of_last, written
from .graph import frame_graph, layered
from .remedies import AFTER, BEFORE, LEVELS, REGIMES, named

# few steps of colour: they are seen better, and the picture is sent faster
PLANE = LinearSegmentedColormap.from_list("plane", ("#e8bfd6", "#fbf4f8", "#fdf5ef", "#f4c3a0"), 10)
UNIT = LinearSegmentedColormap.from_list("unit", ("#ffffff", "#4d4d4d"), 12)
BINS = np.linspace(-2, 3, 51)  # of the outputs of units
SCREEN = (400, 640)  # pixels of the graph, so that the picture of a unit has a pixel for each of its points
SHARE = ((0, 0.5, 1), ("0", "50 %", "100 %"))
percent = lambda share: f"{100 * share:.{0 if share == 0 or share >= 0.095 else 1}f} %"

# what is shown of the layers: axis labels of both panels, the headline, and its number for a run
_SHARES = {"activations": ("outputs $a_l$", "saturated (line)\ndead (dots)", "Layer 1 saturated",
                           lambda run: percent(run.saturated[0])),
           "updates": (r"$\|\Delta W_l\|\,/\,\|W_l\|$", "unmoved", "W₁ changes by",
                       lambda run: written(run.sizes[2, 0]))}
VIEW = {"layers": (r"$\|\delta_l\|$", r"$\|\partial J/\partial W_l\|$", "First / last",
                   lambda run: written(run.sizes[0, 0] - run.sizes[0, -1]))}
VIEW |= {"over time": (VIEW["layers"][0], r"$\|\delta_1\|\,/\,\|\delta_L\|$", *VIEW["layers"][2:])} | _SHARES


def _looks(data):
    """For each run its letter, and its colour and marker; a run alone has those of its activation."""
    look = style.ACTIVATION[data.runs[0].activation]
    return (("A, ", BEFORE), ("B, ", AFTER)) if len(data.runs) > 1 else (("", look | {"linestyle": "-"}),)


def _frame_plane(ax, name):
    if name == "digits":
        ax.set(xlim=(-0.5, 9.5), ylim=(9.5, -0.5), xlabel="the net says", ylabel="it is", xticks=range(10),
               yticks=range(10))
    else:
        ax.set(xlim=LIMITS[name], ylim=LIMITS[name], xlabel="$X_1$", ylabel="$X_2$")
        ax.locator_params(nbins=5)


def _image(ax, values, extent, cmap, **look):
    ax.imshow(values, cmap=cmap, aspect="auto", interpolation="nearest", origin="lower", extent=extent, **look)


def _plane(ax, run):
    """The output over the input plane with the line where the class changes; for digits the confusion."""
    if run.points.name == "digits":
        _image(ax, run.confusion, (-0.5, 9.5, -0.5, 9.5), "Greys", vmin=0, vmax=1)
    else:
        top, ends = np.nan_to_num(run.planes[-1][..., 0]), LIMITS[run.points.name]
        _image(ax, top, ends * 2, PLANE, vmin=0, vmax=1)
        axis = np.linspace(*ends, GRID)
        ax.add_collection(LineCollection(contour_generator(axis, axis, top).lines(0.5), colors=style.INK))
        style.samples(ax, run.points.x, run.points.labels, markeredgewidth=0.5)


def _frame_time(ax):
    ax.set(xscale="log", xlim=(0.2, 1.2e5), xlabel="step")
    ax.set_xticks((0.25, 10, 1e3, 1e5), ("0", "10", "10³", "10⁵"))
    ax.minorticks_off()


def _over_time(ax, n, y, **look):
    """A curve over the steps; step 0 stands at 1/4 of the logarithmic axis."""
    y = np.clip(np.nan_to_num(y, nan=1e300), *ax.get_ylim())
    ax.plot(np.maximum(n, 0.25), y, **look)
    ax.plot(max(n[-1], 0.25), y[-1], "o", color=look["color"])


def _layers(ax, run, values, **look):
    """Values by layer; a net that diverged has none."""
    if not run.diverged:
        _curve(ax, np.arange(1, len(values) + 1), values, **look)


def _end(run):
    return f"diverged at step {run.step.k}" if run.diverged else f"{percent(run.wrong)} wrong"


def _when(data):
    return f"Step {data.n:,}, γ = {data.shown['gamma']:g}"


def _rate(data):
    since = f" from step {data.shown['since']:,} on" if "since" in data.shown else ""
    return f"γ = {data.shown['gamma']:g}{since}"


def frame_runs(axes, data):
    *planes, curves, top, low = axes
    run, (upper, lower, *_) = data.runs[0], VIEW[data.shown["view"]]
    for ax in planes:
        _frame_map(ax, data.map) if data.map is not None else _frame_plane(ax, run.points.name)
    planes[-1].set_ylabel(planes[-1].get_ylabel() if len(planes) == 1 else "")
    _frame_time(curves)
    curves.set(yscale="log", ylim=(1e-4, 10), ylabel="cost $J$ (line), share wrong (dots)")
    curves.set_yticks(10.0 ** np.arange(-4, 2), ("10⁻⁴", "10⁻³", "0.01", "0.1", "1", "10"))
    curves.minorticks_off()
    for ax, label in ((top, upper), (low, lower)):
        _decades(ax, -12, 4, run.net.depth, "layer $l$", label, regimes=False)
        ax.set_yticks((-12, -8, -4, 0, 4), [f"$10^{{{t}}}$" for t in (-12, -8, -4, 0, 4)])
        if data.shown["view"] == "over time":
            _frame_time(ax)
    if data.shown["view"] in _SHARES:
        low.set_ylim(-0.03, 1.08)
        low.set_yticks(*SHARE)
    if data.shown["view"] == "activations":
        top.set_ylim(BINS[0], BINS[-1])
        top.set_yticks(range(-2, 4), [f"{t}" for t in range(-2, 4)])
    top.set_xlabel("")
    top.tick_params(labelbottom=False)
    if len(data.runs) > 1:
        style.key(top, "lower right", {letter[0]: look for letter, look in _looks(data)}, ncols=2)


def draw_runs(axes, data):
    *planes, curves, top, low = axes
    for ax, run, (letter, look) in zip(planes * 2, data.runs, _looks(data)):
        if data.map is None:
            _plane(ax, run)
        else:
            ax.plot(np.log10(data.shown["gain"]), run.net.depth, "o", color=style.INK, markersize=11,
                    markeredgecolor="white", markeredgewidth=2, clip_on=False)
        style.headline(ax, letter + _end(run) if letter else _end(run).capitalize())
        (n, loss, wrong, delta), color, layers = run.curves, look["color"], np.arange(1, run.net.depth + 1)
        _over_time(curves, n, loss, color=color)
        _over_time(curves, n, wrong, color=color, linestyle=":")
        if data.shown["view"] == "layers":
            for ax, sizes in zip((top, low), run.sizes):
                _layers(ax, run, sizes, **look)
            top.plot(layers, np.clip(delta[0], -12, 4), color=color, linewidth=1, linestyle=":")
        elif data.shown["view"] == "over time":
            for l, strength in zip(layers[::-1], np.linspace(0.25, 1, len(layers))):
                _over_time(top, n, delta[:, l - 1], color=color, alpha=strength)
            _over_time(low, n, delta[:, 0] - delta[:, -1], color=color)
        elif data.shown["view"] == "activations":
            side = -0.45 if letter[:1] == "A" else 0.45
            ends = [BINS[0], *(BINS[1:] + BINS[:-1]) / 2, BINS[-1]]
            top.add_collection(PolyCollection([
                np.stack([l + side * np.sqrt([0, *part, 0]) / np.sqrt(part.max()), ends], axis=1)
                for l, part in enumerate(run.histogram(BINS), 1)], facecolor=color, linewidth=0))
            low.plot(layers[:-1], run.saturated, **look)
            low.plot(layers[:-1], run.dead, **look | {"linestyle": ":"})
        else:
            _layers(top, run, run.sizes[2], **look)
            low.plot(layers, run.step.unmoved, **look)
    style.headline(curves, _when(data))
    *_, what, value = VIEW[data.shown["view"]]
    found = [f"{letter[:1]} {'diverged' if run.diverged else value(run)}".strip()
             for run, (letter, *_) in zip(data.runs, _looks(data))]
    style.headline(top, f"{what}: {', '.join(found)}")


def _net(data):
    run = data.runs[0]
    return f"{run.points.name}, depth {run.net.depth}, width {run.net.widths[1]}, {_rate(data)}, step {data.n:,}"


def _run(run):
    J = "" if run.diverged else (f", J = {style.number(run.step.loss)}. Gradient: "
                                 f"l{_first_of_last(run.sizes[0])[1:]}")
    return f"{named(run.activation, run.variance)}: {_end(run)}{J}."


def sentence_runs(data):
    told = " ".join(letter + _run(run) for run, (letter, *_) in zip(data.runs, _looks(data)))
    if len(data.runs) > 1 or data.runs[0].diverged:
        return f"{_net(data)}. {told}"
    run = data.runs[0]
    full = "; ".join(f"{where} {percent(run.saturated[l])} and {percent(run.dead[l])}" for where, l in (
        ("in layer 1", 0), ("in the last hidden layer", -1)))
    return (f"{_net(data)}, {told} The next step changes W₁ by {written(run.sizes[2, 0])} of its size and leaves "
            f"{percent(run.step.unmoved[0])} of it the same bit for bit. Saturated outputs, dead units: {full}.")


def _frame_map(ax, decades):
    _image(ax, decades, (-1, 3, 1, 57), REGIMES, norm=BoundaryNorm(LEVELS, len(LEVELS) - 1, clip=True))
    ax.set(xlabel="n Var(W)  (blue: vanishes, red: explodes)", ylabel="depth $L$", yticks=(2, 10, 20, 30, 40, 56))
    ax.set_xticks(range(-1, 4), ("0.1", "1", "10", "100", "1000"))


# -- a net as a graph -------------------------------------------------------------------------------------------

def _places(widths):
    return layered([[(l, j) for j in range(n)] for l, n in enumerate(widths)], 0.06, 0.94, 0.8)


def _chosen(data):
    """The unit whose own picture is shown, (layer, index from 0): the nearest there is; its name."""
    widths = data.runs[0].net.widths
    l = min(data.shown["layer"], len(widths) - 1)
    j = min(data.shown["unit"], widths[l]) - 1
    return (l, j), f"Unit {j + 1} of {'the output' if l == len(widths) - 1 else f'layer {l}'}"


def frame_network(axes, data):
    (graph, ax), widths = axes, data.runs[0].net.widths
    frame_graph(graph)
    _frame_plane(ax, data.runs[0].points.name)
    for l in range(len(widths)):
        name = "$X_1, X_2$" if l == 0 else "output" if l == len(widths) - 1 else f"layer {l}"
        style.note(graph, _places(widths)[l, 0][0], 0.0, name, ha="center", va="bottom")


def _scaled(run, l, j):
    """A unit's picture between 0 and 1: by the range of its function, or of the picture if that has no end."""
    values, F = np.nan_to_num(run.planes[l][..., j]), run.net.activations[l]
    low, high = {"sigmoid": (0, 1), "tanh": (-1, 1)}.get(F and F.name) or (min(values.min(), 0), values.max())
    return (values - low) / max(high - low, 1e-300)


def draw_network(axes, data):
    (graph, ax), run, (chosen, name) = axes, data.runs[0], _chosen(data)
    places, of = _places(run.net.widths), run.step.old if data.shown["lines"] == "weights" else run.back
    sizes = np.nan_to_num(np.concatenate([w.ravel() for w in of.W[1:]]))
    graph.add_collection(LineCollection(
        [(places[l, i], places[l + 1, j]) for l, w in enumerate(of.W[1:]) for i, j in np.ndindex(w.shape)],
        colors=np.where(sizes < 0, style.NEGATIVE, style.POSITIVE),
        linewidths=0.3 + 5 * np.abs(sizes) / max(np.abs(sizes).max(), 1e-300),
        linestyles=[(0, (3, 1.2)) if size < 0 else "-" for size in sizes]))
    screen, half = np.full(SCREEN, np.nan), GRID // 2
    for (l, j), (x, y) in places.items():
        row, column = round(y * SCREEN[0]), round(x * SCREEN[1])
        screen[row - half:row + half + 1, column - half:column + half + 1] = _scaled(run, l, j)
    _image(graph, screen, (0, 1, 0, 1), UNIT, vmin=0, vmax=1, zorder=3)
    mark = [unit == chosen for unit in places]
    graph.scatter(*zip(*places.values()), s=930, marker="s", facecolor="none", zorder=4,
                  linewidth=np.where(mark, 3, 0.8), edgecolor=np.where(mark, style.ACCENT, style.INK))
    _image(ax, _scaled(run, *chosen), LIMITS[run.points.name] * 2, UNIT, vmin=0, vmax=1)
    style.samples(ax, run.points.x, run.points.labels, markeredgewidth=0.5)
    style.headline(graph, f"{_when(data)}: {_end(run)} (lines: {data.shown['lines']})")
    style.headline(ax, name)


def sentence_network(data):
    run, ((l, j), name) = data.runs[0], _chosen(data)
    first, last = ([style.number(np.abs(part.W[k]).max()) for part in (run.step.old, run.back)] for k in (1, -1))
    low, high = (style.number(end) for end in (run.planes[l][..., j].min(), run.planes[l][..., j].max()))
    return (f"{_net(data)}, {_run(run)} The largest weight of layer 1 is {first[0]}, its largest derivative "
            f"{first[1]}; of layer {run.net.depth}: {last[0]}, {last[1]}. {name}: from {low} to {high} on the plane.")
