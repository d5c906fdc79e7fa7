"""Pictures of nine pairs at three depths."""

import numpy as np
from matplotlib.colors import BoundaryNorm, ListedColormap

from lecture_lib.explore import style
from lecture_lib.initialisers import MENU
from lecture_lib.optimisers import OPTIMISERS
from lecture_lib.topics.vanishing_exploding_gradients.compute.digits_training import DEPTHS

from ..compute.remedy_grid import PAIRS
from .looks import named, percent

# A cell has the colour between two of these errors; the first is dark and takes white words.
WRONG = (0, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 1)
ERRORS = ListedColormap(
    ("#2f7d5b", "#6aa886", "#a9cdb8", "#dcebe2", "#f1ede6", "#efdccb", "#eac7ab")
)
LEARNS = 0.75  # an error above it is an accident of guessing


def frame_remedy_grid(axes, data):
    grid, words = axes
    grid.set(xlim=(0, len(DEPTHS)), ylim=(len(PAIRS), 0))
    grid.xaxis.tick_top()
    grid.set_xticks(np.arange(len(DEPTHS)) + 0.5, (f"depth {DEPTHS[0]}", *DEPTHS[1:]))
    grid.set_yticks(np.arange(len(PAIRS)) + 0.5, [named(*pair) for pair in PAIRS])
    grid.tick_params(length=0)
    grid.spines[:].set_visible(False)
    words.set_axis_off()


def draw_remedy_grid(axes, data):
    grid, words = axes
    draw_cells(grid, data.errors)
    for row in range(len(MENU), len(PAIRS), len(MENU)):  # between two activations
        grid.axhline(row, color=style.INK, linewidth=0.8)
    words.text(0, 0.9, f"after {data.epoch} of {data.epochs} epochs", fontsize=10.5)
    for y, depth, errors in zip((0.65, 0.4, 0.15), DEPTHS, data.errors.T):
        pair, error = find_best(errors)
        words.text(0, y, f"best at depth {depth}:\n{pair}, {error}", fontsize=10.5)


def draw_cells(ax, errors):
    """Each error in its cell; a cell that has none stays white."""
    missing = np.isnan(errors) | (errors < 0)
    norm = BoundaryNorm(WRONG, len(WRONG) - 1)
    shown = np.ma.masked_where(missing, errors)
    ax.pcolormesh(shown, cmap=ERRORS, norm=norm, edgecolors="white", linewidth=2)
    for (row, column), error in np.ndenumerate(errors):
        text = "…" if error < 0 else percent(error)
        color = "white" if WRONG[0] <= error < WRONG[1] else style.INK
        style.note(ax, column + 0.5, row + 0.5, text, ha="center", color=color)


def find_best(errors):
    """(the pair with the smallest error of a depth, that error) in words; if none has learned,
    that.
    """
    if np.isnan(errors).all():
        return "all diverged", "…"
    known = np.where(errors >= 0, errors, np.nan)
    if np.isnan(known).all():
        return "not begun", "…"
    best = int(np.nanargmin(known))
    if known[best] >= LEARNS:
        return "none yet", "over 75 %"
    return named(*PAIRS[best]), percent(known[best])


def sentence_remedy_grid(data):
    if data.optimiser == "rprop":
        how = f"Rprop from first step {data.gamma:g}"
    else:
        how = f"{OPTIMISERS[data.optimiser].label} with γ = {data.gamma:g}"
    best = []
    for depth, errors in zip(DEPTHS, data.errors.T):
        pair, error = find_best(errors)
        best.append(f"depth {depth}: {pair} ({error})")
    sentence = f"Training error after {data.epoch} epochs of {how}; the best at {'; '.join(best)}."
    diverged = int(np.isnan(data.errors).sum())
    if diverged:
        sentence += f" {diverged} of 27 runs diverged."
    return sentence
