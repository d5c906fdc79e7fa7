"""What can be shown of the layers of a watched network: four views, each with its two panels and
its finding.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from matplotlib.collections import PolyCollection

from lecture_lib.explore.decades import (
    draw_curve,
    frame_decades,
    written,
)

from .words import percent

LOW = -12  # decades
HIGH = 4
TICKS = (-12, -8, -4, 0, 4)
BINS = np.linspace(-2, 3, 51)  # of the outputs of units
FIRST_PLACE = 0.25  # where step 0 stands on the logarithmic axis
DELTA_LABEL = r"$\|\delta_l\|$"


@dataclass(frozen=True)
class View:
    """One way to look at the layers."""

    upper: str  # label of the upper panel
    lower: str
    finding: str  # the headline, which a number of each run follows
    measure: Callable  # that number of a WatchedRun, in writing
    draw: Callable  # draw(upper panel, lower panel, run, look, side): side is -1 for A, else 1
    over_time: bool = False  # steps on the axis in place of layers
    has_shares: bool = False  # the lower panel holds shares
    has_outputs: bool = False  # the upper panel holds outputs of units


def frame_view(top, low, view, depth):
    """Axes of both panels."""
    for ax, label in ((top, view.upper), (low, view.lower)):
        frame_decades(ax, LOW, HIGH, depth, "layer $l$", label, regimes=False)
        ax.set_yticks(TICKS, [f"$10^{{{tick}}}$" for tick in TICKS])
        if view.over_time:
            frame_time(ax)
    if view.has_shares:
        low.set_ylim(-0.03, 1.08)
        low.set_yticks((0, 0.5, 1), ("0", "50 %", "100 %"))
    if view.has_outputs:
        top.set_ylim(BINS[0], BINS[-1])
        top.set_yticks(range(-2, 4), [f"{tick}" for tick in range(-2, 4)])
    top.set_xlabel("")
    top.tick_params(labelbottom=False)


def frame_time(ax):
    """A logarithmic axis of steps, on which step 0 has a place as well."""
    ax.set(xscale="log", xlim=(0.2, 1.2e5), xlabel="step")
    ax.set_xticks((FIRST_PLACE, 10, 1e3, 1e5), ("0", "10", "10³", "10⁵"))
    ax.minorticks_off()


def draw_over_time(ax, n, y, **look):
    """A curve over the steps n, with a point at its end."""
    y = np.clip(np.nan_to_num(y, nan=1e300), *ax.get_ylim())
    places = np.maximum(n, FIRST_PLACE)
    ax.plot(places, y, **look)
    ax.plot(places[-1], y[-1], "o", color=look["color"])


def draw_by_layer(ax, run, values, **look):
    """Values by layer; a network that has diverged has none."""
    if not run.diverged:
        draw_curve(ax, np.arange(1, len(values) + 1), values, **look)


def draw_layers(top, low, run, look, side):
    """The gradient by layer now, and before training as dots."""
    draw_by_layer(top, run, run.sizes[0], **look)
    draw_by_layer(low, run, run.sizes[1], **look)
    at_start = np.clip(run.curves.log10_delta[0], LOW, HIGH)
    layers = np.arange(1, run.net.depth + 1)
    top.plot(layers, at_start, color=look["color"], linewidth=1, linestyle=":")


def draw_history(top, low, run, look, side):
    """The gradient of each layer over the steps, layer 1 the strongest, and that of layer 1 over
    the last's.
    """
    curves = run.curves
    color = look["color"]
    depth = run.net.depth
    strengths = np.linspace(0.25, 1, depth)
    for l, strength in zip(range(depth, 0, -1), strengths):
        draw_over_time(top, curves.n, curves.log10_delta[:, l - 1], color=color, alpha=strength)
    share = curves.log10_delta[:, 0] - curves.log10_delta[:, -1]
    draw_over_time(low, curves.n, share, color=color)


def draw_activations(top, low, run, look, side):
    """The outputs of each hidden layer as a histogram turned on its side, saturated and dead
    units.
    """
    edges = [BINS[0], *(BINS[1:] + BINS[:-1]) / 2, BINS[-1]]
    shapes = []
    for l, part in enumerate(run.histogram(BINS), 1):
        widths = 0.45 * side * np.sqrt([0, *part, 0]) / np.sqrt(part.max())
        shapes.append(np.stack([l + widths, edges], axis=1))
    top.add_collection(PolyCollection(shapes, facecolor=look["color"], linewidth=0))
    hidden = np.arange(1, run.net.depth)
    low.plot(hidden, run.saturated, **look)
    low.plot(hidden, run.dead, **look | {"linestyle": ":"})


def draw_updates(top, low, run, look, side):
    """How much the next step changes the weights of each layer, and how many it leaves as they
    are.
    """
    draw_by_layer(top, run, run.sizes[2], **look)
    low.plot(np.arange(1, run.net.depth + 1), run.step.unmoved, **look)


def measure_share(run):
    """Layer 1's gradient over that of the last layer."""
    return written(run.sizes[0, 0] - run.sizes[0, -1])


def measure_saturated(run):
    """The share of saturated outputs in layer 1."""
    return percent(run.saturated[0])


def measure_update(run):
    """The relative change of W_1."""
    return written(run.sizes[2, 0])


VIEWS = {
    "layers": View(
        upper=DELTA_LABEL,
        lower=r"$\|\partial J/\partial W_l\|$",
        finding="First / last",
        measure=measure_share,
        draw=draw_layers,
    ),
    "over time": View(
        upper=DELTA_LABEL,
        lower=r"$\|\delta_1\|\,/\,\|\delta_L\|$",
        finding="First / last",
        measure=measure_share,
        draw=draw_history,
        over_time=True,
    ),
    "activations": View(
        upper="outputs $a_l$",
        lower="saturated (line)\ndead (dots)",
        finding="Layer 1 saturated",
        measure=measure_saturated,
        draw=draw_activations,
        has_shares=True,
        has_outputs=True,
    ),
    "updates": View(
        upper=r"$\|\Delta W_l\|\,/\,\|W_l\|$",
        lower="unmoved",
        finding="W₁ changes by",
        measure=measure_update,
        draw=draw_updates,
        has_shares=True,
    ),
}
