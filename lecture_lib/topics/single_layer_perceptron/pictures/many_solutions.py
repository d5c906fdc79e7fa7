"""Pictures of twenty lines that all separate the samples."""

import numpy as np
from matplotlib.collections import LineCollection

from lecture_lib.explore import style
from lecture_lib.explore.style import (
    ACCENT,
    GREY,
    INK,
    THEORY,
    number,
)

from ..compute.many_solutions import RUNS
from .headlines import write_headlines
from .plane import (
    draw_plane,
    frame_plane,
    line_ends,
)


def frame_many_solutions(axes, data):
    frame_plane(axes, data)
    axes[1].set(
        xlim=(-0.7, RUNS - 0.3),
        ylim=(-1, 1),
        xticks=[],
        yticks=np.linspace(-1, 1, 5),
        ylabel="margin",
        xlabel="the starts, sorted (bars below −1 are cut)",
    )
    axes[1].axhline(0, color=GREY, linewidth=1)


def draw_many_solutions(axes, data):
    draw_plane(axes[0], data.points, data.widest, [])
    axes[0].add_collection(
        LineCollection([line_ends(run.W) for run in data.runs], colors=ACCENT, linewidths=0.8)
    )
    axes[1].vlines(range(RUNS), 0, np.clip(data.margins, -1, 1), colors=ACCENT, linewidth=11.4)
    axes[1].axhline(data.best, **THEORY)
    style.note(axes[1], 0, max(data.best, 0) + 0.08, "best possible: the black line", color=INK)
    write_headlines(axes, sentence_many_solutions(data))


def sentence_many_solutions(data):
    low, high, best = map(number, (data.margins[0], data.margins[-1], data.best))
    return (
        f"{data.points.name}: {sum(run.converged for run in data.runs)} of {RUNS} reach 0 mistakes; "
        f"margins {low} to {high}, best possible {best}."
    )
