"""Pictures of J over up to a million steps, and of its distance to the floor."""

import numpy as np
from matplotlib.collections import LineCollection

from lecture_lib.explore import style
from lecture_lib.explore.decades import choose_tick_step, name_power
from lecture_lib.explore.labels import convert_points, label
from lecture_lib.explore.reading import Reading
from lecture_lib.explore.windows import choose_first

from ..compute.long_training import FLOOR, LAST

TOP = 0.25  # of the axis of J
LOWS = (-3, -4, -5, -7)  # decades at which the axis of the distance may begin
ABOVE = style.CLASS[1]["color"]  # starts that are above the floor
BELOW = style.ACTIVATION["relu"]["color"]  # green: those below it
NAMES_AT = 60  # step from which on nothing is above the plateaus
LINE = 14  # points from one line of words to the next
SHORT = 20_000  # steps up to which the right third of the picture is empty
POWERS = (0, 2, 4, 6)  # of ten: steps that are named on the axis


def find_stuck(data):
    """The distances to the floor (n, k) of the k starts that are above it at the end."""
    return data.above[:, data.is_above]


def window_long_training(data):
    """The decade at which the axis of the distance begins."""
    least = find_stuck(data)[-1].min()
    return choose_first(LOWS, lambda low: 10.0**low <= least)


def frame_long_training(axes, data):
    cost, distance = axes
    for ax in axes:
        ax.set(xscale="log", xlim=(1, LAST), xlabel="step")
        ax.set_xticks([10.0**power for power in POWERS], [name_power(power) for power in POWERS])
    cost.set(ylim=(0, TOP), ylabel="cost J", yticks=(0, 0.1, 0.2))
    cost.axhline(FLOOR, zorder=3, **style.THEORY)
    label(cost, 1.3, FLOOR - 0.018, "floor 1/16", style.INK)
    style.note(cost, 1.3, FLOOR - 0.018 - 0.9 * find_line(cost), "2 of 4 at ½")
    low = window_long_training(data)
    distance.set(yscale="log", ylim=(10.0**low, 1), ylabel="J − 1/16")
    powers = range(low, 1, choose_tick_step(-low))
    distance.set_yticks([10.0**power for power in powers], [name_power(power) for power in powers])
    for ax in axes:
        ax.minorticks_off()


def draw_long_training(axes, data):
    cost, distance = axes
    draw_runs(cost, data.steps, data.J[:, ~data.is_above], BELOW)
    draw_runs(cost, data.steps, data.J[:, data.is_above], ABOVE)
    draw_runs(distance, data.steps, find_stuck(data), ABOVE)
    draw_chosen(cost, data.steps, data.J[:, data.chosen])
    if data.is_above[data.chosen]:
        draw_chosen(distance, data.steps, data.above[:, data.chosen])
    name_groups(cost, data)
    tell_way_on(distance, data)
    style.headline(cost, f"{tell_count(data)} above the floor")
    style.headline(distance, f"Start {data.chosen}: {tell_place(data)}")


def find_line(ax):
    """How much of the axis of J a line of words takes."""
    return convert_points(ax, LINE) * TOP


def name_groups(ax, data):
    """How many starts are on either side of the floor, and which line is the chosen start."""
    stuck = int(data.is_above.sum())
    fallen = len(data.is_above) - stuck
    starts = "start" if fallen == 1 else "starts"
    rows = (
        (f"{fallen} {starts} fell below the floor", BELOW),
        (f"{stuck} starts are still above it", ABOVE),
        (f"start {data.chosen}", style.ACCENT),
    )
    for row, (text, color) in enumerate(rows):
        height = TOP - (row + 0.5) * find_line(ax)
        label(ax, NAMES_AT, height, text, color)


def tell_way_on(ax, data):
    """Why the axis goes on where the curves have ended."""
    if data.steps[-1] <= SHORT:
        text = "the slider goes on\nto a million steps"
        style.note(ax, 0.97, 0.95, text, transform=ax.transAxes, ha="right", va="top")


def draw_runs(ax, steps, values, color):
    """A thin line for each column of `values` (n, k)."""
    curves = [np.column_stack([steps, column]) for column in values.T]
    look = {"colors": style.mix(color, "white", 0.3), "linewidths": 1.1, "zorder": 2}
    ax.add_collection(LineCollection(curves, **look), autolim=False)


def draw_chosen(ax, steps, values):
    """The start that is looked at, and where it is now."""
    ax.plot(steps, values, color=style.ACCENT, linewidth=2.8, zorder=4)
    look = {"color": style.ACCENT, "markeredgecolor": "white", "clip_on": False}
    ax.plot(steps[-1], values[-1], "o", markersize=10, zorder=5, **look)


def tell_count(data):
    """How many starts are above the floor."""
    return f"{data.is_above.sum()} of {len(data.is_above)} starts"


def tell_place(data):
    """Where the chosen start is, seen from the floor."""
    distance = data.above[-1, data.chosen]
    if distance > 0:
        return f"{style.number(distance)} above the floor"
    last = np.nonzero(data.above[:, data.chosen] > 0)[0][-1]
    return f"below the floor after {data.steps[last + 1]:,} steps"


def readings_long_training(data):
    """J of the chosen start over the steps, and its distance to the floor."""
    J = data.J[:, data.chosen]
    above = data.above[:, data.chosen]
    costs = tuple(f"step {k:,}: J = {style.number(y, 3)}" for k, y in zip(data.steps, J))
    steps = data.steps.astype(float)
    readings = [Reading(0, steps, J, costs)]
    if data.is_above[data.chosen]:
        texts = [f"step {k:,}: J − 1/16 = {style.number(y)}" for k, y in zip(data.steps, above)]
        readings.append(Reading(1, steps, above, tuple(texts)))
    return tuple(readings)


def sentence_long_training(data):
    J = style.number(data.J[-1, data.chosen], 3)
    steps = "1 step" if len(data.steps) == 1 else f"{data.steps[-1]:,} steps"
    return (
        f"After {steps}, {tell_count(data)} are above the floor J = 1/16. "
        f"Start {data.chosen}: J = {J}, {tell_place(data)}."
    )
