"""Pictures of the line of a neuron."""

import numpy as np

from lecture_lib.explore.style import (
    ACCENT,
    THEORY,
    number,
)

from .headlines import write_headlines
from .plane import (
    draw_arrow,
    draw_plane,
    line_ends,
)


def draw_decision_boundary(axes, data):
    draw_plane(axes[0], data.points, data.W, data.wrong)
    foot = line_ends(data.W).mean(axis=0)
    axes[0].plot(*np.array([(0, 0), foot]).T, **THEORY)
    draw_arrow(axes[0], foot, foot + data.W[1:], ACCENT)
    write_headlines(axes, sentence_decision_boundary(data))


def sentence_decision_boundary(data):
    offset = (
        "no line"
        if np.isnan(data.offset)
        else f"the line lies at −B/‖W‖ = {number(data.offset)} along W (blue)"
    )
    return f"{data.points.name}: {data.wrong.sum()} of {len(data.wrong)} samples misclassified, {offset}."
