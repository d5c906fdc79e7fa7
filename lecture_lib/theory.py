"""What the mathematics says about gradients and depth, without running a network.

Mean field, for wide layers of random weights (Poole et al. 2016, arXiv:1606.05340; Schoenholz et
al. 2017, arXiv:1611.01232): with s = n Var(W), bias variance s_b and z ~ N(0, 1),

    q_{l+1} = s E[F(sqrt(q_l) z)^2] + s_b            mean square of the inputs of the units
    chi_l   = s E[F'(sqrt(q_l) z)^2]                 E ||delta_l||^2 = chi_l E ||delta_{l+1}||^2

so a gradient shrinks or grows by about sqrt(chi) a layer. It is a statement about wide layers
(about 64 and more); at width 16 and less it is off by tens of per cent.
"""

from functools import cache

import numpy as np

from . import check
from .activations import activation as find_activation

SIGMOID_SLOPE_BOUND = 0.25  # max sigma' = sigma'(0) (V12)
POSITIVE_CHAIN_BOUND = (
    0.278464542761  # max u (1 - sigma(u)): a bias-free chain of equal W > 0, slip K55
)


LOWEST = -12.0  # log10 of the mean squares beyond which q* counts as 0 or as inf
HIGHEST = 12.0
STRIDE = 0.25  # decades in which the search for q* steps outwards
HALVINGS = 60


@cache
def _quadrature():
    """(z, weight): Gauss-Legendre nodes z > 0 with their N(0, 1) weights; the panels shrink towards
    the kink at 0.
    """
    edges = np.concatenate([[0.0], np.geomspace(1e-4, 13.0, 40)])
    x, w = np.polynomial.legendre.leggauss(24)
    half = np.diff(edges)[:, None] / 2
    z = (edges[:-1, None] + half * (1 + x)).ravel()
    weight = (half * w).ravel() * np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi)
    z.setflags(write=False)
    weight.setflags(write=False)
    return z, weight


def gaussian_mean(f, q):
    """E[f(sqrt(q) z)] for z ~ N(0, 1), by quadrature (about 12 digits for every activation
    here).
    """
    z, weight = _quadrature()
    scaled = np.sqrt(check.real("q", q, 0, 1e300)) * z
    return float(weight @ (f(scaled) + f(-scaled)))


def next_q(activation, q, weight_variance, bias_variance=0.0):
    """The mean square of the sums one layer on; `weight_variance` is n Var(W)."""
    F = find_activation(activation)

    def square(x):
        return np.square(F.f(x))

    return weight_variance * gaussian_mean(square, q) + bias_variance


def chi(activation, q, weight_variance):
    """The factor of E ||delta||^2 per layer, at mean square q of the sums (R2)."""
    F = find_activation(activation)

    def square(x):
        return np.square(F.df(x))

    return weight_variance * gaussian_mean(square, q)


@cache
def fixed_point(activation, weight_variance, bias_variance=0.0, start=1.0):
    """(q*, chi at q*) that deep layers settle on, coming from q = `start`; q* may be 0 or inf.

    `weight_variance` is n Var(W). The map q -> next_q is monotone here, so q moves away from
    `start` in one direction and stops at the first crossing. It is found by stepping outwards and
    then by bisection, which is exact where iterating would creep for ever (tanh at 1/n). `start`
    matters only if there are several crossings (GELU).
    """
    s = check.real("weight_variance", weight_variance, high=1e100, above=0)
    at = np.log10(check.real("start", start, 1e-250, 1e250))

    def growth(log_q):
        """By how much q grows in one layer, relative to itself."""
        return next_q(activation, 10.0**log_q, s, bias_variance) / 10.0**log_q - 1.0

    first = growth(at)
    if abs(first) < 1e-12:
        return float(start), chi(activation, start, s)
    stride = STRIDE if first > 0 else -STRIDE
    while growth(at + stride) * first > 0:
        at += stride
        if at > HIGHEST:
            return np.inf, chi(activation, 1e24, s)
        if at < LOWEST:
            return 0.0, chi(activation, 1e-24, s)

    q = 10.0 ** _bisect(growth, at, at + stride)
    return float(q), chi(activation, q, s)


def _bisect(growth, near, far):
    """The place between `near` and `far` where `growth` changes its sign."""
    sign = growth(near)
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        if growth(middle) * sign > 0:
            near = middle
        else:
            far = middle
    return near


def gradient_profile(activation, weight_variances, q1, bias_variance=0.0):
    """Predicted ||delta_l|| / ||delta_last|| for hidden layers 1..H, where H =
    len(weight_variances) + 1: (H,).

    `weight_variances[i]` is n Var(W) of the weights from hidden layer i + 1 to i + 2, and q1 the
    mean square of the sums of hidden layer 1; q is followed layer by layer.
    """
    q = check.real("q1", q1, 0, 1e250)
    logs = []  # of the factor of each layer
    for s in weight_variances:
        logs.append(0.5 * np.log(max(chi(activation, q, s), 1e-300)))
        q = min(next_q(activation, q, s, bias_variance), 1e250)
    from_the_last = np.cumsum(logs[::-1])
    return np.exp(np.append(from_the_last[::-1], 0.0))


@cache
def critical_variance(activation, low=1e-3, high=1e3):
    """n Var(W) at which a bias-free net neither shrinks nor grows gradients: chi = 1, found by
    bisection.

    It is 103.0 for sigmoid, 1 for tanh, 2 for ReLU (R3, R4). Raises ValueError if chi does not
    cross 1 between `low` and `high`.
    """

    def grows(s):
        _, factor = fixed_point(activation, s)
        return factor > 1.0

    if grows(low) or not grows(high):
        raise ValueError(
            f"chi of {activation} does not cross 1 between n Var(W) = {low:g} and {high:g}."
        )
    while high / low > 1 + 1e-9:
        middle = np.sqrt(low * high)
        if grows(middle):
            high = middle
        else:
            low = middle
    return float(np.sqrt(low * high))


def he_relu_typical_factor(width):
    """Typical ||delta|| factor a layer of a ReLU net with variance 2/n: exp(-5 / (4n)), not 1.

    The mean square is conserved, the typical net loses a little in every layer (after Hanin & Nica
    2018, arXiv:1812.05994).
    """
    return float(np.exp(-1.25 / check.integer("width", width, 1, 10**6)))
