"""The picture of one Jacobian, both ways: the network is the line in the middle, above it a nudge
going forward, below it the gradient coming back; at the right the digits, layer by layer.
"""

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from lecture_lib.explore import style
from lecture_lib.explore.decades import verdict, written
from lecture_lib.explore.labels import BESIDE, SPARE
from lecture_lib.explore.reading import Reading
from lecture_lib.explore.windows import choose_first

LOWS = (-4, -10, -20, -40)  # where the axis may begin and end, in decades
HIGHS = (2, 5, 10, 20, 40)
STRIP = 0.16  # height of the network under the upper panel, in parts of it
SHOWN = 44  # digits drawn as threads
REACHES = (0.3, 0.6, 1.2)  # of the axis of the digits to each side
ONE = 0.01  # relative spread below which the digits have become one
APART = 0.1  # and from which on they stay apart
BIG = {"fontsize": 14, "fontweight": "bold", "color": style.INK}
WORDS = {"fontsize": 10.5, "color": style.INK}
SPARED = WORDS | {"gid": SPARE}
NUDGED = {"weight": "one weight of layer 1", "input": "one pixel of the input"}


def frame_jacobian(axes, data):
    upper, lower, right = axes
    depth = data.forward.shape[1]
    for ax in (upper, lower):
        ax.set(xlim=(0.5, depth + 0.5), xticks=[], yticks=[])
        ax.spines[:].set_visible(False)
    upper.set_ylim(-STRIP, 1)
    lower.set_ylim(1, 0)  # upside down: away from the network is more
    lower.set_xlabel("layer $l$   (dashed: theory; grey: 90 % of the seeds)")
    draw_network(upper, depth)
    hidden = depth - 1
    reach = window_jacobian(data)
    right.set(xlim=(0.7, max(hidden, 2) + 0.3), ylim=(-reach, reach), yticks=[])
    right.set_xticks(np.unique(np.linspace(1, max(hidden, 2), 5).round().astype(int)))
    right.set_xlabel("hidden layer   (● a 3, ▲ an 8)")
    right.set_ylabel("hidden outputs,\na line for each digit")
    right.spines["left"].set_visible(False)


def window_jacobian(data):
    """How far from the middle the axis of the digits reaches, in parts of their size."""
    farthest = np.abs(data.threads).max()
    return choose_first(REACHES, lambda reach: farthest < 0.95 * reach)


def draw_network(ax, depth):
    """A box for each layer, and the numbers of some."""
    boxes = []
    for l in range(1, depth + 1):
        boxes.append(list_corners(l - 0.44, l + 0.44, -STRIP + 0.02, -0.02))
    thin = min(0.8, 16 / depth)
    ax.add_collection(
        PolyCollection(boxes, facecolors="white", edgecolors=style.GREY, linewidths=thin)
    )
    for l in np.unique(np.linspace(1, depth, min(depth, 8)).round().astype(int)):
        number = ax.text(l, -STRIP / 2, str(l), ha="center", va="center", fontsize=9.5)
        number.set_bbox({"facecolor": "white", "linewidth": 0, "pad": 0.5})


def list_corners(left, right, bottom, top):
    """The corners of a box, one after the other."""
    return [(left, bottom), (right, bottom), (right, top), (left, top)]


def choose_window(data):
    """(low, high) in decades: the first of LOWS and HIGHS that hold both medians, and room for
    words.
    """
    curves = np.concatenate([np.median(data.forward, axis=0), np.median(data.back, axis=0)])
    low = choose_first(LOWS, lambda low: curves.min() > low)
    room = -low / 3  # for the large number beyond the wedge
    high = choose_first(HIGHS, lambda high: high > max(curves.max(), room))
    return low, high


def draw_jacobian(axes, data):
    upper, lower, right = axes
    window = choose_window(data)
    draw_wedge(upper, data.forward, data.theory_forward, window, data.activation)
    draw_wedge(lower, data.back, data.theory_back, window, data.activation)
    arrives = np.median(data.forward[:, -1])
    returns = np.median(data.back[:, 0])
    corners = (("left", 0.015), ("right", 0.985))
    empty, full = corners if arrives > 0 else corners[::-1]  # by the upper wedge
    write(upper, empty, 0.95, f"× {written(arrives)} arrives →", "top", **BIG)
    write(upper, full, STRIP + 0.03, f"{NUDGED[data.nudged]} is nudged →", "bottom", **WORDS)
    write(lower, full, 0.05, f"← × {written(returns)} comes back", "bottom", **BIG)
    write(lower, empty, 0.95, "← the gradient sets out from the last layer", "top", **SPARED)
    style.headline(upper, write_headline(arrives, returns))
    draw_threads(right, data)


def write_headline(arrives, returns):
    """The finding of both ways in one line."""
    if max(arrives, returns) < -1:
        return "What does not arrive cannot come back"
    if min(arrives, returns) > 1:
        return "What grows on its way forward grows on its way back"
    return "As much comes back as arrives"


def write(ax, side, height, text, va, **look):
    """Text at a side ("left" or "right", place) of the panel, on white."""
    ha, place = side
    ax.text(place, height, text, ha=ha, va=va, transform=ax.transAxes, **look, zorder=6)


def draw_wedge(ax, decades, theory, window, activation):
    """Sizes by layer (seeds, L) as steps from the network outwards, theory in dashes, and the axis
    that belongs to them.
    """
    low, high = window

    def place(values):
        return np.clip((np.asarray(values) - low) / (high - low), 0.004, 1)

    depth = decades.shape[1]
    edges = np.repeat(np.arange(0.5, depth + 1), 2)[1:-1]
    least, middle, most = place(np.percentile(decades, (5, 50, 95), axis=0))
    color = style.ACTIVATION[activation]["color"]
    ax.fill_between(edges, 0, np.repeat(middle, 2), color=color, alpha=0.3, linewidth=0)
    band = (np.repeat(least, 2), np.repeat(most, 2))
    ax.fill_between(edges, *band, color=style.INK, alpha=0.18, linewidth=0)
    ax.plot(np.arange(1, depth + 1), place(theory), **style.THEORY, zorder=5)
    draw_scale(ax, window, largest=max(np.median(decades, axis=0).max(), 0))


def draw_scale(ax, window, largest):
    """Powers of ten beside the wedge, up to the largest size: above it there is room for words
    only.
    """
    low, high = window
    for tick in choose_ticks(low, high):
        if tick > largest:
            continue
        height = (tick - low) / (high - low)
        word = "1" if tick == 0 else f"$10^{{{tick}}}$"
        ax.text(
            -0.012,
            height,
            word,
            ha="right",
            va="center",
            fontsize=9.5,
            transform=ax.get_yaxis_transform(),
            gid=BESIDE,
        )
        ax.axhline(height, color=style.PALE, linewidth=0.7, zorder=0.5, gid="ground")


def choose_ticks(low, high):
    """The decades that are named on an axis: three or four of them, 0 among them."""
    step = next(step for step in (2, 5, 10, 20) if (high - low) / step <= 4)
    return [tick for tick in range(-step * 4, step * 4 + 1, step) if low < tick <= high]


def draw_threads(ax, data):
    """The digits of one network by layer, where they lie along one direction; two of them in
    colour.
    """
    threads = data.threads
    if len(threads) == 1:
        threads = np.repeat(threads, 2, axis=0)
    layers = np.arange(1, len(threads) + 1)
    lines = []
    for digit in range(min(SHOWN, threads.shape[1])):
        lines.append(np.column_stack([layers, threads[:, digit]]))
    ax.add_collection(LineCollection(lines, colors=style.GREY, linewidths=0.6, alpha=0.6))
    for number, look in zip((3, 8), style.CLASS):
        which = np.flatnonzero(data.labels == number)[0]
        ax.plot(layers, threads[:, which], color=look["color"], linewidth=1.8)
        ax.plot(layers[:1], threads[:1, which], **look, clip_on=False)
    apart = np.median(data.spread[:, -1])
    style.headline(ax, f"{len(lines)} {name_spread(apart)}")
    words = {"transform": ax.transAxes, "ha": "right", "fontsize": 10.5, "fontweight": "bold"}
    box = {"facecolor": "white", "linewidth": 0, "pad": 1}
    text = f"at the end they differ\nby {style.number(apart)} of their size"
    ax.text(0.99, 0.05, text, bbox=box, **words)
    look = {"va": "top", "backgroundcolor": "white", "transform": ax.transAxes}
    style.note(ax, 0.02, 0.985, describe_scale(data), **look)


def name_spread(apart):
    """What the digits do, by their relative spread in the last hidden layer."""
    if apart < ONE:
        return "digits become one"
    if apart < APART:
        return "digits draw together"
    return "digits stay apart"


def describe_scale(data):
    """What happened to the size of the outputs, where that explains a lost nudge; empty
    elsewhere.
    """
    arrives = np.median(data.forward[:, -1])
    if abs(arrives) < 1 or np.median(data.spread[:, -1]) < APART:
        return ""
    signal = np.median(data.signal[:, -1])
    if abs(signal) < 1:
        return ""
    return f"all outputs scale alike, × {written(signal)}"


def readings_jacobian(data):
    """What of the nudge is left at each layer, what of the gradient, and how far apart the digits
    are.
    """
    low, high = choose_window(data)
    layers = np.arange(1, data.forward.shape[1] + 1)
    readings = []
    for panel, rows, word in ((0, data.forward, "nudge"), (1, data.back, "gradient")):
        median = np.median(rows, axis=0)
        texts = [f"layer {l}: × {written(m)} of the {word}" for l, m in zip(layers, median)]
        readings.append(Reading(panel, layers, (median - low) / (high - low), tuple(texts)))
    spread = np.median(data.spread, axis=0)
    texts = []
    for l, apart in zip(layers, spread):
        texts.append(f"layer {l}: the digits differ by {style.number(apart)} of their size")
    readings.append(Reading(2, layers[:-1], np.zeros(len(spread)), tuple(texts)))
    return tuple(readings)


def sentence_jacobian(data):
    depth = data.forward.shape[1]
    arrives = np.median(data.forward[:, -1])
    returns = np.median(data.back[:, 0])
    apart = np.median(data.spread[:, -1])
    signal = np.median(data.signal[:, -1])
    sentence = (
        f"If {NUDGED[data.nudged]} is nudged, {written(arrives)} of the size of the nudge arrives "
        f"at layer {depth}. Of the gradient of layer {depth}, {written(returns)} comes back to "
        f"layer 1, so the gradient {verdict(returns)}. In the last hidden layer the outputs for "
        f"different digits differ by {style.number(apart)} of their size"
    )
    if apart >= APART and abs(arrives) > 1 and abs(signal) > 1:
        return (
            f"{sentence}: the whole signal changed its size too, by × {written(signal)}, so only "
            "a scale is lost."
        )
    if apart < ONE:
        return f"{sentence}: the differences have become tiny beside the outputs, which have not."
    return f"{sentence}."
