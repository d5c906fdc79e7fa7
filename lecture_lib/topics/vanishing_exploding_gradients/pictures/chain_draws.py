"""Pictures of 100,000 random chains."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.decades import draw_curve, frame_decades, share, written

from ..compute.chain_draws import BINS

LOW = -60
HIGH = 20
BEGIN = 2  # index of the depth from which on theory is drawn: further than that from the input
GRADIENT_LABEL = r"$|\partial O/\partial W_1|$"


def frame_chain_draws(axes, data):
    by_depth, histogram = axes
    deepest = data.bands.shape[1]
    frame_decades(by_depth, LOW, HIGH, deepest, "depth $L$", GRADIENT_LABEL, regimes=False)
    title = f"chains of depth {data.depth}"
    frame_decades(histogram, LOW, HIGH, 1, title, "", regimes=False)
    histogram.set(xticks=[], xlim=(0, 1.1))
    histogram.axhline(0, color=style.INK, linewidth=0.8)

    theory = "both at the largest $F'$"
    if data.typical:
        theory = "theory of the median, bound of the mean"
    curves = {
        "median, and where 90 % lie": {"color": style.ACTIVATION[data.activation]["color"]},
        "mean (of rare large ones)": {"color": style.GREY, "linewidth": 1},
        theory: style.THEORY,
    }
    style.key(by_depth, "lower left", curves)
    by_depth.axvline(data.depth, color=style.PALE, linewidth=6, zorder=0)


def draw_chain_draws(axes, data):
    by_depth, histogram = axes
    look = style.ACTIVATION[data.activation]
    color = look["color"]
    depths = np.arange(1, data.bands.shape[1] + 1)
    low, median, high = data.bands
    band = np.clip((low, high), LOW, HIGH)
    by_depth.fill_between(depths, *band, color=color, alpha=0.2, linewidth=0)
    by_depth.plot(depths, np.clip(data.mean, LOW, HIGH), color=style.GREY, linewidth=1)
    draw_curve(by_depth, depths, median, **look | {"marker": ""})
    bound_of_median, bound_of_mean = data.bound
    draw_rate(by_depth, depths, median, data.typical or bound_of_median)
    draw_rate(by_depth, depths, data.mean, bound_of_mean)

    heights = data.counts / data.counts.max()
    histogram.stairs(heights, BINS, orientation="horizontal", fill=True, color=color)
    finding = "A typical chain is dead"
    if data.rate:
        finding = f"A typical layer multiplies by {style.number(data.rate, 3)}"
    style.headline(by_depth, finding)
    style.headline(histogram, f"median {written(median[data.depth - 1])}")


def draw_rate(ax, depths, curve, factor):
    """A line that begins on `curve` and changes by `factor` per layer."""
    depths = depths[BEGIN:]
    decades = curve[BEGIN] + (depths - depths[0]) * np.log10(factor)
    ax.plot(depths, np.clip(decades, LOW, HIGH), **style.THEORY)


def sentence_chain_draws(data):
    if data.rate:
        finding = f"A typical layer multiplies the gradient by {style.number(data.rate, 3)}"
        if data.typical:
            finding += f" (theory: {style.number(data.typical, 3)})"
    else:
        finding = "Most chains are dead: one F′ is 0, and so is the gradient"
    median = written(data.bands[1, data.depth - 1])
    return (
        f"{finding}. At depth {data.depth} the median |∂O/∂W₁| of {data.counts.sum():,} chains is "
        f"{median}; {share(data.share)} of them have 1 or more. "
        f"Above 1: {share(data.above)} of all factors |W F′|."
    )
