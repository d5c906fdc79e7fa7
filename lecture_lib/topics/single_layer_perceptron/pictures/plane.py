"""The plane of two inputs, with samples and the line of a neuron."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.room import darken, find_pixels, follow_line, name_place

FAR = 99  # distance along the line that is outside every picture
GATE = (-0.6, 1.6)  # the square around the four samples of a gate
CLOUD = (-3.5, 3.5)
CLASSES = "$X_1$    (● d = 0,  ▲ d = 1)"
FEW = 4  # samples that are named


def frame_plane(ax, points, zoom=1.0, xlabel=CLASSES):
    """Axes around the samples, at one scale; a larger `zoom` shows more of the plane."""
    low, high = GATE if len(points.x) == FEW else CLOUD
    middle = (low + high) / 2
    half = zoom * (high - low) / 2
    set_square_limits(ax, middle - half, middle + half)
    ax.set(xlabel=xlabel, ylabel="$X_2$")
    ax.set_xticks(choose_ticks(ax.get_xlim()))
    ax.set_yticks(choose_ticks(ax.get_ylim()))


def choose_ticks(limits):
    """A few whole numbers between the limits."""
    low, high = limits
    step = max(1, 2 * round((high - low) / 10))
    return np.arange(step * np.ceil(low / step), high, step)


def set_square_limits(ax, low, high):
    """Both axes from `low` to `high` or beyond, at one scale: a right angle looks like one."""
    middle = (low + high) / 2
    unit = (high - low) / 2 / min(ax.bbox.size)
    width, height = ax.bbox.size
    ax.set_xlim(middle - unit * width, middle + unit * width)
    ax.set_ylim(middle - unit * height, middle + unit * height)


def find_line_ends(W):
    """Two far points of the line W[0] + W[1] X1 + W[2] X2 = 0, an array (2, 2), from the one
    nearest the origin.
    """
    size = np.hypot(*W[1:]) or 1
    nearest = -W[0] * W[1:] / size
    along = (-W[2], W[1])
    return (nearest + np.outer((-FAR, FAR), along)) / size


def cut_line(W, xlim, ylim):
    """The two points (2, 2) where the line of W leaves a rectangle, or None where it misses it."""
    start, end = find_line_ends(W)
    way = end - start
    first, last = 0.0, 1.0
    for axis, limits in enumerate((xlim, ylim)):
        low, high = sorted(limits)
        if way[axis] == 0:
            if not low <= start[axis] <= high:
                return None
            continue
        parts = sorted(((low - start[axis]) / way[axis], (high - start[axis]) / way[axis]))
        first = max(first, parts[0])
        last = min(last, parts[1])
    if not way.any() or first >= last:
        return None
    return np.array([start + first * way, start + last * way])


def cut_at_axes(W, ax):
    """cut_line, at the edges of the axes."""
    return cut_line(W, ax.get_xlim(), ax.get_ylim())


def draw_regions(ax, W):
    """The two regions that the line of W makes, in the pale colours of the classes."""
    x1, x2 = np.meshgrid(ax.get_xlim(), ax.get_ylim())
    extent = (*ax.get_xlim(), *ax.get_ylim())
    V = W[0] + W[1] * x1 + W[2] * x2
    ax.contourf(V, (-1e99, 0, 1e99), colors=style.CLASS_FILL, extent=extent, zorder=0)


def draw_line(ax, W, **look):
    """The line of W, if it is in the picture."""
    ends = cut_at_axes(W, ax)
    if ends is not None:
        ax.plot(*ends.T, **{"color": style.INK, "linewidth": 2.4, "zorder": 3, **look})


def draw_samples(ax, points, ringed=()):
    """The samples, some of them `ringed` (indices or one truth value each)."""
    ring = {"markerfacecolor": "none", "markeredgecolor": style.INK, "markeredgewidth": 1.8}
    size = 11 if len(points.x) == FEW else 7
    ringed = np.asarray(ringed, bool if len(ringed) == len(points.x) else int)
    ax.plot(*points.x[ringed].T, "o", markersize=2 * size, zorder=5, **ring)
    style.samples(ax, points.x, points.labels, markersize=size, zorder=6)


def draw_plane(ax, points, W, ringed=()):
    """The samples, some `ringed`, on the two regions that the line of W makes."""
    draw_regions(ax, W)
    draw_line(ax, W)
    draw_samples(ax, points, ringed)


def find_taken(ax, points, *lines):
    """Pixels (n, 2) that words must not cover: the samples and these lines, each by its W."""
    taken = [find_pixels(ax, points.x)]
    for W in lines:
        ends = cut_at_axes(W, ax)
        if ends is not None:
            taken.append(follow_line(ax, ends))
    return np.concatenate(taken)


def name_sample(point):
    """What one of four samples is called: 01."""
    return "".join(f"{value:.0f}" for value in point)


def name_samples(ax, points, taken, away=9):
    """Write their names beside the samples, if they are few; returns what is taken, with them."""
    if len(points.x) > FEW:
        return taken
    for point, label in zip(points.x, points.labels):
        color = style.mix(darken(style.CLASS[label]["color"]), style.INK, 0.35)
        taken = name_place(ax, point, name_sample(point), color, taken, away)
    return taken


def tell_samples(points, says):
    """Each sample in words, with its class and what the line `says` (m,) of it."""
    texts = []
    for point, label, said in zip(points.x, points.labels, says):
        verdict = "right" if said == label else f"wrong, the neuron says {int(said)}"
        place = f"({style.number(point[0])}, {style.number(point[1])})"
        texts.append(f"X = {place}: d = {label}, {verdict}")
    return tuple(texts)


def write_headline(ax, text, **look):
    """A part of a sentence above its axes, beginning with a capital."""
    style.headline(ax, text[0].upper() + text[1:]).set(**look)
