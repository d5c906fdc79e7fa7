"""Pictures of the gradient before and after a remedy."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.topics.vanishing_exploding_gradients.pictures.decades import (
    frame_decades,
    verdict,
    written,
)
from lecture_lib.topics.vanishing_exploding_gradients.pictures.gradient_profile import (
    describe_finite_width,
    draw_profile_curve,
)

from .looks import named

LAYER = "layer $l$   (the gradient comes back from the right: ←)"


def frame_remedy_profile(axes, data):
    narrow = " (does not hold for width ≤ 16)" if data.after.width <= 16 else ""
    for ax, net in zip(axes, data):
        frame_decades(
            ax, -40, 20, net.delta.shape[1], LAYER, r"size of the gradient, $\|\delta_l\|$"
        )
        label = f"{named(net.activation, net.variance)}: median, 90 %"
        style.key(
            ax,
            "lower right",
            {label: style.ACTIVATION[net.activation], f"mean-field theory{narrow}": style.THEORY},
        )


def draw_remedy_profile(axes, data):
    for ax, net, when in zip(axes, data, ("Before", "After")):
        first, *_, last = draw_profile_curve(ax, net)
        style.headline(
            ax, f"{when}: layer 1 gets {written(first - last)} of layer {net.delta.shape[1]}'s"
        )


def sentence_remedy_profile(data):
    kept = [np.subtract(*np.median(net.delta, axis=0)[[0, -1]]) for net in data]
    said = [
        (named(net.activation, net.variance), written(k), verdict(k)) for net, k in zip(data, kept)
    ]
    n, L = data.after.delta.shape
    text = "Before ({}) layer 1 gets {} of layer {L}'s gradient: it {}. After ({}) {}: it {} (medians of {n} seeds)."
    return text.format(*said[0], *said[1], L=L, n=n) + describe_finite_width(data.after)
