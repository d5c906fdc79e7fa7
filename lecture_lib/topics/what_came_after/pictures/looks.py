"""What the pictures of this notebook share: two looks, curves of errors, and words for numbers."""

import numpy as np

from lecture_lib.digits_networks.training import GUESSING
from lecture_lib.explore import style
from lecture_lib.explore.decades import LOWS
from lecture_lib.explore.labels import label_ends
from lecture_lib.explore.reading import Reading

WITH = {"color": "#862A62", "marker": "D", "markersize": 4}
WITHOUT = {"color": "#6B6B6B", "marker": "o", "markersize": 4}
# Sizes beside that of the last hidden layer may need few decades.
RELATIVE_LOWS = (-2, *LOWS)
RELATIVE = r"$\|\delta_l\|$, last hidden layer = 1"


def frame_error_curves(ax, epochs):
    """Axes for errors over 0 to `epochs`, and the line of guessing; names may stand right of it."""
    ax.set(xlim=(-0.02 * epochs, epochs), ylim=(0, 1), xlabel="epochs")
    step = max(1, epochs // 4)
    ax.set_xticks(range(0, epochs + 1, step))
    ax.set_yticks((0, 0.25, 0.5, 0.75, 1), ("0", "25 %", "50 %", "75 %", "100 %"))
    ax.set_ylabel("training error")
    look = {"color": style.GREY, "linewidth": 1, "linestyle": ":", "gid": "ground"}
    ax.plot((0, epochs), (GUESSING, GUESSING), **look)


def draw_error_curve(ax, run, look):
    """The training error of a run so far; returns (epoch, error) of its last finite point, or
    None.
    """
    finite = np.isfinite(run.train_error)
    if not finite.any():
        return None
    epoch = run.epoch[finite]
    error = run.train_error[finite]
    ax.plot(epoch, error, **look, clip_on=False, zorder=3)
    return float(epoch[-1]), float(error[-1])


def read_errors(panel, name, run):
    """The Reading of the training error of a run, epoch by epoch."""
    finite = np.isfinite(run.train_error)
    epochs = run.epoch[finite]
    errors = run.train_error[finite]
    texts = []
    for epoch, error in zip(epochs, errors):
        texts.append(f"{name}, epoch {epoch:.0f}: {percent(error)} wrong")
    return Reading(panel, epochs, errors, tuple(texts))


def read_profile(panel, name, decades):
    """The Reading of a gradient, layer by layer from layer 1 on."""
    layers = np.arange(1, len(decades) + 1)
    texts = [f"{name}, layer {l}: × {times(size)}" for l, size in zip(layers, decades)]
    return Reading(panel, layers, decades, tuple(texts))


def name_runs(ax, ends, last, **options):
    """Names right of where runs end: `ends` are (epoch, error, name, colour), `last` the last epoch
    of the axis. The line of guessing gets its name there, too.
    """
    if not ends:
        return
    _, heights, names, colors = zip(*ends)
    heights = (*heights, GUESSING)
    names = (*names, "guessing")
    label_ends(ax, last, heights, names, (*colors, style.GREY), **options)


def percent(error):
    """An error in whole per cent, below 10 with a decimal; nan is a run that diverged."""
    if np.isnan(error):
        return "diverged"
    digits = 1 if error < 0.0995 else 0
    return f"{100 * error:.{digits}f} %"


def times(decades):
    """10**decades as a person writes it, from 1,000 on as a power of ten."""
    if -3 < decades < 3:
        return style.number(10.0**decades)
    return style.power(decades)


def part_of(decades):
    """What layer 1 gets: 0.22 of the last layer's, or 1.8 times the last layer's."""
    return f"{times(decades)} {'of' if decades < 0 else 'times'}"
