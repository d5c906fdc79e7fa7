"""Nine pairs of activation and variance at three depths, trained side by side."""

from dataclasses import dataclass

import numpy as np

from lecture_lib import data
from lecture_lib.digits_networks.nets import digits_net
from lecture_lib.digits_networks.training import DEPTHS
from lecture_lib.initialisers import MENU
from lecture_lib.network import pass_to_output, stack
from lecture_lib.quiet import quiet
from lecture_lib.slices import SLICE, wait_for
from lecture_lib.training import train

PAIRS = tuple((F, v) for F in ("sigmoid", "tanh", "relu") for v in MENU)
BATCH = 64
NOT_BEGUN = -1.0
BLOCK = 14  # layers: so many blocks of samples as the depth has of these, when errors are counted


@dataclass(frozen=True)
class RemedyGrid:
    """The training errors of all cells after some epochs."""

    errors: np.ndarray  # (pairs of PAIRS, depths of DEPTHS), shares; nan: diverged, -1: not begun
    epoch: int  # how many epochs the cell computed last has been trained
    epochs: int  # how many are asked for
    optimiser: str  # "gd" or another rule, by name
    gamma: float  # the learning rate


def draw_stack(depth, activation, variances, width, seed):
    """(net, a stack of its parameters for each of `variances`, the generator that goes on to draw
    the batches).

    All networks of the stack come from the same random numbers.
    """
    drawn = []
    for variance in variances:
        rng = np.random.default_rng(seed)
        net, params = digits_net(depth, width, activation, variance, rng)
        drawn.append(params)
    return net, stack(drawn), rng


def count_errors(net, params):
    """Yield None after each block of the training digits, and at the end the share of wrong answers
    per network.

    The share is nan for a network whose outputs are not finite.
    """
    digits = data.digits()
    outputs = []
    for x in np.array_split(digits.x, max(1, net.depth // BLOCK)):
        if outputs:
            yield None
        outputs.append(pass_to_output(net, params, x))
    scores = np.concatenate(outputs, axis=-2)
    wrong = (scores.argmax(axis=-1) != digits.labels).mean(axis=-1)
    finite = np.isfinite(scores).all(axis=(-2, -1))
    yield np.where(finite, wrong, np.nan)


def train_cells(depth, activation, variances, optimiser, gamma, width, seed):
    """Train one network per variance, as one stack: yield their errors after epoch 0, 1, ..., None
    in between.

    For Rprop, which needs all samples in each step, an epoch is one step.
    """
    digits = data.digits()
    net, params, rng = draw_stack(depth, activation, variances, width, seed)
    batch = None if optimiser == "rprop" else BATCH
    steps_per_epoch = 1 if batch is None else len(digits.x) // batch
    steps = train(net, params, digits.x, digits.d, gamma, optimiser, batch, rng)
    while True:
        yield from count_errors(net, params)
        layers_since_pause = 0
        for _ in range(steps_per_epoch):
            step = next(steps, None)
            if step is None:  # all networks of the stack have diverged
                break
            params = step.after
            layers_since_pause += depth
            if layers_since_pause >= SLICE:
                layers_since_pause -= SLICE
                yield None


@quiet("under")
def compute_remedy_grid(optimiser="gd", gamma=0.05, epochs=3, trained_width=32, seed=0):
    """Yield a RemedyGrid whenever three cells more are known, and None where the work only pauses.

    The cells fill in epoch by epoch; each is trained as in
    `digits_networks.training.train_by_epoch`.
    """
    errors = np.full((len(PAIRS), len(DEPTHS)), NOT_BEGUN)
    # A step with all samples takes long enough to be a slice of its own.
    pairs_together = 1 if optimiser == "rprop" else len(MENU)
    racers = []
    for column, depth in enumerate(DEPTHS):
        for first in range(0, len(PAIRS), pairs_together):
            rows = slice(first, first + pairs_together)
            activation = PAIRS[first][0]
            variances = [variance for _, variance in PAIRS[rows]]
            cells = train_cells(depth, activation, variances, optimiser, gamma, trained_width, seed)
            racers.append((rows, column, cells))

    for epoch in range(epochs + 1):
        for rows, column, cells in racers:
            errors[rows, column] = yield from wait_for(cells)
            is_first_cell = epoch == 0 and column == 0 and rows.start == 0
            is_activation_complete = rows.stop % len(MENU) == 0
            if is_activation_complete or is_first_cell:
                yield RemedyGrid(errors.copy(), epoch, epochs, optimiser, gamma)
            else:
                yield None
