"""Pictures of the cost over two weights: where gradient descent ends, from here and elsewhere."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap

from lecture_lib.explore import style
from lecture_lib.explore.reading import Reading
from lecture_lib.explore.room import darken, find_pixels, follow_line, name_place
from lecture_lib.explore.windows import choose_first

from ..compute.loss_surface import MAP, OTHER_STEPS

SMALLEST = 1e-6  # cost that is written as a number
TOPS = (0.3, 0.6, 1.0, 3.0, 10.0, 100.0, 1e3, 1e4, 1e5)  # where the axis of J may end
THIRDS = (0.3, 0.6, 3.0)  # of these, those that are divided by three
SHOWN_PART = 0.9  # of the starts that the axis of J must hold
PLACES_FOR_WORDS = 1.62  # how much wider than the steps the panel of J is
HEIGHTS = LinearSegmentedColormap.from_list(
    "heights",
    ("white", style.mix("white", style.PALE, 0.5), style.mix(style.PALE, style.GREY, 0.22)),
)
DOWN = style.ACTIVATION["relu"]["color"]  # green: a descent that got down
UP = style.CLASS[1]["color"]  # one that is still up
STEP = 0.5  # of the sliders of the start


def find_steps(data):
    """How many steps the axis of J has room for."""
    return max(OTHER_STEPS, len(data.J) - 1)


def window_loss_surface(data):
    """Where the axis of J ends: the first of TOPS that holds most starts and yours."""
    highest = max(np.quantile(data.J_others[0], SHOWN_PART), data.J[0])
    top = choose_first(TOPS, lambda top: top >= 1.05 * highest)
    return top, find_steps(data)


def frame_loss_surface(axes, data):
    surface, costs = axes
    decades = np.log10(data.heights + 1e-3)
    levels = np.linspace(decades.min(), decades.max() + 1e-9, 25)
    surface.contourf(MAP, MAP, decades, levels, cmap=HEIGHTS)
    first, second = (f"${name[0]}_{{{name[1:]}}}$" for name in data.names)
    surface.set(xlabel=f"{first}    (white: J is low)", ylabel=second)
    surface.set(xticks=(-10, -5, 0, 5, 10), yticks=(-10, -5, 0, 5, 10))
    top, steps = window_loss_surface(data)
    costs.set(xlim=(0, PLACES_FOR_WORDS * steps), ylim=(0, top), xlabel="step", ylabel="cost J")
    costs.set_xticks(np.linspace(0, steps, 3))
    costs.set_yticks(np.linspace(0, top, 4 if top in THIRDS else 3))
    costs.yaxis.set_major_formatter("{x:,.4g}")


def draw_loss_surface(axes, data):
    surface, costs = axes
    draw_others(surface, data)
    draw_path(surface, data)
    draw_costs(costs, data)
    style.headline(surface, "Start elsewhere, end elsewhere")
    style.headline(costs, tell_end(data))


def find_down(data):
    """Which of the other descents are down, (36,)."""
    return data.J_others[-1] < data.low


def draw_others(ax, data):
    """The other descents: thin lines, a dot where one is down, a cross where it is still up."""
    lines = np.clip(np.swapaxes(data.others, 0, 1), MAP[0], MAP[-1])
    bundle = LineCollection(list(lines), colors=style.GREY, linewidths=0.8, zorder=2)
    ax.add_collection(bundle, autolim=False)
    is_down = find_down(data)
    ends = np.clip(data.others[-1], MAP[0], MAP[-1])
    look = {"linestyle": "", "markeredgecolor": "white", "clip_on": False}
    ax.plot(*ends[is_down].T, marker="o", color=DOWN, markersize=7, zorder=3, **look)
    ax.plot(*ends[~is_down].T, marker="X", color=UP, markersize=8, zorder=3, **look)


def draw_path(ax, data):
    """Your descent, with its start (the handle), its end and the lowest point of the map."""
    path = np.clip(data.path, MAP[0], MAP[-1])
    ax.plot(*path.T, color=style.ACCENT, linewidth=3, zorder=4)
    start = path[0]
    end = path[-1]
    open_circle = {"markerfacecolor": "white", "markeredgecolor": style.ACCENT}
    ax.plot(*start, "o", markersize=11, markeredgewidth=2.6, zorder=6, clip_on=False, **open_circle)
    dot = {"color": style.ACCENT, "markeredgecolor": "white", "clip_on": False}
    ax.plot(*end, "o", markersize=11, zorder=5, **dot)
    row, column = np.unravel_index(np.argmin(data.heights), data.heights.shape)
    lowest = np.array([MAP[column], MAP[row]])
    star = {"color": style.HIGHLIGHT, "markeredgecolor": style.INK, "clip_on": False}
    ax.plot(*lowest, "*", markersize=15, zorder=7, **star)
    others = np.clip(data.others, MAP[0], MAP[-1])
    taken = [find_pixels(ax, [start, end, lowest]), find_pixels(ax, others[-1])]
    taken.append(follow_line(ax, path))
    taken = np.concatenate(taken)
    word = darken(style.ACCENT)
    taken = name_place(ax, start, "start", word, taken, 10)
    taken = name_place(ax, end, "end", word, taken, 10)
    name_place(ax, lowest, "lowest", style.INK, taken, 10)


def draw_costs(ax, data):
    """J along all descents, yours in front, and how many are down and up."""
    top = ax.get_ylim()[1]
    is_down = find_down(data)
    steps = np.arange(len(data.J_others))
    for group, color in ((is_down, DOWN), (~is_down, UP)):
        curves = [np.column_stack([steps, np.minimum(J, top)]) for J in data.J_others.T[group]]
        look = {"colors": style.mix(color, "white", 0.3), "linewidths": 1.1, "zorder": 2}
        ax.add_collection(LineCollection(curves, **look), autolim=False)
    J = np.minimum(data.J, top)
    ax.plot(J, color=style.ACCENT, linewidth=3, zorder=4)
    look = {"color": style.ACCENT, "markeredgecolor": "white", "clip_on": False}
    ax.plot(len(J) - 1, J[-1], "o", markersize=11, zorder=5, **look)
    write_counts(ax, data, is_down)


def write_counts(ax, data, is_down):
    """How many of the other descents are still up, and how many are down, at the right."""
    total = len(is_down)
    limit = style.number(data.low)
    left = 0.64
    groups = (
        (0.65, np.sum(~is_down), f"still above\nJ\u00a0=\u00a0{limit}", "✗", UP),
        (0.27, np.sum(is_down), f"below\nJ\u00a0=\u00a0{limit}", "●", DOWN),
    )
    for height, count, text, mark, color in groups:
        look = {"transform": ax.transAxes, "va": "center", "color": style.word_color(color)}
        ax.text(
            left,
            height,
            f"{mark}\u00a0{count}\u00a0of\u00a0{total}",
            fontsize=14,
            fontweight="bold",
            **look,
        )
        ax.text(left, height - 0.06, text, fontsize=9.5, **{**look, "va": "top"})


def write_cost(J):
    """A cost in writing."""
    return f"J = {style.number(J, 3)}" if J >= SMALLEST else "J < 10⁻⁶"


def tell_end(data):
    """Where your descent is, as a finding."""
    if data.diverged:
        return f"Your path diverged at step {len(data.J) - 1}"
    place = "down" if data.J[-1] < data.low else "still high up"
    return f"Your path is {place}: {write_cost(data.J[-1])}"


def describe_end(data):
    """Where J bends, and where the path ends, as two sentences."""
    shape = "J bends down nowhere"
    if data.down:
        shape = f"This is not a bowl, because J bends down on {data.down:.0%} of the map"
    end = "has diverged" if data.diverged else f"is at {write_cost(data.J[-1])}"
    return f"{shape}. At step {len(data.J) - 1} the path {end}."


def drag_loss_surface(settings, x, y):
    """The start there, in the steps of its sliders."""
    return {"first": STEP * round(x / STEP), "second": STEP * round(y / STEP)}


def readings_loss_surface(data):
    """J at some points of the map, along your path, and over the steps."""
    first, second = data.names
    grid = MAP[::5]
    x, y = (part.ravel() for part in np.meshgrid(grid, grid))
    heights = data.heights[::5, ::5].ravel()
    points = []
    for a, b, J in zip(x, y, heights):
        points.append(f"{first} = {style.number(a)}, {second} = {style.number(b)}: {write_cost(J)}")
    path = tuple(f"step {k}: {write_cost(J)}" for k, J in enumerate(data.J))
    return (
        Reading(0, x, y, tuple(points)),
        Reading(0, *data.path.T, path),
        Reading(1, np.arange(float(len(data.J))), data.J, path),
    )


def sentence_loss_surface(data):
    return (
        f"{describe_end(data)} The path started at {write_cost(data.J[0])}. "
        f"The lowest of the 61 × 61 points of the map has {write_cost(data.heights.min())}."
    )
