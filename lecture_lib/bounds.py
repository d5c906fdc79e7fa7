"""How large the gradient of a chain can be at most, from the largest slope of its activation."""

import numpy as np

from .activations import activation as find_activation
from .powers_of_ten import log10_floored

# V12: the largest slope of the sigmoid, sigma'(0)
SIGMOID_SLOPE_BOUND = 0.25

# max u (1 - sigma(u)): a bias-free chain of equal W > 0 (K55)
POSITIVE_CHAIN_BOUND = 0.278464542761


def largest_slope(activation):
    """The largest F' of an activation by name: 1/4 for the sigmoid, 1 for every other in the menu
    (V12); that of a registered one was measured.
    """
    steepest = find_activation(activation).steepest
    if steepest is not None:
        return steepest
    return SIGMOID_SLOPE_BOUND if activation == "sigmoid" else 1.0


def bound_gradients(chain, slope):
    """log10 of |y_{k-1}| slope prod_{l>k} |W_l| slope: |dO/dW_k| if every |F'| were `slope`
    (V12).
    """
    own = log10_floored(np.abs(chain.before) * slope)
    factors = log10_floored(np.abs(chain.W[1:]) * slope)
    from_the_end = np.append(factors, 0.0)[::-1]
    later = from_the_end.cumsum()[::-1]
    return own + later
