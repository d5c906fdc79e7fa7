"""Pictures of a prediction: the guess and what came out, on one line."""

import numpy as np

from . import style

MINE = {"color": style.CLASS[1]["color"], "marker": "v", "markersize": 12, "linestyle": ""}
FOUND = {"color": style.ACCENT, "marker": "|", "markersize": 18, "linestyle": ""}
ABOVE = 0.62  # height of the guess, in parts of the panel
BELOW = 0.2  # height of what came out
AWAY = 9  # points from a mark to its name


def make_guess_drawing(label, low, high, log):
    """(frame, draw) of a prediction whose values lie between `low` and `high`."""

    def frame(axes, data):
        (ax,) = axes
        scale = "log" if log else "linear"
        ax.set(xlim=(low, high), ylim=(0, 1), xscale=scale, yticks=[], xlabel=label)
        ax.spines["left"].set_visible(False)
        if not log:
            ax.locator_params(axis="x", integer=True)  # what is guessed is mostly a count

    def draw(axes, data):
        (ax,) = axes
        if data.mine is not None:
            ax.plot([data.mine], [ABOVE], clip_on=False, **MINE)
            name_mark(ax, data.mine, ABOVE, f"your guess: {write(data.mine, log)}", MINE["color"])
        if data.is_working:
            middle = {"transform": ax.transAxes, "ha": "center"}
            style.note(ax, 0.5, BELOW, "the answer is being computed …", **middle)
        if data.found is not None:
            inside = np.clip(data.found, low, high)
            ax.plot(inside, np.full(len(inside), BELOW), clip_on=False, **FOUND)
            text = f"what came out: {write(np.median(data.found), log)}"
            name_mark(ax, inside[-1], BELOW, text, FOUND["color"], inside[0])

    return frame, draw


def name_mark(ax, x, y, text, color, left=None):
    """Words at the right of a mark, or at the left (of `left`) where the panel ends."""
    share = ax.transAxes.inverted().transform(ax.transData.transform((x, y)))[0]
    is_right = share < 0.7
    look = {"color": style.word_color(color), "fontsize": 11, "fontweight": "bold", "va": "center"}
    look |= {"textcoords": "offset points", "ha": "left" if is_right else "right"}
    place = x if is_right or left is None else left
    ax.annotate(text, (place, y), (AWAY if is_right else -AWAY, 0), **look)


def make_guess_sentence(log):
    """The sentence function: the guess, and once the answer is shown how far off it is."""

    def sentence(data):
        guess = "No guess yet." if data.mine is None else f"Your guess: {write(data.mine, log)}."
        if data.is_working:
            return f"{guess} The answer is being computed."
        if data.found is None:
            return f"{guess} Set your own guess, then press the button to see what came out."
        found = f"What came out: {describe_found(data.found, log)}."
        return found if data.mine is None else f"{guess} {found} {judge(data, log)}"

    return sentence


def write(value, log):
    """A guess or what came out, in writing: a count without decimals."""
    is_whole = float(value).is_integer() and not log
    return f"{value:.0f}" if is_whole else style.number(value)


def describe_found(found, log):
    """The median, and where the runs lie if there are several."""
    median = write(np.median(found), log)
    if len(found) == 1:
        return median
    low, high = write(found[0], log), write(found[-1], log)
    return f"{median} (median of {len(found)} runs, from {low} to {high})"


def judge(data, log):
    """How far the guess is off: in decades on a log scale, else as a number."""
    if data.found[0] <= data.mine <= data.found[-1]:
        return "Your guess is within this range."
    median = float(np.median(data.found))
    side = "high" if data.mine > median else "low"
    if log and median > 0:
        decades = abs(np.log10(data.mine / median))
        return f"Your guess is {decades:.1f} decades too {side}."
    return f"Your guess is {write(abs(data.mine - median), log)} too {side}."
