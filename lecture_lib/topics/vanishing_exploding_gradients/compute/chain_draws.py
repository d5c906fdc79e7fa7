"""The gradient of 100,000 random chains, at every depth."""

from dataclasses import dataclass

import numpy as np

from lecture_lib.bounds import largest_slope
from lecture_lib.chain_by_depth import first_gradient_by_depth
from lecture_lib.powers_of_ten import FLOOR, log10_floored, make_finite
from lecture_lib.quiet import quiet

from .typical_factors import MEAN_WEIGHT, TYPICAL_SIGMOID, TYPICAL_WEIGHT

DEEPEST = 56
# How many chains are drawn before each picture, in pieces that take a slice of time each.
ROUNDS = (
    (1000,),
    (4500,) * 2,
    (5000,) * 6,
    (5000,) * 6,
    (5000,) * 6,
)
BINS = np.arange(-120.0, 40.1, 0.5)  # edges in decades
ROWS = (2, 5, 10, 20, 40)  # depths whose chains are counted, beside the chosen one
DEAD = -5000.0  # decades of a chain whose gradient is 0; -inf would make differences nan
DEPTHS_TOGETHER = 8  # of the quantiles that are found in one slice of time


@dataclass(frozen=True)
class Piece:
    """Chains that are drawn in one slice of time."""

    decades: np.ndarray  # (56, chains): log10 |dO/dW_1| by depth
    total: np.ndarray  # (56,): the sum of |dO/dW_1| over the chains
    above: int  # how many factors |W F'| are above 1


@dataclass(frozen=True)
class ChainsOfDepth:
    """How |dO/dW_1| is spread over the chains of one depth."""

    depth: int  # in layers
    counts: np.ndarray  # how many chains lie in each of BINS; those with gradient 0 in none
    above: int  # how many have 1 or more
    dead: int  # how many have exactly 0
    largest: float  # decades; DEAD if all are dead


@dataclass(frozen=True)
class ChainDraws:
    """|dO/dW_1| of many random chains, in decades where not said otherwise; chains of 56 layers and
    their beginnings.
    """

    median: np.ndarray  # (56,): by depth
    mean: np.ndarray  # (56,): log10 of the mean by depth
    rows: tuple  # of ChainsOfDepth: the depths of ROWS and the chosen one, ascending
    total: int  # how many chains
    rate: float  # the typical factor per layer; 0 where most chains are dead
    typical: float | None  # its exact value far from the input, where it is known
    bound: tuple  # the typical and the mean factor per layer if every F' were at its largest
    above: float  # share of factors |W F'| above 1
    share: float  # share of chains of the chosen depth with |dO/dW_1| >= 1
    depth: int  # the chosen one
    activation: str  # of every unit, by name


@quiet("under", "over", "invalid")
def compute_chain_draws(depth=20, activation="sigmoid", std=1.0, X=1.0, seed=0):
    """Draw chains with W ~ N(0, std^2): yield a ChainDraws of all drawn so far after each round,
    None in between.

    A chain of depth L is the first L layers of one of 56 layers (V13, V14).
    """
    rng = np.random.default_rng(seed)
    pieces = []
    for sizes in ROUNDS:
        for size in sizes:
            if pieces:
                yield None
            pieces.append(draw_piece(rng, size, std, X, activation))
        median = yield from find_medians([piece.decades for piece in pieces])
        yield describe_chains(pieces, median, depth, activation, std)


def draw_piece(rng, size, std, X, activation):
    """A Piece of `size` chains with W ~ N(0, std^2)."""
    decades = draw_chains(rng, size, std, X, activation)
    return Piece(
        decades=decades,
        total=(10**decades).sum(axis=1),
        above=(np.diff(decades, axis=0) > 0).sum(),
    )


def describe_chains(pieces, median, depth, activation, std):
    """The ChainDraws of all chains of the pieces, of which the medians are known."""
    drawn = [piece.decades for piece in pieces]
    count = sum(part.shape[1] for part in drawn)
    total = sum(piece.total for piece in pieces)
    above = sum(piece.above for piece in pieces)
    rows = {row: count_chains(row, drawn) for row in sorted({*ROWS, depth})}
    return ChainDraws(
        median=median,
        mean=make_finite(log10_floored(total / count)),
        rate=find_rate(median),
        typical=find_exact_rate(activation, std),
        bound=bound_factors(activation, std),
        above=float(above / ((DEEPEST - 1) * count)),
        share=rows[depth].above / count,
        rows=tuple(rows.values()),
        total=count,
        depth=depth,
        activation=activation,
    )


def count_chains(depth, drawn):
    """The ChainsOfDepth of all chains drawn, from arrays of log10 |dO/dW_1| (56, n)."""
    decades = np.concatenate([part[depth - 1] for part in drawn])
    alive = decades[decades > DEAD]
    counts, _ = np.histogram(np.clip(alive, BINS[0], BINS[-1]), BINS)
    return ChainsOfDepth(
        depth=depth,
        counts=counts,
        above=int((decades >= 0).sum()),
        dead=len(decades) - len(alive),
        largest=float(decades.max()),
    )


def draw_chains(rng, size, std, X, activation):
    """log10 |dO/dW_1| of `size` random chains at depths 1 to 56, an array (56, size); DEAD where it
    is 0.
    """
    weights = std * rng.standard_normal((size, DEEPEST))
    decades = first_gradient_by_depth(weights, X, activation)
    return np.maximum(decades, DEAD).T


def find_medians(drawn):
    """Yield None now and then, and return the median of all chains by depth, an array (56,),
    floored.
    """
    middle = sum(part.shape[1] for part in drawn) // 2
    median = np.empty(DEEPEST)
    for first in range(0, DEEPEST, DEPTHS_TOGETHER):
        if len(drawn) > 1:
            yield None
        depths = slice(first, first + DEPTHS_TOGETHER)
        some = np.hstack([part[depths] for part in drawn])
        ordered = np.partition(some, middle, axis=1)
        median[depths] = np.maximum(ordered[:, middle], FLOOR)
    return median


def find_rate(median):
    """The typical factor per layer, from the median by depth: its slope between depth 10 and 56."""
    first = 9
    if median[-1] == FLOOR:
        return 0.0
    return float(10 ** ((median[-1] - median[first]) / (DEEPEST - 1 - first)))


def find_exact_rate(activation, std):
    """The typical factor per layer where it is known exactly, or None."""
    if activation == "linear":
        return TYPICAL_WEIGHT * std
    if activation == "sigmoid" and std == 1:
        return TYPICAL_SIGMOID
    return None


def bound_factors(activation, std):
    """The typical and the mean factor |W F'| per layer if every F' were at its largest (V12)."""
    slope = std * largest_slope(activation)
    return TYPICAL_WEIGHT * slope, MEAN_WEIGHT * slope
