"""Pictures of the skip knob: the gradient by layer and the error by epoch, with and without."""

import numpy as np

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.digits_networks.words import count_epochs
from lecture_lib.explore import style
from lecture_lib.explore.decades import choose_window, draw_curve, frame_layers, verdict
from lecture_lib.explore.labels import is_narrow, label
from lecture_lib.explore.layer_strip import draw_strip

from .looks import (
    RELATIVE,
    RELATIVE_LOWS,
    WITH,
    WITHOUT,
    draw_error_curve,
    frame_error_curves,
    name_runs,
    part_of,
    percent,
    read_errors,
    read_profile,
    times,
)

ROOM = 0.13  # of the axis above and below the curves, for their names
FAILS = 0.6  # an error above it is little better than guessing
NEAR = 0.03  # of the axis between a curve and its name


def find_middles(data):
    """The medians of both networks over the seeds, (L - 1,) each: with skips, and plain."""
    return np.median(data.delta, axis=0), np.median(data.plain, axis=0)


def window_skip_knob(data):
    middle, plain = find_middles(data)
    low, high = choose_window(middle, plain, lows=RELATIVE_LOWS)
    room = ROOM * (high - low)
    ends = (min(middle.min(), plain.min()) - room, max(middle.max(), plain.max()) + room)
    return choose_window(np.array(ends), lows=RELATIVE_LOWS)


def frame_skip_knob(axes, data):
    sizes, errors = axes
    frame_layers(sizes, *window_skip_knob(data), data.depth - 1, RELATIVE)
    frame_error_curves(errors, data.epochs)


def draw_skip_knob(axes, data):
    sizes, errors = axes
    gained = draw_profiles(sizes, data)
    draw_runs(errors, data)
    style.headline(sizes, f"Layer 1 gets × {times(gained)}: the gradient {verdict(gained)}")
    wrong = name_results(data)
    if wrong:
        style.headline(errors, f"Wrong: {wrong[0]}, plain {wrong[1]}")


def draw_profiles(ax, data):
    """Both gradients by layer, theory, and what layer 1 gets; returns its decades with skips."""
    layers = np.arange(1, data.depth)
    low, high = ax.get_ylim()
    middle, plain = find_middles(data)
    band = np.clip(np.percentile(data.delta, (5, 95), axis=0), low, high)
    ax.fill_between(layers, *band, color=WITH["color"], alpha=0.18, linewidth=0)
    draw_curve(ax, layers, plain, **mark_some(WITHOUT, len(layers)))
    draw_curve(ax, layers, middle, **mark_some(WITH, len(layers)))
    ax.plot(layers, np.clip(data.theory, low, high), **style.THEORY, zorder=4)
    draw_strip(ax, middle, WITH["color"])

    skip_is_above = middle[0] >= plain[0]
    low_edge, high_edge = band
    with_theory = np.array([middle, data.theory, high_edge if skip_is_above else low_edge])
    name = f"{name_skips(data)}: × {times(middle[0])}"
    size = 10 if is_narrow(ax) else 14
    name_start(ax, with_theory, name, WITH, skip_is_above, fontsize=size)
    name = f"plain: × {times(plain[0])}"
    if not is_narrow(ax):
        name += describe_plain(data, plain[0])
    edge = low_edge if skip_is_above else high_edge
    name_start(ax, np.array([plain, edge]), name, WITHOUT, not skip_is_above, fontsize=11)
    return middle[0]


def describe_plain(data, kept):
    """What is to be seen of the plain network where its gradient holds and it still fails."""
    errors = data.runs[1].train_error
    holds = abs(kept) < 1
    fails = len(errors) > 1 and errors[-1] > FAILS
    return " holds, yet does not learn" if data.alpha and holds and fails else ""


def name_skips(data):
    """The network with skips, and how strong they are: α is the part that is added."""
    return f"with skips, α = {data.alpha:g}" if data.alpha else "no skips, α = 0"


def mark_some(look, points):
    """The look of a line with at most about fourteen markers."""
    return look | {"markevery": max(1, points // 14)}


def name_start(ax, curves, text, look, is_above, **options):
    """A name above or below the first half of some curves (k, L), where they come to layer 1."""
    low, high = ax.get_ylim()
    away = NEAR * (high - low)
    highest = high - 0.16 * (high - low) if is_narrow(ax) else high  # a headline of two lines
    half = np.clip(curves[:, : max(1, curves.shape[1] // 2)], low, highest)
    if is_above:
        label(ax, 1, half.max() + away, text, look["color"], va="bottom", **options)
    else:
        label(ax, 1, half.min() - away, text, look["color"], va="top", **options)


def draw_runs(ax, data):
    """Both training errors, with a name where each ends."""
    ends = []
    for run, look, name in zip(
        data.runs, (WITH, WITHOUT), ("skips" if data.alpha else "α = 0", "plain")
    ):
        end = draw_error_curve(ax, run, look)
        if end is not None:
            outcome = "diverged" if run.diverged else percent(end[1])
            ends.append((*end, f"{name}: {outcome}", look["color"]))
    name_runs(ax, ends, data.epochs)


def name_results(data):
    """The last training errors of both in words; nothing before the first epoch is measured."""
    if not len(data.runs[1].train_error):
        return []
    return [percent(run.train_error[-1]) for run in data.runs]


def readings_skip_knob(data):
    """Both gradients by layer, and both errors by epoch."""
    readings = []
    for name, decades in zip((name_skips(data), "plain"), find_middles(data)):
        readings.append(read_profile(0, name, decades))
    for name, run in zip((name_skips(data), "plain"), data.runs):
        readings.append(read_errors(1, name, run))
    return tuple(readings)


def describe_inner(data):
    """The inner layers' variance in words."""
    if data.inner == "arc":
        return f"2(1 − α²)/n = {style.number(data.gain)}/n"
    return data.inner


def sentence_skip_knob(data):
    gained, plain = (middle[0] for middle in find_middles(data))
    name = ACTIVATIONS[data.activation].label
    sentence = (
        f"{name}, {data.depth} layers, skip α = {data.alpha:g}, inner variance "
        f"{describe_inner(data)}: layer 1 gets {part_of(gained)} layer {data.depth - 1}'s gradient "
        f"(median of {len(data.delta)} seeds, theory {times(data.theory[0])}), so the gradient "
        f"{verdict(gained)}. Without skips it gets {part_of(plain)} layer {data.depth - 1}'s."
    )
    wrong = name_results(data)
    if wrong:
        epochs = max(int(run.epoch[-1]) for run in data.runs)
        sentence += (
            f" Training error after {count_epochs(epochs)}: {wrong[0]}, without skips {wrong[1]}."
        )
    return sentence
