"""Rprop beside gradient descent, step by step."""

from collections import namedtuple

import numpy as np

from lecture_lib import data
from lecture_lib.powers_of_ten import log10_floored
from lecture_lib.quiet import quiet
from lecture_lib.topics.vanishing_exploding_gradients.compute.digits_nets import digits_net
from lecture_lib.training import error_rate, train

Resilient = namedtuple("Resilient", "runs depth steps planned activation variance")


@quiet("under")
def compute_resilient(
    depth=20,
    activation="sigmoid",
    variance="1",
    steps=30,
    gamma=0.05,
    first_step=0.01,
    trained_width=32,
    seed=0,
):
    """Gradient descent and Rprop (from `first_step`) on the same net and the same 512 digits, step by step.

    `runs` are (log10 ||delta_l||, log10 ||change of W_l|| / ||W_l||, training errors so far) of each; where one
    diverges its sizes are the last finite ones, and its last error is nan.
    """
    net, params = digits_net(
        depth, trained_width, activation, variance, np.random.default_rng(seed)
    )
    x, d = data.digits().x[:512], data.digits().d[:512]
    racers = [
        train(net, params, x, d, size, name)
        for name, size in (("gd", gamma), ("rprop", first_step))
    ]
    errors, runs = [[error_rate(net, params, x, d)] for _ in racers], [None, None]
    for k in range(1, steps + 1):
        for i, record in enumerate(next(racer, None) for racer in racers):
            if record and record.diverged:
                errors[i].append(np.nan)
            elif record:
                errors[i].append(error_rate(net, record.params, x, d))
                sizes = (record.delta, record.update_ratio)
                runs[i] = [np.clip(log10_floored(size), -320, 300) for size in sizes]
        yield Resilient(
            [(*run, np.array(e)) for run, e in zip(runs, errors)],
            depth,
            k,
            steps,
            activation,
            variance,
        )
