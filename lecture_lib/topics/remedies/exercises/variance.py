"""Exercises on initial weights whose variance holds the gradient."""

import numpy as np

from lecture_lib.exercise import Exercise

leaky_constant = Exercise(
    "leaky_constant",
    "R4",
    "Slope 1 above 0 and ½ below: which number c in Var(W) = c/n makes χ = n Var(W) E[F′²] = 1?",
    right=1.6,
    mistakes=(
        (2.0, "that is for ReLU, whose slope below 0 is 0; here the slope below 0 is not 0."),
        (0.625, "that is the mean of F′² itself; c has to make up for it."),
        (4 / 3, "that is 1/E[F′]; but χ has the mean of the *squares* of the slopes."),
        (16 / 9, "the mean is squared; first square each slope, then take the mean."),
        (0.8, "that is 1 over the sum of both squares; the mean is half of the sum."),
        (1.6**0.5, "c is a variance, so no root is needed: χ is about squared sizes."),
        (1.0, "half of the inputs have a slope of ½, so the squared gradient shrinks."),
    ),
    hints=(
        "Put Var(W) = c/n into χ: n drops out.",
        "A number is 1 in half of the cases and ¼ in the other half. What is its mean?",
        "c times that mean should be 1.",
    ),
    solution="The mean of F′² is (1 + ¼)/2 = ⅝, so c = 8/5 = 1.6.",
)

chi_of_a_layer = Exercise(
    "chi_of_a_layer",
    "R2",
    "Write a function of n, Var(W) and the array of slopes F′ of a layer that returns χ.",
    right=lambda n, variance, slope: n * variance * np.mean(np.square(slope)),
    cases=lambda rng: [(n, rng.uniform(0.5, 3) / n, rng.uniform(0, 1, 50)) for n in (16, 64, 200)],
    mistakes=(
        (
            lambda n, variance, slope: n * variance * np.mean(slope) ** 2,
            "the mean is squared; first square, then average.",
        ),
        (lambda n, variance, slope: n * variance * np.mean(slope), "the slopes are not squared."),
        (
            lambda n, variance, slope: variance * np.mean(np.square(slope)),
            "n paths add up; your result has only one of them.",
        ),
        (
            lambda n, variance, slope: n * variance * np.sum(np.square(slope)),
            "summed instead of averaged.",
        ),
        (
            lambda n, variance, slope: np.sqrt(n * variance * np.mean(np.square(slope))),
            "that is the factor of the size; χ is the factor of its square.",
        ),
        (
            lambda n, variance, slope: n * np.sqrt(variance) * np.mean(np.square(slope)),
            "the spread of the weights stands where their variance belongs.",
        ),
    ),
    hints=(
        "Read the brace under the formula from left to right.",
        "E[ ] is a mean: np.mean.",
        "Inside the mean is the square of each slope.",
    ),
    solution="n * variance * np.mean(slope**2).",
)

which_variance = Exercise(
    "which_variance",
    "R4",
    "An activation has F′ = ½ for every input. Which c in Var(W) = c/n holds its gradient?",
    right="C",
    choices={"A": "1", "B": "2", "C": "4", "D": "16"},
    mistakes=(
        ("A", "that holds the gradient if F′ = 1; here each layer makes it smaller."),
        ("B", "that is 1/F′; but χ contains the square of F′."),
        ("D", "that is right for F′ = ¼; what is the square of ½?"),
    ),
    hints=(
        "χ = n Var(W) E[F′²] should be 1.",
        "Put Var(W) = c/n into χ: n drops out.",
        "Every F′² is ½ · ½, so that is their mean as well.",
    ),
    solution="c = 4, for 4 · (½)² = 1.",
)

old_rule = Exercise(
    "old_rule",
    "R3",
    "Weights uniform between −1/√n and 1/√n, tanh near 0: by what factor does ‖δ‖ change per "
    "layer?",
    right=3**-0.5,
    rtol=0.012,
    mistakes=(
        (1 / 3, "that is n Var(W), the factor of the square of ‖δ‖."),
        (
            12**-0.5,
            "the interval from −a to a is 2a wide, and its variance larger than that of width a.",
        ),
        (
            1 / 12,
            "the interval from −a to a is 2a wide; and that would be the factor of the square.",
        ),
        (3**0.5, "upside down: the gradient shrinks here."),
        (1.0, "1/√n is where the interval ends, not the standard deviation."),
    ),
    hints=(
        "The variance of a uniform number between −a and a is a²/3.",
        "χ = n Var(W) for tanh near 0.",
        "χ is the factor of ‖δ‖²; for ‖δ‖ take the root.",
    ),
    solution="√(1/3) = 0.577: 20 such layers leave about 2 × 10⁻⁵ of the gradient.",
)
