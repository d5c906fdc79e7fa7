"""Constants of random chains: what a typical factor is, and the largest slope of each
activation.
"""

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.theory import SIGMOID_SLOPE_BOUND

# For W ~ N(0, 1): exp(E ln |W|), what a typical factor is, and E |W|.
TYPICAL_WEIGHT = 0.529839354694838
MEAN_WEIGHT = 0.797884560802865
# exp(E ln |W F'|) far from the input of a sigmoid chain.
TYPICAL_SIGMOID = 0.124282365


def largest_slope(activation):
    """The largest F' of an activation by name: 1/4 for the sigmoid, 1 for every other in the menu
    (V12); that of a registered one was measured.
    """
    if ACTIVATIONS[activation].steepest is not None:
        return ACTIVATIONS[activation].steepest
    return SIGMOID_SLOPE_BOUND if activation == "sigmoid" else 1.0
