"""The same drawing of a network everywhere: circles with names, line width for size, two colours for sign."""

import numpy as np

from . import style


def layered(columns, left=0.08, right=0.92, spread=0.8):
    """Positions {name: (x, y)} of units in columns from left to right, each column centred."""
    places = {}
    tallest = max(len(column) for column in columns)
    for x, column in zip(np.linspace(left, right, len(columns)), columns):
        for i, name in enumerate(column):
            places[name] = (x, 0.5 + spread * ((len(column) - 1) / 2 - i) / max(tallest - 1, 2))
    return places


def frame_graph(*axes):
    """Axes for network drawings: the unit square, nothing else."""
    for ax in axes:
        ax.set_axis_off()
        ax.set(xlim=(0, 1), ylim=(0, 1))


def draw_edges(ax, places, edges, highlight=(), scale=None):
    """Connections {(from, to): weight}: width by size, colour and dash by sign, `highlight` on yellow."""
    scale = scale or max([abs(w) for w in edges.values()] + [1e-300])
    for (a, b), w in edges.items():
        (x0, y0), (x1, y1) = places[a], places[b]
        if (a, b) in highlight:
            ax.plot(
                [x0, x1],
                [y0, y1],
                color=style.HIGHLIGHT,
                linewidth=9,
                solid_capstyle="butt",
                zorder=1,
            )
        size = 0.6 + 4.4 * min(abs(w) / scale, 1.0)
        ax.plot(
            [x0, x1],
            [y0, y1],
            color=style.POSITIVE if w >= 0 else style.NEGATIVE,
            linestyle="-" if w >= 0 else (0, (3, 1.2)),
            linewidth=size,
            zorder=2,
        )


def draw_edge_labels(ax, places, labels, at=0.5, **options):
    """Text on connections {(from, to): text}; `at` is how far along, one number or one an edge."""
    for edge, text in labels.items():
        (x0, y0), (x1, y1) = places[edge[0]], places[edge[1]]
        t = at[edge] if isinstance(at, dict) else at
        ax.text(
            x0 + t * (x1 - x0),
            y0 + t * (y1 - y0),
            text,
            ha="center",
            va="center",
            zorder=4,
            **{
                "fontsize": 9.5,
                "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.8},
                **options,
            },
        )


def draw_units(ax, places, values=None, highlight=(), size=1500, names=None):
    """Units as circles with their names, and below the name a value if one is given."""
    ax.scatter(
        *zip(*places.values()),
        s=size,
        edgecolor=style.INK,
        linewidth=1.4,
        zorder=5,
        facecolor=[style.LIT if name in highlight else "white" for name in places],
    )
    for name, (x, y) in places.items():
        shown = (names or {}).get(name, name)
        value = (values or {}).get(name)
        ax.text(
            x, y + (0.022 if value else 0), shown, ha="center", va="center", fontsize=10.5, zorder=6
        )
        if value:
            ax.text(
                x,
                y - 0.03,
                value,
                ha="center",
                va="center",
                fontsize=9.5,
                color=style.ACCENT,
                zorder=6,
            )
