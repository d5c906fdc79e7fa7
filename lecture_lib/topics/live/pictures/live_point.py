"""Pictures of a network at a chosen point of the map: the map, how it learns, and what each layer
gets.
"""

import numpy as np
from matplotlib.colors import BoundaryNorm

from lecture_lib.digits_networks.phase_diagram import DEPTH_AXIS
from lecture_lib.explore import style
from lecture_lib.explore.decades import verdict, written
from lecture_lib.explore.reading import Reading
from lecture_lib.topics.remedies.pictures.looks import LEVELS, REGIMES

from ..compute.live_point import GAINS
from .live_runs import (
    choose_looks,
    draw_learning,
    frame_curves,
    readings_live_runs,
)
from .planes import draw_image
from .views import VIEWS
from .words import name_outcome

MAP = 0  # where the map stands among the panels
DECADES = np.log10(GAINS)
HALF = (DECADES[1] - DECADES[0]) / 2  # of a cell
EXTENT = (DECADES[0] - HALF, DECADES[-1] + HALF, DEPTH_AXIS[0] - 1, DEPTH_AXIS[-1] + 1)
MIDDLE = 1.0  # log10 of the gain from which on the word stands at the left of the point
DEEP = 32  # depth from which on a column counts as deep
VERY_SMALL = -10  # decades from which on a cell is dark
VERY_LARGE = 20
WIDE = 3  # columns that a name needs


def frame_live_point(axes, data):
    chart, curves, view = axes
    norm = BoundaryNorm(LEVELS, len(LEVELS) - 1, clip=True)
    draw_image(chart, data.map, EXTENT, REGIMES, norm=norm)
    chart.set(xlabel="gain n·Var(W)", ylabel="depth $L$", xlim=(-1, 3))
    chart.set_yticks((2, 10, 20, 30, 40, 56))
    chart.set_xticks(range(-1, 4), ("0.1", "1", "10", "100", "1,000"))
    name_regimes(chart, data.map)
    frame_curves(curves, data)
    VIEWS[data.shown["view"]].frame(view, data)


def name_regimes(ax, decades):
    """The names of the regimes, upright in the columns that are dark for all deep nets."""
    deep = decades[DEPTH_AXIS >= DEEP]
    for word, columns in (
        ("vanishes", (deep < VERY_SMALL).all(axis=0)),
        ("explodes", (deep > VERY_LARGE).all(axis=0)),
    ):
        if columns.sum() >= WIDE:
            look = {"ha": "center", "va": "center", "color": "white", "fontweight": "bold"}
            x = DECADES[columns].mean()
            ax.text(x, (DEEP + DEPTH_AXIS[-1]) / 2, word, rotation=90, gid="on", **look)


def find_cell(data):
    """The decades of the map at the chosen point, before training."""
    depth = data.runs[0].net.depth
    row = np.abs(DEPTH_AXIS - depth).argmin()
    column = np.abs(DECADES - np.log10(data.shown["gain"])).argmin()
    return data.map[row, column]


def draw_live_point(axes, data):
    chart, curves, view = axes
    run = data.runs[0]
    word = verdict(find_cell(data))
    draw_point(chart, np.log10(data.shown["gain"]), run.net.depth, word)
    style.headline(chart, f"At first the gradient {word}")
    looks = choose_looks(data)
    draw_learning(curves, data, looks)
    style.headline(curves, name_outcome(run).capitalize())
    shown = VIEWS[data.shown["view"]]
    shown.draw(view, data, looks)
    style.headline(view, shown.tell(data, looks))


def draw_point(ax, x, depth, word):
    """The chosen point of the map, and beside it what becomes of the gradient there."""
    look = {"color": style.INK, "markeredgecolor": "white", "markeredgewidth": 2}
    ax.plot(x, depth, "o", markersize=12, clip_on=False, zorder=5, **look)
    ax.plot([x, x], [EXTENT[2], depth], color=style.INK, linewidth=1, linestyle=":", gid="ground")
    is_left = x < MIDDLE
    place = x + 0.25 if is_left else x - 0.25
    height = np.clip(depth, 7, 47)
    side = "left" if is_left else "right"
    box = {"facecolor": "white", "linewidth": 0, "pad": 3}
    words = {"fontsize": 13, "fontweight": "bold", "va": "center", "zorder": 6, "bbox": box}
    ax.text(place, height, word, ha=side, color=style.INK, **words)


def readings_live_point(data):
    """The map's decades, and what the other panels have."""
    x = np.tile(DECADES, len(DEPTH_AXIS))
    y = np.repeat(DEPTH_AXIS, len(DECADES))
    texts = []
    for depth, row in zip(DEPTH_AXIS, data.map):
        for gain, decades in zip(GAINS, row):
            texts.append(
                f"gain {style.number(gain)}, depth {depth}: layer 1 gets {written(decades)}"
            )
    return (Reading(MAP, x, y, tuple(texts)), *readings_live_runs(data))


def move_point(settings, x, y):
    """The gain and the depth at a place of the map."""
    gain = np.clip(10.0**x, GAINS[0], GAINS[-1])
    depth = np.clip(round(y), DEPTH_AXIS[0], DEPTH_AXIS[-1])
    return {"gain": float(gain), "depth": int(depth)}
