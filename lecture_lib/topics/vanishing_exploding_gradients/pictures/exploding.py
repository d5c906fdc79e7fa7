"""Pictures of weights that are too large."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.powers_of_ten import log10_floored

from .decades import (
    draw_curve,
    first_of_last,
    frame_decades,
    verdict,
)

RACERS = (
    {"color": style.CLASS[1]["color"], "marker": "x"},
    {"color": style.ACCENT},
)  # plain and clipped


def frame_exploding(axes, data):
    L = len(data.delta)
    frame_decades(axes[0], -20, 40, L, "layer $l$", "root mean square")
    style.key(
        axes[0],
        "upper right",
        {
            r"sums $\|z_l\|$, forward": {"color": style.INK, "linewidth": 1},
            r"gradient $\|\delta_l\|$, backward": style.ACTIVATION[data.activation],
        },
    )
    frame_decades(axes[1], -10, 40, 60, "step of training", "cost $J$", False)
    style.key(axes[1], "upper right", dict(zip(("plain", "gradient clipped to length 1"), RACERS)))


def draw_exploding(axes, data):
    layers = np.arange(1, len(data.delta) + 1)
    draw_curve(axes[0], layers, data.size, color=style.INK, linewidth=1)
    draw_curve(axes[0], layers, data.delta, **style.ACTIVATION[data.activation])
    for losses, look in zip(data.losses.values(), RACERS):
        finite = losses[np.isfinite(losses)]
        axes[1].plot(
            np.arange(1, len(finite) + 1),
            np.clip(log10_floored(finite), -10, 40),
            **look,
            markevery=[len(finite) - 1],
        )
    style.headline(
        axes[0], f"{first_of_last(data.delta)}: it {verdict(data.delta[0] - data.delta[-1])}"
    )
    style.headline(
        axes[1], ", ".join(f"{name}: {_fate(losses)}" for name, losses in data.losses.items())
    )


def _fate(losses):
    return (
        f"J = {style.number(losses[-1])}"
        if np.isfinite(losses[-1])
        else f"diverged at step {len(losses)}"
    )


def sentence_exploding(data):
    plain, clipped = data.losses.values()
    return (
        f"{first_of_last(data.delta)}: the gradient {verdict(data.delta[0] - data.delta[-1])}. Plain gradient "
        f"descent: {_fate(plain)}; with the gradient clipped to length 1: {_fate(clipped)} "
        f"({len(clipped)} steps, J = {style.number(clipped[0])} at the first)."
    )
