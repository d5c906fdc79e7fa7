"""Controls for the claim that a vanished gradient stops a network: the width and the variance are
changed one at a time.
"""

from dataclasses import dataclass

import numpy as np

from lecture_lib import check
from lecture_lib.architecture import MAX_WIDTH
from lecture_lib.digits_networks.training import train_by_epoch

DEPTH = 20
EPOCHS = 12  # 264 steps


@dataclass(frozen=True)
class Control:
    """Some sigmoid networks of one width and one variance, by network (n,)."""

    reaches: np.ndarray  # ||delta_1|| / ||delta_L|| before training
    wrong: np.ndarray  # training error after 264 steps


def train_control(width, n_var, seeds=(0, 1, 2)):
    """The Control of sigmoid networks of 20 layers on the digits, with weights of variance
    `n_var` / `width`: at 103 theory says that the gradient holds.
    """
    reaches = []
    wrong = []
    width = check.integer("width", width, 1, MAX_WIDTH)
    n_var = check.real("n_var", n_var, above=0)
    for seed in check.seeds("seeds", seeds):
        variance = n_var / width
        first, *_, last = train_by_epoch(
            DEPTH, width, "sigmoid", variance, epochs=EPOCHS, seed=seed
        )
        reaches.append(first.gradient_ratio)
        wrong.append(last.train_error)
    return Control(np.array(reaches), np.array(wrong))
