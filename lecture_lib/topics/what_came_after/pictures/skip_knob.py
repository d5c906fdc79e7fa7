"""Pictures of the skip knob: the gradient by layer and the error by epoch, with and without."""

import numpy as np

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.explore import style
from lecture_lib.topics.vanishing_exploding_gradients.pictures.decades import (
    draw_curve,
    frame_decades,
    verdict,
)

from .looks import (
    RELATIVE,
    WAY,
    WITH,
    WITHOUT,
    choose_window,
    count_epochs,
    draw_error_curve,
    draw_strip,
    frame_error_curves,
    name_ends,
    part_of,
    percent,
    times,
)


def frame_skip_knob(axes, data):
    sizes, errors = axes
    low, high = choose_window(np.median(data.delta, axis=0), np.median(data.plain, axis=0))
    hidden = data.depth - 1
    frame_decades(sizes, low, high, max(hidden, 2), WAY, RELATIVE)
    sizes.tick_params(axis="x", pad=17)
    style.note(sizes, 0.99, 0.03, f"axis: {high - low} decades", **at_corner(sizes))
    frame_error_curves(errors, data.epochs)


def at_corner(ax):
    """Where a note stands at the lower right of the axes."""
    return {"transform": ax.transAxes, "ha": "right", "va": "bottom"}


def draw_skip_knob(axes, data):
    sizes, errors = axes
    gained = draw_profiles(sizes, data)
    draw_runs(errors, data)
    last = data.depth - 1
    style.headline(sizes, f"It {verdict(gained)}: layer 1 gets {part_of(gained)} layer {last}'s")
    wrong = name_results(data)
    if wrong:
        style.headline(errors, f"Wrong: {wrong[0]}, plain {wrong[1]}")


def draw_profiles(ax, data):
    """Both gradients by layer, theory, and what layer 1 gets; returns its decades with skips."""
    layers = np.arange(1, data.depth)
    low, high = ax.get_ylim()
    middle = np.median(data.delta, axis=0)
    plain = np.median(data.plain, axis=0)
    band = np.clip(np.percentile(data.delta, (5, 95), axis=0), low, high)
    ax.fill_between(layers, *band, color=WITH["color"], alpha=0.18, linewidth=0)
    draw_curve(ax, layers, plain, **mark_some(WITHOUT, len(layers)))
    draw_curve(ax, layers, middle, **mark_some(WITH, len(layers)))
    ax.plot(layers, np.clip(data.theory, low, high), **style.THEORY, zorder=4)
    draw_strip(ax, middle)
    skip_is_above = middle[0] >= plain[0]
    farthest = max if skip_is_above else min
    height = farthest(middle[0], data.theory[0])
    name = f"α = {data.alpha:g}: × {times(middle[0])}"
    name_start(ax, height, name, WITH, skip_is_above, 15)
    name_start(ax, plain[0], f"plain: × {times(plain[0])}", WITHOUT, not skip_is_above, 11)
    return middle[0]


def mark_some(look, points):
    """The look of a line with at most about fourteen markers."""
    return look | {"markevery": max(1, points // 14)}


def name_start(ax, height, text, look, is_above, size):
    """The name of a curve where it reaches layer 1, above or below it."""
    low, high = ax.get_ylim()
    height = np.clip(height, low, high)
    share = (height - low) / (high - low)
    if share > 0.9:
        is_above = False
    if share < 0.1:
        is_above = True
    ax.annotate(
        text,
        (1, height),
        (4, 7 if is_above else -7),
        textcoords="offset points",
        va="bottom" if is_above else "top",
        color=look["color"],
        fontsize=size,
        fontweight="bold",
        zorder=6,
    )


def draw_runs(ax, data):
    """Both training errors, with a name where each ends."""
    places = []
    for run, look, name in zip(data.runs, (WITH, WITHOUT), (f"α = {data.alpha:g}", "plain")):
        end = draw_error_curve(ax, run, look)
        if end is not None:
            outcome = "diverged" if run.diverged else percent(end[1])
            places.append((*end, f"{name}: {outcome}", look["color"]))
    if places:
        epochs, heights, names, colors = zip(*places)
        name_ends(ax, max(epochs) + 0.03 * data.epochs, heights, names, colors)


def name_results(data):
    """The last training errors of both in words; nothing before the first epoch is measured."""
    if not len(data.runs[1].train_error):
        return []
    return [percent(run.train_error[-1]) for run in data.runs]


def describe_inner(data):
    """The inner layers' variance in words."""
    rules = {"2/(nL)": "2/(nL)", "0": "0", "arc": f"2(1 − α²)/n = {style.number(data.gain)}/n"}
    return rules.get(data.inner, data.inner)


def sentence_skip_knob(data):
    gained = np.median(data.delta, axis=0)[0]
    plain = np.median(data.plain, axis=0)[0]
    name = ACTIVATIONS[data.activation].label
    sentence = (
        f"{name}, {data.depth} layers, skip α = {data.alpha:g}, inner variance "
        f"{describe_inner(data)}: layer 1 gets {part_of(gained)} layer {data.depth - 1}'s gradient "
        f"(median of {len(data.delta)} seeds, theory {times(data.theory[0])}): it "
        f"{verdict(gained)}. Without skips {times(plain)}."
    )
    wrong = name_results(data)
    if wrong:
        epochs = max(int(run.epoch[-1]) for run in data.runs)
        sentence += (
            f" Training error after {count_epochs(epochs)}: {wrong[0]}, without skips {wrong[1]}."
        )
    return sentence
