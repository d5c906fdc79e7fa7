"""The cost J over two weights of a network, and a path of gradient descent on it."""

from collections import namedtuple
from functools import lru_cache

import numpy as np

from lecture_lib import check
from lecture_lib.network import Params, backward, forward, loss

from .hidden_space import (
    trained_net,
)
from .nested_formula import (
    compute_nested_formula,
)

MAP = np.linspace(-10, 10, 61)
PAIRS = {
    "W1, W2": ((2, 0, 0), (2, 1, 0)),
    "W11, W1": ((1, 0, 0), (2, 0, 0)),
    "W11, W12": ((1, 0, 0), (1, 0, 1)),
    "W11, W22": ((1, 0, 0), (1, 1, 1)),
}  # (layer, from, to)
LossSurface = namedtuple("Surface", "names heights down path J diverged")


@lru_cache(32)
def _landscape(data, pair, target, activation):
    """J and its gradient as functions of the two weights `pair`, J on the map, and where it bends down there."""
    places = PAIRS[check.one_of("pair", pair, tuple(PAIRS))]
    if check.one_of("data", data, ("XOR", "one sample")) == "XOR":
        net, points, stages, _ = trained_net("XOR", 2, activation)
        params, x, d = stages[-1], points.x, points.d
    else:
        one, d = compute_nested_formula(activation=activation), np.array([[target]])
        net, params, x = one.net, one.params, one.x

    def run(values):  # arrays of values give a stack of networks
        W = [
            None,
            *(np.broadcast_to(w, np.shape(values[0]) + w.shape).copy() for w in params.W[1:]),
        ]
        for (l, i, j), value in zip(places, values):
            W[l][..., i, j] = value
        changed = Params(tuple(W), params.b)
        return changed, forward(net, changed, x)

    def slope(values):
        gradient = backward(net, *run(values), d).gradient
        return np.array([gradient.W[l][i, j] for l, i, j in places])

    J, h = lambda values: loss(net, run(values)[1], d), MAP[1] - MAP[0]
    heights = J(np.meshgrid(MAP, MAP))
    (yy, xy), (_, xx) = (np.gradient(part, h) for part in np.gradient(heights, h))
    down = (xx + yy) / 2 - np.hypot((xx - yy) / 2, xy) < -1e-4  # the smaller of the two curvatures
    heights.setflags(write=False)
    return J, slope, heights, down[2:-2, 2:-2].mean()


@lru_cache(32)
def _descent(data, pair, target, activation, gamma, start, steps):
    """The path of gradient descent on that landscape from `start`, and J along it; it ends early where it diverges."""
    J, slope, *_ = _landscape(data, pair, target, activation)
    path = [np.array(start, float)]
    while len(path) <= steps and np.abs(path[-1]).max() < 1e3:
        path.append(path[-1] - gamma * slope(path[-1]))
    path = np.array(path)
    return path, J(path.T)


def compute_loss_surface(
    data="XOR",
    pair="W1, W2",
    gamma=10.0,
    step=200,
    first=0.0,
    second=-2.0,
    target=0.9,
    activation="sigmoid",
):
    """J of the trained XOR net, or of the 3-2-1 net on one sample, over two of its weights: its `heights` (61, 61),
    the share of the map where it bends `down`, the `path` of gradient descent and `J` along it."""
    gamma, step = check.real("gamma", gamma, above=0), check.integer("step", step, 0, 10_000)
    _, _, heights, down = _landscape(data, pair, target, activation)
    path, J = _descent(data, pair, target, activation, gamma, (first, second), max(step, 200))
    path, J = path[: step + 1].copy(), J[: step + 1].copy()
    return LossSurface(pair.split(", "), heights, down, path, J, np.abs(path[-1]).max() > 999)
