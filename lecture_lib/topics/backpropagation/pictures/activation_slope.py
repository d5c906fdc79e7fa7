"""Pictures of a slope that is found in two ways."""

import numpy as np

from lecture_lib.explore import style

from ..compute.activation_slope import HIGH, LOW
from .numbers import difference, three_digits

BOUND = 0.25  # the largest slope of the sigmoid
HIDDEN_DOTS = {"color": style.GREY, "markerfacecolor": "none"}


def frame_activation_slope(axes, data):
    values, slopes = axes
    look = dict(style.ACTIVATION[data.F.name])
    del look["marker"]
    values.plot(data.grid, data.F.f(data.grid), **look)
    values.set(xlim=(LOW, HIGH), ylim=(-1.5, 2.5), xlabel="x", ylabel=f"F of {data.F.label}")
    slopes.plot(data.grid, data.F.df(data.grid), **look)
    slopes.set(xlim=(LOW, HIGH), ylim=(-0.1, 1.15))
    slopes.set(xlabel="x", ylabel=f"slope F′ of {data.F.label}")
    slopes.axhline(BOUND, **style.THEORY)
    slopes.text(LOW + 0.1, BOUND + 0.02, "1/4", va="bottom")


def draw_activation_slope(axes, data):
    values, slopes = axes
    # A tangent of about the same length on the screen, whatever its slope.
    reach = np.array([-2, 2]) / np.hypot(1, 2.2 * data.dy)
    values.plot(data.x + reach, data.y + data.dy * reach, color=style.INK, linewidth=1.2)
    around = data.x + np.array([-data.h, data.h])
    values.plot(around, data.F.f(around), "o--", color=style.GREY, linewidth=1)
    slopes.plot(data.points, data.nudges, "o", **HIDDEN_DOTS)
    values.plot(data.x, data.y, "o", color=style.ACCENT, markersize=9)
    slopes.plot(data.x, data.dy, "o", color=style.ACCENT, markersize=9)

    formula, nudged = three_digits(data.dy), three_digits(data.nudged)
    style.headline(values, f"F({data.x:g}) = {three_digits(data.y)}")
    style.headline(slopes, f"F′({data.x:g}) = {formula} by the formula, {nudged} by nudging")


def sentence_activation_slope(data):
    largest = data.F.df(data.grid).max()
    return (
        f"{data.F.label} at x = {data.x:g}: F = {three_digits(data.y)}, "
        f"F′ = {three_digits(data.dy)} by the formula and {three_digits(data.nudged)} "
        f"by nudging x by ±{data.h:g}, apart {difference(data.nudged, data.dy)}. "
        f"The largest F′ between -6 and 6 is {three_digits(largest)}."
    )
