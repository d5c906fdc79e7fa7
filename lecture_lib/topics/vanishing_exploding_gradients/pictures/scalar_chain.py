"""Pictures of the scalar chain and its factors: how their product falls, factor by factor."""

from dataclasses import dataclass

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.decades import (
    SMALLEST,
    choose_window,
    fit_tick_step,
    name_power,
    verdict,
    written,
)
from lecture_lib.explore.labels import SPARE, draw_arrow, is_narrow, label
from lecture_lib.explore.reading import Reading
from lecture_lib.powers_of_ten import log10_floored

from .neurons import draw_neurons

LOWS = (-2, -5, -10, -20, -40, -80, -160)  # decades at which the axis may begin
HIGHS = (1, 5, 10, 20, 40, 80)
ROOM = 0.59  # above the falls, for the equation and the neurons; in parts of the decades
GAP = 0.3  # between the groups, in parts of the layers, and at least LEAST_GAP
LEAST_GAP = 1.6
NAMED = 7  # layers up to which each bar has its name and value
ZERO = -200  # decades below which a product is drawn as 0, at the edge
BOX = {"facecolor": style.VANISH, "alpha": 0.85, "linewidth": 0, "pad": 1}


@dataclass(frozen=True)
class Falls:
    """The product |dO/dW_1| factor by factor: first X and the weights, then the derivatives."""

    values: np.ndarray  # (2 L,): the factors
    start: np.ndarray  # (2 L,): log10 of the product before each
    end: np.ndarray  # (2 L,): and after it
    x: np.ndarray  # (2 L,): where they stand
    weights: float  # log10 of the product of the weights
    slopes: float  # log10 of the product of the derivatives
    gap: float  # between two groups


def find_falls(data):
    """The Falls of a ScalarChain."""
    depth = len(data.gradients)
    weights = np.append(data.chain.before[:1], data.chain.W[1:])
    values = np.append(weights, data.chain.slope)
    decades = log10_floored(np.abs(values))
    end = np.cumsum(decades)
    gap = max(GAP * depth, LEAST_GAP)
    places = np.arange(2 * depth, dtype=float)
    places[depth:] += gap
    return Falls(
        values=values,
        start=np.append(0.0, end[:-1]),
        end=end,
        x=places,
        weights=float(end[depth - 1]),
        slopes=float(decades[depth:].sum()),
        gap=gap,
    )


def window_scalar_chain(data):
    ends = find_falls(data).end
    return choose_window(np.append(ends[ends > ZERO], 0.0), lows=LOWS, highs=HIGHS)


def frame_scalar_chain(axes, data):
    ax = axes[0]
    falls = find_falls(data)
    depth = len(data.gradients)
    low, high = window_scalar_chain(data)
    right = falls.x[-1] + 3.0 * falls.gap
    ax.set(xlim=(-0.8, right), ylim=(low, high + ROOM * (high - low)))
    step = fit_tick_step(ax, (1 + ROOM) * (high - low))
    ticks = range(-(-low // step) * step, high + 1, step)
    ax.set_yticks(ticks, [name_power(tick) for tick in ticks])
    ax.set_ylabel("the product so far", y=0.5 / (1 + ROOM))
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.axhspan(low, 0, color=style.VANISH, zorder=0, gid="ground")
    ax.axhline(0, color=style.INK, linewidth=1, gid="ground")
    end = style.subscript(depth)
    names = (name_group("X, W₂ … W", end, depth), name_group("F′₁ … F′", end, depth), "product")
    ax.set_xticks(find_middles(falls, depth), names)
    ax.tick_params(axis="x", length=0)


def name_group(first_and_last, end, depth):
    """The name of a group of factors below it."""
    if depth == 2:
        return {"X": "X, W₂", "F": "F′₁, F′₂"}[first_and_last[0]]
    return f"{first_and_last}{end}"


def find_middles(falls, depth):
    """Where the middles of the weights, of the derivatives and of the product stand."""
    product = falls.x[-1] + 1.6 * falls.gap
    return falls.x[:depth].mean(), falls.x[depth:].mean(), product


def choose_width(ax, falls, depth):
    """The points across of a bar."""
    across = 140 if is_narrow(ax) else 330  # of all bars together
    return min(34, across / (2 * depth + 2 * falls.gap))


def draw_scalar_chain(axes, data):
    ax = axes[0]
    falls = find_falls(data)
    depth = len(data.gradients)
    low, high = window_scalar_chain(data)
    slope_color = style.ACTIVATION[data.activation]["color"]
    signs = [style.NEGATIVE if value < 0 else style.POSITIVE for value in falls.values[:depth]]
    colors = signs + [slope_color] * depth
    start, end = np.clip((falls.start, falls.end), low, high)
    width = choose_width(ax, falls, depth)
    ax.vlines(falls.x, start, end, colors=colors, linewidth=width)
    if depth > NAMED:
        fill_under(ax, falls, start, end, (style.POSITIVE, slope_color))
    middles = find_middles(falls, depth)
    ax.vlines(middles[2], 0, end[-1], colors=style.INK, linewidth=min(34, 2 * width))
    for first, last, color in ((0, depth - 1, style.POSITIVE), (depth, -1, slope_color)):
        draw_group_arrow(ax, falls, start[first], end[last], last, color)
    if depth <= NAMED:
        name_bars(ax, falls, start, end, colors)
    if style.NEGATIVE in signs:
        name_negative(ax, low + 0.06 * (high - low))
    write_equation(ax, falls, middles, slope_color)
    if not is_narrow(ax):
        draw_neurons(ax, signs, slope_color)
    style.headline(ax, describe_winner(falls))


def name_negative(ax, y):
    """What the colour of a negative weight means."""
    look = {"fontsize": 9.5, "fontweight": "normal", "bbox": BOX, "gid": SPARE}
    label(ax, -0.6, y, "this colour: a negative weight", style.NEGATIVE, **look)


def fill_under(ax, falls, start, end, colors):
    """The fall of each group as an area, where the bars of single factors are thin."""
    depth = len(end) // 2
    for group, color in zip((slice(0, depth), slice(depth, None)), colors):
        x, ends = falls.x[group], end[group]
        look = {"color": color, "alpha": 0.3, "linewidth": 0, "step": "mid"}
        ax.fill_between(x, start[group][0], ends, **look)


def draw_group_arrow(ax, falls, start, end, last, color):
    """By how much the factors of a group change the product, at its right."""
    x = falls.x[last] + 0.3 * falls.gap + 0.3
    low, high = ax.get_ylim()
    if abs(end - start) > 0.05 * (high - low):
        draw_arrow(ax, (x, start), (x, end), color, width=2.5)


def name_bars(ax, falls, start, end, colors):
    """The name of each factor above its bar and its value below."""
    depth = len(colors) // 2
    low, high = ax.get_ylim()
    away = 0.01 * (high - low)
    names = ["X", *(f"W{style.subscript(l)}" for l in range(2, depth + 1))]
    names += [f"F′{style.subscript(l)}" for l in range(1, depth + 1)]
    for x, a, b, name, value, color in zip(falls.x, start, end, names, falls.values, colors):
        above = {"ha": "center", "va": "bottom"}
        label(ax, x, max(a, b) + away, name, color, **above, bbox=BOX | {"alpha": 0})
        below = {"ha": "center", "va": "top", "fontsize": 9.5, "fontweight": "normal"}
        y = max(min(a, b) - away, low + 4.7 * away)
        label(ax, x, y, style.number(value, 3), **below, bbox=BOX | {"pad": 0}, gid=SPARE)


def write_equation(ax, falls, middles, slope_color):
    """All weights × all derivatives = the gradient, in large figures above the groups."""
    parts = (
        ("all weights", falls.weights, style.POSITIVE),
        ("all derivatives", falls.slopes, slope_color),
        ("|∂O/∂W₁|", falls.end[-1], style.INK),
    )
    place = ax.get_xaxis_transform()
    size = 11 if is_narrow(ax) else 17
    for x, (name, decades, color) in zip(middles, parts):
        look = {"ha": "center", "transform": place}
        if is_narrow(ax):
            name = name.removeprefix("all ")
        label(ax, x, 0.96, name, color, fontsize=10.5, **look)
        label(ax, x, 0.862, written(decades), color, fontsize=size, **look)
    for sign, a, b in (("×", middles[0], middles[1]), ("=", middles[1], middles[2])):
        label(ax, (a + b) / 2, 0.862, sign, ha="center", fontsize=size, transform=place, gid=SPARE)


def describe_winner(falls):
    """Whether the weights or the derivatives make the product small."""
    weights = falls.weights
    slopes = falls.slopes
    if falls.end[-1] < ZERO:
        return "A factor is 0, and so is the product"
    if weights < 0 and slopes < 0:
        part = 100 * slopes / (weights + slopes)
        if 35 < part < 65:
            shares = f"weights {100 - part:.0f} % of the powers of ten, slopes {part:.0f} %"
            return f"Both shrink it: {shares}"
        if part >= 65:
            return f"Mostly the slopes shrink it: {part:.0f} % of the powers of ten"
        return f"Mostly the weights shrink it: {100 - part:.0f} % of the powers of ten"
    larger = "weights" if abs(weights) > abs(slopes) else "derivatives"
    moves = f"weights {weights:+.1f} decades, derivatives {slopes:+.1f}".replace("-", "−")
    return f"The {larger} win: {moves}"


def readings_scalar_chain(data):
    """Each factor and the product so far."""
    falls = find_falls(data)
    depth = len(data.gradients)
    names = ["X", *(f"W{style.subscript(l)}" for l in range(2, depth + 1))]
    names += [f"F′{style.subscript(l)}" for l in range(1, depth + 1)]
    texts = []
    for name, value, end in zip(names, falls.values, falls.end):
        texts.append(f"{name} = {style.number(value)}: the product so far is {written(end)}")
    return (Reading(0, falls.x, falls.end, tuple(texts)),)


def sentence_scalar_chain(data):
    first, last = data.gradients[0], data.gradients[-1]
    depth = style.subscript(len(data.gradients))
    if last > SMALLEST:
        trend = f"towards layer 1 the gradient {verdict(first - last)}"
    else:
        trend = "some factor is 0"
    return (
        f"|∂O/∂W₁| is {written(first)} and |∂O/∂W{depth}| is {written(last)}: {trend}. "
        f"With every F′ at its largest, |∂O/∂W₁| would be {written(data.bound[0])}."
    )
