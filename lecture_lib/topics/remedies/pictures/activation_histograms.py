"""Pictures of the outputs of some layers: histograms turned on their side, on one scale."""

import numpy as np
from matplotlib.collections import PolyCollection

from lecture_lib.explore import style
from lecture_lib.explore.labels import BESIDE
from lecture_lib.explore.layer_strip import ALARM
from lecture_lib.explore.reading import Reading

from .looks import named, percent

LONGEST = 0.84  # of a bar, in parts of the room of a layer
START = 0.08  # where the bars of a layer begin, in parts of its room
LOST = 0.1  # the outputs have become small where they reach less than this part of layer 1's
GROWN = 10.0  # and large where they reach so many times as far
MOST = 0.5  # fraction of saturated outputs that is the finding
ALIKE = 0.02  # of layer 1's spread from digit to digit: below it all digits look alike
FIRST_ROW = 11  # points from the axes to the first row of numbers
NEXT_ROW = 13.5  # and from row to row
ROOMY = 115  # pixels that a layer needs for large figures with a power of ten
SMALLEST = 0.01  # below it a number in a small room is written as a power of ten
LARGEST = 10_000


def window_activation_histograms(data):
    return data.low, data.high, len(data.layers)


def frame_activation_histograms(axes, data):
    ax = axes[0]
    margin = 0.02 * (data.high - data.low)
    ax.set(xlim=(0, len(data.layers)), ylim=(data.low - margin, data.high + margin), xticks=[])
    is_two_sided = data.low == -data.high
    ticks = (data.low, 0.0, data.high) if is_two_sided else (0.0, data.high / 2, data.high)
    ax.set_yticks(ticks, [name_tick(tick) for tick in ticks])
    ax.set_ylabel("outputs $a$")
    ax.spines["bottom"].set_visible(False)
    for k in range(len(data.layers)):
        ax.axvline(k + START, color=style.GREY, linewidth=0.8, gid="ground")


def name_tick(tick):
    """A place on the scale in writing; large ones with a power of ten."""
    if abs(tick) < LARGEST:
        return f"{tick:g}".replace("-", "−")
    return style.number(tick)


def draw_activation_histograms(axes, data):
    ax = axes[0]
    color = style.ACTIVATION[data.activation]["color"]
    edges = np.linspace(data.low, data.high, len(data.layers[0].bins) + 1)
    for k, layer in enumerate(data.layers):
        draw_bars(ax, k + START, edges, layer, color)
    for row, (name, texts, look) in enumerate(list_rows(ax, data)):
        write_row(ax, -FIRST_ROW - row * NEXT_ROW, name, texts, look)
    style.headline(ax, describe_finding(data))


def draw_bars(ax, left, edges, layer, color):
    """The histogram of a layer: each bar as long as the root of how many outputs it has; the part
    of them that is flat is at its end, in the colour of alarm.
    """
    both = layer.bins + layer.flat_bins
    lengths = LONGEST * np.sqrt(both / both.max())
    parts = lengths * layer.bins / np.maximum(both, 1e-300)
    steep = []
    flat = []
    for bottom, top, part, length in zip(edges, edges[1:], parts, lengths):
        steep.append(list_corners(left, left + part, bottom, top))
        flat.append(list_corners(left + part, left + length, bottom, top))
    for boxes, face in ((steep, color), (flat, ALARM)):
        ax.add_collection(PolyCollection(boxes, facecolors=face, linewidth=0))


def list_corners(left, right, bottom, top):
    """The corners of a bar, one after the other."""
    return [(left, bottom), (right, bottom), (right, top), (left, top)]


def list_rows(ax, data):
    """(name, a text per layer, how it looks) of the rows of numbers below the histograms."""
    is_roomy = ax.bbox.width / len(data.layers) > ROOMY * ax.figure.dpi / 100
    layers = data.layers
    color = style.word_color(style.ACTIVATION[data.activation]["color"])

    def write_all(values):
        return [write_number(value, is_roomy) for value in values]

    plain = {"color": style.INK}
    differ = {"color": style.INK, "fontweight": "bold"} if data.shape == "in turn" else plain
    strong = {"color": color, "fontsize": 13 if is_roomy else 9.5, "fontweight": "bold"}
    rows = [
        ("layer", [str(layer.layer) for layer in layers], plain),
        ("inputs of a unit", [str(layer.inputs) for layer in layers], differ),
        ("spread", write_all(layer.spread for layer in layers), strong),
        ("from digit to digit", write_all(layer.apart for layer in layers), plain),
    ]
    if data.activation != "linear":
        alarm = {"color": style.word_color(ALARM)}
        rows.append((name_flat(data), [percent(layer.flat) for layer in layers], alarm))
    return rows


def write_row(ax, height, name, texts, look):
    """The name of a row of numbers at the left, and each number below its layer; `height` in points
    from the axes.
    """
    words = {"fontsize": 9.5, "va": "center", "textcoords": "offset points", "gid": BESIDE}
    words |= {"xycoords": ax.get_xaxis_transform(), "annotation_clip": False}
    ax.annotate(name, (-0.03, 0), (0, height), ha="right", **words)
    for k, text in enumerate(texts):
        ax.annotate(text, (k + START, 0), (0, height), ha="left", **words | look)


def write_number(value, is_roomy):
    """A number as a person writes it; the nearest power of ten where there is little room."""
    if is_roomy or value == 0 or SMALLEST <= value < LARGEST:
        return style.number(value)
    return f"$10^{{{round(np.log10(value))}}}$"


def name_flat(data):
    """What the flat outputs of the activation are called."""
    return {"relu": "exactly 0", "leaky_relu": "below 0"}.get(data.activation, "saturated")


def find_what_happens(data):
    """What the outputs of the last layer that is shown have become: "grown", "lost", "saturated",
    "alike", or "hold".
    """
    first, last = data.layers[0], data.layers[-1]
    if last.reach > GROWN * first.reach:
        return "grown"
    if last.reach < LOST * first.reach:
        return "lost"
    if last.flat > MOST and name_flat(data) == "saturated":
        return "saturated"
    if last.apart < ALIKE * first.apart:
        return "alike"
    return "hold"


def describe_finding(data):
    """The finding about the last layer in a line."""
    first, last = data.layers[0], data.layers[-1]
    found = find_what_happens(data)
    if found == "grown":
        return f"Too large: the outputs of layer {last.layer} reach {style.number(last.reach)}"
    if found == "lost":
        return f"Too small: {describe_nearness(last, data.rest)}"
    if found == "saturated":
        return f"Too large: {percent(last.flat)} of the outputs of layer {last.layer} are saturated"
    if found == "alike":
        return f"Layer {last.layer} gives every digit nearly the same outputs"
    spreads = f"{style.number(last.spread)} (layer 1: {style.number(first.spread)})"
    return f"The signal arrives: layer {last.layer} has a spread of {spreads}"


def describe_nearness(layer, rest):
    """How near to F(0) all outputs of a layer are; the number is rounded up."""
    decade = 10.0 ** (np.floor(np.log10(layer.reach)) if layer.reach > 0 else 0)
    within = style.number(np.ceil(layer.reach / decade) * decade, 1)
    return f"the outputs of layer {layer.layer} all lie within {within} of {rest:g}"


def readings_activation_histograms(data):
    """What a layer has, at its place."""
    texts = []
    for layer in data.layers:
        texts.append(
            f"layer {layer.layer}: {layer.units} units with {layer.inputs} inputs each, spread "
            f"{style.number(layer.spread)}, from digit to digit {style.number(layer.apart)}"
        )
    places = np.arange(len(texts)) + 0.5
    middle = np.full(len(texts), (data.low + data.high) / 2)
    return (Reading(0, places, middle, tuple(texts)),)


def sentence_activation_histograms(data):
    first, last = data.layers[0], data.layers[-1]
    at = f"layer 1 and {style.number(last.spread)} in layer {last.layer}"
    sentence = (
        f"{named(data.activation, data.variance)}, depth {data.depth}: the outputs for 200 digits "
        f"have a spread of {style.number(first.spread)} in {at}; from digit to digit "
        f"{style.number(first.apart)} and {style.number(last.apart)}."
    )
    if data.activation != "linear":
        shares = f"{percent(first.flat)} and {percent(last.flat)}"
        sentence = f"{sentence} {shares} are {name_flat(data)}."
    if find_what_happens(data) == "lost":
        return f"{sentence} All outputs shrink: {describe_nearness(last, data.rest)}."
    return sentence
