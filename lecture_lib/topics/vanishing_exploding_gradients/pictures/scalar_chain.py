"""Pictures of the scalar chain and its factors."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.powers_of_ten import log10_floored

from .decades import (
    draw_curve,
    first_of_last,
    frame_decades,
    verdict,
    written,
)


def frame_scalar_chain(axes, data):
    L = len(data.gradients)
    frame_decades(axes[0], -8, 2, L, "layer $l$", "size of each factor", regimes=False)
    axes[0].set_xlim(0.5, L + 0.5)
    axes[0].axhline(0, color=style.INK, linewidth=0.8)
    bars = {
        "$X$ (first), then $W_l$": style.POSITIVE,
        "the same, below 0": style.NEGATIVE,
        "$F_l'$": style.ACTIVATION[data.activation]["color"],
    }
    style.key(
        axes[0],
        "lower left",
        {label: {"color": color, "linewidth": 5} for label, color in bars.items()},
        ncols=3,
        columnspacing=1.0,
        handlelength=1.0,
    )
    frame_decades(
        axes[1],
        -60 if L > 8 else -8,
        20 if L > 8 else 4,
        L,
        "layer $k$",
        r"$|\partial O/\partial W_k|$",
    )
    style.key(axes[1], "lower right", {"bound: every $F'$ at its largest": style.THEORY})


def draw_scalar_chain(axes, data):
    chain, low = data.chain, axes[0].get_ylim()[0]
    layers = np.arange(1, len(data.gradients) + 1)
    look, width = style.ACTIVATION[data.activation], min(18, max(1.5, 110 / len(layers)))
    weights, side = np.append(chain.before[:1], chain.W[1:]), 0.2 if len(layers) > 3 else 0.1
    for x, values, colors, va in (
        (layers - side, weights, np.where(weights < 0, style.NEGATIVE, style.POSITIVE), "bottom"),
        (layers + side, chain.slope, look["color"], "top"),
    ):
        ends = np.clip(log10_floored(np.abs(values)), low, 2)
        axes[0].vlines(x, 0, ends, colors=colors, linewidth=width)
        for at, end, value in (
            zip(x, ends, values) if len(layers) <= 6 else ()
        ):  # weights above, slopes below their bar
            y = max(min(end, 1.6), 0) + 0.1 if va == "bottom" else min(max(end, low + 0.5), 0) - 0.1
            axes[0].text(at, y, style.number(value), ha="center", va=va, fontsize=9.5)
    draw_curve(axes[1], layers, data.gradients, **look)
    axes[1].plot(layers, np.clip(data.bound, *axes[1].get_ylim()), **style.THEORY)
    style.headline(axes[0], f"|∂O/∂W₁| = {written(data.gradients[0])}, the product of these")
    style.headline(axes[1], first_of_last(data.gradients))


def sentence_scalar_chain(data):
    first, last, L = data.gradients[0], data.gradients[-1], style.subscript(len(data.gradients))
    trend = (
        f"towards layer 1 the gradient {verdict(first - last)}"
        if last > -300
        else "some factor is 0"
    )
    return (
        f"|∂O/∂W₁| is {written(first)} and |∂O/∂W{L}| is {written(last)}: {trend}. With every F′ at its largest "
        f"the first would be {written(data.bound[0])}."
    )
