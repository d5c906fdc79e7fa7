"""Exercises on the gradient of a chain: its factors, and a step that is lost."""

import numpy as np

from lecture_lib.chain import run_chain
from lecture_lib.exercise import Exercise


def _chains(rng):
    """Three chains of four sigmoid layers: (y, W, slope), entry 0 for layer 1."""
    chains = [run_chain(rng.uniform(-2, 2, 4), rng.uniform(0.5, 2)) for _ in range(3)]
    return [(c.y, c.W, c.slope) for c in chains]


gradient_w3 = Exercise(
    "gradient_w3",
    "V10",
    "Write a function of the outputs y, the weights W and the slopes that returns ∂O/∂W₃.",
    right=lambda y, W, slope: y[1] * slope[2] * W[3] * slope[3],
    cases=_chains,
    mistakes=(
        (
            lambda y, W, slope: y[1] * slope[2] * W[3],
            "one slope is missing: which F′ does W₄ lead to?",
        ),
        (
            lambda y, W, slope: y[1] * W[3] * slope[3],
            "one slope is missing: which F′ does W₃ itself lead to?",
        ),
        (
            lambda y, W, slope: y[1] * slope[2] * slope[3],
            "a weight is missing between the two slopes.",
        ),
        (
            lambda y, W, slope: slope[2] * W[3] * slope[3],
            "what reaches W₃ is missing, the first factor of (2).",
        ),
        (
            lambda y, W, slope: y[2] * slope[2] * W[3] * slope[3],
            (
                "the first factor is one layer too late; what goes into W₃, and not what comes out"
                " of it?"
            ),
        ),
        (
            lambda y, W, slope: y[1] * W[2] * slope[2] * W[3] * slope[3],
            "W₃ is a factor here; the derivative of θ₃ = W₃F₂ with respect to W₃ has no W₃ in it.",
        ),
        (
            lambda y, W, slope: y[2] * slope[3],
            "this is the gradient of W₄; go back one layer more.",
        ),
    ),
    hints=(
        "Compare (1) and (2): what happens at the front when the weight moves one layer on?",
        "Begin with what reaches W₃; then one slope, one weight, one slope.",
        "Python counts from 0: y[1] is the output of layer 2, W[3] the weight of layer 4.",
    ),
    solution="∂O/∂W₃ = F₂ F₃′ W₄ F₄′, in Python y[1] * slope[2] * W[3] * slope[3].",
)

first_gradient = Exercise(
    "first_gradient",
    "V15",
    "Write a function of X, all weights W and all slopes that returns ∂O/∂W₁ at any depth.",
    right=lambda X, W, slope: X * np.prod(W[1:]) * np.prod(slope),
    cases=lambda rng: [
        (rng.uniform(0.5, 2), rng.uniform(1, 2, L), rng.uniform(0.2, 0.9, L)) for L in (2, 4, 7)
    ],
    mistakes=(
        (
            lambda X, W, slope: X * np.prod(W) * np.prod(slope),
            "W₁ is among the factors, but no gradient contains its own weight in this chain.",
        ),
        (lambda X, W, slope: np.prod(W[1:]) * np.prod(slope), "what reaches W₁ is missing."),
        (
            lambda X, W, slope: X * np.prod(W[1:]) * np.prod(slope[:-1]),
            "the slope of the last layer is missing, as in the lecture's list.",
        ),
        (
            lambda X, W, slope: X * np.prod(W[1:]) * np.prod(slope[1:]),
            "the slope of layer 1 is missing: W₁ acts through θ₁.",
        ),
        (lambda X, W, slope: X * np.prod(W[1:]), "the slopes are missing."),
        (lambda X, W, slope: X * np.prod(slope), "the weights of the later layers are missing."),
        (
            lambda X, W, slope: X * (np.sum(W[1:]) + np.sum(slope)),
            "the factors are added; the chain rule along one path multiplies.",
        ),
    ),
    hints=(
        "Count the factors of (1): how many slopes, how many weights?",
        "np.prod multiplies all entries of an array; W[1:] leaves the first one out.",
        "What reaches W₁ in front, then every slope, then every weight but one.",
    ),
    solution=(
        "X * np.prod(W[1:]) * np.prod(slope): one slope per layer, and every weight but the first."
    ),
)

lost_step = Exercise(
    "lost_step",
    "V18",
    "Float32 numbers between ½ and 1 are 2⁻²⁴ apart: what is the largest η |∂E/∂W| that leaves W ="
    " 0.75 the same?",
    right=2.0**-25,
    rtol=0.02,
    mistakes=(
        (
            2.0**-24,
            (
                "a step as long as the gap arrives at the neighbour; how long must a step be to be"
                " rounded to it?"
            ),
        ),
        (
            2.0**-23,
            "that is the gap between 1 and 2; and a step below a gap may round to the neighbour.",
        ),
        (0.75 * 2.0**-24, "the gap does not depend on W between ½ and 1; and think of rounding."),
        (2.0**-26, "a longer step is lost as well; a result is rounded to the nearest number."),
    ),
    hints=(
        "A computer rounds W − step to the nearest number it has.",
        "Draw two neighbours and the point in the middle: which side is rounded back?",
        "The answer is a part of the gap; in Python 2.0**-24 is the gap.",
    ),
    solution="2⁻²⁵ = 3 × 10⁻⁸, half a gap; everything below is rounded back to 0.75.",
)
