"""Pictures of gradient descent on a curve."""

import numpy as np

from lecture_lib.explore import style

from ..compute.gradient_descent import GAMMAS, LIMIT
from .numbers import three_digits

SHOWN = 30  # steps of the path
LOWEST = 1e-8  # J above its least value, as far as it is drawn
EXACT = 1e-9  # distance from the minimum that is called 0


def frame_gradient_descent(axes, data):
    hill, fall, speed = axes
    W = np.linspace(-4, 4, 401)
    top = 1.1 * max(data.J(data.W[0]), data.J(3.2))
    hill.plot(W, data.J(W), color=style.GREY)
    hill.set(xlim=(-4, 4), ylim=(-0.06 * top, top), xlabel="weight W", ylabel="cost J")
    fall.set(xlim=(0, SHOWN), ylim=(LOWEST, 1e4), yscale="log")
    fall.set(xlabel="step", ylabel="J above its least value")
    frame_speed(speed, data)


def frame_speed(ax, data):
    """Steps to arrive over the learning rate, with the borders 1/lambda and 2/lambda where steps go
    down.
    """
    ax.set(xlim=(GAMMAS[0], GAMMAS[-1]), ylim=(0.8, 1.2 * LIMIT), xscale="log", yscale="log")
    ax.set(xlabel="learning rate γ", ylabel="steps to arrive")
    ax.plot(GAMMAS, np.maximum(data.needed, 1), color=style.GREY)
    if data.sign == "minus":
        for times, side in ((1, "right"), (2, "left")):
            border = times / data.lam
            ax.axvline(border, **style.THEORY)
            ax.text(border, 1.3 * LIMIT, f" {times}/λ ", ha=side, va="bottom")


def draw_gradient_descent(axes, data):
    hill, fall, speed = axes
    W = data.W[: SHOWN + 1]
    end = data.W[min(data.steps, SHOWN)]
    hill.plot(W, data.J(W), ".-", color=style.ACCENT, linewidth=1)
    hill.plot(end, data.J(end), "o", color=style.ACCENT, markersize=11)
    fall.plot(np.maximum(data.J(W), LOWEST), ".-", color=style.ACCENT)
    if data.rest is None:
        speed.plot(data.gamma, LIMIT, "X", color=style.ACCENT, markersize=10)
    else:
        speed.plot(data.gamma, max(data.steps, 1), "o", color=style.ACCENT, markersize=10)
    style.headline(hill, f"γ = {data.gamma:g}: {describe_end(data)}")


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


def sentence_gradient_descent(data):
    if data.sign == "plus":
        end = describe_end(data)
        return f"γ = {data.gamma:g} with the sign flipped: {end}. Every step goes uphill."
    sentence = f"γ = {data.gamma:g}: {describe_end(data)}. "
    if data.rest is not None and abs(data.W[-1] - data.rest) < EXACT:
        sentence += f"After {LIMIT:,} steps the distance is below 10⁻⁹. "
    return sentence + (
        f"At this minimum λ = J″ = {three_digits(data.lam)}: "
        f"no swings up to 1/λ = {three_digits(1 / data.lam)}, "
        f"stable below 2/λ = {three_digits(2 / data.lam)}."
    )
