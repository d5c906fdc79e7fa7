"""The gradient by layer before and after a remedy."""

from dataclasses import dataclass

from lecture_lib.topics.vanishing_exploding_gradients.compute.gradient_profile import (
    GradientProfile,
    compute_gradient_profile,
)


@dataclass(frozen=True)
class RemedyProfile:
    """The lecture's network and the one with a remedy, from the same random numbers."""

    before: GradientProfile  # as in the lecture
    after: GradientProfile  # with the remedy


def compute_remedy_profile(depth=20, width=32, activation="relu", variance="2/n", seed=0):
    """Yield the RemedyProfile of a network with sigmoid and variance 1, and of one with these
    settings (R1, R5).
    """
    before = compute_gradient_profile(depth, width, "sigmoid", "1", seed=seed)
    after = compute_gradient_profile(depth, width, activation, variance, seed=seed)
    for profiles in zip(before, after):
        yield RemedyProfile(*profiles)
