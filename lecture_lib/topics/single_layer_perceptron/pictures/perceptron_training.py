"""Pictures of the training of one neuron: what one sample does to the line, and all mistakes."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.labels import draw_arrow
from lecture_lib.explore.reading import Reading
from lecture_lib.explore.room import darken, find_pixels, name_line, name_place

from .calendar import draw_calendar, frame_calendar, read_calendar, window_calendar
from .plane import (
    CLOUD,
    FEW,
    GATE,
    cut_at_axes,
    cut_line,
    draw_line,
    draw_regions,
    draw_samples,
    find_taken,
    frame_plane,
    name_samples,
    tell_samples,
    write_headline,
)
from .update_sum import draw_update_sum, frame_update_sum

UPDATES = {-1: "subtract γx", 0: "W stays", 1: "add γx"}  # by the error d - y
ZOOMS = (1.0, 1.5, 2.5, 5.0)
SHORTEST = 20  # pixels of an arrow that is drawn
ROOM = 12  # pixels beside it that are enough
SEEN = 0.35  # of the height of the picture: as much of a line must be in it


def find_last_shown(data):
    """(the last sample shown, the weights before it); before training those of the first."""
    last = max(data.k - 1, 0)
    return data.run.shown[last], data.path[last]


def find_error(data):
    """The error d - y of the last sample shown; 0 before training."""
    return find_last_shown(data)[0].error if data.k else 0


def window_perceptron_training(data):
    """How much of the plane is shown, so that the line is seen before and after; and how many
    epochs.
    """
    _, before = find_last_shown(data)
    return choose_zoom(data, before, data.path[-1]), window_calendar(data)


def choose_zoom(data, *lines):
    """The first of ZOOMS at which these lines cross the picture."""
    low, high = GATE if len(data.points.x) == FEW else CLOUD
    for zoom in ZOOMS:
        half = zoom * (high - low) / 2
        limits = ((low + high) / 2 - half, (low + high) / 2 + half)
        cuts = [cut_line(W, limits, limits) for W in lines]
        if all(cut is not None and np.hypot(*(cut[1] - cut[0])) > SEEN * 2 * half for cut in cuts):
            return zoom
    return ZOOMS[-1]


def frame_perceptron_training(axes, data):
    plane, total, calendar = axes
    zoom, _ = window_perceptron_training(data)
    frame_plane(plane, data.points, zoom)
    frame_update_sum(total)
    frame_calendar(calendar, data)


def draw_perceptron_training(axes, data):
    plane, total, calendar = axes
    shown, before = find_last_shown(data)
    draw_step(plane, data, shown, before)
    draw_update_sum(total, before, data.gamma * find_error(data), data.points.x[shown.index])
    draw_calendar(calendar, data)
    write_headline(plane, tell_step(data))
    write_headline(calendar, tell_end(data))


def draw_step(ax, data, shown, before):
    """The line before and after the last sample, what it went over, and the samples."""
    after = data.path[-1]
    moved = find_error(data) != 0
    draw_regions(ax, after)
    if moved:
        draw_difference(ax, before, after)
        draw_line(ax, before, color=style.GREY, linestyle=(0, (5, 3)), linewidth=1.8)
    draw_line(ax, after)
    draw_samples(ax, data.points, [shown.index] if data.k else [])
    taken = find_taken(ax, data.points, after, *([before] if moved else []))
    taken = name_samples(ax, data.points, taken, away=16)
    if moved:
        taken = write_mistake(ax, data, shown, taken)
        taken = name_this_line(ax, before, "before", style.mix(style.GREY, style.INK, 0.6), taken)
        taken = name_this_line(ax, after, "after", style.INK, taken)
        draw_move(ax, before, after, taken)
    else:
        name_this_line(ax, after, "the line", style.INK, taken)


def draw_difference(ax, before, after):
    """The part of the plane that the step gave to the other class, in a stronger colour."""
    left, right = ax.get_xlim()
    bottom, top = ax.get_ylim()
    x1, x2 = np.meshgrid(np.linspace(left, right, 221), np.linspace(bottom, top, 161))
    V = [W[0] + W[1] * x1 + W[2] * x2 for W in (before, after)]
    went_to_one = np.minimum(-V[0], V[1])
    went_to_zero = np.minimum(V[0], -V[1])
    for label, part in enumerate((went_to_zero, went_to_one)):
        if part.max() > 0:
            color = style.mix(style.CLASS_FILL[label], style.CLASS[label]["color"], 0.13)
            look = {"colors": (color,), "extent": (left, right, bottom, top), "zorder": 0.5}
            ax.contourf(part, (0, 1e99), **look)


def write_mistake(ax, data, shown, taken):
    """What was wrong, beside the sample just shown; returns what is taken, with it."""
    label = shown.y + shown.error
    text = f"is {label},\nbut Y = {shown.y}"
    color = style.mix(darken(style.CLASS[label]["color"]), style.INK, 0.2)
    return name_place(ax, data.points.x[shown.index], text, color, taken, 18)


def draw_move(ax, before, after, taken):
    """An arrow from the line before to the line after, where there is room for it."""
    old = cut_at_axes(before, ax)
    new = cut_at_axes(after, ax)
    if old is None or new is None:
        return
    along = new[1] - new[0]
    best = (0.0, None, None)
    for part in np.linspace(0.05, 0.95, 41):
        start = old[0] + part * (old[1] - old[0])
        end = new[0] + np.clip((start - new[0]) @ along / (along @ along), 0.03, 0.97) * along
        way = find_pixels(ax, start + np.linspace(0.15, 0.85, 9)[:, None] * (end - start))
        length = np.hypot(*(way[-1] - way[0]))
        room = np.hypot(*(way[:, None] - taken).transpose(2, 0, 1)).min()
        score = min(room, ROOM) + 0.1 * min(length, 100)
        if length > SHORTEST and room > ROOM / 2 and score > best[0]:
            best = (score, start, end)
    if best[1] is not None:
        draw_arrow(ax, *best[1:], style.INK, 2.2)


def name_this_line(ax, W, text, color, taken):
    """A name beside a line, if it is in the picture; returns what is taken, with it."""
    ends = cut_at_axes(W, ax)
    if ends is None:
        return taken
    return name_line(ax, ends, text, color, taken)


def tell_step(data):
    """What the last sample did, as a finding."""
    if data.k == 0:
        return "Before training"
    return "A mistake moves the line" if find_error(data) else "No mistake: the line stays"


def tell_end(data):
    """When the mistakes end, as a finding."""
    run = data.run
    if not run.converged:
        return f"No end in {len(run.mistakes)} epochs"
    if run.mistakes[-1]:
        return f"Stopped at {run.mistakes[-1]} mistakes"
    last = max((place for place, shown in enumerate(run.shown, 1) if shown.error), default=0)
    return f"Last mistake: sample {last}"


def describe_step(data):
    """The sample just shown, and what it did to the weights."""
    samples = len(data.points.x)
    epoch = -(-data.k // samples)  # rounded up
    end = ""
    if data.k == len(data.run.shown):
        end = ", stopped" if data.run.converged else ", not stopped"
    if data.k == 0:
        step = "before training"
    else:
        shown, _ = find_last_shown(data)
        step = f"d = {shown.y + shown.error}, y = {shown.y}, {UPDATES[shown.error]}"
    return f"{data.points.name}, sample {data.k}, epoch {epoch}{end}: {step}"


def describe_mistakes(data):
    """How many samples the weights get wrong, now and at their best."""
    now = f"wrong now: {data.wrong[-1]} of {len(data.points.x)} samples"
    return f"{now} (best weights so far: {data.wrong.min()})"


def readings_perceptron_training(data):
    """The samples with what the line says of them now, and each presentation of the run."""
    x = data.points.x
    W = data.path[-1]
    says = W[0] + x @ W[1:] > 0
    return (Reading(0, *x.T, tell_samples(data.points, says)), read_calendar(data, 2))


def sentence_perceptron_training(data):
    return f"{describe_step(data)}; {describe_mistakes(data)}."
