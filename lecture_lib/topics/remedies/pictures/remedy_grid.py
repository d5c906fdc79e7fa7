"""Pictures of nine pairs at three depths."""

import numpy as np
from matplotlib.colors import BoundaryNorm, ListedColormap

from lecture_lib.explore import style
from lecture_lib.initialisers import MENU
from lecture_lib.optimisers import OPTIMISERS
from lecture_lib.topics.vanishing_exploding_gradients.compute.digits_training import DEPTHS

from ..compute.remedy_grid import PAIRS
from .looks import named, percent

ERRORS = ListedColormap(
    ("#2f7d5b", "#6aa886", "#a9cdb8", "#dcebe2", "#f1ede6", "#efdccb", "#eac7ab")
)
WRONG = (0, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 1)


def frame_remedy_grid(axes, data):
    ax, last = axes[0], len(PAIRS)
    ax.set(xlim=(0, len(DEPTHS)), ylim=(last, 0))
    ax.xaxis.tick_top()
    ax.set_xticks(np.arange(len(DEPTHS)) + 0.5, (f"depth {DEPTHS[0]}", *DEPTHS[1:]))
    ax.set_yticks(np.arange(last) + 0.5, [named(F, v) for F, v in PAIRS])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    axes[1].set_axis_off()


def draw_remedy_grid(axes, data):
    ax = axes[0]
    ax.pcolormesh(
        np.ma.masked_where(np.isnan(data.errors) | (data.errors < 0), data.errors),
        cmap=ERRORS,
        norm=BoundaryNorm(WRONG, len(WRONG) - 1),
        edgecolors="white",
        linewidth=2,
    )
    for (i, j), error in np.ndenumerate(data.errors):
        text = "…" if error < 0 else percent(error)
        style.note(
            ax,
            j + 0.5,
            i + 0.5,
            text,
            ha="center",
            color="white" if 0 <= error < 0.05 else style.INK,
        )
    for row in range(len(MENU), len(PAIRS), len(MENU)):
        ax.axhline(row, color=style.INK, linewidth=0.8)
    best = ["best at depth {}:\n{}, {}".format(L, *_best(data, j)) for j, L in enumerate(DEPTHS)]
    for y, text in zip(
        (0.9, 0.65, 0.4, 0.15), (f"after {data.epoch} of {data.epochs} epochs", *best)
    ):
        axes[1].text(0, y, text, fontsize=10.5)


def _best(data, j):
    errors = np.where((data.errors[:, j] >= 0), data.errors[:, j], np.nan)
    if np.isnan(errors).all():
        return "all diverged" if np.isnan(data.errors[:, j]).all() else "not begun", "…"
    i = int(np.nanargmin(errors))
    return (named(*PAIRS[i]), percent(errors[i])) if errors[i] < 0.75 else ("none yet", "over 75 %")


def sentence_remedy_grid(data):
    how = (
        f"Rprop from first step {data.gamma:g}"
        if data.optimiser == "rprop"
        else (f"{OPTIMISERS[data.optimiser].label} with γ = {data.gamma:g}")
    )
    best = ["depth {}: {} ({})".format(L, *_best(data, j)) for j, L in enumerate(DEPTHS)]
    lost = (
        f" {int(np.isnan(data.errors).sum())} of 27 runs diverged."
        if np.isnan(data.errors).any()
        else ""
    )
    return (
        f"Training error after {data.epoch} epochs of {how}; the best at {'; '.join(best)}.{lost}"
    )
