"""Exercise on one update of one's own network."""

import numpy as np

from lecture_lib.exercise import Exercise

own_update = Exercise(
    "own_update",
    "B5",
    "Write a function that returns the new weights of a layer after one step of gradient descent.",
    right=lambda W, delta, inputs, gamma: W - gamma * np.outer(inputs, delta),
    cases=lambda rng: [
        (rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=3), 0.5) for _ in range(3)
    ],
    mistakes=(
        (
            lambda W, delta, inputs, gamma: W + gamma * np.outer(inputs, delta),
            "the sign is wrong: this step goes uphill.",
        ),
        (
            lambda W, delta, inputs, gamma: W - np.outer(inputs, delta),
            "the learning rate is missing.",
        ),
        (
            lambda W, delta, inputs, gamma: W - gamma * np.outer(delta, inputs),
            "rows and columns are exchanged: W has one row for each input.",
        ),
        (
            lambda W, delta, inputs, gamma: W - gamma * inputs * delta,
            "W has one slope for each pair of an input and a δ; np.outer makes all pairs.",
        ),
        (
            lambda W, delta, inputs, gamma: W - gamma * delta,
            "the inputs are missing: each slope is δ times the input of that weight.",
        ),
        (
            lambda W, delta, inputs, gamma: -gamma * np.outer(inputs, delta),
            "that is the step; the old weights are missing.",
        ),
    ),
    hints=(
        "The slope of the weight from input i to unit j is δ_j times input i.",
        "np.outer(inputs, delta) holds these products, one row for each input.",
        "The new weights are the old ones minus gamma times these slopes.",
    ),
    solution="return W - gamma * np.outer(inputs, delta)",
)
