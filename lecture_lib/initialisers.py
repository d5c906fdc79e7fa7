"""Initial weights are random numbers of mean 0; what matters is their variance.

n is the fan-in, the number of inputs of the unit that the weight leads to ("terminals", lecture
item R3). Every layer follows the rule, the first and the last included, each with its own n; with
skip connections the layers between them may have another one, which knows the depth L (Zhang et al.
2019, arXiv:1901.09321: a branch that starts small). Biases start at 0 unless a bias variance is
asked for.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from . import check, own, written


@dataclass(frozen=True)
class Initialiser:
    """A rule for the initial weights of a layer."""

    name: str  # such as "1/n"
    variance: Callable  # variance(n_in, n_out) of each weight from n_in units to n_out units
    source: str  # where it comes from


def _one(n_in, n_out):
    return 1.0


def _one_over_n(n_in, n_out):
    return 1.0 / n_in


def _two_over_n(n_in, n_out):
    return 2.0 / n_in


def _glorot(n_in, n_out):
    return 2.0 / (n_in + n_out)


def _orthogonal(n_in, n_out):
    return 1.0 / max(n_in, n_out)


_LIST = (
    Initialiser("1", _one, "lecture V13, R5"),
    Initialiser("1/n", _one_over_n, "lecture R3; LeCun et al. 1998"),
    Initialiser("2/n", _two_over_n, "lecture R4; He et al. 2015, arXiv:1502.01852"),
    Initialiser("glorot", _glorot, "Glorot & Bengio 2010"),
    Initialiser("orthogonal", _orthogonal, "Saxe et al. 2014, arXiv:1312.6120"),
)
INITIALISERS = {rule.name: rule for rule in _LIST}
MENU = ("1", "1/n", "2/n")
REGISTERED = []  # names of one's own, in the order of this session
DISTRIBUTIONS = ("normal", "uniform")
MAX_UNITS = 1_000_000  # of a layer


def register(name, variance):
    """Add an initial rule of one's own: it is then in the menus of explorers that are opened after
    it, until Python ends. Returns the Initialiser.

    `variance(n_in, n_out)` is the variance of each weight from n_in units to n_out units. Raises
    ValueError or TypeError if it is not a finite number above 0, with the layer where it is not,
    and for a name that is taken or no word; the same for any other layer once the rule is used for
    it. The same rule may be registered again.
    """
    own.check_name(name)
    found = own.check_variance(name, variance)
    if name in REGISTERED and found == own.check_variance(name, INITIALISERS[name].variance):
        return INITIALISERS[name]
    own.check_free(name, INITIALISERS)
    checked = partial(own.call_variance, name, variance)
    INITIALISERS[name] = Initialiser(name, checked, "registered")
    REGISTERED.append(name)
    return INITIALISERS[name]


def list_registered():
    """Pairs (label, name) of the initial rules that were registered."""
    return tuple((name, name) for name in REGISTERED)


# What a rule may have below it: n, or with the depth nL, also in brackets.
_UNITS = r"n(?:\s*[*/]?\s*l)?|l\s*\*?\s*n"
_RULE = rf"(.*?)/\s*(?:({_UNITS})|\(\s*({_UNITS})\s*\))"


def _split_rule(rule):
    """(text of the number, what it is divided by) of a rule such as "3 / n": "", "n" or "nl"."""
    text = written.make_plain(check.as_text(rule)).lower()
    found = re.fullmatch(_RULE, text, re.DOTALL)
    if found is None:
        return text, ""
    number, bare, bracketed = found.groups()
    return number, "nl" if "l" in (bare or bracketed) else "n"


def parse_variance(label, rule, low=0.0, high=np.inf):
    """(number, whether it is divided by n) of a rule such as "0.5" or "3/n"; ValueError names
    `label` and the range. Whatever `written` reads is taken, also N for n and brackets.
    """
    text, below = _split_rule(rule)
    return _read_variance(label, rule, "" if below == "nl" else text, low, high), below == "n"


def _read_variance(label, rule, text, low=0.0, high=np.inf):
    """The number `text` of a rule; ValueError if it is none from low to high, or not above 0."""
    limits = f"from {low:g} to {high:g}" if high < np.inf else "above 0"
    allowed = (
        f"one of {', '.join(INITIALISERS)}, or a number {limits}, alone or with /n behind it, as "
        "in 3/n"
    )
    number = written.read_number(label, text, allowed, check.shorten(rule))
    is_allowed = number > 0 and low <= number <= high and np.isfinite(number)
    if not is_allowed:
        raise ValueError(f"{label} was {check.shorten(rule)}; it must be {allowed}.")
    return number


def weight_variance(rule, n_in, n_out):
    """Variance of one weight; `rule` is a name in INITIALISERS, a positive number, or one over n
    such as "3/n". Raises ValueError or TypeError for another rule, or for layers without units.
    """
    n_in = check.integer("n_in", n_in, 1, MAX_UNITS)
    n_out = check.integer("n_out", n_out, 1, MAX_UNITS)
    if check.as_text(rule) in INITIALISERS:
        return INITIALISERS[check.as_text(rule)].variance(n_in, n_out)
    number, over_n = parse_variance("variance", rule)
    return number / n_in if over_n else number


def sample_weights(rng, n_in, n_out, variance="1/n", distribution="normal"):
    """A weight matrix (n_in, n_out) of mean 0; "uniform" has limits +-sqrt(3 variance).

    "orthogonal" gives orthonormal columns (n_in >= n_out) or rows, whatever the distribution.
    Raises ValueError or TypeError for an argument that is not allowed.
    """
    check.generator("rng", rng)
    spread = np.sqrt(weight_variance(variance, n_in, n_out))
    n_in = int(n_in)
    n_out = int(n_out)
    check.within_limits(f"a layer of {n_in * n_out:,} weights", n_in * n_out)
    check.one_of("distribution", distribution, DISTRIBUTIONS)
    if variance == "orthogonal":
        return _sample_orthogonal(rng, n_in, n_out)
    if distribution == "uniform":
        end = np.sqrt(3.0)
        return spread * rng.uniform(-end, end, (n_in, n_out))
    return spread * rng.standard_normal((n_in, n_out))


def sample_inner_weights(rng, n_in, n_out, depth, variance, distribution="normal"):
    """The same for a layer between the first and the last, whose `variance` may also be "0", or
    know the `depth` L, as "2/(nL)".

    For "0" as many random numbers are drawn as for the others, so that all else stays the same.
    Spaces and capitals do not matter. Raises ValueError or TypeError for an argument that is not
    allowed.
    """
    n_in = check.integer("n_in", n_in, 1, MAX_UNITS)
    n_out = check.integer("n_out", n_out, 1, MAX_UNITS)
    depth = check.integer("depth", depth, 1, MAX_UNITS)
    text, below = _split_rule(variance)
    if _is_zero(text):
        sample_weights(rng, n_in, n_out, "1/n", distribution)
        return np.zeros((n_in, n_out))
    if below == "nl":
        number = _read_variance("inner variance", variance, text)
        return sample_weights(rng, n_in, n_out, number / (n_in * depth), distribution)
    if check.as_text(variance) not in INITIALISERS:
        parse_variance("inner variance", variance)
    return sample_weights(rng, n_in, n_out, variance, distribution)


def _is_zero(text):
    """Whether a written number is 0."""
    try:
        return written.read_number("variance", text, "a number") == 0.0
    except ValueError:
        return False


def _sample_orthogonal(rng, n_in, n_out):
    """A random matrix (n_in, n_out) with orthonormal columns, or rows where it is wide."""
    gaussian = rng.standard_normal((n_in, n_out))
    is_wide = n_in < n_out
    q, r = np.linalg.qr(gaussian.T if is_wide else gaussian)
    q = q * np.sign(np.diag(r))  # QR's signs are an accident; this makes q uniform over rotations
    return q.T if is_wide else q
