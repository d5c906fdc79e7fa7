"""Pictures of the cost over two weights."""

import numpy as np

from lecture_lib.explore import style

from ..compute.loss_surface import MAP

SMALLEST = 1e-6  # cost that is written as a number


def frame_loss_surface(axes, data):
    (ax,) = axes
    is_low = data.heights.max() < 3
    lines = (0.01, 0.06, 0.12, 0.2) if is_low else (1, 10)
    top = 2 if is_low else 5
    decades = np.log10(data.heights + 1e-3)
    ax.contourf(MAP, MAP, decades, np.linspace(-3, top, 41), cmap="Greys", extend="max")
    contours = ax.contour(MAP, MAP, data.heights, lines, colors=style.INK, linewidths=0.6)
    ax.clabel(contours, fmt="J = %g")
    first, second = data.names
    ax.set(xlabel=f"{first} (all other weights stay as they are)", ylabel=second)


def draw_loss_surface(axes, data):
    (ax,) = axes
    ax.plot(*data.path.T, ".-", color=style.ACCENT)
    ax.plot(*data.path[-1], "o", color=style.ACCENT, markersize=10, markeredgecolor="white")
    style.headline(ax, describe_end(data))


def write_cost(J):
    """A cost in writing."""
    return f"J = {style.number(J)}" if J >= SMALLEST else "J < 10⁻⁶"


def describe_end(data):
    """Where J bends, and where the path ends, without a full stop."""
    shape = "J bends down nowhere"
    if data.down:
        shape = f"Not a bowl, J bends down on {data.down:.0%} of the map"
    end = "diverged" if data.diverged else write_cost(data.J[-1])
    return f"{shape}: {end} at step {len(data.J) - 1}"


def sentence_loss_surface(data):
    return (
        f"{describe_end(data)}. The path started at {write_cost(data.J[0])}; "
        f"at the lowest of 61 × 61 points {write_cost(data.heights.min())}."
    )
