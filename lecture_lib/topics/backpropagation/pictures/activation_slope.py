"""Pictures of a slope that is found in two ways."""

import numpy as np

from lecture_lib.explore import style

from .numbers import difference, three_digits


def frame_activation_slope(axes, data):
    look = {k: v for k, v in style.ACTIVATION[data.F.name].items() if k != "marker"}
    for ax, f, ends, name in zip(
        axes, (data.F.f, data.F.df), ((-1.5, 2.5), (-0.1, 1.15)), ("F", "slope F′")
    ):
        ax.plot(data.grid, f(data.grid), **look)
        ax.set(xlim=(-6, 6), ylim=ends, xlabel="x", ylabel=f"{name} of {data.F.label}")
    axes[1].axhline(0.25, **style.THEORY)
    axes[1].text(-5.9, 0.27, "1/4", va="bottom")


def draw_activation_slope(axes, data):
    reach = np.array([-2, 2]) / np.hypot(1, 2.2 * data.dy)
    axes[0].plot(data.x + reach, data.y + data.dy * reach, color=style.INK, linewidth=1.2)
    around = data.x + np.array([-data.h, data.h])
    axes[0].plot(around, data.F.f(around), "o--", color=style.GREY, linewidth=1)
    axes[1].plot(data.points, data.nudges, "o", color=style.GREY, markerfacecolor="none")
    for ax, at in zip(axes, (data.y, data.dy)):
        ax.plot(data.x, at, "o", color=style.ACCENT, markersize=9)
    style.headline(axes[0], f"F({data.x:g}) = {three_digits(data.y)}")
    style.headline(
        axes[1],
        f"F′({data.x:g}) = {three_digits(data.dy)} by the formula, {three_digits(data.nudged)} by nudging",
    )


def sentence_activation_slope(data):
    off = difference(data.nudged, data.dy)
    return (
        f"{data.F.label} at x = {data.x:g}: F = {three_digits(data.y)}, F′ = {three_digits(data.dy)} by the formula and "
        f"{three_digits(data.nudged)} by nudging x by ±{data.h:g}, apart {off}. "
        f"The largest F′ between -6 and 6 is {three_digits(data.F.df(data.grid).max())}."
    )
