"""Pictures of the input plane beside the hidden plane."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator

from lecture_lib.explore import style
from lecture_lib.explore.reading import Reading
from lecture_lib.explore.room import darken, find_pixels, follow_line, name_line, name_place

from ..compute.hidden_space import LIMITS, MESH, make_grid

ALL = 1e300  # beyond every sum
FEW = 4  # samples that are named
NAMED = 3  # hidden units up to which their lines are named
FLAT = 1e-9
TOGETHER = 0.08  # of the hidden plane: samples so near to one another have one name
GRID_COLOR = style.mix(style.ACCENT, "white", 0.45)


def frame_hidden_space(axes, data):
    inputs, hidden = axes
    limits = LIMITS[data.points.name]
    inputs.set(xlim=limits, ylim=limits, xlabel="$X_1$    (● d = 0,  ▲ d = 1)", ylabel="$X_2$")
    hidden.set(xlim=data.box[0], ylim=data.box[1])
    bent = "   (blue: input grid)"
    if data.morph < 1:
        hidden.set(xlabel=f"from $X_1$ to the hidden plane{bent}", ylabel="")
    elif data.units == 2:
        hidden.set(xlabel=f"$H_1${bent}", ylabel="$H_2$")
    else:
        hidden.set(xlabel=f"across the output's plane{bent}", ylabel="along it, towards $H_1$")
    for ax in axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = axis.get_view_interval()
            ticks = MaxNLocator(4).tick_values(low, high)
            axis.set_ticks([tick for tick in ticks if low < tick < high])
    if len(data.points.x) == FEW:
        inputs.set(xticks=(0, 1), yticks=(0, 1))


def draw_hidden_space(axes, data):
    inputs, hidden = axes
    draw_inputs(inputs, data)
    draw_image(hidden, data)
    style.headline(inputs, f"Inputs: {'one line' if data.separable else 'no line'} separates them")
    found = judge_classes(data) if data.wrong else "one line separates them"
    if data.morph < 1:
        style.headline(hidden, f"{100 * data.morph:.0f} % of the way to the hidden space")
    else:
        style.headline(hidden, f"Hidden: {found}")


def draw_inputs(ax, data):
    """The input plane with the samples, the lines of the hidden units and the output's border."""
    sums_of_units, sum_of_output = data.sums
    low, high = LIMITS[data.points.name]
    at = make_grid([(low, high)] * 2)[0, ::MESH, 0]
    mesh = [[(low, t), (high, t)] for t in at] + [[(t, low), (t, high)] for t in at]
    draw_mesh(ax, mesh)
    taken = [find_pixels(ax, data.points.x)]
    taken += draw_regions(ax, sum_of_output[..., 0])
    units = []
    for total in np.moveaxis(sums_of_units, -1, 0):
        units.append(find_border(ax, total))
        for line in units[-1]:
            ax.plot(*line.T, linestyle=(0, (4, 3)), color=style.GREY, linewidth=1.3, zorder=2)
            taken.append(follow_line(ax, line))
    draw_samples(ax, data.points.x, data.points.labels)
    taken = np.concatenate(taken)
    if len(data.points.x) == FEW:
        for point, label in zip(data.points.x, data.points.labels):
            taken = name_place(ax, point, name_sample(point), color_word(label), taken, 10)
    if data.units <= NAMED:
        color = style.mix(style.GREY, style.INK, 0.4)
        for k, lines in enumerate(units, 1):
            for line in lines[:1]:
                taken = name_line(
                    ax, line[[0, -1]], f"line of unit {k}", color, taken, fontsize=9.5
                )


def draw_image(ax, data):
    """The hidden plane with the samples, the bent grid and the output's line."""
    draw_mesh(ax, data.mesh)
    lines = draw_regions(ax, data.side) if data.morph == 1 else draw_bent_regions(ax, data)
    draw_samples(ax, data.image, data.points.labels)
    taken = [find_pixels(ax, data.image), *lines]
    taken += [find_pixels(ax, line) for line in data.mesh]
    taken = np.concatenate(taken)
    if len(data.points.x) == FEW:
        for group in find_groups(data):
            name = ", ".join(name_sample(data.points.x[k]) for k in group)
            place = data.image[group].mean(axis=0)
            taken = name_place(ax, place, name, color_word(data.points.labels[group[0]]), taken, 10)
    border = find_border(ax, data.side)
    if border and data.morph == 1:
        name_line(ax, border[0][[0, -1]], "output = ½", style.INK, taken)


def draw_mesh(ax, lines):
    """The square grid of the inputs, or what became of it."""
    mesh = LineCollection(lines, colors=GRID_COLOR, linewidths=1.0, zorder=1)
    ax.add_collection(mesh, autolim=False)


def draw_samples(ax, x, labels):
    """The samples, large if they are few."""
    style.samples(ax, x, labels, markersize=12 if len(x) == FEW else 7, zorder=5)


def draw_regions(ax, total):
    """The two regions that the sign of a sum makes, and the line between them; returns the pixels
    of that line.
    """
    ends = (*ax.get_xlim(), *ax.get_ylim())
    if is_flat(total):  # a rounding error is no region
        total = np.full_like(total, -1.0)
    ax.contourf(total, (-ALL, 0, ALL), colors=style.CLASS_FILL, extent=ends, zorder=0)
    found = []
    for line in find_border(ax, total):
        ax.plot(*line.T, color=style.INK, linewidth=2.4, zorder=3)
        found.append(follow_line(ax, line))
    return found


def draw_bent_regions(ax, data):
    """The two regions of the input plane where they are on their way, and the border between them;
    returns the pixels of that border.
    """
    total = data.sums[1][..., 0]
    if is_flat(total):
        total = np.full_like(total, -1.0)
    plane = (data.places[..., 0], data.places[..., 1])
    ax.contourf(*plane, total, (-ALL, 0, ALL), colors=style.CLASS_FILL, zorder=0)
    if not total.min() < 0 < total.max():
        return []
    border = ax.contour(*plane, total, (0,), colors=style.INK, linewidths=2.4, zorder=3)
    lines = [line for line in border.allsegs[0] if len(line) > 1]
    return [follow_line(ax, line) for line in lines]


def is_flat(total):
    """Whether a sum is 0 everywhere, but for rounding: the output is then ½ for every input."""
    return np.abs(total).max() < FLAT


def find_border(ax, total):
    """The lines, each (n, 2), where a sum over the axes is 0; none where it has one sign."""
    if is_flat(total) or not total.min() < 0 < total.max():
        return []
    ends = (*ax.get_xlim(), *ax.get_ylim())
    contour = ax.contour(total, (0,), extent=ends)
    lines = [line for line in contour.allsegs[0] if len(line) > 1]
    contour.remove()
    return lines


def find_groups(data):
    """The samples as lists of indices: those of one class that lie together in the hidden plane."""
    span = np.ptp(data.box, axis=1)
    groups = []
    for k, place in enumerate(data.image):
        for group in groups:
            is_near = np.hypot(*((place - data.image[group[0]]) / span)) < TOGETHER
            if is_near and data.points.labels[group[0]] == data.points.labels[k]:
                group.append(k)
                break
        else:
            groups.append([k])
    return groups


def name_sample(point):
    """What a sample of a gate is called: 01."""
    return "".join(f"{value:.0f}" for value in point)


def color_word(label):
    """The colour of a word about a class, on the classes' regions."""
    return style.mix(darken(style.CLASS[label]["color"]), style.INK, 0.2)


def judge_classes(data):
    """Whether one line separates the classes in the hidden space, and if not how many are wrong."""
    if not data.wrong:
        return "one line separates the classes"
    stuck = "stuck with " if data.stuck else ""
    return f"{stuck}{data.wrong} of {len(data.image)} wrong"


def readings_hidden_space(data):
    """The samples, with their inputs and their place in the hidden plane."""
    texts = []
    for x, place, label in zip(data.points.x, data.image, data.points.labels):
        before = ", ".join(style.number(value) for value in x)
        after = ", ".join(style.number(value) for value in place)
        where = "in the hidden plane" if data.morph == 1 else "on the way"
        texts.append(f"X = ({before}), d = {label}: {where} ({after})")
    return (
        Reading(0, *data.points.x.T, tuple(texts)),
        Reading(1, *data.image.T, tuple(texts)),
    )


def sentence_hidden_space(data):
    sentence = (
        f"{data.points.name}, {data.units} hidden units, step {data.k:,}: "
        f"J = {style.number(data.J, 3)}. Hidden space: {judge_classes(data)}."
    )
    if data.morph < 1:
        sentence += f" The points are {100 * data.morph:.0f} % of the way there."
    return sentence
