"""Pictures of the map of variance and depth."""

import numpy as np
from matplotlib.colors import BoundaryNorm
from matplotlib.patches import Rectangle

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.explore import style

from ..compute.phase_diagram import DEPTH_AXIS, VARIANCES
from .looks import LEVELS, REGIMES


def frame_phase_map(axes, data):
    ax, rate = axes
    for panel in axes:
        panel.set(xscale="log", xlim=(0.09, 1100), xlabel="n Var(W)")
        panel.set_xticks((0.1, 1, 10, 100, 1000), ("0.1", "1", "10", "100", "1000"))
        panel.minorticks_off()
    ax.set(ylim=(1, 57), ylabel="depth $L$", yticks=(2, 10, 20, 30, 40, 56))
    for i, level in enumerate(LEVELS[:-1]):  # the key, below the map
        ax.add_patch(
            Rectangle(
                (i / 11, -0.3),
                1 / 11,
                0.05,
                transform=ax.transAxes,
                color=REGIMES(i),
                clip_on=False,
            )
        )
        word = f"$10^{{{level}}}$" if i in (1, 3, 5, 6, 8, 10) else ""
        ax.text(i / 11, -0.32, word, transform=ax.transAxes, ha="center", va="top", fontsize=9.5)
    rate.set(yscale="log", ylim=(0.05, 40), ylabel="factor a layer")
    rate.set_yticks((0.1, 1, 10), ("0.1", "1", "10"))
    rate.minorticks_off()
    rate.axhline(1, color=style.GREY, linewidth=0.8)
    style.key(
        rate,
        "upper left" if data.critical > 10 else "lower right",
        {
            f"{ACTIVATIONS[data.activation].label}, depth 56": style.ACTIVATION[data.activation],
            r"theory $\sqrt{\chi}$ (wide layers)": style.THEORY,
        },
    )


def draw_phase_map(axes, data):
    ax, rate = axes
    edges = np.geomspace(VARIANCES[0], VARIANCES[-1], 2 * len(VARIANCES) - 1)[1::2]
    ax.pcolormesh(
        (0.09, *edges, 1100),
        (*DEPTH_AXIS - 1, 57),
        data.decades,
        cmap=REGIMES,
        norm=BoundaryNorm(LEVELS, len(LEVELS) - 1, clip=True),
    )
    for panel in axes:
        panel.axvline(data.critical, **style.THEORY)
    for s, label in ((1, "1/n"), (2, "2/n"), (data.width, "1")):
        ax.plot(s, 54, "v", color=style.INK, markersize=6)
        ax.text(
            s * (0.85 if s == 1 else 1.2),
            54,
            label,
            ha="right" if s == 1 else "left",
            va="center",
            fontsize=9.5,
            bbox={"facecolor": "white", "alpha": 0.75, "linewidth": 0, "pad": 1},
        )
    rate.plot(VARIANCES, data.rate, **style.ACTIVATION[data.activation] | {"marker": ""})
    rate.plot(VARIANCES[::4], data.theory, **style.THEORY)
    style.headline(ax, f"The gradient holds near n Var(W) = {data.critical:.4g}")
    style.headline(rate, f"1/n: × {_at(data, 1)} a layer, 2/n: × {_at(data, 2)}")


def _at(data, s):
    return style.number(np.interp(np.log(s), np.log(VARIANCES), data.rate))


def sentence_phase_map(data):
    seeds = "one seed" if data.seeds == 1 else f"median of {data.seeds} seeds"
    narrow = " (which does not hold for width ≤ 16)" if data.width <= 16 else ""
    return (
        f"{ACTIVATIONS[data.activation].label}, width {data.width}, {seeds}: theory{narrow} says that the gradient "
        f"holds at n Var(W) = {data.critical:.4g}. At depth 56 a layer multiplies it by {_at(data, 1)} with "
        f"variance 1/n, by {_at(data, 2)} with 2/n and by {_at(data, data.width)} with variance 1."
    )
