"""The cost J over two weights of a network, and a path of gradient descent on it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from lecture_lib import check
from lecture_lib.activations import activation as find_activation
from lecture_lib.network import Network, Params, mean_cost, pass_backward, pass_forward
from lecture_lib.small_networks.nested_formula import NUMBERS, build_network

from .hidden_space import trained_net

MAP = np.linspace(-10, 10, 61)  # values of both weights
# The two weights, each as (layer, from, to).
PAIRS = {
    "W1, W2": ((2, 0, 0), (2, 1, 0)),
    "W11, W1": ((1, 0, 0), (2, 0, 0)),
    "W11, W12": ((1, 0, 0), (1, 0, 1)),
    "W11, W22": ((1, 0, 0), (1, 1, 1)),
}
DATA = ("XOR", "one sample")
OTHER_STEPS = 200
FAR = 1e3  # size of a weight that counts as diverged
BENT = -1e-4  # curvature below which J bends down
STARTS = np.linspace(-8, 8, 6)  # of both weights, for the other descents
LOW = 0.1  # of the way from the lowest point of the map to its median: what counts as low
EDGE = 2  # points at each side of the map where the second difference is one-sided


@dataclass(frozen=True)
class LossSurface:
    """J over two weights, and gradient descent on it."""

    names: list  # of the two weights
    heights: np.ndarray  # (61, 61): J over MAP; rows are values of the second weight
    down: float  # share of the map where J bends down in some direction
    path: np.ndarray  # (steps + 1, 2)
    J: np.ndarray  # (steps + 1,): J along the path
    diverged: bool  # whether the path ended beyond FAR
    others: np.ndarray  # (at most 201, 36, 2): paths from the other starts, as far as yours
    J_others: np.ndarray  # (at most 201, 36): J along them
    low: float  # J below which a descent is down


@dataclass(frozen=True)
class Landscape:
    """J as a function of two weights of a network; all other weights stay as they are."""

    net: Network  # its shape
    params: Params  # its weights, of which two are replaced
    x: np.ndarray  # (m, n_0): the samples
    d: np.ndarray  # (m, n_L): their targets
    places: tuple  # the two weights, each as (layer, from, to)

    def put(self, values):
        """The parameters with `values` in these places; arrays of values give a stack of
        networks.
        """
        axes = np.shape(values[0])
        W = [None]
        for w in self.params.W[1:]:
            W.append(np.broadcast_to(w, axes + w.shape).copy())
        for (l, i, j), value in zip(self.places, values):
            W[l][..., i, j] = value
        return Params(tuple(W), self.params.b)

    def cost(self, values):
        """J there."""
        trace = pass_forward(self.net, self.put(values), self.x)
        return mean_cost(self.net, trace, self.d)

    def slope(self, values):
        """(dJ/dfirst, dJ/dsecond) there, an array (..., 2)."""
        params = self.put(values)
        trace = pass_forward(self.net, params, self.x)
        gradient = pass_backward(self.net, params, trace, self.d).gradient
        return np.stack([gradient.W[l][..., i, j] for l, i, j in self.places], axis=-1)


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
    """The LossSurface of the trained XOR net, or of the 3-2-1 net on one sample with this `target`
    (M8, M10).

    The path starts at (`first`, `second`) and has `step` steps, at most 10,000, or fewer if it
    diverges.
    """
    gamma = check.real("gamma", gamma, above=0)
    step = check.integer("step", step, 0, 10_000)
    start = (check_place("first", first), check_place("second", second))
    which = check_landscape(data, pair, target, activation)
    heights, down = measure_map(*which)
    return LossSurface(
        names=pair.split(", "),
        heights=heights,
        down=down,
        low=find_low(heights),
        **follow_paths(which, gamma, start, step),
    )


def check_place(name, value):
    """A weight or target as a float; raises TypeError or ValueError if it is none."""
    return check.real(name, value, -1e6, 1e6)


def check_landscape(data, pair, target, activation):
    """What chooses a landscape, checked; raises TypeError or ValueError."""
    check.one_of("data", data, DATA)
    check.one_of("pair", pair, tuple(PAIRS))
    find_activation(activation)
    return data, pair, check_place("target", target), activation


def follow_paths(which, gamma, start, step):
    """What a LossSurface says of its paths, on the landscape that `which` chooses."""
    steps = max(step, 200)  # so that a slider of steps finds its path again
    path, J = descend(*which, gamma, start, steps)
    path, J = path[: step + 1], J[: step + 1]
    others, J_others = descend_from_all(*which, gamma)
    shown = len(path)
    return {
        "path": path.copy(),
        "J": J.copy(),
        "diverged": np.abs(path[-1]).max() > 0.999 * FAR,
        "others": others[:shown],
        "J_others": J_others[:shown],
    }


def choose_landscape(data, pair, target, activation):
    """The Landscape of these settings; ValueError for a pair or data that are none."""
    places = PAIRS[check.one_of("pair", pair, tuple(PAIRS))]
    if check.one_of("data", data, DATA) == "one sample":
        net, params, x = build_network(NUMBERS, activation)
        return Landscape(net, params, x, np.array([[target]]), places)
    run = trained_net("XOR", 2, activation)
    return Landscape(run.net, run.stages[-1], run.points.x, run.points.d, places)


@lru_cache(32)
def measure_map(data, pair, target, activation):
    """(J on the map, read only; the share of it where J bends down)."""
    landscape = choose_landscape(data, pair, target, activation)
    heights = landscape.cost(np.meshgrid(MAP, MAP))
    heights.setflags(write=False)
    return heights, measure_bends(heights)


def measure_bends(heights):
    """The share of the map where the smaller of the two curvatures of J is negative."""
    h = MAP[1] - MAP[0]
    along_y, along_x = np.gradient(heights, h)
    yy, xy = np.gradient(along_y, h)
    _, xx = np.gradient(along_x, h)
    smaller = (xx + yy) / 2 - np.hypot((xx - yy) / 2, xy)  # an eigenvalue of the Hessian
    inner = (smaller < BENT)[EDGE:-EDGE, EDGE:-EDGE]
    return inner.mean()


def find_low(heights):
    """The J below which a descent counts as down: near that of the lowest point of the map."""
    lowest = heights.min()
    return float(lowest + LOW * (np.median(heights) - lowest))


@lru_cache(32)
def descend_from_all(data, pair, target, activation, gamma):
    """(paths (OTHER_STEPS + 1, 36, 2), J (OTHER_STEPS + 1, 36)) of gradient descent from a grid of
    starts, both read only; one that diverges stays where it was.
    """
    landscape = choose_landscape(data, pair, target, activation)
    start = np.stack(np.meshgrid(STARTS, STARTS), axis=-1).reshape(-1, 2)
    paths = [start]
    for _ in range(OTHER_STEPS):
        here = paths[-1]
        is_near = np.abs(here).max(axis=1, keepdims=True) < FAR
        paths.append(np.where(is_near, here - gamma * landscape.slope(here.T), here))
    paths = np.array(paths)
    costs = landscape.cost((paths[..., 0], paths[..., 1]))
    paths.setflags(write=False)
    costs.setflags(write=False)
    return paths, costs


@lru_cache(32)
def descend(data, pair, target, activation, gamma, start, steps):
    """(path, J along it) of gradient descent from `start`; it ends early where it diverges."""
    landscape = choose_landscape(data, pair, target, activation)
    path = [np.array(start, float)]
    while len(path) <= steps and np.abs(path[-1]).max() < FAR:
        path.append(path[-1] - gamma * landscape.slope(path[-1]))
    path = np.array(path)
    return path, landscape.cost(path.T)
