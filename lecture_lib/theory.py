"""What the mathematics says about gradients and depth, without running a network.

Mean field, for wide layers of random weights (Poole et al. 2016, arXiv:1606.05340; Schoenholz et
al. 2017, arXiv:1611.01232): with s = n Var(W), bias variance s_b and z ~ N(0, 1),

    q_{l+1} = s E[F(sqrt(q_l) z)^2] + s_b            mean square of the inputs of the units
    chi_l   = s E[F'(sqrt(q_l) z)^2]                 E ||delta_l||^2 = chi_l E ||delta_{l+1}||^2

so a gradient shrinks or grows by about sqrt(chi) per layer. It is a statement about wide layers
(about 64 and more); at width 16 and less it is off by tens of per cent.
"""

from functools import cache

import numpy as np

from . import check
from .activations import activation as find_activation
from .crossing import find_crossing
from .gaussian import gaussian_mean

LOWEST = -12.0  # log10 of the mean squares beyond which q* counts as 0 or as inf
HIGHEST = 12.0
STRIDE = 0.25  # decades in which the search for q* steps outwards
FAR = 3.0  # decades from q = 1 beyond which every F is near to a line or constant
FAR_STRIDE = 1.0  # decades of a step there
# The variances for which q* is looked for: theirs lies between LOWEST and HIGHEST if it is neither
# 0 nor inf.
LEAST = 1e-11
LARGEST = 1e11
LARGEST_Q = 1e200  # that is followed from layer to layer; there F is a line or constant
ROUNDING = 1e-12  # a gain so near to 1 counts as 1
SMALLEST_CHI = 1e-300  # that keeps all its digits
JUMP = 1e-3  # of chi between two variances next to each other: more is no crossing


def _scale_mean(s, mean):
    """s * mean, and 0 for s = 0 even if the mean is beyond float64."""
    return s * mean if s > 0 else 0.0


def _check_variances(weight_variance, bias_variance):
    """(n Var(W), bias variance) as floats; raises TypeError or ValueError if they are none."""
    return (
        check.real("weight_variance", weight_variance, 0, 1e100),
        check.real("bias_variance", bias_variance, 0, 1e100),
    )


def next_q(activation, q, weight_variance, bias_variance=0.0):
    """The mean square of the sums one layer on; `weight_variance` is n Var(W); inf where float64
    ends.

    Raises ValueError or TypeError for a q above 1e200, or a variance that is none.
    """
    F = find_activation(activation)
    s, s_b = _check_variances(weight_variance, bias_variance)

    def square(x):
        return np.square(F.f(x))

    mean = gaussian_mean(square, check.real("q", q, 0, LARGEST_Q))
    return _scale_mean(s, mean) + s_b  # Var(z) = n Var(W) E[a^2] + Var(b)


def chi(activation, q, weight_variance):
    """The factor of E ||delta||^2 per layer, at mean square q of the sums (R2).

    Raises ValueError or TypeError for a q that is none, or a variance that is none.
    """
    F = find_activation(activation)
    s, _ = _check_variances(weight_variance, 0.0)

    def square(x):
        return np.square(F.df(x))

    return _scale_mean(s, gaussian_mean(square, q))  # R2: chi = n Var(W) E[F'(z)^2]


def fixed_point(activation, weight_variance, bias_variance=0.0, start=1.0):
    """(q*, chi at q*) that deep layers settle on, coming from q = `start`; q* counts as 0 below
    1e-12, as inf above 1e12.

    `weight_variance` is n Var(W). The map q -> next_q is monotone here, so q moves away from
    `start` in one direction and stops at the first crossing. It is found by stepping outwards and
    then by bisection, which is exact where iterating would creep for ever (tanh at 1/n). `start`
    matters only if there are several crossings (GELU), or where a layer keeps every q: a gain that
    is within 1e-12 of 1 counts as 1. Raises ValueError or TypeError for an argument outside 1e-11
    to 1e11 (`bias_variance` may be 0).
    """
    F = find_activation(activation)
    s = check.real("weight_variance", weight_variance, LEAST, LARGEST)
    s_b = check.real("bias_variance", bias_variance, 0, LARGEST)
    if s_b > 0:
        check.real("bias_variance", bias_variance, LEAST, LARGEST)
    return _find_fixed_point(F, s, s_b, check.real("start", start, LEAST, LARGEST))


@cache
def _find_fixed_point(F, s, s_b, start):
    """`fixed_point` of arguments that were checked."""

    def growth(log_q):
        """By how much q grows in one layer, relative to itself."""
        return next_q(F, 10.0**log_q, s, s_b) / 10.0**log_q - 1.0

    at = float(np.log10(start))
    first = _find_direction(F, s, s_b, 10.0**at)
    if first == 0:
        return start, chi(F, start, s)
    stride = STRIDE * first
    while _find_direction(F, s, s_b, 10.0 ** (at + stride)) * first >= 0:
        at += stride
        if at > HIGHEST:
            return np.inf, chi(F, 1e24, s)
        if at < LOWEST:
            return 0.0, chi(F, 1e-24, s)
        if abs(at) > FAR:
            stride = FAR_STRIDE * first
    q = 10.0 ** find_crossing(growth, at, at + stride)
    return float(q), chi(F, q, s)


def _find_direction(F, s, s_b, q):
    """1 where q grows in one layer, -1 where it shrinks, 0 where it stays; where the weights keep
    every q, the biases decide.
    """
    from_weights = next_q(F, q, s)
    if abs(from_weights / q - 1.0) < ROUNDING:
        return float(s_b > 0)
    rate = (from_weights + s_b) / q - 1.0
    return 0.0 if abs(rate) < ROUNDING else float(np.sign(rate))


def gradient_profile(activation, weight_variances, q1, bias_variance=0.0):
    """Predicted ||delta_l|| / ||delta_last|| for hidden layers 1..H, where H =
    len(weight_variances) + 1: (H,); 0 or inf where float64 ends.

    `weight_variances[i]` is n Var(W) of the weights from hidden layer i + 1 to i + 2, and q1 the
    mean square of the sums of hidden layer 1; q is followed layer by layer, and counts as 1e200
    above that. Raises ValueError or TypeError for a variance that is none.
    """
    logs = _log_factors(activation, weight_variances, q1, bias_variance)
    from_the_last = np.cumsum(logs[::-1])
    with np.errstate(over="ignore", under="ignore"):
        return np.exp(np.append(from_the_last[::-1], 0.0))


def nudge_profile(activation, weight_variances, q1, bias_variance=0.0):
    """Predicted size of a nudge of layer 1 at layers 1..H, over its size at layer 1, where H =
    len(weight_variances) + 1: (H,); 0 or inf where float64 ends.

    Sizes are root mean squares over the units. Arguments and factors are those of
    `gradient_profile`: from end to end a nudge and a gradient shrink alike.
    """
    logs = _log_factors(activation, weight_variances, q1, bias_variance)
    with np.errstate(over="ignore", under="ignore"):
        return np.exp(np.append(0.0, np.cumsum(logs)))


def _log_factors(activation, weight_variances, q1, bias_variance):
    """ln sqrt(chi) of each layer, q followed from q1 layer by layer."""
    F = find_activation(activation)
    q = check.real("q1", q1, 0, LARGEST_Q)
    variances = check.array("weight_variances", weight_variances)
    if variances.ndim != 1:
        raise ValueError(
            f"weight_variances had shape {variances.shape}; it must be a list with one number per "
            "layer."
        )
    logs = []
    for l, s in enumerate(variances.tolist()):
        check.real(f"weight_variances[{l}]", s, high=1e100, above=0)
        logs.append(_log_root_chi(F, q, s))
        q = min(next_q(F, q, s, bias_variance), LARGEST_Q)
    return logs


def _log_root_chi(activation, q, s):
    """ln sqrt(chi) of one layer at n Var(W) = s, also of a chi too small for float64; -inf of 0."""
    factor = chi(activation, q, s)
    if factor < SMALLEST_CHI:
        mean = chi(activation, q, 1.0)
        if s == 0 or mean == 0:
            return -np.inf
        return 0.5 * (np.log(s) + np.log(mean))
    return 0.5 * np.log(factor)


def critical_variance(activation, low=1e-3, high=1e3):
    """n Var(W) at which a bias-free net neither shrinks nor grows gradients: chi = 1, found by
    bisection.

    The critical variance is 103.0 for sigmoid, 1 for tanh, 2 for ReLU (R3, R4). Raises ValueError
    if chi does not cross 1 between `low` and `high`: that of GELU jumps over it.
    """
    F = find_activation(activation)
    low = check.real("low", low, LEAST, LARGEST)
    high = check.real("high", high, low, LARGEST)
    return _find_critical_variance(F, low, high)


@cache
def _find_critical_variance(F, low, high):
    """`critical_variance` of arguments that were checked."""

    def chi_at(s):
        _, factor = fixed_point(F, s)
        return factor

    missing = f"chi of {F.name} does not cross 1 between n Var(W) = {low:g} and {high:g}"
    if chi_at(low) > 1.0 or chi_at(high) <= 1.0:
        raise ValueError(f"{missing}.")
    while high / low > 1 + 1e-9:  # until chi = 1 lies in between (R3, R4)
        middle = np.sqrt(low * high)
        if chi_at(middle) > 1.0:
            high = middle
        else:
            low = middle
    below = chi_at(low)
    above = chi_at(high)
    if above - below > JUMP:
        raise ValueError(f"{missing}: at {low:.4f} it jumps from {below:.3f} to {above:.3f}.")
    return float(np.sqrt(low * high))


def he_relu_typical_factor(width):
    """Typical ||delta|| factor per layer of a ReLU net with variance 2/n: exp(-5 / (4n)), not 1.

    The mean square is conserved, the typical net loses a little in every layer (after Hanin & Nica
    2018, arXiv:1812.05994).
    """
    return float(np.exp(-1.25 / check.integer("width", width, 1, 10**6)))
