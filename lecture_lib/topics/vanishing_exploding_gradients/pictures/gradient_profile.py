"""Pictures of the gradient by layer."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.decades import (
    HIGHS,
    choose_window,
    draw_curve,
    draw_fall,
    frame_decades,
    frame_layers,
    share,
    verdict,
    written,
)
from lecture_lib.explore.labels import convert_points, label
from lecture_lib.explore.layer_strip import draw_strip
from lecture_lib.explore.reading import Reading

# log10 of half a unit in the last place: a smaller step leaves a weight as it is (V18)
FLOORS = (("float64", -15.95), ("float32", -7.22))
STEP_LOWS = (-10, -20, -40)
LINE = 12.5  # points from one line of words to the next, at least
NARROW = 16  # width up to which mean-field theory does not hold
SIZE = r"size of the gradient, $\|\delta_l\|$"
CROWDED = 30  # layers from which on the markers are small


def find_band(data):
    """(low, median, high): log10 of the gradient's size by layer, (L,) each; 5, 50, 95 % of the
    seeds.
    """
    return np.percentile(data.delta, (5, 50, 95), axis=0)


def window_gradient_profile(data):
    low, _, high = find_band(data)
    return choose_window(low, high), choose_window(data.update, lows=STEP_LOWS, highs=HIGHS)


def frame_gradient_profile(axes, data):
    sizes, steps = axes
    depth = data.delta.shape[1]
    size_window, step_window = window_gradient_profile(data)
    frame_layers(sizes, *size_window, depth, SIZE)
    frame_decades(steps, *step_window, depth, "layer $l$", "first step / weights", regimes=False)
    steps.set_xticks(np.unique(np.linspace(1, depth, min(5, depth)).round().astype(int)))
    draw_floors(steps, step_window[0])


def draw_floors(ax, bottom):
    """Where a step is too small to change a weight."""
    for word, decades in FLOORS:
        if decades > bottom:
            ax.axhspan(bottom, decades, color=style.PALE, alpha=0.45, linewidth=0, zorder=0)
            look = {"ha": "right", "va": "top", "fontsize": 9.5}
            place = ax.get_yaxis_transform()
            ax.text(0.985, decades, f"lost in {word}", transform=place, color="#444444", **look)


def draw_profile_curve(ax, data, look=None):
    """||delta_l|| of a GradientProfile: median and 90 % band over its seeds, theory on top; returns
    the median. The curve has the `look` of its activation, or the one given.
    """
    layers = np.arange(1, data.delta.shape[1] + 1)
    look = dict(look or style.ACTIVATION[data.activation])
    if len(layers) > CROWDED:
        look["markersize"] = 3
    low, middle, high = find_band(data)
    edges = ax.get_ylim()
    band = np.clip((low, high), *edges)
    ax.fill_between(layers, *band, color=look["color"], alpha=0.22, linewidth=0)
    draw_curve(ax, layers, middle, **look)
    ax.plot(layers[:-1], np.clip(data.theory, *edges), **style.THEORY, zorder=4)
    if data.typical is not None:
        dotted = style.THEORY | {"linestyle": ":"}
        ax.plot(layers[:-1], np.clip(data.typical, *edges), **dotted, zorder=4)
    return middle


def draw_gradient_profile(axes, data):
    sizes, steps = axes
    color = style.ACTIVATION[data.activation]["color"]
    middle = draw_profile_curve(sizes, data)
    depth = len(middle)
    draw_fall(sizes, middle, color)
    draw_strip(sizes, middle, color)
    name_curves(sizes, data, middle)
    draw_curve(steps, np.arange(1, depth + 1), data.update, **style.ACTIVATION[data.activation])

    kept = name_part(middle[0] - middle[-1])
    word = verdict(middle[0] - middle[-1])
    style.headline(sizes, f"The gradient {word}: layer 1 gets {kept} of layer {depth}'s")
    style.headline(steps, f"Layer 1: × {written(data.update[0])}")


def name_part(decades):
    """A part as a person says it: 1/710 rather than 0.0014."""
    if -5 < decades < -1:
        return f"1/{style.number(10.0**-decades)}"
    return written(decades)


def name_curves(ax, data, middle):
    """What the lines are, in the corner that the curve leaves free."""
    low, high = ax.get_ylim()
    span = high - low
    pace = max(0.075, convert_points(ax, LINE))
    depth = len(middle)
    falls_to_the_left = middle[0] < middle[-1] + 0.5
    theory = "theory (mean field)"
    if data.width <= NARROW:
        theory += ": not for width ≤ 16"
    lines = [
        (f"median and 90 % of {len(data.delta)} seeds", style.ACTIVATION[data.activation]["color"]),
        (f"dashed: {theory}", style.INK),
    ]
    if data.typical is not None:
        lines.append(("dotted: what a net this narrow keeps", style.INK))
    for k, (text, color) in enumerate(lines):
        if falls_to_the_left:
            y = low + span * (0.06 + pace * (len(lines) - 1 - k))
        else:
            y = high - span * (0.06 + pace * k)
        label(ax, depth, y, text, color, ha="right", fontsize=9.5, fontweight="normal")


def readings_gradient_profile(data):
    """‖δ‖ by layer with its band, and the first step."""
    low, middle, high = find_band(data)
    layers = np.arange(1, len(middle) + 1)
    sizes = []
    steps = []
    for layer, a, m, b, step in zip(layers, low, middle, high, data.update):
        sizes.append(f"layer {layer}: {written(m)} (90 %: {written(a)} to {written(b)})")
        steps.append(f"layer {layer}: the first step is {written(step)} of its weights")
    return (
        Reading(0, layers, middle, tuple(sizes)),
        Reading(1, layers, data.update, tuple(steps)),
    )


def describe_finite_width(data):
    """What a finite width does to mean-field theory, as a sentence with a space before; empty if it
    does nothing.
    """
    if data.typical is not None:
        kept = written(data.typical[0] - data.typical[-1])
        return f" A net of this width typically keeps only {kept}: exp(−5/(4n)) per layer (dotted)."
    if data.width <= NARROW:
        return " Theory does not hold at width 16 or less."
    return ""


def sentence_gradient_profile(data):
    seeds, depth = data.delta.shape
    median = np.median(data.delta, axis=0)
    first, last = median[0], median[-1]
    sentence = (
        f"‖δ‖ is {written(first)} at layer 1 and {written(last)} at layer {depth} "
        f"(median of {seeds} seeds): the gradient {verdict(first - last)}. "
        f"The first step leaves {share(data.unmoved[0])} of W₁ unchanged in float32, "
        f"{share(data.unmoved[1])} in float64."
    )
    sentence += describe_finite_width(data)
    if data.chaotic:
        sentence += " Rounding grows here: another correct program may differ in the early layers."
    return sentence
