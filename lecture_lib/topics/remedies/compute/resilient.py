"""Rprop beside gradient descent, step by step."""

from dataclasses import dataclass

import numpy as np

from lecture_lib import data
from lecture_lib.digits_networks.nets import digits_net
from lecture_lib.powers_of_ten import CEILING, FLOOR, log10_floored
from lecture_lib.quiet import quiet
from lecture_lib.training import error_rate, train

SAMPLES = 512


@dataclass(frozen=True)
class RacerSteps:
    """A network after some steps; where it has diverged, its sizes are the last finite ones."""

    delta: np.ndarray  # (L,): log10 ||delta_l|| of the last step
    change: np.ndarray  # (L,): log10 ||change of W_l|| / ||W_l|| of the last step
    # (steps + 1,): training errors before and after each step; nan at the end of a diverged run
    errors: np.ndarray


@dataclass(frozen=True)
class Resilient:
    """Gradient descent and Rprop on the same network and the same digits."""

    descent: RacerSteps  # gradient descent
    rprop: RacerSteps  # Rprop
    depth: int  # L, in weight layers
    steps: int  # so far
    planned: int  # steps that are asked for
    activation: str  # of the hidden layers, by name
    variance: str  # the rule of the initial weights


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
    """Yield a Resilient after each of `steps` steps with all of 512 digits; Rprop begins with
    `first_step` (R6).
    """
    rng = np.random.default_rng(seed)
    net, params = digits_net(depth, trained_width, activation, variance, rng)
    x, d = data.digits().x[:SAMPLES], data.digits().d[:SAMPLES]
    descent = follow_steps(net, params, x, d, gamma, "gd")
    rprop = follow_steps(net, params, x, d, first_step, "rprop")
    for k in range(1, steps + 1):
        yield Resilient(
            descent=next(descent),
            rprop=next(rprop),
            depth=depth,
            steps=k,
            planned=steps,
            activation=activation,
            variance=variance,
        )


def follow_steps(net, params, x, d, gamma, optimiser):
    """Yield the RacerSteps after each step, for ever; a run that has diverged stays as it was."""
    delta = change = np.full(net.depth, FLOOR)
    errors = [error_rate(net, params, x, d)]
    for step in train(net, params, x, d, gamma, optimiser):
        if step.diverged:
            errors.append(np.nan)
        else:
            errors.append(error_rate(net, step.after, x, d))
            delta = np.clip(log10_floored(step.delta), FLOOR, CEILING)
            change = np.clip(log10_floored(step.update_ratio), FLOOR, CEILING)
        yield RacerSteps(delta, change, np.array(errors))
    while True:
        yield RacerSteps(delta, change, np.array(errors))
