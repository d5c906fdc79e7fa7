"""Pictures of a prediction: the guess and what came out, on one line."""

import numpy as np

from . import style

MINE = {"color": style.CLASS[1]["color"], "marker": "v", "markersize": 11, "linestyle": ""}
FOUND = {"color": style.ACCENT, "marker": "|", "markersize": 16, "linestyle": ""}


def guess_drawing(label, low, high, log):
    """(frame, draw) of a prediction whose values lie between `low` and `high`."""

    def frame(axes, data):
        ax = axes[0]
        ax.set(
            xlim=(low, high),
            ylim=(0, 1),
            xscale="log" if log else "linear",
            yticks=[],
            xlabel=label,
        )
        ax.spines["left"].set_visible(False)
        style.key(
            ax,
            "lower left",
            {"your guess": MINE, "what each run gave": FOUND},
            bbox_to_anchor=(0, 1.15),
            ncols=2,
            handlelength=1,
            columnspacing=1,
        )

    def draw(axes, data):
        axes[0].plot([data.mine], [0.55], clip_on=False, **MINE)
        if data.found is not None:
            seen = np.clip(data.found, low, high)
            axes[0].plot(seen, np.full(len(seen), 0.3), clip_on=False, **FOUND)

    return frame, draw


def guess_sentence(log, form=style.number):
    """The sentence function: the guess, and once the answer is shown how far off it is."""

    def sentence(data):
        if data.found is None:
            return f"Your guess: {form(data.mine)}. It stays; choose “shown” to see what came out, or go on without."
        middle = float(np.median(data.found))
        told = f"Your guess: {form(data.mine)}. What came out: {form(middle)}"
        if len(data.found) > 1:
            told += f" (median of {len(data.found)} runs, from {form(data.found[0])} to {form(data.found[-1])})"
        if data.found[0] <= data.mine <= data.found[-1]:
            return f"{told}. Your guess is among them."
        if log and middle > 0:
            off = abs(np.log10(data.mine / middle))
            return f"{told}. Your guess is {off:.1f} decades too {'high' if data.mine > middle else 'low'}."
        return f"{told}. Your guess is {form(abs(data.mine - middle))} too {'high' if data.mine > middle else 'low'}."

    return sentence
