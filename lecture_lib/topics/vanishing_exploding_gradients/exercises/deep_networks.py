"""Exercises on deep networks: which gain holds the gradient, and what a failure was."""

from functools import lru_cache

import numpy as np

from lecture_lib.digits_networks.nets import layer_sizes
from lecture_lib.exercise import Exercise

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
        "The number is the power of ten of what layer 1 gets: below −1 the gradient vanishes, and "
        "above 1 it explodes."
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
        "Set the explorer of “Real networks” to depth 56 and to each of the three networks.",
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
        ("D", "one of the two has only become small: look at the lines of its digits."),
    ),
    hints=(
        "Look at the lines of the digits: in which network do they stay apart?",
        "The spread is relative to the size of the outputs, so no factor changes it.",
        "Compare both spreads with 1: one is 0.4, the other a millionth of a millionth.",
    ),
    solution=(
        "In the ReLU network. There all outputs have shrunk alike, and the digits stay 0.4 of "
        "their size apart. In the sigmoid network the outputs stay near one half, and the "
        "differences between the digits are a millionth of a millionth of that."
    ),
)
