"""Pictures of 4, 20 and 56 layers in training."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.powers_of_ten import log10_floored

from ..compute.digits_training import DEPTHS
from .decades import (
    GUESSING,
    frame_decades,
    verdict,
)

LOOK = {
    L: {"color": c, "marker": m}
    for L, c, m in zip(DEPTHS, ("#8C8C8C", "#56B4E9", "#5D3A9B"), "osD")
}


def frame_depth_training(axes, data):
    for ax in axes:
        ax.set_xlim(-0.02 * data.epochs, 1.02 * data.epochs)
    axes[0].set(
        ylim=(0, 1), xlabel="epochs (passes through the training digits)", ylabel="share of errors"
    )
    axes[0].axhline(GUESSING, color=style.GREY, linewidth=1, linestyle=":")
    style.note(axes[0], 0, GUESSING + 0.03, "guessing")
    looks = {f"{L} layers": look for L, look in LOOK.items()}
    style.key(
        axes[0], "lower left", looks | {"test error": style.DOTS | {"color": style.INK}}, ncols=2
    )
    frame_decades(axes[1], -40, 20, data.epochs, "epochs", r"$\|\delta_1\|\,/\,\|\delta_L\|$")
    axes[1].set(xticks=axes[0].get_xticks(), xlim=axes[0].get_xlim())


def draw_depth_training(axes, data):
    for run, look in zip(data.runs.values(), LOOK.values()):
        epoch, train, test, ratio = run[np.isfinite(run[:, 1])].T
        axes[0].plot(epoch, test, **style.DOTS, color=look["color"])
        look = look | {"markevery": max(1, len(epoch) // 6)}
        axes[0].plot(epoch, train, **look)
        axes[1].plot(epoch, np.clip(log10_floored(ratio), -40, 20), **look)
    style.headline(
        axes[0], "Training error: " + ", ".join(f"{L}: {_ending(r)}" for L, r in data.runs.items())
    )
    style.headline(
        axes[1],
        "Gradient, start: "
        + ", ".join(verdict(log10_floored(r[0, 3])) for r in data.runs.values()),
    )


def _ending(run, column=1):
    return f"{100 * run[-1, column]:.0f} %" if np.isfinite(run[-1, 1]) else "diverged"


def sentence_depth_training(data):
    parts = [
        f"{L} layers {_ending(run)}"
        + f" (test {_ending(run, 2)})" * bool(np.isfinite(run[-1, 2]))
        + f", ‖δ₁‖/‖δ_L‖ at the start {style.number(run[0, 3])}"
        for L, run in data.runs.items()
    ]
    return f"Training error after {int(max(r[-1, 0] for r in data.runs.values()))} epochs: {'; '.join(parts)}."
