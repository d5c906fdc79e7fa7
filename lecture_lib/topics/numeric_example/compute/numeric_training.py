"""The error of the 2-2-1 network over many updates."""

from dataclasses import dataclass

import numpy as np

from lecture_lib.small_networks.worked_example import BIASES, GAMMA, INPUTS, repeat


@dataclass(frozen=True)
class NumericTraining:
    """The same training with each treatment of the biases."""

    errors: dict  # treatment: E before and after each update, (updates + 1,)
    weights: dict  # by name at the end, with the chosen treatment
    updates: int  # how many there were
    gamma: float  # the learning rate
    biases: str  # the chosen treatment


def compute_numeric_training(updates=100, gamma=GAMMA, biases="frozen", target=INPUTS["target"]):
    """The NumericTraining after `updates` updates (N19)."""
    errors = {}
    ends = {}
    for treatment in BIASES:
        found, ends[treatment] = repeat(updates, gamma, treatment, target=target)
        errors[treatment] = np.array(found)
    return NumericTraining(
        errors=errors,
        weights=ends[biases],
        updates=updates,
        gamma=gamma,
        biases=biases,
    )
