"""Pictures of the cost over two weights."""

import numpy as np

from lecture_lib.explore import style

from ..compute.loss_surface import MAP


def frame_loss_surface(axes, data):
    lines, top = ((0.01, 0.06, 0.12, 0.2), 2) if data.heights.max() < 3 else ((1, 10), 5)
    axes[0].contourf(
        MAP,
        MAP,
        np.log10(data.heights + 1e-3),
        np.linspace(-3, top, 41),
        cmap="Greys",
        extend="max",
    )
    axes[0].clabel(
        axes[0].contour(MAP, MAP, data.heights, lines, colors=style.INK, linewidths=0.6),
        fmt="J = %g",
    )
    axes[0].set(
        xlabel=f"{data.names[0]} (all other weights stay as they are)", ylabel=data.names[1]
    )


def draw_loss_surface(axes, data):
    axes[0].plot(*data.path.T, ".-", color=style.ACCENT)
    axes[0].plot(*data.path[-1], "o", color=style.ACCENT, markersize=10, markeredgecolor="white")
    style.headline(axes[0], sentence_loss_surface(data).split(". ")[0])


def sentence_loss_surface(data):
    cost = lambda J: f"J = {style.number(J)}" if J >= 1e-6 else "J < 10⁻⁶"
    return (
        (
            f"Not a bowl, J bends down on {data.down:.0%} of the map: "
            if data.down
            else "J bends down nowhere: "
        )
        + ("diverged" if data.diverged else cost(data.J[-1]))
        + f" at step {len(data.J) - 1}. The path started at "
        f"{cost(data.J[0])}; at the lowest of 61 × 61 points {cost(data.heights.min())}."
    )
