"""What the pictures of the remedies share: the two competitors, the colours of the map, names and
shares.
"""

import numpy as np
from matplotlib.colors import ListedColormap

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.digits_networks.training import GUESSING
from lecture_lib.explore import style

# Gradient descent or the lecture's network, and what is put in its place.
BEFORE = {"color": "#8C8C8C", "marker": "o"}
SIZE_LABEL = r"size of the gradient, $\|\delta_l\|$"

# Decades between which the map has one colour: blue vanishes, green holds, red explodes.
LEVELS = (-40, -20, -10, -5, -2, -1, 1, 2, 5, 10, 20, 40)
VANISHES = ("#08306b", "#2161a8", "#4a90c8", "#86b9dc", "#c3daee")
HOLDS = ("#e3f2e6",)
EXPLODES = ("#fbdcc8", "#f5b48f", "#e8875a", "#c9562c", "#8f3410")
REGIMES = ListedColormap((*VANISHES, *HOLDS, *EXPLODES))


def named(activation, variance):
    """An activation and an initial variance in words."""
    return f"{ACTIVATIONS[activation].label}, variance {variance}"


def percent(error):
    """An error in per cent, or that the run diverged."""
    return "diverged" if np.isnan(error) else f"{100 * error:.0f} %"


def frame_errors(ax, steps, xlabel):
    """Axes for training errors over 0..steps, with the error of guessing."""
    ax.set(xlim=(-0.02 * steps, steps), ylim=(-0.02, 1.0), xlabel=xlabel, ylabel="training error")
    ax.set_xticks(np.unique(np.linspace(0, steps, min(steps, 5) + 1).round()))
    ax.set_yticks((0, 0.2, 0.4, 0.6, 0.8, 1.0), ("0", "20 %", "40 %", "60 %", "80 %", "100 %"))
    ax.plot([0, steps], [GUESSING, GUESSING], color=style.PALE, linewidth=1, gid="ground")
    style.note(ax, steps, GUESSING + 0.05, "guessing", ha="right", va="bottom")


def mark_divergence(ax, place, look):
    """The word at the top of the axes where a run diverged."""
    color = style.word_color(look["color"])
    style.note(ax, place, 0.97, "diverged", color=color, fontweight="bold")
