"""Exercises of notebook 05: the gradient as a product, and when it vanishes."""

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
            "W₃ is a factor here; the derivative of θ₃ = W₃F₂ by W₃ has no W₃ in it.",
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
        "X * np.prod(W[1:]) * np.prod(slope): one slope a layer, and every weight but the first."
    ),
)

equal_gradients = Exercise(
    "equal_gradients",
    "V16",
    "W₁ = 1 and W₂ = 2: at which X are the gradients of both weights equally large?",
    right=-0.738835,
    rtol=0.01,  # u σ(u) = 1/2 at u = -X
    mistakes=(
        (
            0.738835,
            "the size fits, the sign does not: on this side of 0 the factor 1 − F₁ becomes small.",
        ),
        (-1.278465, "on the right side, but W₂ was left out of the formula."),
        (1.278465, "W₂ was left out, and the sign is turned."),
        (0.5, "that would be so if 1 − F₁ were 1; it is at most one half for positive X."),
        (-0.5, "that would be so if 1 − F₁ were 1; compute it at this X."),
    ),
    hints=(
        "The ratio of both gradients is |X W₂ (1 − F₁)| with F₁ = σ(W₁X).",
        "Try large positive and large negative X: what does 1 − F₁ go to in each case?",
        "Keep halving the interval between an X with a ratio below 1 and one with a ratio above.",
    ),
    solution=(
        "X = −0.739: there |X| · 2 · (1 − σ(X)) = 1. For a more negative X layer 1 gets more than"
        " layer 2."
    ),
    otherwise="Put this X into the ratio above: is it below or above 1?",
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
                "a step as long as the gap arrives at the neighbour; from where on is it rounded"
                " there?"
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

holding_gain = Exercise(
    "holding_gain",
    "V19",
    "Which gain n Var(W) keeps the gradient of a deep ReLU network where it is?",
    right=2.0,
    rtol=0.1,
    mistakes=(
        (4.0, "it explodes: half of the units are off, but this gain is more than they take away."),
        (1.0, "it vanishes: that would hold if all units were on."),
        (
            0.5,
            (
                "it vanishes quickly: the share of the units that are on divides, it does not"
                " multiply."
            ),
        ),
        (
            2**0.5,
            "it vanishes: the gain is a variance, so it belongs to squares; no root is needed.",
        ),
    ),
    hints=(
        (
            "The printed share is that of layer 1: above 1 the factor a layer is too large, below 1"
            " too small."
        ),
        "A layer multiplies the mean square by the gain times the share of units that are on.",
        "How large is that share for ReLU? Make the product 1.",
    ),
    solution="Gain 2, for 2 · ½ = 1: that is Var(W) = 2/n, a remedy of the next notebook.",
    otherwise=(
        "Above the right gain the gradient explodes, below it vanishes; the printed share says"
        " which."
    ),
)

smallest_factor = Exercise(
    "smallest_factor",
    "V20",
    "54 equal factors a layer: how small may one be if at least a tenth is to arrive?",
    right=0.1 ** (1 / 54),
    rtol=2.3e-3,
    mistakes=(
        (
            0.1 ** (1 / 18),
            "that is enough for 20 layers with 18 factors; here there are three times as many.",
        ),
        (0.95, "a little too small: multiplied 54 times, less than a tenth is left."),
        (0.9, "too small: multiplied 54 times, less than a hundredth is left."),
        (1 - 0.9 / 54, "it may be smaller: the losses multiply, they do not add up."),
        (0.1 / 54, "the tenth is not shared out among the factors by division: they multiply."),
    ),
    hints=(
        "54 equal factors give factor**54.",
        "You look for the number whose 54th power is one tenth.",
        "The 54th root is the power 1/54.",
    ),
    solution=(
        "0.1 ** (1/54) = 0.958, so 0.96 to two decimals. For 20 layers 0.88 is enough, for 4 layers"
        " 0.32."
    ),
    otherwise="Compare factor**54 with one tenth, as printed above.",
)

three_failures = Exercise(
    "three_failures",
    "V4",
    "None of three 56-layer networks learns. For which of them is it the vanishing gradient?",
    right="B",
    choices={
        "A": "for all three",
        "B": "for sigmoid at variance 1 and ReLU at 1/n, not for ReLU at 2/n",
        "C": "for the sigmoid only",
        "D": "for none",
    },
    mistakes=(
        ("A", "one of the three passes a fair part of its gradient back and fails all the same."),
        (
            "C",
            "at one of the two variances each ReLU layer halves the mean square of the gradient.",
        ),
        ("D", "in at least one of them layer 1 gets less than a millionth."),
    ),
    hints=(
        "Compare ‖δ₁‖ with ‖δ_L‖ at the start: set the explorer above to depth 56.",
        "A layer of ReLU units multiplies the mean square by n Var(W) / 2.",
        "A share below a tenth counts as vanished.",
    ),
    solution=(
        "Sigmoid at variance 1 and ReLU at 1/n vanish; ReLU at 2/n keeps a fair part, and still"
        " fails."
    ),
)
