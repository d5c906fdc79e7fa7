"""What becomes of a training over the spread of its initial weights: many runs, in parts."""

from functools import lru_cache
from itertools import islice

import numpy as np

from lecture_lib import data
from lecture_lib.digits_networks.nets import digits_net
from lecture_lib.network import stack
from lecture_lib.quiet import quiet
from lecture_lib.training import train

STEPS = 60
BATCH = 64
SEEDS = 5
# n Var(W) of the runs: nearer to one another where a training turns from one fate to another.
GAINS = 2.0 ** np.array([-3, -2, -1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10])
TOGETHER = 3  # runs that are trained as one stack, in one part of the work
AVERAGED = 5  # last steps over which the cost is averaged
LARGE = 20_000  # depth times the square of the width from which on there are fewer runs
FEWER_SEEDS = 2


def sweep_spread(depth, width, activation, gamma, seed):
    """Yield the costs after 60 steps so far: (gains, costs (seeds, gains)) with nan for runs that
    are not known yet, inf for those that left the finite numbers; None in between.

    The runs of `seed` and the seeds after it. What was computed before comes at once.
    """
    is_large = depth * width**2 > LARGE
    gains = GAINS[::2] if is_large else GAINS
    seeds = FEWER_SEEDS if is_large else SEEDS
    together = 1 if is_large else TOGETHER
    costs = np.full((seeds, len(gains)), np.nan)
    for row, one_seed in enumerate(range(seed, seed + seeds)):
        for first in range(0, len(gains), together):
            columns = slice(first, first + together)
            some = tuple(gains[columns].tolist())
            costs[row, columns] = train_gains(depth, width, activation, gamma, one_seed, some)
            yield None
        yield gains, costs.copy()


@lru_cache(maxsize=1024)
@quiet("under")
def train_gains(depth, width, activation, gamma, seed, gains):
    """The cost after 60 steps of the networks with n Var(W) of `gains`, all from the same random
    numbers: (gains,), the mean over the last 5 batches; inf where it left the finite numbers.
    """
    digits = data.digits()
    drawn = []
    for gain in gains:
        rng = np.random.default_rng(seed)
        net, params = digits_net(depth, width, activation, gain / width, rng)
        drawn.append(params)
    batches = np.random.default_rng(seed)
    steps = train(net, stack(drawn), digits.x, digits.d, gamma, batch=BATCH, rng=batches)
    losses = np.full((STEPS, len(gains)), np.inf)
    for k, step in enumerate(islice(steps, STEPS)):
        losses[k] = step.loss
    costs = losses[-AVERAGED:].mean(axis=0)
    is_finite = np.isfinite(losses).all(axis=0)
    costs = np.where(is_finite, costs, np.inf)
    costs.setflags(write=False)
    return costs


def find_edge(gains, costs):
    """The n Var(W) from which on at least half of the known runs leave the finite numbers, between
    two of `gains`; None if there is none.
    """
    known = ~np.isnan(costs)
    lost = np.isinf(costs).sum(axis=0)
    runs = known.sum(axis=0)
    tips = np.flatnonzero((runs > 0) & (2 * lost >= runs))
    if not len(tips):
        return None
    first = tips[0]
    before = max(first - 1, 0)
    return float(np.sqrt(gains[before] * gains[first]))
