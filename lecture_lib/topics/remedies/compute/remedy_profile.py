"""The gradient by layer before and after a remedy."""

from collections import namedtuple

from lecture_lib.topics.vanishing_exploding_gradients.compute.gradient_profile import (
    compute_gradient_profile,
)

RemedyProfile = namedtuple("Remedy", "before after")


def compute_remedy_profile(depth=20, width=32, activation="relu", variance="2/n", seed=0):
    """`gradient_profile` before, with sigmoid and variance 1, and after a remedy: the seeds are the same."""
    nets = (("sigmoid", "1"), (activation, variance))
    for both in zip(
        *(compute_gradient_profile(depth, width, F, spread, seed=seed) for F, spread in nets)
    ):
        yield RemedyProfile(*both)
