"""Pictures of 20 against 56 layers, plain and with skip connections."""

import numpy as np

from lecture_lib.digits_networks.training import LEARNS
from lecture_lib.digits_networks.words import count_epochs
from lecture_lib.explore import style
from lecture_lib.explore.labels import is_narrow

from .looks import (
    WITH,
    WITHOUT,
    draw_error_curve,
    frame_error_curves,
    name_runs,
    percent,
    read_errors,
)

ALIKE = 0.1  # between two errors that are called the same
DASHES = {20: (0, (2, 1.5)), 56: "-"}


def frame_skip_race(axes, data):
    frame_error_curves(axes[0], data.epochs)


def draw_skip_race(axes, data):
    (ax,) = axes
    ends = []
    for (depth, has_skip), run in data.runs.items():
        look = (WITH if has_skip else WITHOUT) | {"linestyle": DASHES[depth]}
        look |= {"linewidth": 3 if depth == 56 else 1.8}
        end = draw_error_curve(ax, run, look)
        if end is not None:
            kind = "skips" if has_skip else "plain"
            outcome = "diverged" if run.diverged else percent(end[1])
            layers = depth if is_narrow(ax) else f"{depth} layers"
            ends.append((*end, f"{layers}, {kind}: {outcome}", look["color"]))
    name_runs(ax, ends, data.epochs, fontsize=11)
    style.headline(ax, f"Plain: {judge(data, False)}; with skips: {judge(data, True)}")


def readings_skip_race(data):
    """The errors of the four networks, epoch by epoch."""
    readings = []
    for (depth, has_skip), run in data.runs.items():
        kind = "skips" if has_skip else "plain"
        readings.append(read_errors(0, f"{depth} layers, {kind}", run))
    return tuple(readings)


def judge(data, has_skip):
    """Whether 56 layers do worse than 20, as the lecture's figure of 20 and 56 layers asks."""
    deep, shallow = (data.runs[depth, has_skip].train_error[-1] for depth in (56, 20))
    if np.isnan([deep, shallow]).all():
        return "both diverge"
    if np.isnan(deep) or deep - shallow > ALIKE:
        return "56 layers do worse than 20"
    if np.isnan(shallow) or shallow - deep > ALIKE:
        return "56 layers do better than 20"
    return "56 layers do as well as 20" if max(deep, shallow) < LEARNS else "neither has learned"


def compare(data, has_skip):
    """The last errors of 56 and 20 layers in words."""
    deep, shallow = (percent(data.runs[depth, has_skip].train_error[-1]) for depth in (56, 20))
    return f"{'with skips' if has_skip else 'plain'} {deep} against {shallow}"


def sentence_skip_race(data):
    epochs = max(int(run.epoch[-1]) for run in data.runs.values())
    return (
        f"Training error of ReLU networks after {count_epochs(epochs)} with γ = {data.gamma:g}, "
        f"56 layers against 20: {compare(data, False)}; {compare(data, True)} (α = 1, inner "
        f"variance {data.inner})."
    )
