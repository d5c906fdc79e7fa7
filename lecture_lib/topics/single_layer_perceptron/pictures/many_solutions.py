"""Pictures of twenty lines that all separate the samples."""

import numpy as np
from matplotlib.collections import LineCollection

from lecture_lib.explore import style

from ..compute.many_solutions import RUNS
from .plane import draw_plane, frame_plane, line_ends, write_headline

WIDEST = 1  # margin that is drawn


def frame_many_solutions(axes, data):
    plane, margins = axes
    frame_plane(plane, data.points)
    margins.set(xlim=(-0.7, RUNS - 0.3), ylim=(-WIDEST, WIDEST), xticks=[], ylabel="margin")
    margins.set_yticks(np.linspace(-WIDEST, WIDEST, 5))
    margins.set_xlabel("the starts, sorted (bars below −1 are cut)")
    margins.axhline(0, color=style.GREY, linewidth=1)


def draw_many_solutions(axes, data):
    plane, margins = axes
    draw_plane(plane, data.points, data.widest, ringed=[])
    lines = [line_ends(run.W) for run in data.runs]
    plane.add_collection(LineCollection(lines, colors=style.ACCENT, linewidths=0.8))
    heights = np.clip(data.margins, -WIDEST, WIDEST)
    margins.vlines(range(RUNS), 0, heights, colors=style.ACCENT, linewidth=11.4)
    margins.axhline(data.best, **style.THEORY)
    place = max(data.best, 0) + 0.08
    style.note(margins, 0, place, "best possible: the black line", color=style.INK)
    write_headline(plane, describe_runs(data))
    write_headline(margins, describe_margins(data))


def describe_runs(data):
    """How many trainings end without a mistake."""
    reached = sum(run.converged for run in data.runs)
    return f"{data.points.name}: {reached} of {RUNS} trainings end without a mistake"


def describe_margins(data):
    """The margins, from the smallest to the widest there is."""
    if data.best < 0:
        return "no line separates these classes, so there is no margin"
    low, high = style.number(data.margins[0]), style.number(data.margins[-1])
    return (
        f"their margins go from {low} to {high}, the widest possible is {style.number(data.best)}"
    )


def sentence_many_solutions(data):
    return f"{describe_runs(data)}; {describe_margins(data)}."
