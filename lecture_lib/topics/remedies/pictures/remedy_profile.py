"""Pictures of the gradient before and after a remedy."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.decades import (
    BACKWARDS,
    frame_decades,
    verdict,
    written,
)
from lecture_lib.topics.vanishing_exploding_gradients.pictures.gradient_profile import (
    NARROW,
    describe_finite_width,
    draw_profile_curve,
)

from .looks import SIZE_LABEL, named


def frame_remedy_profile(axes, data):
    theory = "mean-field theory"
    if data.after.width <= NARROW:
        theory += " (does not hold for width ≤ 16)"
    for ax, net in zip(axes, (data.before, data.after)):
        frame_decades(ax, -40, 20, net.delta.shape[1], BACKWARDS, SIZE_LABEL)
        curves = {
            f"{named(net.activation, net.variance)}: median, 90 %": style.ACTIVATION[
                net.activation
            ],
            theory: style.THEORY,
        }
        style.key(ax, "lower right", curves)


def draw_remedy_profile(axes, data):
    draw_side(axes[0], data.before, "Before")
    draw_side(axes[1], data.after, "After")


def draw_side(ax, net, when):
    """The gradient of one network by layer, with its finding."""
    median = draw_profile_curve(ax, net)
    kept = written(median[0] - median[-1])
    style.headline(ax, f"{when}: layer 1 gets {kept} of layer {len(median)}'s")


def measure_kept(net):
    """Decades between the gradient of the last layer and that of layer 1, the median over the
    seeds.
    """
    median = np.median(net.delta, axis=0)
    return median[0] - median[-1]


def sentence_remedy_profile(data):
    seeds, depth = data.after.delta.shape
    before = measure_kept(data.before)
    after = measure_kept(data.after)
    sentence = (
        f"Before ({named(data.before.activation, data.before.variance)}) layer 1 gets "
        f"{written(before)} of layer {depth}'s gradient: it {verdict(before)}. "
        f"After ({named(data.after.activation, data.after.variance)}) {written(after)}: "
        f"it {verdict(after)} (medians of {seeds} seeds)."
    )
    return sentence + describe_finite_width(data.after)
