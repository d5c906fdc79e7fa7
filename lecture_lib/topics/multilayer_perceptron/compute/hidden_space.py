"""What one hidden layer does to the samples: the input plane beside the hidden plane."""

from collections import namedtuple
from functools import lru_cache
from itertools import islice

import numpy as np

from lecture_lib import check
from lecture_lib.data import load
from lecture_lib.network import forward, initialise, mlp
from lecture_lib.training import train

STEPS = 1000
LIMITS = {"XOR": (-0.5, 1.5), "AND": (-0.5, 1.5), "moons": (-2.0, 2.0), "spirals": (-2.0, 2.0)}
HiddenSpace = namedtuple("Hidden", "points units k J wrong stuck sums image mesh box side")


@lru_cache(32)
def trained_net(data="XOR", units=2, activation="sigmoid", seed=0, gamma=5.0):
    """A 2-units-1 net, its samples, its parameters after 0..STEPS steps of gradient descent, and J at each."""
    net, points = mlp((2, units, 1), (activation, "sigmoid")), load(data, samples=60)
    start = initialise(net, np.random.default_rng(seed), "1", bias_variance=1.0)
    run = list(islice(train(net, start, points.x, points.d, gamma=gamma), STEPS + 1))
    for array in (points.x, points.d, *(w for s in run for w in s.before.W[1:] + s.before.b[1:])):
        array.setflags(write=False)
    return net, points, tuple(s.before for s in run), tuple(s.loss for s in run)


def _plane(w):
    """The two units, or two orthonormal directions: across the output unit's plane, and along it towards H1."""
    q, r = np.linalg.qr(np.hstack([w, np.eye(len(w), 1)]))
    return np.eye(2) if len(w) == 2 else q * np.copysign(1, np.diag(r))


def compute_hidden_space(data="XOR", units=2, activation="sigmoid", seed=0, step=STEPS, gamma=5.0):
    """Both spaces of a net after `step` = k steps of training: the `sums` of all units over the input plane, the
    `image` of the samples and of a square `mesh` in the hidden plane with ends `box`, and the output's sum `side`
    there (its sign is the class)."""
    net, points, stages, losses = trained_net(data, units, activation, seed, gamma)
    k = min(check.integer("step", step, 0, STEPS), len(stages) - 1)
    grid = lambda ends: np.stack(np.meshgrid(*(np.linspace(*pair, 81) for pair in ends)), -1)
    trace, field = (forward(net, stages[k], x) for x in (points.x, grid([LIMITS[data]] * 2)))
    seen = np.concatenate([forward(net, p, points.x).a[1] @ _plane(p.W[2]) for p in stages[::250]])
    margin, w = 0.15 * np.maximum(np.ptp(seen, axis=0), 0.1), stages[k].W[2]
    box, mesh = (
        np.stack([seen.min(axis=0) - margin, seen.max(axis=0) + margin], axis=1),
        field.a[1] @ _plane(w),
    )
    wrong = int(((trace.a[2] > 0.5) != (points.d > 0.5)).sum())
    return HiddenSpace(
        points,
        units,
        k,
        losses[k],
        wrong,
        wrong > 0 and losses[k] > 0.98 * losses[k - 200] and k > 199,
        field.z[1:],
        trace.a[1] @ _plane(w),
        np.concatenate([mesh[::16], mesh.swapaxes(0, 1)[::16]]),
        box,
        (grid(box) @ (_plane(w).T @ w) + stages[k].b[2])[..., 0],
    )
