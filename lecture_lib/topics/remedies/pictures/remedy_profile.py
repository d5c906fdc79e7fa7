"""Pictures of the gradient before and after a remedy."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.decades import (
    choose_window,
    draw_thread,
    frame_layers,
    verdict,
    written,
)
from lecture_lib.explore.labels import draw_arrow, is_narrow, label_blocks
from lecture_lib.explore.layer_strip import draw_strip
from lecture_lib.explore.reading import Reading
from lecture_lib.topics.vanishing_exploding_gradients.pictures.gradient_profile import (
    describe_finite_width,
    draw_profile_curve,
    find_band,
    name_curves,
)

from .looks import BEFORE, SIZE_LABEL, named

ROOM = 0.42  # before layer 1, for the names; in parts of the depth
NAMES = 165  # points that the names take
NARROW_ROOM = 1.2  # the same in a narrow picture


def find_color(net, when):
    """The colour of a network: grey before, its activation's after."""
    return BEFORE["color"] if when == "before" else style.ACTIVATION[net.activation]["color"]


def window_remedy_profile(data):
    sizes = [find_band(net) for net in (data.before, data.after)]
    return choose_window(*sizes)


def frame_remedy_profile(axes, data):
    low, high = window_remedy_profile(data)
    depth = data.after.delta.shape[1]
    room = find_room(axes[0])
    frame_layers(axes[0], low, high, depth, SIZE_LABEL, rows=2, room=room)


def find_room(ax):
    """What is left free before layer 1 for the names of the networks, in parts of the depth."""
    if is_narrow(ax):
        return NARROW_ROOM
    width = ax.bbox.width / ax.figure.dpi * 72
    return max(ROOM, NAMES / (width - NAMES))


def draw_remedy_profile(axes, data):
    ax = axes[0]
    before = draw_profile_curve(ax, data.before, BEFORE)
    after = draw_profile_curve(ax, data.after)
    draw_thread(ax, after)
    draw_change(ax, before, after, find_color(data.after, "after"))
    draw_strip(ax, before, BEFORE["color"], name="before", numbers=False)
    draw_strip(ax, after, find_color(data.after, "after"), row=1, name="after")
    name_nets(ax, data, before, after)
    if not is_narrow(ax):
        name_curves(ax, data.after, after)
    style.headline(ax, describe_change(data.after, after, before))


def describe_change(net, after, before):
    """What the remedy does to the gradient at layer 1."""
    kept, lecture = (sizes[0] - sizes[-1] for sizes in (after, before))
    instead = f"× {written(kept)} instead of × {written(lecture)}"
    return f"With {named(net.activation, net.variance)}, the gradient {verdict(kept)}: {instead}"


def draw_change(ax, before, after, color):
    """An arrow beside layer 1, from its size before to its size after."""
    low, high = ax.get_ylim()
    start, end = np.clip((before[0], after[0]), low, high)
    at = 1 - 0.04 * len(after)
    if abs(start - end) > 0.09 * (high - low):
        draw_arrow(ax, (at, start), (at, end), color)


def name_nets(ax, data, before, after):
    """Each network's name beside its curve's end at layer 1, with what it keeps in large
    figures.
    """
    blocks = []
    for when, net, sizes in (("before", data.before, before), ("after", data.after, after)):
        kept = sizes[0] - sizes[-1]
        lines = (f"× {written(kept)}", f"{when}: {named(net.activation, net.variance)}")
        blocks.append((sizes[0], lines, find_color(net, when)))
    label_blocks(ax, 1 - 0.075 * len(after), blocks, ha="right")


def measure_kept(net):
    """Decades between the gradient of the last layer and that of layer 1, the median over the
    seeds.
    """
    median = np.median(net.delta, axis=0)
    return median[0] - median[-1]


def readings_remedy_profile(data):
    """‖δ‖ by layer, before and after."""
    readings = []
    for when, net in (("before", data.before), ("after", data.after)):
        low, middle, high = find_band(net)
        texts = []
        for layer, (a, m, b) in enumerate(zip(low, middle, high), 1):
            band = f"(90 %: {written(a)} to {written(b)})"
            texts.append(f"{when}, layer {layer}: {written(m)} {band}")
        readings.append(Reading(0, np.arange(1, len(middle) + 1), middle, tuple(texts)))
    return tuple(readings)


def sentence_remedy_profile(data):
    seeds, depth = data.after.delta.shape
    before = measure_kept(data.before)
    after = measure_kept(data.after)
    sentence = (
        f"Before ({named(data.before.activation, data.before.variance)}) layer 1 gets "
        f"{written(before)} of layer {depth}'s gradient, so the gradient {verdict(before)}. "
        f"After ({named(data.after.activation, data.after.variance)}) it gets {written(after)}: "
        f"the gradient {verdict(after)} (medians of {seeds} seeds)."
    )
    return sentence + describe_finite_width(data.after)
