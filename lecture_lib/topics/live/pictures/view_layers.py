"""The gradient by layer, now and before training, in parts of the last layer's."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.decades import (
    choose_window,
    draw_curve,
    draw_fall,
    frame_decades,
    written,
)
from lecture_lib.explore.layer_strip import draw_strip
from lecture_lib.explore.reading import Reading

from .share_strip import number_layers
from .view import (
    LAYERS,
    PANEL,
    View,
    clear_layers,
    find_share_of_last,
    find_shares,
    name_at_left,
    tell_findings,
    write_below,
)

LOWS = (-2, -4, -10, -20, -40)
HIGHS = (1, 2, 5, 10, 20, 40)
SHARE = "gradient / last layer's"
APART = 0.1  # parts of the panel from which on the start has its name
CORNER = 0.07  # parts of the panel from its edge to a name in the corner


def window_shares(data):
    """The decades that hold the shares of all layers, now and before."""
    return choose_window(*(find_shares(run) for run in data.runs), lows=LOWS, highs=HIGHS)


def frame_shares(ax, data):
    """Axes by layer with the regimes, and room for a strip for each network."""
    depth = data.runs[0].net.depth
    rows = len(data.runs)
    low, high = window_shares(data)
    frame_decades(ax, low, high, depth, "", SHARE)
    clear_layers(ax, depth, rows)
    number_layers(ax, depth, rows)
    write_below(ax, LAYERS, f"axis: {high - low} powers of ten", rows)


def draw_shares(ax, data, looks):
    """The curves with their strips, and what layer 1 gets in large figures."""
    layers = np.arange(1, data.runs[0].net.depth + 1)
    first = []
    for row, (run, (letter, look)) in enumerate(zip(data.runs, looks)):
        shares = find_share_of_last(run)
        draw_curve(ax, layers, shares, **look)
        draw_strip(ax, shares, look["color"], row, letter or None, numbers=False)
        first.append(shares[0])
    if len(data.runs) > 1:
        texts = [name_share(letter, run) for run, (letter, _) in zip(data.runs, looks)]
        name_at_left(ax, first, texts, looks)
    else:
        draw_one(ax, layers, data.runs[0], looks[0][1]["color"])


def draw_one(ax, layers, run, color):
    """Of one network: the gradient before training in grey, and how much layer 1 gets."""
    before = np.clip(find_shares(run)[0], *ax.get_ylim())
    shares = np.clip(find_share_of_last(run), *ax.get_ylim())
    ax.plot(layers, before, color=style.GREY, linewidth=1.4, linestyle=(0, (1, 1.5)))
    place = choose_place(ax, before, shares)
    draw_fall(ax, find_share_of_last(run), color, place)
    name_start(ax, layers, before, shares)


def choose_place(ax, before, shares):
    """The height of the large number: in the middle of the widest gap at the left that no curve
    crosses.
    """
    low, high = ax.get_ylim()
    near = len(shares) * 5 // 8
    edges = np.sort([low, high, 0.0, *before[:near], *shares[:near]])
    gaps = np.diff(edges)
    widest = int(gaps.argmax())
    return edges[widest] + gaps[widest] / 2


def name_start(ax, layers, before, shares):
    """The name of the curve before training, on the side that is free, where it is farthest from
    that of now.
    """
    low, high = ax.get_ylim()
    span = high - low
    inner = slice(len(layers) // 5, max(len(layers) * 4 // 5, 1))
    at = inner.start + int(np.abs(before - shares)[inner].argmax())
    above = before[at] - shares[at]
    y = before[at] + (0.08 if above > 0 else -0.08) * span
    if abs(above) < APART * span or not low + 0.05 * span < y < high - 0.05 * span:
        name_start_aside(ax, before, shares)
        return
    falls = (before[-1] - before[0]) * above < 0
    style.note(ax, layers[at], y, "at the start", ha="left" if falls else "right")


def name_start_aside(ax, before, shares):
    """The same in a corner at the right, if the curves leave one free."""
    low, high = ax.get_ylim()
    away = CORNER * (high - low)
    near = len(shares) // 3
    curves = np.concatenate([before[near:], shares[near:]])
    for y in (low + away, high - away):
        if np.abs(curves - y).min() > away:
            style.note(ax, len(shares), y, "dotted: at the start", ha="right")
            return


def name_share(letter, run):
    """What layer 1 of a network gets, for its large number."""
    value = written(find_share_of_last(run)[0])
    return f"{letter} {value}" if "×" in value else f"{letter} × {value}"


def measure_share(run):
    """Layer 1's gradient over that of the last layer."""
    return written(find_share_of_last(run)[0])


def tell_shares(data, looks):
    """How much layer 1 gets."""
    if len(data.runs) > 1:
        return tell_findings("Layer 1 gets", data, looks, measure_share)
    run = data.runs[0]
    if run.diverged:
        text = f"Layer 1 got {measure_share(run)}"
        return text if "×" in text else f"{text} of layer {run.net.depth}'s"
    first, now = (written(find_shares(run)[k][0]) for k in (0, -1))
    if data.n and first != now and "×" not in first + now:
        return f"Layer 1: {now} (at first {first})"
    text = f"Layer 1 gets {now}"
    return text if "×" in text else f"{text} of layer {run.net.depth}'s"


def read_layers(data, looks):
    """The sizes of each layer in words."""
    readings = []
    for run, (letter, _) in zip(data.runs, looks):
        if run.diverged:
            continue
        shares = find_share_of_last(run)
        texts = []
        for l, share in enumerate(shares, 1):
            delta = run.sizes.delta[l - 1]
            weights = run.sizes.gradient[l - 1]
            texts.append(
                f"{letter} layer {l}: {written(share)} of the last layer's gradient "
                f"(‖δ‖ {written(delta)}, ‖∂J/∂W‖ {written(weights)})".strip()
            )
        layers = np.arange(1, len(shares) + 1)
        readings.append(Reading(PANEL, layers, shares, tuple(texts)))
    return readings


LAYERS_VIEW = View(window_shares, frame_shares, draw_shares, tell_shares, read_layers)
