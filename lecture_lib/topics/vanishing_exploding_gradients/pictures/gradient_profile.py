"""Pictures of the gradient by layer."""

import numpy as np

from lecture_lib.explore import style

from .decades import (
    draw_curve,
    first_of_last,
    frame_decades,
    share,
    verdict,
    written,
)

FLOORS = (("float64", -15.95), ("float32", -7.22))  # log10 of half a unit in the last place


def frame_gradient_profile(axes, data):
    L, look = data.delta.shape[1], style.ACTIVATION[data.activation]
    frame_decades(
        axes[0],
        -40,
        20,
        L,
        "layer $l$   (the gradient comes back from the right: ←)",
        "size of the gradient",
    )
    frame_decades(
        axes[1],
        -40,
        20,
        L,
        "layer $l$",
        r"first step, $\gamma\|\partial J/\partial W_l\|\,/\,\|W_l\|$",
        False,
    )
    wide = "mean-field theory" + (": does not hold for width ≤ 16" if data.width <= 16 else "")
    style.key(
        axes[0],
        "lower right",
        {
            r"$\|\delta_l\|$, median and 90 % of 20 seeds": look,
            wide: style.THEORY,
            r"$\|\partial J/\partial W_l\|$, median": {"color": style.GREY, "linewidth": 1},
        },
    )
    axes[1].axhspan(-40, FLOORS[0][1], color=style.PALE, alpha=0.4, linewidth=0)
    for word, exponent in FLOORS:
        axes[1].axhline(exponent, color=style.GREY, linewidth=1, linestyle=":")
        axes[1].text(
            0.99,
            exponent - 0.6,
            f"too small for {word}",
            ha="right",
            va="top",
            fontsize=9.5,
            transform=axes[1].get_yaxis_transform(),
            backgroundcolor="white",
        )


def draw_profile_curve(ax, data, beside=None):
    """||delta_l|| of a Profile: median and band over its seeds, theory on top; the median by layer. `beside`: grey."""
    layers, look = np.arange(1, data.delta.shape[1] + 1), style.ACTIVATION[data.activation]
    low, middle, high = np.percentile(data.delta, (5, 50, 95), axis=0)
    ax.fill_between(
        layers, *np.clip((low, high), -40, 20), color=look["color"], alpha=0.25, linewidth=0
    )
    if beside is not None:
        ax.plot(layers, np.clip(beside, -40, 20), color=style.GREY, linewidth=1)
    draw_curve(ax, layers, middle, **look)
    ax.plot(layers[:-1], np.clip(data.theory, -40, 20), **style.THEORY, zorder=4)
    if data.typical is not None:
        ax.plot(layers[:-1], data.typical, **style.THEORY | {"linestyle": ":"}, zorder=4)
    return middle


def draw_gradient_profile(axes, data):
    middle, look = (
        draw_profile_curve(axes[0], data, np.median(data.gradient, axis=0)),
        style.ACTIVATION[data.activation],
    )
    draw_curve(axes[1], np.arange(1, len(middle) + 1), data.update, **look)
    style.headline(
        axes[0],
        f"{first_of_last(middle)}: it {verdict(middle[0] - middle[-1])}"
        if min(middle[0], middle[-1]) > -300
        else first_of_last(middle),
    )
    style.headline(axes[1], f"Layer 1 unmoved in float32: {share(data.unmoved[0])}")


def finite_width(data):
    """What a finite width does to mean-field theory, in a sentence; nothing where it does nothing to tell of."""
    told = (
        " Theory is for wide layers; it does not hold at width 16 or less."
        if data.width <= 16
        else ""
    )
    return (
        told
        if data.typical is None
        else (
            f"{told} Mean field says that it holds; of one sample's gradient a typical net of this width keeps "
            f"{written(data.typical[0] - data.typical[-1])}, exp(−5/(4n)) a layer (dotted)."
        )
    )


def sentence_gradient_profile(data):
    first, last = np.median(data.delta, axis=0)[[0, -1]]
    floors = (
        f"The first step leaves {share(data.unmoved[0])} of the weights of layer 1 unmoved bit for bit in "
        f"float32, {share(data.unmoved[1])} in float64"
    )
    notes = finite_width(data)
    if data.chaotic:
        notes += " This setting amplifies rounding: another correct program may differ in the early layers."
    return (
        f"‖δ‖ at layer 1 is {written(first)}, at layer {data.delta.shape[1]} {written(last)} "
        f"(median of {len(data.delta)} seeds): the gradient {verdict(first - last)}. {floors}.{notes}"
    )
