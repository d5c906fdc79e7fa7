"""The same drawing of a network everywhere: circles with names, line width for size, two colours
for sign.
"""

import numpy as np

from . import style

VALUE = style.mix(style.ACCENT, style.INK, 0.3)  # of a number in a unit
LABEL_BOX = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}


def layered(columns, left=0.08, right=0.92, spread=0.8):
    """Positions {name: (x, y)} of units in columns from left to right, each column centred."""
    tallest = max(len(column) for column in columns)
    step = spread / max(tallest - 1, 2)
    places = {}
    for x, column in zip(np.linspace(left, right, len(columns)), columns):
        middle = (len(column) - 1) / 2
        for i, name in enumerate(column):
            places[name] = (x, 0.5 + step * (middle - i))
    return places


def frame_graph(*axes):
    """Axes for network drawings: the unit square, nothing else."""
    for ax in axes:
        ax.set_axis_off()
        ax.set(xlim=(0, 1), ylim=(0, 1))


def draw_edges(ax, places, edges, highlight=(), scale=None):
    """Connections {(from, to): weight}: width by size, colour and dash by sign, `highlight` on
    yellow.

    `scale` is the weight of the widest line; None takes the largest one.
    """
    if not scale:
        scale = max([abs(w) for w in edges.values()] + [1e-300])
    for (source, target), w in edges.items():
        x, y = zip(places[source], places[target])
        if (source, target) in highlight:
            look = {"color": style.HIGHLIGHT, "linewidth": 9, "solid_capstyle": "butt"}
            ax.plot(x, y, zorder=1, **look)
        positive = w >= 0
        ax.plot(
            x,
            y,
            color=style.POSITIVE if positive else style.NEGATIVE,
            linestyle="-" if positive else (0, (3, 1.2)),
            linewidth=0.6 + 4.4 * min(abs(w) / scale, 1.0),
            zorder=2,
        )


def draw_edge_labels(ax, places, labels, at=0.5):
    """Text on connections {(from, to): text}; `at` is how far along, one number or one per edge."""
    for edge, text in labels.items():
        (x0, y0), (x1, y1) = places[edge[0]], places[edge[1]]
        t = at[edge] if isinstance(at, dict) else at
        x = x0 + t * (x1 - x0)
        y = y0 + t * (y1 - y0)
        look = {"ha": "center", "va": "center", "fontsize": 9.5, "bbox": LABEL_BOX}
        ax.text(x, y, text, zorder=4, **look)


def draw_units(ax, places, values=None, highlight=(), size=1500, names=None):
    """Units as circles with their names, and below the name a value if one is given.

    `values` and `names` are text by unit; a unit that `names` does not have is called as in
    `places`.
    """
    values = values or {}
    names = names or {}
    colors = [style.LIT if unit in highlight else "white" for unit in places]
    outline = {"edgecolor": style.INK, "linewidth": 1.4}
    ax.scatter(*zip(*places.values()), s=size, facecolor=colors, zorder=5, **outline)
    middle = {"ha": "center", "va": "center", "zorder": 6, "gid": "on"}
    for unit, (x, y) in places.items():
        value = values.get(unit)
        raised = y + 0.022 if value else y
        ax.text(x, raised, names.get(unit, unit), fontsize=10.5, **middle)
        if value:
            color = style.INK if unit in highlight else VALUE
            ax.text(x, y - 0.03, value, fontsize=9.5, color=color, **middle)
