"""What a gradient costs: two forward passes per weight by nudging, or one pass forward and one
back.
"""

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from lecture_lib.network import Params, backward, forward, initialise, loss, mlp

NUDGE = 1e-5
SEED = 0
# Backpropagation is over sooner than some clocks tick (that of a browser, say): it is repeated for
# so many seconds, and the shortest time of a few such rounds counts, which a pause does not spoil.
ROUND = 0.01
ROUNDS = 5


@dataclass(frozen=True)
class NudgingCost:
    """One gradient, computed in two ways."""

    weights: int  # and biases: how many slopes the gradient has
    passes: int  # forward passes that nudging needs
    ratio: float  # time of nudging over time of backpropagation
    apart: float  # largest difference of the two gradients


def measure_nudging_cost(widths=(64, 32, 10)):
    """The NudgingCost of a sigmoid network with these widths, for one sample."""
    rng = np.random.default_rng(SEED)
    net = mlp(widths)
    params = initialise(net, rng, "1/n")
    x = rng.uniform(size=(1, widths[0]))
    d = rng.uniform(size=(1, widths[-1]))

    def backpropagate():
        return backward(net, params, forward(net, params, x), d).gradient

    gradient = backpropagate()
    seconds_back = time_repeated(backpropagate)
    start = perf_counter()
    nudged, passes = nudge_all(net, params, x, d)
    seconds = perf_counter() - start

    found = np.concatenate([array.ravel() for array in (*gradient.W[1:], *gradient.b[1:])])
    return NudgingCost(
        weights=len(nudged),
        passes=passes,
        ratio=seconds / seconds_back,
        apart=np.abs(found - nudged).max(),
    )


def time_repeated(act):
    """Seconds that one call of `act()` takes."""
    times = []
    for _ in range(ROUNDS):
        calls = 0
        start = perf_counter()
        while perf_counter() - start < ROUND:
            act()
            calls += 1
        times.append((perf_counter() - start) / calls)
    return min(times)


def nudge_all(net, params, x, d):
    """(all slopes in one array, how many forward passes they took)."""
    arrays = [array.copy() for array in (*params.W[1:], *params.b[1:])]
    layers = len(params.W) - 1
    copy = Params((None, *arrays[:layers]), (None, *arrays[layers:]))
    slopes = []
    passes = 0
    for array in arrays:
        for place in np.ndindex(array.shape):
            value = array[place]
            costs = []
            for nudge in (NUDGE, -NUDGE):
                array[place] = value + nudge
                costs.append(loss(net, forward(net, copy, x), d).item())
                passes += 1
            array[place] = value
            slopes.append((costs[0] - costs[1]) / (2 * NUDGE))
    return np.array(slopes), passes
