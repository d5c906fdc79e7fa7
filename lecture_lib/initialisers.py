"""Initial weights are random numbers of mean 0; what matters is their variance.

n is the fan-in, the number of inputs of the unit that the weight leads to ("terminals", lecture item R3).
Every layer follows the rule, the first and the last included, each with its own n. Biases start at 0
unless a bias variance is asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import check


@dataclass(frozen=True)
class Initialiser:
    """A rule: `variance(n_in, n_out)` of each weight of a layer from n_in units to n_out units."""

    name: str
    variance: Callable
    source: str


_LIST = (
    Initialiser("1", lambda n_in, n_out: 1.0, "lecture V13"),
    Initialiser("1/n", lambda n_in, n_out: 1.0 / n_in, "lecture R3; LeCun et al. 1998"),
    Initialiser(
        "2/n", lambda n_in, n_out: 2.0 / n_in, "lecture R4; He et al. 2015, arXiv:1502.01852"
    ),
    Initialiser("glorot", lambda n_in, n_out: 2.0 / (n_in + n_out), "Glorot & Bengio 2010"),
    Initialiser(
        "orthogonal",
        lambda n_in, n_out: 1.0 / max(n_in, n_out),
        "Saxe et al. 2014, arXiv:1312.6120",
    ),
)
INITIALISERS = {rule.name: rule for rule in _LIST}
MENU = ("1", "1/n", "2/n")
DISTRIBUTIONS = ("normal", "uniform")


def parse_variance(label, rule, low=0.0, high=np.inf):
    """(number, whether it is divided by n) of a rule such as "0.5" or "3/n"; ValueError names `label` and the range."""
    text = str(rule).strip()
    try:
        number = float(text.removesuffix("/n"))
    except ValueError:
        number = np.nan
    if not (number > 0 and low <= number <= high and np.isfinite(number)):
        limits = f" from {low:g} to {high:g}" if high < np.inf else " above 0"
        raise ValueError(
            f"{label} was {check.shorten(rule)}; it must be one of {', '.join(INITIALISERS)}, or a number"
            f"{limits}, alone or with /n behind it, as in 3/n."
        )
    return number, text.endswith("/n")


def weight_variance(rule, n_in, n_out):
    """Variance of one weight; `rule` is a name in INITIALISERS, a positive number, or one over n such as "3/n"."""
    if str(rule) in INITIALISERS:
        return INITIALISERS[str(rule)].variance(n_in, n_out)
    number, over_n = parse_variance("variance", rule)
    return number / n_in if over_n else number


def sample_weights(rng, n_in, n_out, variance="1/n", distribution="normal"):
    """A weight matrix (n_in, n_out) of mean 0; "uniform" has limits +-sqrt(3 variance).

    "orthogonal" gives orthonormal columns (n_in >= n_out) or rows, whatever the distribution.
    """
    spread = np.sqrt(weight_variance(variance, n_in, n_out))
    if (
        check.one_of("distribution", distribution, DISTRIBUTIONS) == "uniform"
        and variance != "orthogonal"
    ):
        return spread * rng.uniform(-np.sqrt(3.0), np.sqrt(3.0), (n_in, n_out))
    gaussian = rng.standard_normal((n_in, n_out))
    if variance != "orthogonal":
        return spread * gaussian
    q, r = np.linalg.qr(gaussian if n_in >= n_out else gaussian.T)
    q = q * np.sign(np.diag(r))  # QR's signs are an accident; this makes q uniform over rotations
    return q if n_in >= n_out else q.T
