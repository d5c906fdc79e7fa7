"""Pictures of the error of the 2-2-1 network over many updates."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.small_networks.worked_example import WEIGHTS

LINES = {"frozen": "-", "separate": (0, (6, 2)), "shared": (0, (2, 1.2))}
SMALLEST = 1e-7  # error that is drawn
WIDEST = 5  # weight that is drawn
TICKS = (0, 1, 10, 100, 1000, 10_000)


def frame_numeric_training(axes, data):
    ax, bars = axes
    ax.set_xscale("symlog", linthresh=1)
    ax.set(yscale="log", xlim=(0, 20_000), ylim=(SMALLEST, 1), xlabel="updates", ylabel="error E")
    ax.set_xticks(TICKS, [f"{tick:,}" for tick in TICKS])
    ax.minorticks_off()
    ax.grid(True)
    bars.set(xlim=(-WIDEST, WIDEST), ylim=(8.6, -0.6))
    bars.set_xlabel("weight at the end (grey: at the start)")
    bars.set_yticks(range(len(WEIGHTS)), [name.replace("_", " ") for name in WEIGHTS])
    bars.axvline(0, color=style.PALE, linewidth=1)


def draw_numeric_training(axes, data):
    ax, bars = axes
    for biases, errors in data.errors.items():
        draw_errors(ax, biases, errors, is_chosen=biases == data.biases)
    end = data.errors[data.biases][-1]
    ax.plot([data.updates], [max(end, SMALLEST)], "o", color=style.ACCENT, zorder=4)
    ax.legend(loc="lower left", fontsize=10)
    draw_weights(bars, data.weights)
    style.headline(ax, f"E = {write_error(end)} after {data.updates:,} updates")


def draw_errors(ax, biases, errors, is_chosen):
    """The error over the updates with one treatment of the biases."""
    ax.plot(
        np.arange(len(errors)),
        np.maximum(errors, SMALLEST),
        linestyle=LINES[biases],
        label=f"biases {biases}",
        color=style.ACCENT if is_chosen else style.GREY,
        linewidth=2.4 if is_chosen else 1.3,
        zorder=3 if is_chosen else 2,
    )


def draw_weights(ax, weights):
    """Each weight at the end as a bar, and where it started as a mark."""
    rows = range(len(WEIGHTS))
    marks = {"color": style.GREY, "markersize": 13, "markeredgewidth": 2}
    ax.plot(list(WEIGHTS.values()), rows, "|", **marks)
    ends = np.array(list(weights.values()))
    colors = np.where(ends >= 0, style.POSITIVE, style.NEGATIVE)
    ax.barh(rows, np.clip(ends, -WIDEST, WIDEST), height=0.5, color=colors)


def write_error(value):
    """An error in writing."""
    return style.number(value, 3) if value > 1e-12 else "practically 0"


def sentence_numeric_training(data):
    end = {biases: write_error(errors[-1]) for biases, errors in data.errors.items()}
    sentence = (
        f"After {data.updates:,} updates with γ = {data.gamma:g} the error is "
        f"{end['frozen']} with frozen biases (the lecture's way), "
        f"{end['separate']} if each bias learns, {end['shared']} if B1 is shared."
    )
    if data.slope < 0.05:
        sentence += (
            f" The output unit saturates: its derivative is down to {style.number(data.slope)}, "
            "so each update takes away a smaller fraction of the error than before."
        )
    return sentence
