"""Gradients by depth: windows on the powers of ten, and the same three regimes, in all pictures.

An axis shows the decades that the data need, in a few calm steps, and says how many it covers, so
that a change of axis is not taken for a change of the network.
"""

import numpy as np

from . import style
from .labels import SPARE, convert_points, draw_answer, draw_arrow, is_narrow
from .layer_strip import find_line_below
from .windows import choose_first

LARGEST = 300  # decades beyond which a size is not computed
SMALLEST = -300  # decades below which a size is written as 0
THREAD = {"linewidth": 0.8, "linestyle": (0, (1, 3))}

LOWS = (-4, -10, -20, -40)  # decades at which an axis may begin
HIGHS = (1, 5, 10, 20, 40)  # decades at which it may end
LETTER = 5.2  # points that a letter of a regime's name takes
SPILLS = 0.75  # part of a name at the top or foot that must have room beside its regime
TICK = 13  # points from one tick to the next, at least
BETWEEN = 30  # points between two lines that have room for the large number, at least
ABOVE = 14  # points from a flat curve to the middle of the large number above it, at least
ROOM = 0.06  # left free before layer 1, in parts of the depth
GRADIENT_WAY = "← the gradient's way"


def choose_window(*decades, lows=LOWS, highs=HIGHS):
    """(low, high): the smallest axis of those there are that holds all these powers of ten.

    What is not finite or lies beyond the largest axis is drawn at its edge.
    """
    values = np.concatenate([np.ravel(array) for array in decades])
    values = values[np.isfinite(values)]
    if not len(values):
        return lows[0], highs[0]
    low = choose_first(lows, lambda low: low <= values.min())
    high = choose_first(highs, lambda high: high >= values.max())
    return low, high


def written(decades):
    """10**decades as a person writes it."""
    if decades > LARGEST:
        return style.power(decades)
    return style.number(10.0**decades if decades > SMALLEST else 0.0)


def verdict(decades):
    """What a change by so many decades between the last layer and layer 1 is called."""
    if decades < -1:
        return "vanishes"
    if decades > 1:
        return "explodes"
    return "holds"


def share(part):
    """A share between 0 and 1 in words or per cent, with "none" and "all" for exactly 0 and 1."""
    if part == 0:
        return "none"
    if part == 1:
        return "all"
    if part > 0.99:
        return "over 99 %"
    return f"{100 * part:.2g} %"


def frame_decades(ax, low, high, last, xlabel, ylabel, regimes=True):
    """Axes over 1..last with powers of ten from low to high; `regimes` are named at the right,
    outside.
    """
    margin = 0.03 * last
    ax.set(xlim=(1 - margin, last + margin), ylim=(low, high), xlabel=xlabel, ylabel=ylabel)
    places = np.linspace(1, last, min(8, last)).round().astype(int)
    ax.set_xticks(np.unique(places))
    step = fit_tick_step(ax, high - low)
    ticks = range(-(-low // step) * step, high + 1, step)
    ax.set_yticks(ticks, [name_power(tick) for tick in ticks])
    if regimes:
        draw_regimes(ax, low, high)


def name_power(tick):
    """A tick's name: 1, or a power of ten."""
    return "1" if tick == 0 else f"$10^{{{tick}}}$"


def choose_tick_step(decades):
    """How many decades apart the ticks stand on an axis of so many decades."""
    if decades > 40:
        return 10
    if decades > 15:
        return 5
    if decades > 6:
        return 2
    return 1


def fit_tick_step(ax, decades):
    """The same for a vertical axis, with fewer ticks where the panel is low."""
    step = choose_tick_step(decades)
    while step < convert_points(ax, TICK) * decades:
        step *= 2
    return step


def frame_layers(ax, low, high, depth, ylabel, rows=1, room=ROOM, regimes=True):
    """Axes by layer with the strip of the layers (see layer_strip) in place of ticks along x.

    Below it stand, at the left, what the strip is, and at the right what the axis covers; `rows`
    is how many strips there are, `room` what is left free before layer 1, in parts of the depth.
    """
    frame_decades(ax, low, high, depth, "", ylabel, regimes=regimes)
    ax.set(xlim=(1 - room * depth, depth + 0.03 * depth), xticks=[])
    ax.spines["bottom"].set_visible(False)
    if is_narrow(ax):  # the lowest would stand on the strip's name
        ax.set_yticks(ax.get_yticks()[1:], ax.get_yticklabels()[1:])
    below = find_line_below(ax, rows, -0.245 - 0.09 * (rows - 1))
    look = {"transform": ax.get_xaxis_transform(), "va": "center", "fontsize": 10}
    start = 1 - min(room, ROOM) * depth
    ax.text(start, below, f"layer $l$      {GRADIENT_WAY}", **look)
    tell_window(ax, low, high, below)


def tell_window(ax, low, high, y):
    """How many powers of ten the axis covers, at its right end."""
    look = {"transform": ax.transAxes, "ha": "right", "va": "center", "fontsize": 9.5}
    ax.text(1, y, f"axis: {high - low} powers of ten", color=style.GREY, gid=SPARE, **look)


def draw_thread(ax, decades):
    """A dotted line from the last layer's size to the left of layer 1."""
    depth = len(decades)
    last = np.clip(decades[-1], *ax.get_ylim())
    ax.plot([1 - 0.035 * depth, depth], [last, last], zorder=1, color=style.GREY, **THREAD)


def draw_fall(ax, decades, color, y=None):
    """An arrow at the left from the last layer's size to layer 1's, and their ratio in large
    figures beside it, at height `y` (data units; None: where the curve leaves room).
    """
    low, high = ax.get_ylim()
    span = high - low
    depth = len(decades)
    first, last = np.clip((decades[0], decades[-1]), low, high)
    at = 1 - 0.035 * depth
    draw_thread(ax, decades)
    is_far = abs(first - last) > 0.09 * span
    if is_far:
        draw_arrow(ax, (at, last), (at, first), color)
    if y is None:
        y = place_ratio(ax, first, last)
    ratio = written(decades[0] - decades[-1])
    text = ratio if "×" in ratio else f"× {ratio}"
    draw_answer(ax, at + 0.02 * depth, y, text, color, transform=ax.transData, fontsize=18)


def place_ratio(ax, first, last):
    """The height of the large number between the sizes of layer 1 and the last one, or above both
    where there is no room between them.
    """
    low, high = ax.get_ylim()
    span = high - low
    if abs(first - last) > max(0.09, convert_points(ax, BETWEEN)) * span:
        # Nearer to the last layer's size, for there the curve is farthest from the left edge.
        return last + 0.3 * (first - last)
    return max(first, last) + max(0.13, convert_points(ax, ABOVE)) * span


def draw_regimes(ax, low, high):
    """The three regimes as backgrounds; the ones that are high enough are named."""
    regimes = (
        ("vanishes", style.VANISH, low, -1),
        ("holds", style.HOLD, -1, 1),
        ("explodes", style.EXPLODE, 1, high),
    )
    for word, color, bottom, top in regimes:
        ax.axhspan(bottom, top, color=color, zorder=0)
        name_regime(ax, word, bottom, top)


def name_regime(ax, word, bottom, top):
    """The name of a regime at the right of its background if there is room; those at the top and
    at the foot may reach a little beyond the axes.
    """
    low, high = ax.get_ylim()
    length = (high - low) * convert_points(ax, LETTER * len(word))
    needed = length if word == "holds" else SPILLS * length
    if top - bottom <= max((high - low) / 6, needed):
        return
    y = (bottom + top) / 2
    if word == "vanishes":
        y = min(y, top - length / 2)
    elif word == "explodes":
        y = max(y, bottom + length / 2)
    beside = {"transform": ax.get_yaxis_transform(), "rotation": 90, "va": "center"}
    ax.text(1.012, y, word, fontsize=9.5, **beside)


def draw_curve(ax, x, y, **look):
    """A curve in decades; where it leaves the picture it is drawn at the edge and its extreme
    written there.
    """
    low, high = ax.get_ylim()
    ax.plot(x, np.clip(y, low, high), **look, clip_on=False)
    away = (high - low) / 50
    lowest = np.argmin(y)
    highest = np.argmax(y)
    if y[lowest] < low:
        write_at_edge(ax, x, y, lowest, low + away, "bottom")
    if y[highest] > high:
        write_at_edge(ax, x, y, highest, high - away, "top")


def write_at_edge(ax, x, y, place, height, va):
    """The value of the curve at index `place`, at `height`, on the side where there is room."""
    side = "left" if x[place] < x[-1] else "right"
    ax.text(x[place], height, written(y[place]), va=va, ha=side, fontsize=9.5)


def first_of_last(decades):
    """The gradient of layer 1 against that of the last layer, in words without a capital."""
    first, last = decades[0], decades[-1]
    depth = len(decades)
    if last <= SMALLEST:
        return f"layer 1 gets {written(first)}, layer {depth} nothing"
    relation = "of" if first < last else "times"
    return f"layer 1 gets {written(first - last)} {relation} layer {depth}'s gradient"
