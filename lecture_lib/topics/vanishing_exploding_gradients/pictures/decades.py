"""Gradients by depth: the same powers of ten and the same three regimes in all pictures."""

import numpy as np

from lecture_lib.explore import style

GUESSING = 0.9  # error of a network that gives every digit the same answer
SMALLEST = -300  # decades below which a size is written as 0
BACKWARDS = "layer $l$   (the gradient comes back from the right: ←)"


def written(decades):
    """10**decades as a person writes it."""
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
    ticks = range(low, high + 1, choose_tick_step(high - low))
    ax.set_yticks(ticks, [f"$10^{{{tick}}}$" for tick in ticks])
    if regimes:
        draw_regimes(ax, low, high)


def choose_tick_step(decades):
    """How many decades apart the ticks stand on an axis of so many decades."""
    if decades > 40:
        return 10
    if decades > 15:
        return 5
    return 2


def draw_regimes(ax, low, high):
    """The three regimes as backgrounds; the ones that are high enough are named."""
    regimes = (
        ("vanishes", style.VANISH, low, -1),
        ("holds", style.HOLD, -1, 1),
        ("explodes", style.EXPLODE, 1, high),
    )
    beside = {"transform": ax.get_yaxis_transform(), "rotation": 90, "va": "center"}
    for word, color, bottom, top in regimes:
        ax.axhspan(bottom, top, color=color, zorder=0)
        if top - bottom > (high - low) / 6:
            ax.text(1.012, (bottom + top) / 2, word, fontsize=9.5, **beside)


def draw_curve(ax, x, y, **look):
    """A curve in decades; where it leaves the picture it is drawn at the edge and its extreme
    written there.
    """
    low, high = ax.get_ylim()
    ax.plot(x, np.clip(y, low, high), **look)
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
    """Layer 1 against the last layer, in words."""
    first, last = decades[0], decades[-1]
    depth = len(decades)
    if last <= SMALLEST:
        return f"Layer 1 gets {written(first)}, layer {depth} nothing"
    relation = "of" if first < last else "times"
    return f"Layer 1 gets {written(first - last)} {relation} layer {depth}'s"
