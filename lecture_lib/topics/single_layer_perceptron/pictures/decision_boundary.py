"""Pictures of the line of a neuron."""

import numpy as np

from lecture_lib.explore import style

from .plane import draw_arrow, draw_plane, frame_plane, line_ends, write_headline


def frame_decision_boundary(axes, data):
    frame_plane(axes[0], data.points)


def draw_decision_boundary(axes, data):
    (ax,) = axes
    draw_plane(ax, data.points, data.W, data.wrong)
    foot = line_ends(data.W).mean(axis=0)  # the point of the line nearest the origin
    ax.plot([0, foot[0]], [0, foot[1]], **style.THEORY)
    draw_arrow(ax, foot, foot + data.W[1:], style.ACCENT)
    write_headline(ax, sentence_decision_boundary(data).rstrip("."))


def sentence_decision_boundary(data):
    if np.isnan(data.offset):
        line = "no line"
    else:
        line = f"the line lies at −B/‖W‖ = {style.number(data.offset)} along W (blue)"
    counts = f"{data.wrong.sum()} of {len(data.wrong)} samples misclassified"
    return f"{data.points.name}: {counts}, {line}."
