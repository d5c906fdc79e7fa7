"""Pictures of gradient descent on a curve."""

import numpy as np

from lecture_lib.explore import style

from ..compute.gradient_descent import GAMMAS, LIMIT
from .numbers import three_digits


def frame_gradient_descent(axes, data):
    (hill, fall, speed), W = axes, np.linspace(-4, 4, 401)
    top = 1.1 * max(data.J(data.W[0]), data.J(3.2))
    hill.plot(W, data.J(W), color=style.GREY)
    hill.set(xlim=(-4, 4), ylim=(-0.06 * top, top), xlabel="weight W", ylabel="cost J")
    fall.set(
        xlim=(0, 30),
        ylim=(1e-8, 1e4),
        yscale="log",
        xlabel="step",
        ylabel="J above its least value",
    )
    speed.set(
        xlim=GAMMAS[[0, -1]],
        ylim=(0.8, 1.2 * LIMIT),
        xscale="log",
        yscale="log",
        xlabel="learning rate γ",
        ylabel="steps to arrive",
    )
    speed.plot(GAMMAS, np.maximum(data.needed, 1), color=style.GREY)
    for times, side in ((1, "right"), (2, "left"))[: 2 * (data.sign == "minus")]:
        speed.axvline(times / data.lam, **style.THEORY)
        speed.text(times / data.lam, 1.3 * LIMIT, f" {times}/λ ", ha=side, va="bottom")


def draw_gradient_descent(axes, data):
    (hill, fall, speed), W, end = axes, data.W[:31], data.W[min(data.steps, 30)]
    hill.plot(W, data.J(W), ".-", color=style.ACCENT, linewidth=1)
    hill.plot(end, data.J(end), "o", color=style.ACCENT, markersize=11)
    fall.plot(np.maximum(data.J(W), 1e-8), ".-", color=style.ACCENT)
    where = (LIMIT, "X") if data.rest is None else (max(data.steps, 1), "o")
    speed.plot(data.gamma, where[0], where[1], color=style.ACCENT, markersize=10)
    style.headline(hill, f"γ = {data.gamma:g}: {_ending(data)}")


def _ending(data):
    lowest, bend = min(data.rests, key=data.J), data.J.deriv(2)(data.rest or 0)
    place = (
        "the minimum" if data.rest == lowest else "the hilltop" if bend < 0 else "the other minimum"
    )
    return {
        "rests": f"starts on {place}, slope 0",
        "one step": f"{place} in one step",
        "monotone": f"straight to {place}, {data.steps} steps",
        "oscillates": f"swings, yet arrives at {place}, {data.steps} steps",
        "swings": f"still swings after {LIMIT:,} steps",
        "creeps": f"too small, not there after {LIMIT:,} steps"
        if data.sign == "minus"
        else "climbs away",
        "diverges": f"diverges, beyond ±1,000 at step {data.steps}",
    }[data.verdict]


def sentence_gradient_descent(data):
    if data.sign == "plus":
        return f"γ = {data.gamma:g} with the sign flipped: {_ending(data)}. Every step goes uphill."
    exact = data.rest is not None and abs(data.W[-1] - data.rest) < 1e-9
    return (
        f"γ = {data.gamma:g}: {_ending(data)}. "
        + (f"After {LIMIT:,} steps the distance is below 10⁻⁹. " if exact else "")
        + f"At this minimum λ = J″ = {three_digits(data.lam)}: no swings up to 1/λ = {three_digits(1 / data.lam)}, "
        f"stable below 2/λ = {three_digits(2 / data.lam)}."
    )
