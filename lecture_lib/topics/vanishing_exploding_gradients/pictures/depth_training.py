"""Pictures of 4, 20 and 56 layers in training."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.decades import GUESSING, frame_decades, verdict
from lecture_lib.powers_of_ten import log10_floored

from ..compute.digits_training import DEPTHS

LOOK = dict(
    zip(
        DEPTHS,
        (
            {"color": "#8C8C8C", "marker": "o"},
            {"color": "#56B4E9", "marker": "s"},
            {"color": "#5D3A9B", "marker": "D"},
        ),
    )
)


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
        finite = np.isfinite(run.train_error)
        epoch = run.epoch[finite]
        decades = np.clip(log10_floored(run.gradient_ratio[finite]), -40, 20)
        axes[0].plot(epoch, run.test_error[finite], **style.DOTS, color=look["color"])
        look = look | {"markevery": max(1, len(epoch) // 6)}
        axes[0].plot(epoch, run.train_error[finite], **look)
        axes[1].plot(epoch, decades, **look)
    errors = [f"{depth}: {outcome(run)}" for depth, run in data.runs.items()]
    style.headline(axes[0], "Training error: " + ", ".join(errors))
    verdicts = [verdict(log10_floored(run.gradient_ratio[0])) for run in data.runs.values()]
    style.headline(axes[1], "Gradient, start: " + ", ".join(verdicts))


def outcome(run):
    """The last training error of a run in per cent, or that it diverged."""
    return "diverged" if run.diverged else f"{100 * run.train_error[-1]:.0f} %"


def sentence_depth_training(data):
    parts = []
    for depth, run in data.runs.items():
        part = f"{depth} layers {outcome(run)}"
        if not run.diverged:
            part += f" (test {100 * run.test_error[-1]:.0f} %)"
        part += f", ‖δ₁‖/‖δ_L‖ at the start {style.number(run.gradient_ratio[0])}"
        parts.append(part)
    epochs = max(run.epoch[-1] for run in data.runs.values())
    return f"Training error after {epochs} epochs: {'; '.join(parts)}."
