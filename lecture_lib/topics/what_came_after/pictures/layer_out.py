"""Pictures of two networks from which one layer is taken out."""

import numpy as np

from lecture_lib.digits_networks.training import GUESSING
from lecture_lib.digits_networks.words import count_epochs
from lecture_lib.explore import style
from lecture_lib.explore.labels import is_narrow, label_ends
from lecture_lib.explore.reading import Reading

from .looks import WITH, WITHOUT, percent

LOOKS = {"plain": WITHOUT, "skip": WITH}
NAMES = {"plain": "plain", "skip": "skips"}
SHORT = {"one layer out": "one out", "all layers out": "all out"}  # in a narrow picture


def frame_layer_out(axes, data):
    (ax,) = axes
    ax.set(xlim=(1, data.depth), ylim=(0, 1.02), ylabel="training error")
    ax.set_yticks((0, 0.25, 0.5, 0.75, 1), ("0", "25 %", "50 %", "75 %", "100 %"))
    most = 4 if is_narrow(ax) else 8
    places = np.linspace(2, data.depth - 1, min(most, data.depth - 2)).round().astype(int)
    ax.set_xticks(np.unique(places))
    ax.set_xlabel("the layer that is taken out")
    ax.plot(
        (1, data.depth),
        (GUESSING, GUESSING),
        color=style.GREY,
        linewidth=1,
        linestyle=":",
        gid="ground",
    )


def draw_layer_out(axes, data):
    (ax,) = axes
    ends = [(GUESSING, "guessing", style.GREY)]
    for name, errors in data.without.items():
        look = LOOKS[name]
        if np.isnan(data.whole[name]):
            continue
        whole = data.whole[name]
        draw_errors(ax, data.depth, whole, errors, look)
        ends.append((whole, name_end(ax, name, "whole", whole), look["color"]))
        if not np.isnan(errors).all():
            median = np.nanmedian(errors)
            ends.append((median, name_end(ax, name, "one layer out", median), look["color"]))
    if not np.isnan(data.all_out["skip"]):
        every = data.all_out["skip"]
        ends.append((every, name_end(ax, "skip", "all layers out", every), WITH["color"]))
        look = {"color": WITH["color"], "marker": "D", "markerfacecolor": "white"}
        ax.plot(data.depth, every, **look, clip_on=False)
    heights, names, colors = zip(*ends)
    label_ends(ax, data.depth, heights, names, colors)
    changes = [describe_change(data, name) for name in data.whole]
    is_training = all(np.isnan(errors).all() for errors in data.without.values())
    shown = f"After {count_epochs(data.epochs)}" if is_training else "One layer out"
    style.headline(ax, f"{shown}: plain {changes[0]}; with skips {changes[1]}")


def readings_layer_out(data):
    """The error of both networks, whole and without each layer."""
    layers = np.arange(2, data.depth)
    readings = []
    for name, errors in data.without.items():
        whole = data.whole[name]
        if np.isfinite(whole):
            text = f"{NAMES[name]}, whole: {percent(whole)} wrong"
            readings.append(Reading(0, np.array([1]), np.array([whole]), (text,)))
        known = np.isfinite(errors)
        texts = []
        for layer, error in zip(layers[known], errors[known]):
            texts.append(f"{NAMES[name]}, without layer {layer}: {percent(error)} wrong")
        readings.append(Reading(0, layers[known], errors[known], tuple(texts)))
    return tuple(readings)


def name_end(ax, network, kind, error):
    """What stands at this height; a narrow picture leaves the number to its headline."""
    if is_narrow(ax):
        return f"{NAMES[network]}, {SHORT.get(kind, kind)}"
    return f"{NAMES[network]}, {kind}: {percent(error)}"


def draw_errors(ax, depth, whole, errors, look):
    """The error of the whole network as a line, and from it up to that without each layer."""
    color = look["color"]
    layers = np.arange(2, depth)
    ax.plot((1, depth), (whole, whole), color=color, linewidth=1.2)
    ax.vlines(layers, np.full(len(errors), whole), errors, color=color, linewidth=1.5, alpha=0.5)
    ax.plot(layers, errors, **look | {"linestyle": "", "markersize": 6, "clip_on": False})


def describe_change(data, name):
    """The error of the whole network and the median without one layer, in words."""
    if np.isnan(data.whole[name]):
        return "diverged"
    if np.isnan(data.without[name]).all():
        return percent(data.whole[name])
    return f"{percent(data.whole[name])} → {percent(np.nanmedian(data.without[name]))}"


def sentence_layer_out(data):
    parts = []
    for name, label in (
        ("plain", "Plain (tanh, orthogonal weights)"),
        ("skip", "With skips (ReLU)"),
    ):
        errors = data.without[name]
        part = f"{label}: {percent(data.whole[name])} wrong"
        if np.isnan(data.whole[name]):
            part = f"{label}: diverged"
        elif not np.isnan(errors).all():
            part += (
                f", with one layer taken out {percent(np.nanmedian(errors))} (median, at most "
                f"{percent(np.nanmax(errors))}), with every inner layer out "
                f"{percent(data.all_out[name])}"
            )
        parts.append(part)
    return f"{data.depth} layers after {count_epochs(data.epochs)}. {'. '.join(parts)}."
