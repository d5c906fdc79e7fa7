"""The outputs of each hidden layer, and how many of them are saturated or dead."""

import numpy as np
from matplotlib.collections import PolyCollection

from lecture_lib.explore.reading import Reading

from .share_strip import draw_share_strip, number_layers
from .view import PANEL, View, join_findings, write_below
from .words import percent

# What the outputs lie between where they have bounds, and what is shown of all others.
BOUNDS = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}
OTHERS = (-1.0, 3.0)
BINS = 50
ROWS = {1: ("saturated", "dead"), 2: ("A saturated", "B saturated")}


def window_activations(data):
    """The outputs that are shown."""
    limits = np.array([BOUNDS.get(run.activation, OTHERS) for run in data.runs])
    return float(limits.min()), float(limits.max())


def frame_activations(ax, data):
    """Axes by hidden layer."""
    low, high = window_activations(data)
    last = data.runs[0].net.depth - 1
    margin = 0.03 * (high - low)
    ax.set(ylim=(low - margin, high + margin), ylabel="outputs of the units")
    ax.set(xlim=(0.4, last + 0.6), xlabel="", xticks=[])
    ax.locator_params(axis="y", nbins=5)
    ax.spines["bottom"].set_visible(False)
    number_layers(ax, last, 2)
    write_below(ax, "hidden layer $l$", "width: how many outputs", 2)


def draw_activations(ax, data, looks):
    """Each layer's outputs as a histogram turned on its side, A at the left and B at the right;
    shares below.
    """
    bins = np.linspace(*window_activations(data), BINS)
    for run, (letter, look) in zip(data.runs, looks):
        sides = {"": (-1, 1), "A": (-1, 0), "B": (0, 1)}[letter]
        draw_histograms(ax, run, bins, sides, look["color"])
    colors = [look["color"] for _, look in looks]
    if len(data.runs) > 1:
        shares = [run.saturated for run in data.runs]
    else:
        run = data.runs[0]
        shares = [run.saturated, run.dead]
        colors *= 2
    for row, (name, part) in enumerate(zip(ROWS[len(data.runs)], shares)):
        draw_share_strip(ax, part, colors[row], row, name)


def draw_histograms(ax, run, bins, sides, color):
    """A shape for each hidden layer, to both `sides` of its place."""
    edges = np.array([bins[0], *(bins[1:] + bins[:-1]) / 2, bins[-1]])
    shapes = []
    for l, part in enumerate(run.histogram(bins), 1):
        widths = 0.45 * np.sqrt([0, *part, 0]) / np.sqrt(max(part.max(), 1e-300))
        left = np.stack([l + sides[0] * widths, edges], axis=1)
        right = np.stack([l + sides[1] * widths, edges], axis=1)
        shapes.append(np.concatenate([left, right[::-1]]))
    ax.add_collection(PolyCollection(shapes, facecolor=color, linewidth=0))


def measure_saturated(run):
    """The share of saturated outputs in layer 1."""
    return percent(run.saturated[0])


def tell_activations(data, looks):
    """How many outputs of layer 1 are saturated."""
    return f"Layer 1: {join_findings(data, looks, measure_saturated)} saturated"


def read_activations(data, looks):
    """Saturated and dead units by layer."""
    readings = []
    middle = np.mean(window_activations(data))
    for run, (letter, _) in zip(data.runs, looks):
        texts = []
        for l, (flat, dead) in enumerate(zip(run.saturated, run.dead), 1):
            text = f"{letter} layer {l}: {percent(flat)} saturated, {percent(dead)} of units dead"
            texts.append(text.strip())
        layers = np.arange(1, run.net.depth)
        offset = {"": 0.0, "A": -0.2, "B": 0.2}[letter]
        places = np.full(len(layers), middle)
        readings.append(Reading(PANEL, layers + offset, places, tuple(texts)))
    return readings


ACTIVATIONS_VIEW = View(
    window_activations, frame_activations, draw_activations, tell_activations, read_activations
)
