"""Pictures of the error of the 2-2-1 network over many updates."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.small_networks.worked_example import BIASES, WEIGHTS

LINES = dict(zip(BIASES, ("-", (0, (6, 2)), (0, (2, 1.2)))))


def frame_numeric_training(axes, data):
    ax, bars = axes
    ax.set_xscale("symlog", linthresh=1)
    ax.set(yscale="log", xlim=(0, 20_000), ylim=(1e-7, 1), xlabel="updates", ylabel="error E")
    ax.set_xticks([0, 1, 10, 100, 1000, 10_000], ["0", "1", "10", "100", "1,000", "10,000"])
    ax.minorticks_off()
    ax.grid(True)
    bars.set(xlim=(-5, 5), ylim=(8.6, -0.6), xlabel="weight at the end (grey: at the start)")
    bars.set_yticks(range(9), [n.replace("_", " ") for n in WEIGHTS])
    bars.axvline(0, color=style.PALE, linewidth=1)


def draw_numeric_training(axes, data):
    ax, bars = axes
    for kind, errors in data.errors.items():
        chosen = kind == data.biases
        ax.plot(
            np.arange(len(errors)),
            np.maximum(errors, 1e-7),
            linestyle=LINES[kind],
            label=f"biases {kind}",
            color=style.ACCENT if chosen else style.GREY,
            linewidth=2.4 if chosen else 1.3,
            zorder=2 + chosen,
        )
    ax.plot(
        [data.updates], [max(data.errors[data.biases][-1], 1e-7)], "o", color=style.ACCENT, zorder=4
    )
    ax.legend(loc="lower left", fontsize=10)
    ends = list(data.weights.values())
    bars.plot(
        list(WEIGHTS.values()), range(9), "|", color=style.GREY, markersize=13, markeredgewidth=2
    )
    bars.barh(
        range(9),
        np.clip(ends, -5, 5),
        height=0.5,
        color=[style.POSITIVE if w >= 0 else style.NEGATIVE for w in ends],
    )
    style.headline(ax, f"E = {_error(data.errors[data.biases][-1])} after {data.updates:,} updates")


def sentence_numeric_training(data):
    end = {kind: errors[-1] for kind, errors in data.errors.items()}
    text = (
        f"After {data.updates:,} updates with γ = {data.gamma:g} the error is "
        f"{_error(end['frozen'])} with frozen biases (the lecture's way), "
        f"{_error(end['separate'])} if each bias learns, {_error(end['shared'])} if B1 is shared."
    )
    if data.slope < 0.05:
        text += (
            f" The output unit saturates: its derivative is down to {style.number(data.slope)}, "
            "so the error falls ever more slowly."
        )
    return text


def _error(value):
    return style.number(value, 3) if value > 1e-12 else "practically 0"
