"""Pictures of gradient descent on a curve: the path, and which learning rates arrive."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.labels import SPARE, convert_points, draw_answer, label
from lecture_lib.explore.reading import Reading

from ..compute.gradient_descent import GAMMAS, LIMIT
from .numbers import three_digits

WIDE = 4.0  # the weights that are shown, to each side
EDGE = 4.25  # where the axis ends, so that a point at the last weight is whole
SHOWN = 30  # steps of the path
CAPTION = 19  # points from the words at the foot to the large number above them, at least
EXACT = 1e-9  # distance from the minimum that is called 0
NEVER = 2.2 * LIMIT  # where a learning rate stands that never arrives
# Learning rates in units of 1/J″: straight to the minimum, swinging, away from it.
RANGES = ((style.HOLD, 0.0, 1.0), (style.VANISH, 1.0, 2.0), (style.EXPLODE, 2.0, 1e9))


def window_gradient_descent(data):
    """(top,) of the axis of the cost: a little above the start, or above the curve's end."""
    return (float(1.15 * max(data.J(data.W[0]), data.J(3.2))),)


def frame_gradient_descent(axes, data):
    hill, speed = axes
    W = np.linspace(-4, 4, 401)
    (top,) = window_gradient_descent(data)
    seen = W[data.J(W) <= top]
    hill.plot(seen, data.J(seen), color=style.GREY, linewidth=2.5)
    hill.set(xlim=(-EDGE, EDGE), ylim=(-0.06 * top, top), xlabel="weight W", ylabel="cost J")
    hill.locator_params(axis="y", nbins=5)
    frame_speed(speed, data)


def frame_speed(ax, data):
    """Steps to arrive over the learning rate; where steps go down, with the ranges that 1/J″ and
    2/J″ bound.
    """
    ax.set(xlim=(GAMMAS[0], GAMMAS[-1]), ylim=(0.8, 1.5 * NEVER), xscale="log", yscale="log")
    ax.set(xlabel="learning rate γ", ylabel="steps to arrive")
    ax.set_xticks((0.001, 0.01, 0.1, 1, 10), ("0.001", "0.01", "0.1", "1", "10"))
    ax.set_yticks((1, 10, 100, LIMIT, NEVER), ("1", "10", "100", "1,000", "never"))
    ax.minorticks_off()
    ax.plot(GAMMAS, np.clip(data.needed, 1, NEVER), color=style.GREY, linewidth=2.2)
    if data.sign == "plus":
        return
    for color, low, high in RANGES:
        left, right = np.clip((low / data.lam, high / data.lam), GAMMAS[0], GAMMAS[-1])
        ax.axvspan(left, right, color=color, zorder=0, gid="ground")
    one = 1 / data.lam
    two = 2 / data.lam
    for border in (one, two):
        ax.axvline(border, **style.THEORY, gid="ground")
    text = f"dashed: 1/J″ = {three_digits(one)}, 2/J″ = {three_digits(two)}"
    ax.text(1, 1.03, text, ha="right", va="bottom", fontsize=9.5, transform=ax.transAxes)


def draw_gradient_descent(axes, data):
    hill, speed = axes
    W = data.W[: SHOWN + 1]
    end = data.W[min(data.steps, SHOWN)]
    draw_path(hill, data, W, end)
    if data.rest is None:
        speed.plot(data.gamma, NEVER, "X", color=style.ACCENT, markersize=12)
    else:
        speed.plot(data.gamma, max(data.steps, 1), "o", color=style.ACCENT, markersize=12)
    style.headline(hill, f"γ = {data.gamma:g}: {describe_end(data)}")
    if data.sign == "minus":
        name_range(speed, data)
    write_answer(speed, data)


def name_range(ax, data):
    """What the path does, in the range of the learning rate that is chosen; the reader is to find
    out what the other ranges do.
    """
    one = 1 / data.lam
    two = 2 / data.lam
    if data.gamma <= one:
        style.note(ax, 0.13 * one, 330, "straight", ha="left", color=style.INK)
    elif data.gamma <= two and GAMMAS[0] < one and two < GAMMAS[-1]:
        look = {"rotation": 90, "va": "bottom", "ha": "center", "color": style.INK}
        style.note(ax, 1.24 * one, 40, "swings", **look)
    elif two < min(data.gamma, 0.5 * GAMMAS[-1]):
        middle = np.sqrt(two * GAMMAS[-1])
        style.note(ax, middle, 3, "diverges", ha="center", color=style.INK, gid=SPARE)


def draw_path(ax, data, W, end):
    """The steps on the curve, each as a chord; the start hollow, the end full."""
    look = {"color": style.ACCENT, "linestyle": "", "zorder": 4}
    costs = data.J(W)
    top = ax.get_ylim()[1]
    ax.plot(*trim_path(W, costs, top), color=style.ACCENT, linewidth=1.2, zorder=3)
    is_inside = (np.abs(W) <= WIDE) & (costs < 0.98 * top)
    points = {"color": style.ACCENT, "markersize": 7, "zorder": 3}
    ax.plot(W[is_inside], costs[is_inside], ".", **points)
    ax.plot(W[:1], data.J(W[:1]), "o", markerfacecolor="white", markersize=9, **look)
    if data.J(end) < ax.get_ylim()[1]:
        ax.plot([end], [data.J(end)], "o", markersize=12, **look)
    away = 0.07 * ax.get_ylim()[1]
    start = data.J(W[0])
    falls = data.J.deriv()(W[0]) <= 0
    look = {"ha": "right" if falls else "left", "fontsize": 9.5, "fontweight": "normal"}
    if start > 1.5 * away:
        side = -0.15 if falls else 0.15
        label(ax, W[0] + side, start - away, "start", style.ACCENT, **look)


def trim_path(W, costs, top):
    """The path up to where it leaves the picture, (2, steps)."""
    outside = np.flatnonzero((np.abs(W) > WIDE) | (costs > top))
    if not len(outside) or outside[0] == 0:
        return np.array([W, costs])
    last = outside[0]
    before = np.array([W[last - 1], costs[last - 1]])
    move = np.array([W[last], costs[last]]) - before
    edges = np.array([np.sign(move[0]) * WIDE, top])
    parts = [part for part in (edges - before) / np.where(move == 0, 1e-300, move) if part > 0]
    edge = before + min([*parts, 1.0]) * move
    return np.column_stack([np.array([W[:last], costs[:last]]), edge])


def write_answer(ax, data):
    """After how many steps it arrives, large, at the left where the line never is."""
    text = "never" if data.rest is None else f"{data.steps:,}"
    above = 0.06 + max(0.1, convert_points(ax, CAPTION))
    draw_answer(ax, 0.04, above, text, style.ACCENT)
    words = "within 1,000 steps" if data.rest is None else "steps"
    look = {"transform": ax.transAxes, "fontsize": 9.5, "fontweight": "normal"}
    label(ax, 0.045, 0.06, words, style.ACCENT, **look)


def name_place(data):
    """The point of slope 0 where the path arrives, in words."""
    if data.rest == min(data.rests, key=data.J):
        return "the minimum"
    bend = data.J.deriv(2)(data.rest)
    return "the hilltop" if bend < 0 else "the other minimum"


def describe_end(data):
    """How and where the path ends, in words."""
    if data.verdict == "diverges":
        return f"diverges, beyond ±1,000 at step {data.steps}"
    if data.verdict == "swings":
        return f"still swings after {LIMIT:,} steps"
    if data.verdict == "creeps":
        too_small = f"too small, not there after {LIMIT:,} steps"
        return too_small if data.sign == "minus" else "climbs away"
    place = name_place(data)
    if data.verdict == "rests":
        return f"starts on {place}, slope 0"
    if data.verdict == "one step":
        return f"{place} in one step"
    if data.verdict == "monotone":
        return f"straight to {place}, {data.steps} steps"
    return f"swings, yet arrives at {place}, {data.steps} steps"


def readings_gradient_descent(data):
    """The steps of the path, and the steps that each learning rate needs."""
    W = data.W[: SHOWN + 1]
    costs = data.J(W)
    told = []
    for t, (w, cost) in enumerate(zip(W, costs)):
        told.append(f"step {t}: W = {three_digits(w)}, J = {three_digits(cost)}")
    speeds = []
    for rate, steps in zip(GAMMAS, data.needed):
        when = f"arrives after {steps:,.0f} steps" if np.isfinite(steps) else "does not arrive"
        speeds.append(f"γ = {style.number(rate)}: {when}")
    heights = np.clip(data.needed, 1, NEVER)
    return Reading(0, W, costs, tuple(told)), Reading(1, GAMMAS, heights, tuple(speeds))


def move_rate(settings, x, y):
    """The learning rate at a place on the curve of the speeds."""
    return {"gamma": float(np.clip(x, GAMMAS[0], GAMMAS[-1]))}


def sentence_gradient_descent(data):
    if data.sign == "plus":
        end = describe_end(data)
        return f"γ = {data.gamma:g} with the sign flipped: {end}. Every step goes uphill."
    sentence = f"γ = {data.gamma:g}: {describe_end(data)}. "
    if data.rest is not None and abs(data.W[-1] - data.rest) < EXACT:
        sentence += f"After {LIMIT:,} steps the distance is below 10⁻⁹. "
    return f"{sentence}The curvature at this minimum is λ = {three_digits(data.lam)}."
