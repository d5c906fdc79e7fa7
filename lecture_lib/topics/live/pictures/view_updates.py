"""How much the next step changes the weights of each layer, and how many it leaves as they are."""

import numpy as np

from lecture_lib.explore.decades import HIGHS, choose_window, draw_curve, frame_decades, written
from lecture_lib.explore.reading import Reading

from .share_strip import draw_share_strip, number_layers
from .view import PANEL, View, clear_layers, name_at_left, tell_findings, write_below
from .words import percent

LOWS = (-4, -6, -10, -20, -40)
LAYER = "layer $l$"
ROWS = {1: ("unmoved",), 2: ("A unmoved", "B unmoved")}


def window_updates(data):
    """The decades that hold the change of all layers."""
    changes = [run.sizes.change for run in data.runs if not run.diverged]
    return choose_window(*changes, [0.0], lows=LOWS, highs=HIGHS)


def frame_updates(ax, data):
    """Axes by layer."""
    depth = data.runs[0].net.depth
    rows = len(data.runs)
    low, high = window_updates(data)
    frame_decades(ax, low, high, depth, "", "next step / weights", regimes=False)
    clear_layers(ax, depth, rows)
    number_layers(ax, depth, rows)
    write_below(ax, LAYER, f"axis: {high - low} powers of ten", rows)


def draw_updates(ax, data, looks):
    """The change by layer, in parts of the weights' own size."""
    layers = np.arange(1, data.runs[0].net.depth + 1)
    names = ROWS[len(data.runs)]
    for row, (run, (_, look)) in enumerate(zip(data.runs, looks)):
        if not run.diverged:
            draw_curve(ax, layers, run.sizes.change, **look)
        draw_share_strip(ax, run.step.unmoved, look["color"], row, names[row])
    if len(data.runs) > 1:
        texts = [f"{letter} {measure_update(run)}" for run, (letter, _) in zip(data.runs, looks)]
        name_at_left(ax, [run.sizes.change[0] for run in data.runs], texts, looks)


def measure_update(run):
    """The relative change of W_1."""
    return "diverged" if run.diverged else written(run.sizes.change[0])


def tell_updates(data, looks):
    """How much W_1 changes."""
    return tell_findings("Next step of W₁", data, looks, measure_update)


def read_updates(data, looks):
    """Change and unmoved weights by layer."""
    readings = []
    for run, (letter, _) in zip(data.runs, looks):
        if run.diverged:
            continue
        texts = []
        for l, (change, unmoved) in enumerate(zip(run.sizes.change, run.step.unmoved), 1):
            text = (
                f"{letter} layer {l}: the next step is {written(change)} of the weights, "
                f"{percent(unmoved)} stay the same to the last bit"
            )
            texts.append(text.strip())
        layers = np.arange(1, run.net.depth + 1)
        readings.append(Reading(PANEL, layers, run.sizes.change, tuple(texts)))
    return readings


UPDATES_VIEW = View(window_updates, frame_updates, draw_updates, tell_updates, read_updates)
