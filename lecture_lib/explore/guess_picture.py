"""Pictures of a prediction: the guess and what came out, on one line."""

import numpy as np

from . import style

MINE = {"color": style.CLASS[1]["color"], "marker": "v", "markersize": 11, "linestyle": ""}
FOUND = {"color": style.ACCENT, "marker": "|", "markersize": 16, "linestyle": ""}


def guess_drawing(label, low, high, log):
    """(frame, draw) of a prediction whose values lie between `low` and `high`."""

    def frame(axes, data):
        (ax,) = axes
        scale = "log" if log else "linear"
        ax.set(xlim=(low, high), ylim=(0, 1), xscale=scale, yticks=[], xlabel=label)
        ax.spines["left"].set_visible(False)
        looks = {"your guess": MINE, "what each run gave": FOUND}
        beside = {"ncols": 2, "handlelength": 1, "columnspacing": 1}
        style.key(ax, "lower left", looks, bbox_to_anchor=(0, 1.15), **beside)

    def draw(axes, data):
        (ax,) = axes
        ax.plot([data.mine], [0.55], clip_on=False, **MINE)
        if data.found is not None:
            inside = np.clip(data.found, low, high)
            heights = np.full(len(inside), 0.3)
            ax.plot(inside, heights, clip_on=False, **FOUND)

    return frame, draw


def guess_sentence(log):
    """The sentence function: the guess, and once the answer is shown how far off it is."""

    def sentence(data):
        guess = f"Your guess: {style.number(data.mine)}."
        if data.found is None:
            return f"{guess} It stays; choose “shown” to see what came out, or go on without."
        return f"{guess} What came out: {describe_found(data.found)}. {judge(data, log)}"

    return sentence


def describe_found(found):
    """The median, and where the runs lie if there are several."""
    median = style.number(np.median(found))
    if len(found) == 1:
        return median
    low, high = style.number(found[0]), style.number(found[-1])
    return f"{median} (median of {len(found)} runs, from {low} to {high})"


def judge(data, log):
    """How far the guess is off: in decades on a log scale, else as a number."""
    if data.found[0] <= data.mine <= data.found[-1]:
        return "Your guess is among them."
    median = float(np.median(data.found))
    side = "high" if data.mine > median else "low"
    if log and median > 0:
        decades = abs(np.log10(data.mine / median))
        return f"Your guess is {decades:.1f} decades too {side}."
    return f"Your guess is {style.number(abs(data.mine - median))} too {side}."
