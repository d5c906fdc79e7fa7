"""Pictures of one or two networks that train: plane, curves, and what each layer gets."""

import numpy as np
from matplotlib.collections import PolyCollection

from lecture_lib.explore import style
from lecture_lib.topics.remedies.pictures.looks import AFTER, BEFORE
from lecture_lib.topics.vanishing_exploding_gradients.pictures.decades import (
    draw_curve,
    frame_decades,
    written,
)

from .planes import draw_plane, frame_map, frame_plane
from .words import (
    describe_net,
    describe_run,
    outcome,
    percent,
    step_and_rate,
)

BINS = np.linspace(-2, 3, 51)  # of the outputs of units
SHARE = ((0, 0.5, 1), ("0", "50 %", "100 %"))

# what is shown of the layers: axis labels of both panels, the headline, and its number for a run
_SHARES = {
    "activations": (
        "outputs $a_l$",
        "saturated (line)\ndead (dots)",
        "Layer 1 saturated",
        lambda run: percent(run.saturated[0]),
    ),
    "updates": (
        r"$\|\Delta W_l\|\,/\,\|W_l\|$",
        "unmoved",
        "W₁ changes by",
        lambda run: written(run.sizes[2, 0]),
    ),
}
VIEW = {
    "layers": (
        r"$\|\delta_l\|$",
        r"$\|\partial J/\partial W_l\|$",
        "First / last",
        lambda run: written(run.sizes[0, 0] - run.sizes[0, -1]),
    )
}
VIEW |= {
    "over time": (VIEW["layers"][0], r"$\|\delta_1\|\,/\,\|\delta_L\|$", *VIEW["layers"][2:])
} | _SHARES


def _looks(data):
    """For each run its letter, and its colour and marker; a run alone has those of its activation."""
    look = style.ACTIVATION[data.runs[0].activation]
    return (
        (("A, ", BEFORE), ("B, ", AFTER))
        if len(data.runs) > 1
        else (("", look | {"linestyle": "-"}),)
    )


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
        draw_curve(ax, np.arange(1, len(values) + 1), values, **look)


def frame_live_runs(axes, data):
    *planes, curves, top, low = axes
    run, (upper, lower, *_) = data.runs[0], VIEW[data.shown["view"]]
    for ax in planes:
        frame_map(ax, data.map) if data.map is not None else frame_plane(ax, run.points.name)
    planes[-1].set_ylabel(planes[-1].get_ylabel() if len(planes) == 1 else "")
    _frame_time(curves)
    curves.set(yscale="log", ylim=(1e-4, 10), ylabel="cost $J$ (line), share wrong (dots)")
    curves.set_yticks(10.0 ** np.arange(-4, 2), ("10⁻⁴", "10⁻³", "0.01", "0.1", "1", "10"))
    curves.minorticks_off()
    for ax, label in ((top, upper), (low, lower)):
        frame_decades(ax, -12, 4, run.net.depth, "layer $l$", label, regimes=False)
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


def draw_live_runs(axes, data):
    *planes, curves, top, low = axes
    for ax, run, (letter, look) in zip(planes * 2, data.runs, _looks(data)):
        if data.map is None:
            draw_plane(ax, run)
        else:
            ax.plot(
                np.log10(data.shown["gain"]),
                run.net.depth,
                "o",
                color=style.INK,
                markersize=11,
                markeredgecolor="white",
                markeredgewidth=2,
                clip_on=False,
            )
        style.headline(ax, letter + outcome(run) if letter else outcome(run).capitalize())
        (n, loss, wrong, delta), color, layers = (
            run.curves,
            look["color"],
            np.arange(1, run.net.depth + 1),
        )
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
            top.add_collection(
                PolyCollection(
                    [
                        np.stack(
                            [l + side * np.sqrt([0, *part, 0]) / np.sqrt(part.max()), ends], axis=1
                        )
                        for l, part in enumerate(run.histogram(BINS), 1)
                    ],
                    facecolor=color,
                    linewidth=0,
                )
            )
            low.plot(layers[:-1], run.saturated, **look)
            low.plot(layers[:-1], run.dead, **look | {"linestyle": ":"})
        else:
            _layers(top, run, run.sizes[2], **look)
            low.plot(layers, run.step.unmoved, **look)
    style.headline(curves, step_and_rate(data))
    *_, what, value = VIEW[data.shown["view"]]
    found = [
        f"{letter[:1]} {'diverged' if run.diverged else value(run)}".strip()
        for run, (letter, *_) in zip(data.runs, _looks(data))
    ]
    style.headline(top, f"{what}: {', '.join(found)}")


def sentence_live_runs(data):
    told = " ".join(
        letter + describe_run(run) for run, (letter, *_) in zip(data.runs, _looks(data))
    )
    if len(data.runs) > 1 or data.runs[0].diverged:
        return f"{describe_net(data)}. {told}"
    run = data.runs[0]
    full = "; ".join(
        f"{where} {percent(run.saturated[l])} and {percent(run.dead[l])}"
        for where, l in (("in layer 1", 0), ("in the last hidden layer", -1))
    )
    return (
        f"{describe_net(data)}, {told} The next step changes W₁ by {written(run.sizes[2, 0])} of its size and leaves "
        f"{percent(run.step.unmoved[0])} of it the same bit for bit. Saturated outputs, dead units: {full}."
    )
