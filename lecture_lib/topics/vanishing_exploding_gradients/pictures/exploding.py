"""Pictures of weights that are too large."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.decades import draw_curve, first_of_last, frame_decades, verdict
from lecture_lib.powers_of_ten import log10_floored

from ..compute.exploding import STEPS

COST_LOW = -10  # decades
COST_HIGH = 40
PLAIN = {"color": style.CLASS[1]["color"], "marker": "x"}
CLIPPED = {"color": style.ACCENT}
FORWARD = {"color": style.INK, "linewidth": 1}


def frame_exploding(axes, data):
    sizes, costs = axes
    frame_decades(sizes, -20, 40, len(data.delta), "layer $l$", "root mean square")
    curves = {
        r"sums $\|z_l\|$, forward": FORWARD,
        r"gradient $\|\delta_l\|$, backward": style.ACTIVATION[data.activation],
    }
    style.key(sizes, "upper right", curves)
    frame_decades(costs, COST_LOW, COST_HIGH, STEPS, "step of training", "cost $J$", regimes=False)
    style.key(costs, "upper right", {"plain": PLAIN, "gradient clipped to length 1": CLIPPED})


def draw_exploding(axes, data):
    sizes, costs = axes
    layers = np.arange(1, len(data.delta) + 1)
    draw_curve(sizes, layers, data.size, **FORWARD)
    draw_curve(sizes, layers, data.delta, **style.ACTIVATION[data.activation])
    draw_losses(costs, data.losses["plain"], PLAIN)
    draw_losses(costs, data.losses["clipped"], CLIPPED)
    style.headline(sizes, describe_gradient(data))
    ends = [f"{name}: {describe_end(losses)}" for name, losses in data.losses.items()]
    style.headline(costs, ", ".join(ends))


def draw_losses(ax, losses, look):
    """J over the steps as far as it is finite, with a marker at its end."""
    finite = losses[np.isfinite(losses)]
    steps = np.arange(1, len(finite) + 1)
    decades = np.clip(log10_floored(finite), COST_LOW, COST_HIGH)
    ax.plot(steps, decades, **look, markevery=[len(finite) - 1])


def describe_gradient(data):
    """Layer 1 against the last layer, and what that is called."""
    return f"{first_of_last(data.delta)}: it {verdict(data.delta[0] - data.delta[-1])}"


def describe_end(losses):
    """The last J of a run, or the step at which it diverged."""
    if np.isfinite(losses[-1]):
        return f"J = {style.number(losses[-1])}"
    return f"diverged at step {len(losses)}"


def sentence_exploding(data):
    plain, clipped = data.losses["plain"], data.losses["clipped"]
    return (
        f"{first_of_last(data.delta)}: "
        f"the gradient {verdict(data.delta[0] - data.delta[-1])}. "
        f"Plain gradient descent: {describe_end(plain)}; "
        f"with the gradient clipped to length 1: {describe_end(clipped)} "
        f"({len(clipped)} steps, J = {style.number(clipped[0])} at the first)."
    )
