"""Pictures of the error of the 2-2-1 network over many updates."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.decades import choose_tick_step, name_power
from lecture_lib.explore.labels import draw_answer, is_narrow, label_ends
from lecture_lib.explore.reading import Reading
from lecture_lib.explore.windows import choose_first
from lecture_lib.small_networks.worked_example import WEIGHTS

NAMES = {
    "frozen": "biases frozen",
    "separate": "biases learn",
    "shared": "B1 shared",
}
DASHES = {"frozen": "-", "separate": (0, (5, 2)), "shared": (0, (1.5, 1.2))}
FLOORS = (0.1, 0.01, 1e-4, 1e-6, 1e-8, 1e-12)  # where the axis of the error may end
# Where the axis of the updates ends, by how many they are at most; behind them stand the names.
ENDS = {10: 60, 100: 1000, 1000: 14_000, 10_000: 500_000}
WIDTHS = (0.5, 1, 2, 3, 5, 10, 20)  # of the axis of the weights, to each side
TICKS = (0, 1, 10, 100, 1000, 10_000)
READ = 60  # updates that can be read off


def window_numeric_training(data):
    """(updates, lowest error, least and largest weight) on the axes."""
    end = next(end for end in ENDS if end >= data.updates)
    least = min(errors.min() for errors in data.errors.values())
    floor = choose_first(FLOORS, lambda floor: floor <= least)
    weights = [*data.weights.values(), *WEIGHTS.values()]
    lowest = -choose_width(-min(weights))
    highest = choose_width(max(weights))
    return end, floor, lowest, highest


def choose_width(weight):
    """Where an axis ends that holds a weight."""
    return choose_first(WIDTHS, lambda width: width >= weight)


def frame_numeric_training(axes, data):
    ax, bars = axes
    end, floor, lowest, highest = window_numeric_training(data)
    ax.set_xscale("symlog", linthresh=1)
    ax.set(yscale="log", xlim=(0, ENDS[end]), ylim=(floor, 1))
    ax.set(xlabel="updates", ylabel="error E")
    ticks = [tick for tick in TICKS if tick <= end]
    if is_narrow(ax):
        ticks = ticks[:-2] + ticks[-1:]
    ax.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    lowest_tick = round(np.log10(floor))
    powers = range(lowest_tick, 1, choose_tick_step(-lowest_tick))
    ax.set_yticks([10.0**power for power in powers], [name_power(power) for power in powers])
    ax.minorticks_off()
    bars.set(xlim=(lowest, highest), ylim=(len(WEIGHTS) - 0.4, -0.6))
    bars.set_xlabel("weight: start ( | ) to end")
    bars.set_yticks(range(len(WEIGHTS)), [name_weight(name) for name in WEIGHTS])
    bars.axvline(0, color=style.PALE, linewidth=1, gid="ground")


def name_weight(name):
    """W1, or a bias with the unit it belongs to."""
    bias, _, unit = name.partition("_")
    return f"{bias} of {unit}" if unit else bias


def draw_numeric_training(axes, data):
    ax, bars = axes
    _, floor, *_ = window_numeric_training(data)
    for biases, errors in data.errors.items():
        draw_errors(ax, biases, np.maximum(errors, floor), biases == data.biases)
    ends = [max(errors[-1], floor) for errors in data.errors.values()]
    colors = [style.ACCENT if name == data.biases else style.GREY for name in data.errors]
    name_ends(ax, data, ends, colors)
    draw_weights(bars, data)
    end = data.errors[data.biases][-1]
    style.headline(ax, tell_biases(data))
    draw_answer(ax, 0.03, 0.13, write_error(end), style.ACCENT)
    style.headline(bars, tell_farthest(data))


def name_ends(ax, data, ends, colors):
    """The names of the treatments at the ends of their curves."""
    names = [NAMES[name] for name in data.errors]
    label_ends(ax, data.updates, np.array(ends), names, colors, fontsize=9.5)


def draw_errors(ax, biases, errors, is_chosen):
    """The error over the updates with one treatment of the biases."""
    updates = np.arange(len(errors))
    few = np.unique(np.r_[0, np.geomspace(1, len(errors) - 1, 300).round().astype(int)])
    ax.plot(
        updates[few],
        errors[few],
        linestyle=DASHES[biases],
        color=style.ACCENT if is_chosen else style.GREY,
        linewidth=2.6 if is_chosen else 1.4,
        zorder=3 if is_chosen else 2,
    )
    if is_chosen:
        ax.plot([updates[-1]], [errors[-1]], "o", color=style.ACCENT, markersize=8, zorder=4)


def draw_weights(ax, data):
    """From where each weight started to where it is, as an arrow-like bar; grey if it stayed."""
    rows = np.arange(len(WEIGHTS))
    starts = np.array(list(WEIGHTS.values()))
    ends = np.array([data.weights[name] for name in WEIGHTS])
    ends = np.clip(ends, *ax.get_xlim())
    moved = np.abs(ends - starts) > 1e-9
    colors = np.where(ends >= 0, style.POSITIVE, style.NEGATIVE)
    ax.barh(rows, ends - starts, left=starts, height=0.34, color=colors)
    marks = {"color": style.INK, "markersize": 13, "markeredgewidth": 1.6, "linestyle": ""}
    ax.plot(starts, rows, "|", **marks)
    for row in rows[moved]:
        ax.plot([ends[row]], [row], "o", color=colors[row], markersize=7)
    for row in rows[~moved]:
        is_right = starts[row] > np.mean(ax.get_xlim())
        side = "right" if is_right else "left"
        style.note(ax, starts[row], row, "stays  " if is_right else "  stays", ha=side)


def count_updates(data):
    """How many updates there were, in words."""
    return "1 update" if data.updates == 1 else f"{data.updates:,} updates"


def tell_biases(data):
    """What the biases do to the error, as a finding."""
    best = "shared" if data.biases == "frozen" else data.biases
    times = data.errors["frozen"][-1] / max(data.errors[best][-1], 1e-300)
    return f"Frozen biases: {style.number(times)} times the error after {count_updates(data)}"


def tell_farthest(data):
    """Which weight has moved farthest, and where to."""
    moved = {name: abs(data.weights[name] - start) for name, start in WEIGHTS.items()}
    name = max(moved, key=moved.get)
    end = style.number(data.weights[name], 2)
    return f"{name_weight(name)} moves most: {WEIGHTS[name]:g} → {end}"


def write_error(value):
    """An error in writing."""
    return style.number(value, 3) if value > 1e-12 else "practically 0"


def readings_numeric_training(data):
    """The error of each treatment over the updates, and each weight."""
    last = data.updates
    few = np.unique(np.r_[0, np.geomspace(1, last, READ).round().astype(int)])
    _, floor, *_ = window_numeric_training(data)
    readings = []
    for biases, errors in data.errors.items():
        texts = [f"{NAMES[biases]}: E = {write_error(errors[n])} after {n:,} updates" for n in few]
        readings.append(Reading(0, few, np.maximum(errors[few], floor), tuple(texts)))
    ends = np.array([data.weights[name] for name in WEIGHTS])
    texts = []
    for name, start in WEIGHTS.items():
        end = f"{data.weights[name]:.4f}".replace("-", "−")
        texts.append(f"{name_weight(name)}: from {start:g} to {end}")
    readings.append(Reading(1, ends, np.arange(len(ends)), tuple(texts)))
    return tuple(readings)


def sentence_numeric_training(data):
    end = {biases: write_error(errors[-1]) for biases, errors in data.errors.items()}
    return (
        f"After {count_updates(data)} with γ = {data.gamma:g} the error is "
        f"{end['frozen']} with frozen biases (the lecture's way), "
        f"{end['separate']} if each bias learns, and {end['shared']} if B1 is shared."
    )
