"""Pictures of a slope that is found in two ways: by a formula, and from two nearby values."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.labels import convert_points, draw_answer, label
from lecture_lib.explore.reading import Reading
from lecture_lib.explore.windows import choose_first

from ..compute.activation_slope import HIGH, LOW
from .numbers import three_digits, write_gap

ENDS = (LOW - 0.35, HIGH + 0.35)  # of the axes, so that a point at an end is whole
LARGEST = 0.25  # slope of the sigmoid
TOPS = (0.48, 1.2)  # of the axis of slopes
HEIGHTS = ((-0.15, 1.2), (-1.25, 1.25), (-1.5, 6.4), (-6.4, 6.4))  # of the axis of values
NUDGED = style.NEGATIVE  # what the two nearby values say
CAPTION = 17  # points from the middle of a large number to the words below it, at least
CLEAR = 12  # points from the middle of a large number to a line, at least
EVERY = 10  # points of the curves that can be read off


def window_activation_slope(data):
    """(least, largest value, largest slope) on the axes."""
    values = np.append(data.F.f(data.grid), data.y)
    slopes = data.F.df(data.grid)

    def holds_values(pair):
        low, high = pair
        return low <= values.min() and values.max() <= high

    low, high = choose_first(HEIGHTS, holds_values)
    top = choose_first(TOPS, lambda top: top >= slopes.max())
    return low, high, top


def frame_activation_slope(axes, data):
    values, slopes = axes
    low, high, top = window_activation_slope(data)
    look = dict(style.ACTIVATION[data.F.name])
    del look["marker"]
    values.set(xlim=ENDS, ylim=(low, high), xlabel="x", ylabel=f"F ({data.F.label})")
    values.plot(data.grid, data.F.f(data.grid), **look)
    slopes.set(xlim=ENDS, ylim=(-0.1 * top, top))
    slopes.set(xlabel="x", ylabel="slope F′")
    slopes.plot(data.grid, data.F.df(data.grid), **look)
    slopes.axhline(LARGEST, **style.THEORY, gid="ground")
    if top == TOPS[0]:
        style.note(slopes, LOW + 0.15, LARGEST - 0.05 * top, "1/4: never more", va="center")


def draw_activation_slope(axes, data):
    values, slopes = axes
    draw_two_lines(values, data)
    color = style.ACTIVATION[data.F.name]["color"]
    look = {"color": NUDGED, "markerfacecolor": "none", "markersize": 5, "clip_on": False}
    slopes.plot(data.points, data.nudges, "o", **look)
    slopes.plot([data.x, data.x], [0, data.dy], color=style.GREY, linewidth=1, linestyle=":")
    slopes.plot(data.x, data.nudged, "o", color=NUDGED, markersize=12, markerfacecolor="none")
    slopes.plot(data.x, data.dy, "o", color=color, markersize=8, zorder=4)
    write_slopes(slopes, data, color)
    style.headline(values, f"At x = {write_x(data.x)}, F = {three_digits(data.y)}")
    if abs(data.dy - data.nudged) < 0.01:
        style.headline(slopes, f"Slope {three_digits(data.dy)}, found in two ways")
    else:
        style.headline(slopes, "They differ: the points are too far apart")


def draw_two_lines(ax, data):
    """The line that touches the curve, and the one through the two nearby points."""
    low, high = ax.get_ylim()
    steep = 12 / (high - low)  # how much steeper a slope looks than it is
    reach = np.array([-3, 3]) / np.hypot(1, 0.45 * steep * data.dy)
    ends = np.clip(data.x + reach, *ENDS)
    ax.plot(ends, data.y + data.dy * (ends - data.x), color=style.INK, linewidth=1.6)
    around = data.x + np.array([-data.h, data.h])
    pair = data.F.f(around)
    ax.plot(around, pair, "o--", color=NUDGED, linewidth=1.6, markersize=7)
    ax.plot(data.x, data.y, "o", color=style.ACTIVATION[data.F.name]["color"], markersize=10)


def write_slopes(ax, data, color):
    """The slope in both ways, large, on the side that the curve leaves free."""
    bottom, top = ax.get_ylim()
    border = (LARGEST - bottom) / (top - bottom)  # where the dashed line stands
    left, right = data.F.df(np.array([LOW, HIGH])) < 0.5 * top
    is_right = right and (data.x <= 0 or not left)
    side = 0.98 if is_right else 0.02
    ha = "right" if is_right else "left"
    highest = 0.93 if left or right else 0.72
    rows = (
        (three_digits(data.dy), "by the formula", color),
        (three_digits(data.nudged), f"from F at x ± {data.h:g}", NUDGED),
    )
    for row, (number, words, ink) in enumerate(rows):
        y = highest - row * max(0.18, convert_points(ax, 2 * CAPTION))
        if abs(y - border) < convert_points(ax, CLEAR):
            y = border - 2 * convert_points(ax, CLEAR)  # below the words at the line
        draw_answer(ax, side, y, number, ink, ha=ha, fontsize=17)
        look = {"transform": ax.transAxes, "fontsize": 9.5, "fontweight": "normal"}
        label(ax, side, y - max(0.085, convert_points(ax, CAPTION)), words, ink, ha=ha, **look)


def write_x(x):
    """An x in writing, to a thousandth."""
    return f"{round(x, 3) + 0:g}".replace("-", "−")


def move_x(settings, x, y):
    """The x of a place on the curve."""
    return {"x": float(np.clip(round(x, 1), LOW, HIGH))}


def readings_activation_slope(data):
    """Values and slopes along the curves."""
    x = data.grid[::EVERY]
    values = data.F.f(x)
    slopes = data.F.df(x)
    said = [f"x = {write_x(a)}: F = {three_digits(b)}" for a, b in zip(x, values)]
    told = [f"x = {write_x(a)}: F′ = {three_digits(b)}" for a, b in zip(x, slopes)]
    return Reading(0, x, values, tuple(said)), Reading(1, x, slopes, tuple(told))


def sentence_activation_slope(data):
    largest = data.F.df(data.grid).max()
    return (
        f"{data.F.label} at x = {write_x(data.x)}: F = {three_digits(data.y)}, "
        f"F′ = {three_digits(data.dy)} by the formula and {three_digits(data.nudged)} "
        f"by nudging x by ±{data.h:g}, a difference of {write_gap(data.nudged, data.dy)}. "
        f"The largest F′ between −6 and 6 is {three_digits(largest)}."
    )
