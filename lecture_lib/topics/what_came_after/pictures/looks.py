"""What the pictures of this notebook share: two looks, names that stand at their lines, windows of
powers of ten, and the network as a strip of layers.
"""

import numpy as np
from matplotlib.colors import BoundaryNorm

from lecture_lib.explore import style
from lecture_lib.topics.remedies.pictures.looks import LEVELS, REGIMES
from lecture_lib.topics.vanishing_exploding_gradients.pictures.decades import GUESSING

WITH = {"color": "#A3417C", "marker": "D", "markersize": 4}
WITHOUT = {"color": "#757575", "marker": "o", "markersize": 4}
# An axis of decades ends at the first of these that holds the data.
LOWS = (-2, -4, -10, -20, -40)
HIGHS = (1, 5, 10, 20, 40)
WAY = "layer $l$      ← the gradient's way"
RELATIVE = r"$\|\delta_l\|$, last hidden layer = 1"
STRIP = (-0.085, -0.03)  # below the axes, in parts of their height


def choose_window(*curves):
    """(low, high): the smallest window of decades that holds all curves, as far as -40 to 40."""
    smallest = min(np.min(curve) for curve in curves)
    largest = max(np.max(curve) for curve in curves)
    low = next((low for low in LOWS if low <= smallest), LOWS[-1])
    high = next((high for high in HIGHS if high >= largest + 0.1), HIGHS[-1])
    return low, high


def draw_strip(ax, decades):
    """The layers in a row under the axes, each in the colour of its gradient: blue vanishes, green
    holds, red explodes.
    """
    edges = np.arange(len(decades) + 1) + 0.5
    norm = BoundaryNorm(LEVELS, len(LEVELS) - 1, clip=True)
    look = {"cmap": REGIMES, "norm": norm, "edgecolors": "#bbbbbb", "linewidth": 0.4}
    place = {"transform": ax.get_xaxis_transform(), "clip_on": False}
    ax.pcolormesh(edges, STRIP, np.array([decades]), **look, **place)


def spread(heights, gap):
    """Heights in parts of the axes, moved apart until neighbours are `gap` apart; their order
    stays, and they stay within the axes.
    """
    order = np.argsort(heights, kind="stable")
    moved = np.array(heights, float)[order]
    for _ in range(200):
        room = np.diff(moved)
        close = room < gap - 1e-9
        if not close.any():
            break
        push = np.where(close, (gap - room) / 2, 0.0)
        moved[:-1] -= push
        moved[1:] += push
        moved = np.clip(moved, 0.03, 0.97)
    result = np.empty_like(moved)
    result[order] = moved
    return result


def name_ends(ax, x, heights, names, colors, gap=0.085, **options):
    """A name in its colour right of where each line ends, moved apart where they would touch.

    `x` and `heights` are data; `gap` is a part of the axes' height.
    """
    low, high = ax.get_ylim()
    places = spread((np.array(heights) - low) / (high - low), gap)
    for place, name, color in zip(places, names, colors):
        height = low + place * (high - low)
        look = {"color": color, "fontsize": 10, "fontweight": "bold", "va": "center"}
        ax.text(x, height, name, **(look | options))


def frame_error_curves(ax, epochs, room=0.5):
    """Axes for errors over 0 to `epochs`, with room for names at the right, and the line of
    guessing.
    """
    ax.set(xlim=(-0.02 * epochs, (1 + room) * epochs), ylim=(0, 1), xlabel="epochs")
    step = max(1, epochs // 4)
    ax.set_xticks(range(0, epochs + 1, step))
    ax.set_yticks((0, 0.25, 0.5, 0.75, 1), ("0", "25 %", "50 %", "75 %", "100 %"))
    ax.set_ylabel("training error")
    ax.plot((0, epochs), (GUESSING, GUESSING), color=style.GREY, linewidth=1, linestyle=":")
    style.note(ax, 0.85 * epochs, GUESSING + 0.04, "guessing", ha="right")


def draw_error_curve(ax, run, look):
    """The training error of a run so far; returns (epoch, error) of its last finite point, or
    None.
    """
    finite = np.isfinite(run.train_error)
    if not finite.any():
        return None
    epoch = run.epoch[finite]
    error = run.train_error[finite]
    ax.plot(epoch, error, **look)
    return float(epoch[-1]), float(error[-1])


def count_epochs(count):
    """So many epochs, in words."""
    return "1 epoch" if count == 1 else f"{count} epochs"


def times(decades):
    """10**decades as a person writes it, from 1,000 on as a power of ten."""
    if -3 < decades < 3:
        return style.number(10.0**decades)
    return style.power(decades)


def part_of(decades):
    """What layer 1 gets: 0.22 of the last layer's, or 1.8 times the last layer's."""
    return f"{times(decades)} {'of' if decades < 0 else 'times'}"


def percent(error):
    """An error in whole per cent, below 10 with a decimal; nan is a run that diverged."""
    if np.isnan(error):
        return "diverged"
    digits = 1 if error < 0.0995 else 0
    return f"{100 * error:.{digits}f} %"
