"""Nine pairs of activation and variance at three depths, trained side by side."""

from collections import namedtuple

import numpy as np

from lecture_lib import data, optimisers
from lecture_lib.initialisers import MENU
from lecture_lib.network import backward, forward, stack
from lecture_lib.quiet import quiet
from lecture_lib.topics.vanishing_exploding_gradients.compute.digits_nets import digits_net
from lecture_lib.topics.vanishing_exploding_gradients.compute.digits_training import DEPTHS

PAIRS = tuple((F, v) for F in ("sigmoid", "tanh", "relu") for v in MENU)
RemedyGrid = namedtuple("Grid", "errors epoch epochs optimiser gamma")


def train_cells(depth, activation, variances, optimiser, gamma, width, seed):
    """Nets of these variances as one stack: yield their training errors after epoch 0, 1, ..., and None in between."""
    digits, rule, drawn = data.digits(), optimisers.OPTIMISERS[optimiser], []
    for variance in variances:
        rng = np.random.default_rng(seed)
        net, params = digits_net(depth, width, activation, variance, rng)
        drawn.append(params)
    params = stack(drawn)
    state, size = optimisers.init_state(rule, params), len(digits.x) if optimiser == "rprop" else 64
    while True:
        tops, blocks = [], np.array_split(digits.x, max(1, depth // 14))
        for x in blocks:
            tops.append(forward(net, params, x).a[-1])
            if len(tops) < len(blocks):
                yield None
        top = np.concatenate(tops, axis=-2)
        wrong = (top.argmax(axis=-1) != digits.labels).mean(axis=-1)
        yield np.where(np.isfinite(top).all(axis=(-2, -1)), wrong, np.nan)
        order = np.arange(size) if optimiser == "rprop" else rng.permutation(len(digits.x))
        for k in range(len(digits.x) // size):
            x, d = (part[order[k * size : (k + 1) * size]] for part in (digits.x, digits.d))
            back = backward(net, params, forward(net, params, x), d)
            params, state = optimisers.step(rule, params, back.gradient, state, gamma)
            if depth * (k + 1) % 300 < depth:
                yield None


@quiet("under")
def compute_remedy_grid(optimiser="gd", gamma=0.05, epochs=3, trained_width=32, seed=0):
    """Training `errors` (pair of PAIRS, depth of DEPTHS) after `epochs` epochs, filling in epoch by epoch, each as
    `train_error` has it; nan where a run diverged, -1 where it has not begun. For Rprop an epoch is one step."""
    errors = np.full((len(PAIRS), len(DEPTHS)), -1.0)
    cells = (
        1 if optimiser == "rprop" else len(MENU)
    )  # a step with all samples is a slice of its own
    racers = [
        (
            i,
            j,
            train_cells(
                L,
                PAIRS[i][0],
                [v for _, v in PAIRS[i : i + cells]],
                optimiser,
                gamma,
                trained_width,
                seed,
            ),
        )
        for j, L in enumerate(DEPTHS)
        for i in range(0, len(PAIRS), cells)
    ]
    for epoch in range(epochs + 1):
        for i, j, racer in racers:
            while (found := next(racer)) is None:
                yield None
            errors[i : i + cells, j] = found
            whole = (i + cells) % len(MENU) == 0 or epoch == i == j == 0
            yield RemedyGrid(errors.copy(), epoch, epochs, optimiser, gamma) if whole else None
