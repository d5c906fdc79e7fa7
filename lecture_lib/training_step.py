"""The record of one step of training; what takes time is computed when it is asked for."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from .network import Network, norm, pass_backward, pass_forward
from .params import Params


@dataclass(frozen=True)
class Batch:
    """The samples of one step."""

    net: Network  # the network that is trained
    x: np.ndarray  # (m, n_0)
    d: np.ndarray  # (m, n_L)


@dataclass(frozen=True)
class Step:
    """One step of training; what takes time is computed when it is asked for.

    Sizes are arrays by layer: entry 0 is layer 1. For a stack of networks `loss` and `log10_delta`
    have its leading axes; the other sizes are for one network.
    """

    k: int  # 1, 2, ...
    epoch: float  # how often all samples have been used after it
    loss: float  # J on its batch, before it
    after: Params  # the parameters after it
    before: Params = field(repr=False)  # the parameters before it
    diverged: bool  # whether no network has finite numbers any more
    log10_delta: np.ndarray = field(repr=False)  # (L,): log10 ||delta_l||
    batch: Batch = field(repr=False)  # the samples it used

    @cached_property
    def backprop(self):
        """The `network.Backprop` of this step, before clipping."""
        net = self.batch.net
        trace = pass_forward(net, self.before, self.batch.x)
        return pass_backward(net, self.before, trace, self.batch.d)

    @cached_property
    def delta(self):
        """||delta_l|| by layer."""
        with np.errstate(over="ignore", under="ignore"):
            return 10.0**self.log10_delta

    @cached_property
    def gradient(self):
        """||dJ/dW_l|| by layer."""
        return np.array([norm(g) for g in self.backprop.gradient.W[1:]])

    @cached_property
    def update_ratio(self):
        """||change of W_l|| / ||W_l|| by layer; inf where W_l was 0 and has moved."""
        ratios = []
        for before, after in zip(self.before.W[1:], self.after.W[1:]):
            with np.errstate(all="ignore"):
                moved = norm(after - before)
                size = norm(before)
                from_zero = np.where(moved > 0, np.inf, 0.0)  # from 0 any change is without bounds
                ratios.append(np.where(size == 0, from_zero, moved / size))
        return np.array(ratios)

    @cached_property
    def unmoved(self):
        """Share of the weights of each layer that this step left the same bit for bit (V18)."""
        shares = []
        for before, after in zip(self.before.W[1:], self.after.W[1:]):
            shares.append((after == before).mean())
        return np.array(shares)
