"""Pictures of 100,000 random chains."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.decades import choose_tick_step, name_power, share, written
from lecture_lib.explore.labels import SPARE, convert_points, is_narrow, label
from lecture_lib.explore.layer_strip import ALARM
from lecture_lib.explore.reading import Reading
from lecture_lib.explore.windows import choose_first

from ..compute.chain_draws import BINS

LOWS = (-10, -20, -30, -50, -70, -100, -120)  # decades at which the axis may begin
OUTSIDE = 0.005  # part of the chains that may lie below the axis
ZONE = 0.1  # the width of the zone from 1 on, in parts of the decades below 1
ROOM = 0.36  # for words at its right, likewise
NARROW_ROOM = 0.75  # the same in a narrow picture
HILL = 0.8  # height of a histogram, in rows
TWO_LINES = 27  # points
BEGIN = 2  # index of the depth from which on theory is drawn: further than that from the input
GREEN = style.ACTIVATION["relu"]["color"]
GRADIENT_LABEL = r"size of the gradient $|\partial O/\partial W_1|$"


def window_chain_draws(data):
    """Where the axis begins, in decades: at the left of almost all chains."""
    begins = [0]
    for row in data.rows:
        below = np.cumsum(row.counts)
        if below[-1]:
            begins.append(BINS[np.searchsorted(below, OUTSIDE * below[-1])])
    return choose_first(LOWS, lambda low: low <= min(begins))


def frame_chain_draws(axes, data):
    ax = axes[0]
    low = window_chain_draws(data)
    zone = -ZONE * low
    room = NARROW_ROOM if is_narrow(ax) else ROOM
    ax.set(xlim=(low, zone - room * low), ylim=(len(data.rows) - 0.85, -1.35))
    ax.axvspan(low, 0, color=style.VANISH, zorder=0, gid="ground")
    ax.axvspan(0, zone, color=style.mix("white", GREEN, 0.13), zorder=0, gid="ground")
    ax.axvline(0, color=GREEN, linewidth=2.5, gid="ground")
    ax.spines[["left", "bottom"]].set_visible(False)
    step = 20 if low < -80 else choose_tick_step(-low)
    if is_narrow(ax):
        step *= 2
    ticks = range(-(-low // step * step), 1, step)
    ax.set_xticks(list(ticks), [name_power(tick) for tick in ticks])
    ax.set_xlabel(GRADIENT_LABEL, loc="left")
    names = [f"{row.depth} layers" for row in data.rows]
    ax.set_yticks(np.arange(len(names)) - 0.3, names)
    ax.tick_params(axis="y", length=0)
    label(ax, 0.01 * low, -1.1, "below 1", ha="right", fontsize=11)
    label(ax, zone / 2, -1.1, "≥ 1", GREEN, ha="center", fontsize=11, gid=SPARE)
    label(ax, zone - 0.02 * low, -1.1, "chains ≥ 1:", GREEN, fontsize=10)


def draw_chain_draws(axes, data):
    ax = axes[0]
    low = window_chain_draws(data)
    zone = -ZONE * low
    for place, row in enumerate(data.rows):
        is_chosen = row.depth == data.depth
        if is_chosen:
            box = {"color": style.mix("white", style.ACCENT, 0.12), "gid": "ground", "zorder": 0.5}
            ax.fill_between((low, 0), place - 0.93, place, linewidth=0, **box)
        draw_hill(ax, place, row, data, is_chosen)
        write_count(ax, zone - 0.02 * low, place, row, data.total, is_chosen)
        if row.dead:
            text = f"{share(row.dead / data.total)} exactly 0: a dead unit"
            style.note(ax, low * 0.99, place - 0.3, text, gid=SPARE)
    draw_theory(ax, data, low)
    style.headline(ax, describe_finding(data))


def draw_hill(ax, place, row, data, is_chosen):
    """The histogram of one depth, standing on its line; its area is the part that is not dead."""
    color = style.ACTIVATION[data.activation]["color"]
    ground = (ax.get_xlim()[0], -ZONE * ax.get_xlim()[0]), (place, place)
    ax.plot(*ground, color=style.PALE, linewidth=0.8, zorder=0.8, gid="ground")
    if not row.counts.any():
        return
    alive = row.counts.sum() / data.total
    heights = HILL * np.sqrt(alive) * row.counts / row.counts.max()
    middles = (BINS[1:] + BINS[:-1]) / 2
    look = {"color": color, "alpha": 1.0 if is_chosen else 0.45, "linewidth": 0}
    ax.fill_between(middles, place, place - heights, step="mid", **look)
    point = {"markersize": 9 if is_chosen else 6, "markeredgecolor": "white", "zorder": 5}
    low = ax.get_xlim()[0]
    largest = np.clip(row.largest, low, -ZONE * low * 0.95)
    ax.plot(largest, place, "o", color=style.INK, **point, gid="ground")


def write_count(ax, x, place, row, total, is_chosen):
    """How many chains of this depth have 1 or more; of the chosen one large, with the largest."""
    color = GREEN if row.above else style.GREY
    if not is_chosen:
        label(ax, x, place - 0.3, f"{row.above:,}", color, fontsize=10.5)
        return
    text = f"{row.above:,} of {total:,}"
    size = 15 if len(text) < 15 and not is_narrow(ax) else 12
    if not has_two_lines(ax):
        label(ax, x, place - 0.3, text, GREEN if row.above else ALARM, fontsize=size)
        return
    label(ax, x, place - 0.58, text, GREEN if row.above else ALARM, fontsize=size)
    largest = (
        "all have a dead unit" if row.dead == total else f"● the largest: {written(row.largest)}"
    )
    label(ax, x, place - 0.1, largest, fontsize=9.5, fontweight="normal", gid=SPARE)


def has_two_lines(ax):
    """Whether a row is high enough for two lines of words."""
    bottom, top = ax.get_ylim()
    return convert_points(ax, TWO_LINES) * (bottom - top) < 1


def draw_theory(ax, data, low):
    """A dash on each depth where theory has the median, if it is known."""
    if not data.typical:
        return
    start = data.median[BEGIN]
    for place, row in enumerate(data.rows):
        decades = start + (row.depth - BEGIN - 1) * np.log10(data.typical)
        if row.depth > BEGIN and low < decades:
            ax.plot([decades, decades], [place, place - 0.9], **style.THEORY)
    style.note(ax, low * 0.99, -1.1, "dashed: the median by theory", color=style.INK, gid=SPARE)


def describe_finding(data):
    """How many of the chains of the chosen depth have a gradient of 1 or more."""
    chosen = find_chosen(data)
    if chosen.above == 0:
        return f"All {data.total:,} chains of {data.depth} layers stay below 1"
    return f"{chosen.above:,} of {data.total:,} chains of {data.depth} layers reach 1"


def find_chosen(data):
    """The ChainsOfDepth of the chosen depth."""
    return [row for row in data.rows if row.depth == data.depth][0]


def readings_chain_draws(data):
    """The largest and the median of each depth."""
    x = []
    y = []
    texts = []
    for place, row in enumerate(data.rows):
        median = data.median[row.depth - 1]
        x += [row.largest, median]
        y += [place, place - 0.3]
        counted = f"{row.above:,} of {data.total:,} reach 1"
        texts.append(f"{row.depth} layers: the largest gradient is {written(row.largest)}")
        texts.append(f"{row.depth} layers: median {written(median)}; {counted}")
    return (Reading(0, np.array(x), np.array(y), tuple(texts)),)


def sentence_chain_draws(data):
    if data.rate:
        finding = f"A typical layer multiplies the gradient by {style.number(data.rate, 3)}"
        if data.typical:
            finding += f" (theory: {style.number(data.typical, 3)})"
    else:
        finding = "Most chains are dead: one F′ is 0, and so is the gradient"
    median = written(data.median[data.depth - 1])
    return (
        f"{finding}. At depth {data.depth} the median |∂O/∂W₁| of {data.total:,} chains is "
        f"{median}; {share(data.share)} of them have a gradient of 1 or more. "
        f"Of all factors |W F′|, {share(data.above)} are above 1."
    )
