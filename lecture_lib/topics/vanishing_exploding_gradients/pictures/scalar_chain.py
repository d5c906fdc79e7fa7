"""Pictures of the scalar chain and its factors."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.decades import (
    SMALLEST,
    draw_curve,
    first_of_last,
    frame_decades,
    verdict,
    written,
)
from lecture_lib.powers_of_ten import log10_floored

LOW = -8  # decades of the factors
HIGH = 2
FEW = 6  # layers, so that there is room for the number at each bar
SHORT = 8  # layers, so that a window of few decades holds the gradients
GRADIENT_LABEL = r"$|\partial O/\partial W_k|$"


def frame_scalar_chain(axes, data):
    factors, gradients = axes
    depth = len(data.gradients)
    frame_decades(factors, LOW, HIGH, depth, "layer $l$", "size of each factor", regimes=False)
    factors.set_xlim(0.5, depth + 0.5)
    factors.axhline(0, color=style.INK, linewidth=0.8)
    bars = {
        "$X$ (first), then $W_l$": style.POSITIVE,
        "the same, below 0": style.NEGATIVE,
        "$F_l'$": style.ACTIVATION[data.activation]["color"],
    }
    looks = {label: {"color": color, "linewidth": 5} for label, color in bars.items()}
    style.key(factors, "lower left", looks, ncols=3, columnspacing=1.0, handlelength=1.0)

    low, high = (-8, 4) if depth <= SHORT else (-60, 20)
    frame_decades(gradients, low, high, depth, "layer $k$", GRADIENT_LABEL)
    style.key(gradients, "lower right", {"bound: every $F'$ at its largest": style.THEORY})


def draw_scalar_chain(axes, data):
    factors, gradients = axes
    layers = np.arange(1, len(data.gradients) + 1)
    look = style.ACTIVATION[data.activation]
    aside = 0.2 if len(layers) > 3 else 0.1
    weights = np.append(data.chain.before[:1], data.chain.W[1:])
    signs = np.where(weights < 0, style.NEGATIVE, style.POSITIVE)
    weight_ends = draw_bars(factors, layers - aside, weights, signs)
    slope_ends = draw_bars(factors, layers + aside, data.chain.slope, look["color"])
    if len(layers) <= FEW:
        write_above(factors, layers - aside, weight_ends, weights)
        write_below(factors, layers + aside, slope_ends, data.chain.slope)

    draw_curve(gradients, layers, data.gradients, **look)
    gradients.plot(layers, np.clip(data.bound, *gradients.get_ylim()), **style.THEORY)
    size = written(data.gradients[0])
    style.headline(factors, f"|∂O/∂W₁| = {size}, the product of these")
    style.headline(gradients, first_of_last(data.gradients))


def draw_bars(ax, x, values, colors):
    """Bars from 1 to the size of each value, in decades; returns where they end."""
    width = min(18, max(1.5, 110 / len(x)))
    ends = np.clip(log10_floored(np.abs(values)), LOW, HIGH)
    ax.vlines(x, 0, ends, colors=colors, linewidth=width)
    return ends


def write_above(ax, x, ends, values):
    """Each value above its bar."""
    for place, end, value in zip(x, ends, values):
        height = max(min(end, HIGH - 0.4), 0) + 0.1
        ax.text(place, height, style.number(value), ha="center", va="bottom", fontsize=9.5)


def write_below(ax, x, ends, values):
    """Each value below its bar."""
    for place, end, value in zip(x, ends, values):
        height = min(max(end, LOW + 0.5), 0) - 0.1
        ax.text(place, height, style.number(value), ha="center", va="top", fontsize=9.5)


def sentence_scalar_chain(data):
    first, last = data.gradients[0], data.gradients[-1]
    depth = style.subscript(len(data.gradients))
    if last > SMALLEST:
        trend = f"towards layer 1 the gradient {verdict(first - last)}"
    else:
        trend = "some factor is 0"
    return (
        f"|∂O/∂W₁| is {written(first)} and |∂O/∂W{depth}| is {written(last)}: {trend}. "
        f"With every F′ at its largest the first would be {written(data.bound[0])}."
    )
