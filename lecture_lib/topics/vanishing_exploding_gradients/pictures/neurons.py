"""The chain of neurons itself, above the bars of its factors: which unit and which line each factor
belongs to.
"""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.labels import label

HEIGHT = 0.71  # of the row of neurons, in parts of the axes
ENDS = (0.02, 0.98)  # where X and O stand, likewise
RADIUS = 0.019  # of a neuron across, likewise
ABOVE = 0.042  # from a line up to the name of its weight, likewise
MARKER = 21.5  # points across a neuron
MOST = 7  # neurons that are all drawn; of more, the first two and the last two


def choose_layers(depth):
    """The layers that are drawn, None for those that are left out."""
    if depth <= MOST:
        return list(range(1, depth + 1))
    return [1, 2, None, depth - 1, depth]


def draw_neurons(ax, signs, slope_color):
    """X, the neurons and O in a row. `signs` (L,) are the colours of X and of the weights from W₂
    on; W₁ is grey, because it is no factor of its own gradient.
    """
    layers = choose_layers(len(signs))
    places = np.linspace(*ENDS, len(layers) + 2)
    look = {"ha": "center", "transform": ax.transAxes}
    label(ax, places[0], HEIGHT, "X", signs[0], **look)
    label(ax, places[-1], HEIGHT, "O", **look)
    for k, layer in enumerate(layers):
        x = places[k + 1]
        draw_neuron(ax, x, layer, slope_color)
        to = layer or layers[k - 1] + 1  # the line into the gap leads to the next layer
        color = style.GREY if to == 1 else signs[to - 1]
        draw_link(ax, places[k], x, f"W{style.subscript(to)}", color)
    draw_link(ax, places[-2], places[-1], "", style.INK)


def draw_neuron(ax, x, layer, color):
    """A circle with the slope of its unit; dots for layers that are left out."""
    look = {"ha": "center", "transform": ax.transAxes, "gid": "on"}
    if layer is None:
        label(ax, x, HEIGHT, "…", style.GREY, fontsize=14, **look)
        return
    circle = {"markersize": MARKER, "markerfacecolor": "white", "markeredgecolor": color}
    circle |= {"markeredgewidth": 2, "transform": ax.transAxes, "zorder": 2.5, "gid": "ground"}
    ax.plot(x, HEIGHT, "o", **circle)
    label(ax, x, HEIGHT, f"F′{style.subscript(layer)}", color, fontsize=9.5, **look)


def draw_link(ax, start, end, name, color):
    """The line from one neuron to the next, with the name of its weight above it."""
    ends = (start + RADIUS, end - RADIUS)
    line = {"color": color, "linewidth": 2, "transform": ax.transAxes, "gid": "ground"}
    ax.plot(ends, (HEIGHT, HEIGHT), **line, solid_capstyle="butt")
    middle = (start + end) / 2
    label(ax, middle, HEIGHT + ABOVE, name, color, ha="center", transform=ax.transAxes)
