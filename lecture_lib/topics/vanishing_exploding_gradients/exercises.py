"""Exercises of notebook 05: the gradient as a product, and when it vanishes."""

from functools import lru_cache

import numpy as np

from lecture_lib.chain import run_chain
from lecture_lib.digits_networks.nets import layer_sizes
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

GAIN_DEPTH = 30
GAIN_WIDTH = 64
LARGEST_GAIN = 1e19  # beyond, the outputs of 30 layers may leave float64


@lru_cache
def decades_at_gain(gain):
    """By how many powers of ten layer 1 of a ReLU net of 30 layers misses what layer 30 gets, mean
    of four starts; 0 if it is within a factor 10, inf for a gain above LARGEST_GAIN.
    """
    if gain > LARGEST_GAIN:
        return np.inf
    sizes = layer_sizes(GAIN_DEPTH, GAIN_WIDTH, "relu", gain / GAIN_WIDTH, range(4)).delta
    decades = float(np.log10(sizes[:, 0] / sizes[:, -1]).mean())
    return round(decades, 1) if abs(decades) > 1 else 0.0


def name_exact_factor(factor):
    """0.96 for a factor that is the right one to two or three decimals, else the factor itself."""
    return 0.96 if 0.959 <= factor < 0.965 else factor


holding_gain = Exercise(
    "holding_gain",
    "V19",
    "For which gain n Var(W) does layer 1 of a ReLU network of 30 layers get between a tenth of "
    "what layer 30 gets and ten times as much?",
    right=2.0,
    seen_as=decades_at_gain,
    mistakes=(
        (4.0, "it explodes: half of the units are off, but this gain is more than they take away."),
        (1.0, "it vanishes: that would hold if all units were on."),
        (
            0.5,
            "it vanishes fast: the units that are off divide by two, so the gain must be larger.",
        ),
        (
            2**0.5,
            "it vanishes: the gain is a variance, so it belongs to squares; no root is needed.",
        ),
    ),
    hints=(
        "If layer 1 gets less than a tenth, the factor per layer is too small: raise the gain.",
        "One layer multiplies the mean square by the gain times the fraction of units that are on.",
        "How large is that fraction for ReLU? Make the product 1.",
    ),
    solution=(
        "Gain 2, because 2 · ½ = 1. Gains from about 1.75 to 2.3 meet the goal at this depth; a "
        "deeper network forgives less."
    ),
    otherwise=(
        "Below −1 the gradient vanishes, above 1 it explodes. This is the power of ten of what "
        "layer 1 gets."
    ),
)

smallest_factor = Exercise(
    "smallest_factor",
    "V20",
    "55 equal factors lie between layer 56 and layer 1. How small may one be, to two decimals, if "
    "at least a tenth is to arrive?",
    right=0.96,
    seen_as=name_exact_factor,
    mistakes=(
        (
            0.1 ** (1 / 19),
            "that is enough for 20 layers with 19 factors; here there are almost three times as "
            "many.",
        ),
        (0.95, "a little too small: multiplied 55 times, less than a tenth is left."),
        (0.9, "too small: multiplied 55 times, less than a hundredth is left."),
        (0.97, "it may be a little smaller, and a tenth still arrives."),
        (1 - 0.9 / 55, "it may be smaller: the losses multiply, they do not add up."),
        (0.1 / 55, "the tenth is not shared out among the factors by division: they multiply."),
    ),
    hints=(
        "55 equal factors give factor**55.",
        "You look for the number whose 55th power is one tenth.",
        "The 55th root is the power 1/55.",
    ),
    solution=("0.1 ** (1/55) = 0.959, so 0.96. For 20 layers 0.89 is enough, for 4 layers 0.47."),
    otherwise="Compare factor**55 with one tenth, as printed above.",
)

which_vanished = Exercise(
    "which_vanished",
    "V4",
    "Three 56-layer networks of width 32 that do not learn within 264 steps: in which of them has "
    "the gradient vanished?",
    right="B",
    choices={
        "A": "in all three",
        "B": "in the sigmoid at variance 1 and in ReLU at 1/n, not in ReLU at 2/n",
        "C": "in the sigmoid only",
        "D": "in none",
    },
    mistakes=(
        ("A", "in one of the three a fair part of a nudge arrives; which one has χ = 1?"),
        (
            "C",
            "at one of the two variances each ReLU layer halves the mean square of the gradient.",
        ),
        ("D", "in at least one of them layer 1 gets less than a millionth."),
    ),
    hints=(
        "Set the explorer above to depth 56 and to each of the three networks.",
        "A layer of ReLU units multiplies the mean square by n Var(W) / 2.",
        "A fraction below a tenth counts as vanished.",
    ),
    solution=(
        "In the sigmoid at variance 1 and in ReLU at 1/n. ReLU at 2/n keeps a fair part, and does "
        "not learn within this budget all the same."
    ),
)

lost_scale = Exercise(
    "lost_scale",
    "V20",
    "The gradient has vanished in ReLU at 1/n and in the sigmoid at 1/n. You may multiply the "
    "outputs of the last hidden layer by one large number. In which network do the outputs then "
    "differ clearly, compared with their size?",
    right="A",
    choices={
        "A": "in the ReLU network only",
        "B": "in the sigmoid network only",
        "C": "in both",
        "D": "in neither",
    },
    mistakes=(
        (
            "B",
            "in the sigmoid network the digits lie on one line; what does a factor change there?",
        ),
        (
            "C",
            "a factor also multiplies what the digits have in common; how far apart are they, "
            "relative to that?",
        ),
        ("D", "one of the two has only become small: look at the threads of its digits."),
    ),
    hints=(
        "Look at the threads of the digits: in which network do they stay apart?",
        "The spread is relative to the size of the outputs, so no factor changes it.",
        "Compare both spreads with 1: one is a third, the other a millionth of a millionth.",
    ),
    solution=(
        "In the ReLU network. There all outputs have shrunk alike, and the digits stay a third of "
        "their size apart. In the sigmoid network the outputs stay near one half, and the "
        "differences between the digits are a millionth of a millionth of that."
    ),
)
