"""Pictures of the gradient by layer."""

import numpy as np

from lecture_lib.explore import style

from .decades import (
    BACKWARDS,
    SMALLEST,
    draw_curve,
    first_of_last,
    frame_decades,
    share,
    verdict,
    written,
)

LOW = -40
HIGH = 20
# log10 of half a unit in the last place: a smaller step leaves a weight as it is (V18)
FLOORS = (("float64", -15.95), ("float32", -7.22))
STEP_LABEL = r"first step, $\gamma\|\partial J/\partial W_l\|\,/\,\|W_l\|$"
NARROW = 16  # width up to which mean-field theory does not hold


def frame_gradient_profile(axes, data):
    sizes, steps = axes
    depth = data.delta.shape[1]
    frame_decades(sizes, LOW, HIGH, depth, BACKWARDS, "size of the gradient")
    frame_decades(steps, LOW, HIGH, depth, "layer $l$", STEP_LABEL, regimes=False)
    theory = "mean-field theory"
    if data.width <= NARROW:
        theory += ": does not hold for width ≤ 16"
    curves = {
        r"$\|\delta_l\|$, median and 90 % of 20 seeds": style.ACTIVATION[data.activation],
        theory: style.THEORY,
        r"$\|\partial J/\partial W_l\|$, median": {"color": style.GREY, "linewidth": 1},
    }
    style.key(sizes, "lower right", curves)
    draw_floors(steps)


def draw_floors(ax):
    """Where a step is too small to change a weight."""
    ax.axhspan(LOW, FLOORS[0][1], color=style.PALE, alpha=0.4, linewidth=0)
    for word, decades in FLOORS:
        ax.axhline(decades, color=style.GREY, linewidth=1, linestyle=":")
        ax.text(
            0.99,
            decades - 0.6,
            f"too small for {word}",
            ha="right",
            va="top",
            fontsize=9.5,
            transform=ax.get_yaxis_transform(),
            backgroundcolor="white",
        )


def draw_profile_curve(ax, data, beside=None):
    """||delta_l|| of a GradientProfile: median and 90 % band over its seeds, theory on top; returns
    the median.

    `beside` is another curve (L,), drawn in grey.
    """
    layers = np.arange(1, data.delta.shape[1] + 1)
    look = style.ACTIVATION[data.activation]
    low, middle, high = np.percentile(data.delta, (5, 50, 95), axis=0)
    band = np.clip((low, high), LOW, HIGH)
    ax.fill_between(layers, *band, color=look["color"], alpha=0.25, linewidth=0)
    if beside is not None:
        ax.plot(layers, np.clip(beside, LOW, HIGH), color=style.GREY, linewidth=1)
    draw_curve(ax, layers, middle, **look)
    ax.plot(layers[:-1], np.clip(data.theory, LOW, HIGH), **style.THEORY, zorder=4)
    if data.typical is not None:
        dotted = style.THEORY | {"linestyle": ":"}
        ax.plot(layers[:-1], data.typical, **dotted, zorder=4)
    return middle


def draw_gradient_profile(axes, data):
    middle = draw_profile_curve(axes[0], data, np.median(data.gradient, axis=0))
    layers = np.arange(1, len(middle) + 1)
    draw_curve(axes[1], layers, data.update, **style.ACTIVATION[data.activation])

    finding = first_of_last(middle)
    if min(middle[0], middle[-1]) > SMALLEST:
        finding += f": it {verdict(middle[0] - middle[-1])}"
    style.headline(axes[0], finding)
    style.headline(axes[1], f"Layer 1 unmoved in float32: {share(data.unmoved[0])}")


def describe_finite_width(data):
    """What a finite width does to mean-field theory, as sentences with a space before; empty if it
    does nothing.
    """
    text = ""
    if data.width <= NARROW:
        text += " Theory is for wide layers; it does not hold at width 16 or less."
    if data.typical is not None:
        kept = written(data.typical[0] - data.typical[-1])
        text += (
            " Mean field says that it holds; of one sample's gradient a typical net of this width "
            f"keeps {kept}, exp(−5/(4n)) a layer (dotted)."
        )
    return text


def sentence_gradient_profile(data):
    seeds, depth = data.delta.shape
    median = np.median(data.delta, axis=0)
    first, last = median[0], median[-1]
    sentence = (
        f"‖δ‖ at layer 1 is {written(first)}, at layer {depth} {written(last)} "
        f"(median of {seeds} seeds): the gradient {verdict(first - last)}. "
        f"The first step leaves {share(data.unmoved[0])} of the weights of layer 1 unmoved bit for "
        f"bit in float32, {share(data.unmoved[1])} in float64."
    )
    sentence += describe_finite_width(data)
    if data.chaotic:
        sentence += (
            " This setting amplifies rounding: another correct program may differ in the early "
            "layers."
        )
    return sentence
