"""One hidden layer: what it does to the data, the nested formula it computes, and the shape of its cost J."""

from collections import namedtuple
from functools import lru_cache
from itertools import islice

import numpy as np

from .. import check
from ..data import load
from ..network import Params, backward, forward, initialise, loss, mlp
from ..training import train

STEPS, MAP = 1000, np.linspace(-10, 10, 61)
LIMITS = {"XOR": (-0.5, 1.5), "AND": (-0.5, 1.5), "moons": (-2.0, 2.0), "spirals": (-2.0, 2.0)}
NUMBERS = {"X1": 1.0, "X2": 0.5, "X3": -1.0, "W11": 0.5, "W12": -1.0, "W21": -1.5, "W22": 0.8, "W31": 1.0,
           "W32": 0.6, "W1": 1.5, "W2": -0.5}
PAIRS = {"W1, W2": ((2, 0, 0), (2, 1, 0)), "W11, W1": ((1, 0, 0), (2, 0, 0)),
         "W11, W12": ((1, 0, 0), (1, 0, 1)), "W11, W22": ((1, 0, 0), (1, 1, 1))}  # (layer, from, to)
Hidden = namedtuple("Hidden", "points units k J wrong stuck sums image mesh box side")
Nested = namedtuple("Nested", "v step net params x")
Surface = namedtuple("Surface", "names heights down path J diverged")


@lru_cache(32)
def trained(data="XOR", units=2, activation="sigmoid", seed=0, gamma=5.0):
    """A 2-units-1 net, its samples, its parameters after 0..STEPS steps of gradient descent, and J at each."""
    net, points = mlp((2, units, 1), (activation, "sigmoid")), load(data, samples=60)
    start = initialise(net, np.random.default_rng(seed), "1", bias_variance=1.0)
    run = list(islice(train(net, start, points.x, points.d, gamma=gamma), STEPS + 1))
    for array in (points.x, points.d, *(w for s in run for w in s.old.W[1:] + s.old.b[1:])):
        array.setflags(write=False)
    return net, points, tuple(s.old for s in run), tuple(s.loss for s in run)


def _plane(w):
    """The two units, or two orthonormal directions: across the output unit's plane, and along it towards H1."""
    q, r = np.linalg.qr(np.hstack([w, np.eye(len(w), 1)]))
    return np.eye(2) if len(w) == 2 else q * np.copysign(1, np.diag(r))


def hidden(data="XOR", units=2, activation="sigmoid", seed=0, step=STEPS, gamma=5.0):
    """Both spaces of a net after `step` = k steps of training: the `sums` of all units over the input plane, the
    `image` of the samples and of a square `mesh` in the hidden plane with ends `box`, and the output's sum `side`
    there (its sign is the class)."""
    net, points, stages, losses = trained(data, units, activation, seed, gamma)
    k = min(check.whole("step", step, 0, STEPS), len(stages) - 1)
    grid = lambda ends: np.stack(np.meshgrid(*(np.linspace(*pair, 81) for pair in ends)), -1)
    trace, field = (forward(net, stages[k], x) for x in (points.x, grid([LIMITS[data]] * 2)))
    seen = np.concatenate([forward(net, p, points.x).a[1] @ _plane(p.W[2]) for p in stages[::250]])
    margin, w = 0.15 * np.maximum(np.ptp(seen, axis=0), 0.1), stages[k].W[2]
    box, mesh = np.stack([seen.min(axis=0) - margin, seen.max(axis=0) + margin], axis=1), field.a[1] @ _plane(w)
    wrong = int(((trace.a[2] > 0.5) != (points.d > 0.5)).sum())
    return Hidden(points, units, k, losses[k], wrong, wrong > 0 and losses[k] > 0.98 * losses[k - 200] and k > 199,
                  field.z[1:], trace.a[1] @ _plane(w), np.concatenate([mesh[::16], mesh.swapaxes(0, 1)[::16]]), box,
                  (grid(box) @ (_plane(w).T @ w) + stages[k].b[2])[..., 0])


def nested(step=6, activation="sigmoid", **numbers):
    """The lecture's 3-2-1 network without biases (M4): `v` holds X1..X3, W11..W32, W1, W2, which `numbers` may
    change, its sums V1, V2, V and outputs H1, H2, Y."""
    v = NUMBERS | {name: check.number(name, value) for name, value in numbers.items()}
    x, w = np.split(np.array([*v.values()]), [3])
    params = Params((None, w[:6].reshape(3, 2), w[6:, None]), (None, np.zeros((1, 2)), np.zeros((1, 1))))
    t = forward(net := mlp((3, 2, 1), activation, biases=False), params, x := x[None])
    found = zip(("V1", "V2", "H1", "H2", "V", "Y"), np.hstack([t.z[1], t.a[1], t.z[2], t.a[2]])[0])
    return Nested(v | dict(found), check.whole("step", step, 0, 6), net, params, x)


@lru_cache(32)
def _landscape(data, pair, target, activation):
    """J and its gradient as functions of the two weights `pair`, J on the map, and where it bends down there."""
    places = PAIRS[check.one_of("pair", pair, tuple(PAIRS))]
    if check.one_of("data", data, ("XOR", "one sample")) == "XOR":
        net, points, stages, _ = trained("XOR", 2, activation)
        params, x, d = stages[-1], points.x, points.d
    else:
        one, d = nested(activation=activation), np.array([[target]])
        net, params, x = one.net, one.params, one.x

    def run(values):  # arrays of values give a stack of networks
        W = [None, *(np.broadcast_to(w, np.shape(values[0]) + w.shape).copy() for w in params.W[1:])]
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


def surface(data="XOR", pair="W1, W2", gamma=10.0, step=200, first=0.0, second=-2.0, target=0.9,
            activation="sigmoid"):
    """J of the trained XOR net, or of the 3-2-1 net on one sample, over two of its weights: its `heights` (61, 61),
    the share of the map where it bends `down`, the `path` of gradient descent and `J` along it."""
    gamma, step = check.number("gamma", gamma, above=0), check.whole("step", step, 0, 10_000)
    _, _, heights, down = _landscape(data, pair, target, activation)
    path, J = _descent(data, pair, target, activation, gamma, (first, second), max(step, 200))
    path, J = path[:step + 1].copy(), J[:step + 1].copy()
    return Surface(pair.split(", "), heights, down, path, J, np.abs(path[-1]).max() > 999)
