"""The gradient of each layer over the steps, in parts of the last layer's."""

import numpy as np

from lecture_lib.explore.decades import frame_decades, written
from lecture_lib.explore.labels import label_ends
from lecture_lib.explore.reading import Reading

from .steps import choose_end, draw_over_time, frame_steps
from .view import PANEL, View, find_shares, tell_findings
from .view_layers import SHARE, measure_share, window_shares


def window_history(data):
    """The decades, and where the steps end."""
    return (*window_shares(data), choose_end(data.n))


def frame_history(ax, data):
    """Axes over the steps, with the regimes."""
    low, high, end = window_history(data)
    frame_decades(ax, low, high, 2, "", SHARE)
    frame_steps(ax, end)


def draw_history(ax, data, looks):
    """A line for each layer, layer 1 the strongest; of two networks that of layer 1 alone."""
    if len(data.runs) > 1:
        draw_first_layers(ax, data, looks)
        return
    run = data.runs[0]
    color = looks[0][1]["color"]
    shares = find_shares(run)
    depth = run.net.depth
    for l, strength in zip(range(depth, 0, -1), np.linspace(0.3, 1, depth)):
        width = 2.6 if l == 1 else 1.3
        look = {"color": color, "alpha": strength, "linewidth": width, "markersize": 2 * width}
        draw_over_time(ax, run.curves.n[: len(shares)], shares[:, l - 1], **look)
    named = (1, depth)
    texts = [f"layer {l}" for l in named]
    ends = [shares[-1, l - 1] for l in named]
    label_ends(ax, run.curves.n[len(shares) - 1], ends, texts, [color] * len(named), fontsize=9.5)


def draw_first_layers(ax, data, looks):
    """Layer 1 of each of two networks."""
    ends = []
    texts = []
    colors = []
    for run, (letter, look) in zip(data.runs, looks):
        shares = find_shares(run)[:, 0]
        draw_over_time(ax, run.curves.n[: len(shares)], shares, color=look["color"], linewidth=2.4)
        ends.append(shares[-1])
        texts.append(f"{letter}, layer 1")
        colors.append(look["color"])
    label_ends(ax, data.n, ends, texts, colors, fontsize=9.5)


def tell_history(data, looks):
    """How much layer 1 now gets."""
    return tell_findings("Layer 1 gets", data, looks, measure_share)


def read_history(data, looks):
    """Layer 1 over the steps."""
    readings = []
    for run, (letter, _) in zip(data.runs, looks):
        shares = find_shares(run)[:, 0]
        texts = []
        for n, share in zip(run.curves.n, shares):
            text = f"{letter} step {n:,}: layer 1 gets {written(share)} of the last layer's"
            texts.append(text.strip())
        readings.append(Reading(PANEL, run.curves.n[: len(shares)], shares, tuple(texts)))
    return readings


HISTORY_VIEW = View(window_history, frame_history, draw_history, tell_history, read_history)
