"""Pictures of 100,000 random chains."""

import numpy as np

from lecture_lib.explore import style

from ..compute.chain_draws import BINS
from .decades import (
    draw_curve,
    frame_decades,
    share,
    written,
)


def frame_chain_draws(axes, data):
    frame_decades(
        axes[0],
        -60,
        20,
        data.bands.shape[1],
        "depth $L$",
        r"$|\partial O/\partial W_1|$",
        regimes=False,
    )
    frame_decades(axes[1], -60, 20, 1, f"chains of depth {data.depth}", "", regimes=False)
    axes[1].set(xticks=[], xlim=(0, 1.1))
    axes[1].axhline(0, color=style.INK, linewidth=0.8)
    theory = (
        "theory of the median, bound of the mean" if data.typical else "both at the largest $F'$"
    )
    style.key(
        axes[0],
        "lower left",
        {
            "median, and where 90 % lie": {"color": style.ACTIVATION[data.activation]["color"]},
            "mean (of rare large ones)": {"color": style.GREY, "linewidth": 1},
            theory: style.THEORY,
        },
    )
    axes[0].axvline(data.depth, color=style.PALE, linewidth=6, zorder=0)


def draw_chain_draws(axes, data):
    look, depths = style.ACTIVATION[data.activation], np.arange(1, data.bands.shape[1] + 1)
    axes[0].fill_between(
        depths, *np.clip(data.bands[[0, 2]], -60, 20), color=look["color"], alpha=0.2, linewidth=0
    )
    axes[0].plot(depths, np.clip(data.mean, -60, 20), color=style.GREY, linewidth=1)
    draw_curve(axes[0], depths, data.bands[1], **look | {"marker": ""})
    begins = (data.bands[1, 2], data.mean[2])  # from layer 3 on
    for factor, begin in zip((data.typical or data.bound[0], data.bound[1]), begins):
        axes[0].plot(
            depths[2:],
            np.clip(begin + (depths[2:] - 3) * np.log10(factor), -60, 20),
            **style.THEORY,
        )
    axes[1].stairs(
        data.counts / data.counts.max(),
        BINS,
        orientation="horizontal",
        fill=True,
        color=look["color"],
    )
    style.headline(
        axes[0],
        f"A typical layer multiplies by {style.number(data.rate, 3)}"
        if data.rate
        else "A typical chain is dead",
    )
    style.headline(axes[1], f"median {written(data.bands[1, data.depth - 1])}")


def sentence_chain_draws(data):
    exact = f" (theory: {style.number(data.typical, 3)})" if data.typical else ""
    typical = f"A typical layer multiplies the gradient by {style.number(data.rate, 3)}{exact}"
    dead = "Most chains are dead: one F′ is 0, and so is the gradient"
    return (
        f"{typical if data.rate else dead}. At depth {data.depth} the median |∂O/∂W₁| of {data.counts.sum():,} "
        f"chains is {written(data.bands[1, data.depth - 1])}; {share(data.share)} of them have 1 or more. "
        f"Above 1: {share(data.above)} of all factors |W F′|."
    )
