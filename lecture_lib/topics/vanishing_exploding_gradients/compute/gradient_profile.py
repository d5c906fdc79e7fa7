"""The gradient by layer at the start of training, over twenty seeds, beside mean-field theory."""

from collections import namedtuple

import numpy as np

from lecture_lib import theory
from lecture_lib.initialisers import weight_variance
from lecture_lib.powers_of_ten import log10_floored
from lecture_lib.quiet import quiet

from .digits_nets import (
    initial_gradients,
)

SEEDS = 20
GradientProfile = namedtuple(
    "Profile",
    "delta gradient theory typical update unmoved samples chaotic width activation variance",
)


@quiet("under")
def compute_gradient_profile(
    depth=20, width=32, activation="sigmoid", variance="1", gamma=0.1, seed=0
):
    """Sizes by layer at the start, of one seed and then of twenty, beside mean-field `theory` (hidden layers), and
    for ReLU with 2/n what is `typical` at this width; else None.

    Of the first seed: `update` ||gamma dJ/dW_l|| / ||W_l||, and the share of W_1 `unmoved` by it bit for bit in
    (float32, float64). `chaotic`: the forward pass amplifies rounding. The largest nets get fewer `samples`.
    """
    samples, rows = int(np.clip(6e7 / (depth * width**2), 16, 128)), []
    s = width * weight_variance(variance, width, width)
    typical = (
        np.log10(theory.he_relu_typical_factor(width))
        if activation == "relu" and np.isclose(s, 2)
        else None
    )
    chaotic = (
        depth > 10
        and activation in ("sigmoid", "tanh")
        and theory.fixed_point(activation, s)[1] > 1.2
    )
    for params, work, *sizes in initial_gradients(
        depth, width, activation, variance, range(seed, seed + SEEDS), samples
    ):
        if not rows:
            update = (
                np.log10(gamma)
                + sizes[1]
                - log10_floored(np.array([np.linalg.norm(w) for w in params.W[1:]]))
            )
            unmoved = share_unmoved(params.W[1], gamma * work.gradient.W[1])
            shape = log10_floored(
                theory.gradient_profile(activation, [s] * (depth - 2), np.square(work.z[1]).mean())
            )
        rows.append(sizes)
        if len(rows) in (1, 5, 10, 15, SEEDS) or depth * width > 4000:
            delta, gradient = np.array(rows).swapaxes(0, 1)
            wide = np.median(delta[:, -2]) + shape
            narrow = None if typical is None else wide + typical * np.arange(depth - 1)[::-1]
            yield GradientProfile(
                delta,
                gradient,
                wide,
                narrow,
                update,
                unmoved,
                samples,
                chaotic,
                width,
                activation,
                variance,
            )


def share_unmoved(w, step):
    """The share of the weights that stay the same bit for bit after w - step, in float32 and in float64 (V18)."""
    with np.errstate(over="ignore"):
        return tuple(
            float((w.astype(t) - step.astype(t) == w.astype(t)).mean())
            for t in (np.float32, np.float64)
        )
