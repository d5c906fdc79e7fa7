"""Exercises on the cost J."""

import numpy as np

from lecture_lib.exercise import Exercise


def draw_pairs(rng):
    """Pairs of arrays of random length and content, to hold a function against the model."""
    return [tuple(rng.uniform(0.0, 1.0, (2, n))) for n in (1, 2, 3, 5)]


cost = Exercise(
    "cost",
    "M8",
    "Write a function of the outputs Y and the targets d of one sample that returns its cost J.",
    right=lambda Y, d: 0.5 * np.sum((Y - d) ** 2),
    cases=draw_pairs,
    mistakes=(
        (lambda Y, d: np.sum((Y - d) ** 2), "the factor one half is missing."),
        (
            lambda Y, d: 0.5 * np.mean((Y - d) ** 2),
            "the outputs of one sample are summed, not averaged.",
        ),
        (
            lambda Y, d: np.mean((Y - d) ** 2),
            "the half is missing, and the outputs are averaged instead of summed.",
        ),
        (lambda Y, d: 0.5 * np.sum(Y - d), "without a square the differences cancel."),
        (lambda Y, d: np.sum(Y - d), "the square and the factor one half are missing."),
        (
            lambda Y, d: 0.5 * np.sum(Y - d) ** 2,
            "the square came after the sum: the differences have cancelled before.",
        ),
        (
            lambda Y, d: 0.5 * np.sum(np.abs(Y - d)),
            "the size of the difference was taken, not its square.",
        ),
    ),
    hints=(
        "One difference for each output: Y − d holds them all.",
        "Square each of them before you add them up.",
        "np.sum adds; then take half of the sum.",
    ),
    solution="return 0.5 * np.sum((Y - d) ** 2)",
)

why_square = Exercise(
    "why_square",
    "M8",
    "A network answers 0.5 to all four XOR samples. What is the sum of its differences, and what is"
    " its mean J?",
    right="b",
    choices={"a": "0 and 0", "b": "0 and 0.125", "c": "2 and 0.5", "d": "2 and 0.125"},
    mistakes=(
        ("a", "the sum is right; but J is made of squares, and no square here is 0."),
        (
            "c",
            "two of the four differences are negative; and J is the mean over the samples, not the"
            " sum.",
        ),
        ("d", "J is right; but two of the four differences are negative."),
    ),
    hints=(
        "The targets are 0, 1, 1, 0. Write down the four differences Y − d, with their signs.",
        "Two of them are +½ and two are −½: add them up.",
        "The cost of one sample is half the square of its difference. All four cost the same.",
    ),
    solution=(
        "b. The differences ½, −½, −½ and ½ cancel, so their sum calls this network perfect,"
        " although it has learned nothing. Each sample costs ½ · ¼ = 0.125, and so does their mean."
    ),
)
