"""The five networks of notebook 05 that show what a vanished gradient is the cause of, and how many
of them learn.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .controls import DEPTH, train_control
from .equal_updates import train_with_equal_updates

NETS = ((32, 32), (110, 110), (110, 32), (32, 128))  # width and n Var(W) of the first four
LEARNS = 0.5  # training error below which a network is said to learn
SHARE = 0.003  # of its own weights: how far each layer of the fifth network moves in a step


@dataclass(frozen=True)
class Trained:
    """A sigmoid network of 20 layers after 264 steps."""

    width: int  # of its hidden layers
    n_var: int  # n Var(W) of its weights before training
    steps: str  # "gradient descent", or "equal steps" for all layers
    wrong: float  # training error


@lru_cache
def train_net(k):
    """The Trained of network k = 0, 1, ..., 4."""
    if k == len(NETS):
        width, n_var = NETS[0]
        wrong = train_with_equal_updates(DEPTH, width, share=SHARE)
        return Trained(width, n_var, "equal steps", wrong)
    width, n_var = NETS[k]
    wrong = train_control(width, n_var, seeds=(0,)).wrong[0]
    return Trained(width, n_var, "gradient descent", float(wrong))


def train_five():
    """The five Trained, in the order of the notebook (V4, V20)."""
    return tuple(train_net(k) for k in range(len(NETS) + 1))


def count_learners():
    """Yield None after each network, and then how many of the five get fewer than half of the
    digits wrong, an array (1,).
    """
    for k in range(len(NETS) + 1):
        train_net(k)
        yield None
    yield np.array([float(sum(net.wrong < LEARNS for net in train_five()))])
