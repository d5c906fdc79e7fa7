"""What the pictures of the remedies share: the two competitors, the colours of the map, names and shares."""

import numpy as np
from matplotlib.colors import ListedColormap

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.explore import style
from lecture_lib.topics.vanishing_exploding_gradients.pictures.decades import (
    GUESSING,
)

# gradient descent or the lecture's network, and what is put in its place
BEFORE = {"color": "#8C8C8C", "marker": "o"}
AFTER = {"color": "#CC79A7", "marker": "D"}
LEVELS = (-40, -20, -10, -5, -2, -1, 1, 2, 5, 10, 20, 40)
REGIMES = ListedColormap(
    (
        "#08306b",
        "#2161a8",
        "#4a90c8",
        "#86b9dc",
        "#c3daee",
        "#e3f2e6",
        "#fbdcc8",
        "#f5b48f",
        "#e8875a",
        "#c9562c",
        "#8f3410",
    )
)
named = lambda F, variance: f"{ACTIVATIONS[F].label}, variance {variance}"
percent = lambda error: "diverged" if np.isnan(error) else f"{100 * error:.0f} %"


def frame_errors(ax, steps, xlabel):
    ax.set(xlim=(-0.02 * steps, steps), ylim=(-0.02, 1.0), xlabel=xlabel, ylabel="training error")
    ax.locator_params(axis="x", integer=True, nbins=6)
    ax.set_yticks((0, 0.2, 0.4, 0.6, 0.8, 1.0), ("0", "20 %", "40 %", "60 %", "80 %", "100 %"))
    ax.axhline(GUESSING, color=style.PALE, linewidth=1)
    style.note(ax, steps, GUESSING + 0.05, "guessing", ha="right", va="bottom")
