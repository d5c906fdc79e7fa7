"""Pictures of nine pairs at three depths."""

import numpy as np
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.patches import Rectangle

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.digits_networks.training import DEPTHS, LEARNS
from lecture_lib.digits_networks.words import count_epochs, count_steps
from lecture_lib.explore import style
from lecture_lib.explore.labels import is_narrow, label
from lecture_lib.explore.reading import Reading
from lecture_lib.initialisers import MENU
from lecture_lib.optimisers import OPTIMISERS

from ..compute.remedy_grid import PAIRS
from .looks import named, percent

# A cell has the colour between two of these errors; the first is dark and takes white words.
WRONG = (0, 0.05, 0.15, 0.3, 0.5, 0.75, 0.9, 1)
ERRORS = ListedColormap(
    ("#2f7d5b", "#a8d1b9", "#c6dfd0", "#e4f0e9", "#f1ede6", "#efdccb", "#eac7ab")
)
LEGEND = {"fontsize": 9.5, "va": "top"}


def frame_remedy_grid(axes, data):
    grid, words = axes
    grid.set(xlim=(0, len(DEPTHS)), ylim=(len(PAIRS), 0))
    grid.xaxis.tick_top()
    names = [f"{depth} layers" for depth in DEPTHS]
    grid.set_xticks(np.arange(len(DEPTHS)) + 0.5, names, fontweight="bold")
    grid.set_yticks(np.arange(len(PAIRS)) + 0.5, [variance for _, variance in PAIRS])
    grid.tick_params(length=0)
    grid.spines[:].set_visible(False)
    beside = {"transform": grid.get_yaxis_transform(), "ha": "right", "fontsize": 11}
    label(grid, -0.015, -0.55, "variance", **beside | {"fontsize": 9.5, "fontweight": "normal"})
    for first in range(0, len(PAIRS), len(MENU)):
        activation = PAIRS[first][0]
        color = style.ACTIVATION[activation]["color"]
        middle = first + len(MENU) / 2
        away = 0.19 if is_narrow(grid) else 0.1
        label(grid, -away, middle, ACTIVATIONS[activation].label, color, **beside)
    words.set(xlim=(0, 1), ylim=(0, 1))
    words.set_axis_off()
    draw_key(words)


def draw_key(ax):
    """The colours of the cells and what they mean."""
    colors = len(WRONG) - 1
    for k in range(colors):
        box = Rectangle((k / colors, 0.06), 1 / colors, 0.045, color=ERRORS(k), gid="ground")
        ax.add_patch(box)
    ax.text(0, 0.045, "0 % wrong", **LEGEND)
    ax.text(1, 0.045, "100 %", ha="right", **LEGEND)


def draw_remedy_grid(axes, data):
    grid, words = axes
    draw_cells(grid, data.errors)
    for row in range(len(MENU), len(PAIRS), len(MENU)):  # between two activations
        grid.axhline(row, color=style.INK, linewidth=0.8)
    for y, depth, errors in zip((0.96, 0.75, 0.54), DEPTHS, data.errors.T):
        count_learners(words, y, depth, errors)
    unit = "step" if data.optimiser == "rprop" else "epoch"
    how = f"{OPTIMISERS[data.optimiser].label},\n{unit} {data.epoch} of {data.epochs}"
    words.text(0, 0.385, f"{how}\nbold: below 50 % wrong\nframe: the best", **LEGEND)
    look = {"fontsize": 11.5, "fontweight": "bold", "va": "bottom"}
    grid.text(0, 1.11, describe_learners(data), transform=grid.transAxes, **look)


def describe_learners(data):
    """How many pairs learn at each depth."""
    counts = [int(find_learners(errors).sum()) for errors in data.errors.T]
    first, *others = zip(counts, DEPTHS)
    finding = f"{first[0]} of 9 nets learn at {first[1]} layers"
    for count, depth in others:
        finding += f", {count or 'none'} at {depth}"
    return finding


def find_learners(errors):
    """Which of the cells (n,) have learned: an error that is known, finite and below LEARNS."""
    return (errors >= 0) & (errors < LEARNS)


def count_learners(ax, y, depth, errors):
    """How many pairs learn at this depth, in large figures, and the best of them."""
    learners = int(find_learners(errors).sum())
    color = ERRORS(0) if learners else style.CLASS[1]["color"]
    label(ax, 0, y, f"{learners} of 9 learn", color, fontsize=15)
    _, error = find_best(errors)
    text = f"at {depth} layers; the best: {error}" if learners else f"at {depth} layers"
    label(ax, 0, y - 0.09, text, fontsize=9.5, fontweight="normal")


def draw_cells(ax, errors):
    """Each error in its cell; a cell that has none stays white, one that learns is bold."""
    missing = np.isnan(errors) | (errors < 0)
    norm = BoundaryNorm(WRONG, len(WRONG) - 1)
    shown = np.ma.masked_where(missing, errors)
    ax.pcolormesh(shown, cmap=ERRORS, norm=norm, edgecolors="white", linewidth=2)
    learners = find_learners(errors)
    for (row, column), error in np.ndenumerate(errors):
        text = "…" if error < 0 else percent(error)
        color = "white" if WRONG[0] <= error < WRONG[1] else style.INK
        weight = "bold" if learners[row, column] else "normal"
        look = {"ha": "center", "color": color, "fontweight": weight, "fontsize": 10.5}
        style.note(ax, column + 0.5, row + 0.5, text, **look)
    for column, of_depth in enumerate(errors.T):
        if learners[:, column].any():
            best = np.where(learners[:, column], of_depth, np.inf).argmin()
            ring = Rectangle((column + 0.02, best + 0.06), 0.96, 0.88, fill=False)
            ring.set(edgecolor=style.INK, linewidth=1.8)
            ax.add_patch(ring)


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
        return "none yet", "over 50 %"
    return named(*PAIRS[best]), percent(known[best])


def readings_remedy_grid(data):
    """The error of each pair at each depth."""
    x = []
    y = []
    texts = []
    for (row, column), error in np.ndenumerate(data.errors):
        x.append(column + 0.5)
        y.append(row + 0.5)
        what = "not begun" if error < 0 else f"{percent(error)} wrong"
        what = "diverged" if np.isnan(error) else what
        texts.append(f"{named(*PAIRS[row])}, {DEPTHS[column]} layers: {what}")
    return (Reading(0, np.array(x), np.array(y), tuple(texts)),)


def sentence_remedy_grid(data):
    if data.optimiser == "rprop":
        how = f"{count_steps(data.epoch)} of Rprop from first step {data.gamma:g}"
    else:
        rule = OPTIMISERS[data.optimiser].label
        how = f"{count_epochs(data.epoch)} of {rule} with γ = {data.gamma:g}"
    best = []
    for depth, errors in zip(DEPTHS, data.errors.T):
        pair, error = find_best(errors)
        best.append(f"depth {depth}: {pair} ({error})")
    sentence = f"Training error after {how}; the best at {'; '.join(best)}."
    diverged = int(np.isnan(data.errors).sum())
    if diverged:
        sentence += f" {diverged} of 27 runs diverged."
    return sentence
