"""Pictures of weights that are too large."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.decades import choose_window, first_of_last, frame_decades, verdict
from lecture_lib.explore.labels import SPARE, is_narrow, label
from lecture_lib.explore.layer_strip import ALARM
from lecture_lib.explore.reading import Reading
from lecture_lib.powers_of_ten import log10_floored

from ..compute.spread_sweep import AVERAGED, STEPS

ENDS = (0.09, 1400)  # of the axis of n Var(W)
TICKS = (0.1, 1, 10, 100, 1000)
GUESSED = np.log(10)  # J of a network that gives each of ten digits the same probability
LIMIT = 2.75  # J above which a finite run is drawn at this height, as an arrow
TOP = 4.0  # of the axis; from LIMIT on: runs that are not finite
LOWEST_ROW = LIMIT + 0.22  # of the crosses; the other seeds stand above
FALLEN = 2.0  # J below which a run has got away from guessing
FAR = 30  # n Var(W) from which on the finding has no room at the right of the edge
COST_HIGHS = (3, 5, 10, 30, 100, 1000)  # where the axis of J may end
DECADE_HIGHS = (5, 10, 20, 40, 100, 310)
SHORT = 12  # steps that are shown of a run that ends within them
BOX = {"facecolor": "white", "alpha": 0.85, "linewidth": 0, "pad": 1}


def window_exploding(data):
    """(whether J is drawn in decades, where its axis ends, how many steps are shown)."""
    plain = data.losses["plain"]
    finite = plain[np.isfinite(plain)]
    steps = SHORT if has_diverged(data) and len(plain) < SHORT else STEPS
    fitting = [high for high in COST_HIGHS if high >= np.max(finite, initial=0)]
    if fitting and not has_diverged(data):
        return False, fitting[0], steps
    decades = log10_floored(finite) if len(finite) else np.zeros(1)
    _, high = choose_window(decades, lows=(-2,), highs=DECADE_HIGHS)
    return True, high, steps


def has_diverged(data):
    """Whether plain gradient descent left the finite numbers."""
    return not np.isfinite(data.losses["plain"][-1])


def frame_exploding(axes, data):
    spread, cost = axes
    spread.set(xscale="log", xlim=ENDS, ylim=(0, TOP), ylabel=f"cost $J$ after {STEPS} steps")
    spread.set_xticks(TICKS, [f"{tick:g}" for tick in TICKS])
    spread.minorticks_off()
    spread.set_yticks((0, 1, 2))
    spread.set_xlabel("gain of the initial weights, n Var(W)")
    spread.plot(ENDS, [GUESSED, GUESSED], color=style.GREY, gid="ground", **style.DOTS)
    guessing = "ln 10" if is_narrow(spread) else "guessing: J = ln 10"
    style.note(spread, ENDS[0] * 1.1, GUESSED + 0.16, guessing)
    style.note(spread, ENDS[0] * 1.1, 3.4, "✗: a run whose\nnumbers overflow", gid=SPARE)
    spread.axhspan(LIMIT, TOP, color=style.EXPLODE, linewidth=0, zorder=0, gid="ground")

    in_decades, high, steps = window_exploding(data)
    if in_decades:
        frame_decades(cost, -2, high, steps, "step", "cost $J$", regimes=False)
    else:
        cost.set(ylim=(0, high), xlabel="step", ylabel="cost $J$")
        cost.set_yticks(np.linspace(0, high, 4 if high == 3 else 6))
    cost.set_xlim(0, steps * 1.04)
    cost.set_xticks(np.linspace(0, steps, 4))


def draw_exploding(axes, data):
    spread, cost = axes
    if data.edge is not None:
        spread.axvspan(data.edge, ENDS[1], color=style.EXPLODE, linewidth=0, zorder=0, gid="ground")
        spread.axvline(data.edge, color=ALARM, gid="ground", zorder=1)
    draw_fates(spread, data)
    mark_own_run(spread, data)
    draw_costs(cost, data)
    style.headline(spread, describe_edge(data))
    style.headline(cost, f"▲ n Var(W) = {data.gain:.3g}")


def describe_edge(data):
    """Above which gain the runs leave the finite numbers."""
    if not data.costs.size:
        return "At what gain …"
    if data.edge is None:
        return "Never: at every gain most runs stay finite"
    return f"Above n Var(W) ≈ {style.number(data.edge)}, most runs overflow"


def draw_fates(ax, data):
    """What became of each run: its J, or a cross; the median, and the finding in words."""
    if not data.costs.size:
        return
    look = style.ACTIVATION[data.activation]
    rows = np.linspace(LOWEST_ROW, TOP - 0.15, len(data.costs))
    for row, costs in zip(rows, data.costs):
        lost = np.isinf(costs)
        high = np.isfinite(costs) & (costs > LIMIT)
        low = np.isfinite(costs) & ~high
        heights = np.full(len(costs), row)
        ax.plot(data.gains[lost], heights[lost], "x", color=ALARM, markersize=6, mew=1.8)
        ax.plot(data.gains[low], costs[low], "o", color=look["color"], markersize=4, alpha=0.7)
        edge = np.full(len(costs), LIMIT - 0.07)
        ax.plot(data.gains[high], edge[high], "^", color=look["color"], markersize=5, alpha=0.7)
    middle = find_middle(data)
    shown = np.isfinite(middle) & (middle < LIMIT)
    ax.plot(data.gains[shown], middle[shown], color=look["color"], linewidth=3)
    name_fates(ax, data, middle)


def find_middle(data):
    """The median J over the known runs of each gain; inf where half of them are not finite."""
    known = data.costs[~np.isnan(data.costs).any(axis=1)]
    if not len(known):
        return np.full(len(data.gains), np.inf)
    return np.sort(known, axis=0)[len(known) // 2]


def name_fates(ax, data, middle):
    """Where J falls, and above which gain it leaves the finite numbers, in large words."""
    best = int(np.argmin(middle))
    if middle[best] < FALLEN:
        lowest = np.nanmin(data.costs)
        color = style.ACTIVATION[data.activation]["color"]
        x = data.gains[best]
        side = "center"
        if data.edge is not None and data.edge < 3 * x:
            x = data.edge / 1.1
            side = "right"
        place = (x, max(lowest - 0.42, 0.5))
        label(ax, *place, "J falls", color, ha=side, fontsize=14, bbox=BOX)
    if data.edge is None:
        text = f"never ({np.isfinite(data.costs).sum()} of {data.costs.size} runs stay finite)"
        label(ax, 1.2, 3.4, text, fontsize=13)
        return
    is_far = data.edge > FAR
    x = data.edge / 1.2 if is_far else data.edge * 1.2
    box = BOX | {"facecolor": style.EXPLODE}
    look = {"ha": "right" if is_far else "left", "bbox": box}
    size = 11 if is_narrow(ax) else 18
    label(ax, x, 1.45, f"overflow above {style.number(data.edge)}", ALARM, fontsize=size, **look)
    beyond = data.costs[:, data.gains > data.edge]
    known = beyond[~np.isnan(beyond)]
    share = f"{100 * np.isinf(known).mean():.0f} % of the runs ✗"
    label(ax, x, 1.0, share, ALARM, fontsize=9.5, fontweight="normal", **look)


def mark_own_run(ax, data):
    """The run at the right: a ring where it ended, and a handle on the axis."""
    y = LOWEST_ROW
    if not has_diverged(data):
        y = min(data.losses["plain"][-AVERAGED:].mean(), LIMIT - 0.07)
    ring = {"markersize": 13, "markerfacecolor": "none", "markeredgecolor": style.INK}
    ax.plot(data.gain, y, "o", markeredgewidth=2, zorder=6, **ring)
    handle = {"markersize": 11, "color": style.INK, "clip_on": False, "zorder": 6}
    ax.plot(data.gain, 0, "^", **handle, gid="ground")


def draw_costs(ax, data):
    """J of this network step by step, without and, thin, with clipping."""
    in_decades, high, steps = window_exploding(data)
    plain_color = ALARM if has_diverged(data) else style.ACTIVATION[data.activation]["color"]
    low = -2 if in_decades else 0
    looks = {
        "clipped": {"color": style.GREY, "linewidth": 1},
        "plain": {"color": plain_color, "linewidth": 2.5},
    }
    for name, look in looks.items():
        draw_losses(ax, data.losses[name][:steps], in_decades, (low, high), look)
    words = {"transform": ax.transAxes, "bbox": BOX, "ha": "right"}
    place = (1.0, 0.62)
    if has_diverged(data):
        last = len(data.losses["plain"])
        ax.plot(
            min(last, steps), 0.97 * high, "x", color=ALARM, markersize=12, mew=3, clip_on=False
        )
        text = f"not finite\nat step {last}"
        if last > 0.62 * steps:  # the curve rises at the right
            place = (0.03, 0.62)
            words["ha"] = "left"
    else:
        text = f"J = {style.number(data.losses['plain'][-AVERAGED:].mean())}"
    label(ax, *place, text, plain_color, fontsize=13, **words)
    small = {"fontsize": 9.5, "fontweight": "normal"}
    height = 0.2 if in_decades else 0.09  # there J ends at the bottom, here it never does
    label(ax, place[0], height, "grey: clipped\nto length 1", style.GREY, **words | small)


def draw_losses(ax, losses, in_decades, ends, look):
    """J step by step between the `ends` of the axis, as far as it is finite."""
    finite = losses[np.isfinite(losses)]
    heights = log10_floored(finite) if in_decades else finite
    ax.plot(np.arange(1, len(finite) + 1), np.clip(heights, *ends), **look)


def describe_end(losses):
    """The last J of a run, or the step at which it diverged."""
    if np.isfinite(losses[-1]):
        return f"J = {style.number(losses[-1])}"
    return f"diverged at step {len(losses)}"


def readings_exploding(data):
    """The fate of each run, and J step by step."""
    x = []
    y = []
    texts = []
    for (row, column), cost in np.ndenumerate(data.costs):
        if np.isnan(cost):
            continue
        x.append(data.gains[column])
        y.append(LOWEST_ROW + 0.25 * row if np.isinf(cost) else min(cost, LIMIT))
        fate = "not finite" if np.isinf(cost) else f"J = {style.number(cost)}"
        texts.append(f"n Var(W) {data.gains[column]:.2g}: {fate}")
    plain = data.losses["plain"][np.isfinite(data.losses["plain"])]
    heights = log10_floored(plain) if has_diverged(data) else plain
    steps = [f"step {k}: J = {style.number(loss)}" for k, loss in enumerate(plain, 1)]
    return (
        Reading(0, np.array(x), np.array(y), tuple(texts)),
        Reading(1, np.arange(1, len(plain) + 1), heights, tuple(steps)),
    )


def sentence_exploding(data):
    plain, clipped = data.losses["plain"], data.losses["clipped"]
    return (
        f"{describe_edge(data)} ({len(data.costs)} seeds). "
        f"With n Var(W) = {data.gain:.3g}, {first_of_last(data.delta)}, "
        f"so the gradient {verdict(data.delta[0] - data.delta[-1])}. "
        f"Plain gradient descent: {describe_end(plain)}; "
        f"with the gradient clipped to length 1: {describe_end(clipped)} "
        f"({len(clipped)} steps, J = {style.number(clipped[0])} at the first)."
    )
