"""What one hidden layer does to the samples: the input plane beside the hidden plane."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np

from lecture_lib import check
from lecture_lib.data import Data, Limits, load
from lecture_lib.network import Network, forward, initialise, mlp
from lecture_lib.topics.single_layer_perceptron.compute.many_solutions import max_margin_line
from lecture_lib.training import train

STEPS = 1000
# The square of the input plane that is shown, by data set.
LIMITS = Limits(
    {
        "XOR": (-0.5, 1.5),
        "AND": (-0.5, 1.5),
        "moons": (-2.0, 2.0),
        "spirals": (-2.0, 2.0),
    }
)
GRID = 81  # points along each side of a plane
MESH = 16  # points of the grid between two lines of the mesh
WINDOW = 250  # steps between the stages that decide how much of the hidden plane is shown
STUCK_STEPS = 200  # a net is stuck if J fell by less than 2 % in so many steps


@dataclass(frozen=True)
class TrainedNet:
    """A 2-units-1 network in training; its arrays are read only, for they are shared."""

    net: Network  # its shape
    points: Data  # the samples it is trained on
    stages: tuple  # network.Params after 0, 1, ..., STEPS steps
    losses: tuple  # J at each
    separable: bool  # whether one line separates the samples


@dataclass(frozen=True)
class HiddenSpace:
    """Both spaces of a network after k steps of training."""

    points: Data  # the samples
    units: int  # in the hidden layer
    k: int  # how many steps were taken
    J: float  # the cost there
    wrong: int  # samples
    separable: bool  # whether one line separates the classes in the input plane already
    stuck: bool  # whether some are wrong and J has stopped falling
    sums: tuple  # inputs of all units over the input plane, by layer: (GRID, GRID, units)
    morph: float  # how far the second plane is on its way: 0 the input plane, 1 the hidden plane
    image: np.ndarray  # (m, 2): the samples in the second plane
    places: np.ndarray  # (GRID, GRID, 2): a grid of the input plane, in the second plane
    box: np.ndarray  # (2, 2): ends of both axes of the second plane
    # (GRID, GRID): the output's input over the hidden plane; its sign is the class
    side: np.ndarray

    @property
    def mesh(self):
        """A square mesh of the input plane, in the second plane: (lines, GRID, 2)."""
        lines = self.places[::MESH]
        across = self.places.swapaxes(0, 1)[::MESH]
        return np.concatenate([lines, across])


def compute_hidden_space(
    data="XOR", units=2, activation="sigmoid", seed=0, step=STEPS, morph=1.0, gamma=5.0
):
    """The HiddenSpace after `step` steps of training (M2, M3).

    `morph` from 0 to 1 moves every point of the input plane along a straight line to its place in
    the hidden plane.
    """
    morph = check.real("morph", morph, 0, 1)
    run = trained_net(data, units, activation, seed, gamma)
    k = min(check.integer("step", step, 0, STEPS), len(run.stages) - 1)
    trace = forward(run.net, run.stages[k], run.points.x)
    says_one = trace.a[2] > 0.5
    wrong = int((says_one != (run.points.d > 0.5)).sum())
    return HiddenSpace(
        points=run.points,
        units=units,
        k=k,
        J=run.losses[k],
        wrong=wrong,
        separable=run.separable,
        stuck=wrong > 0 and is_stuck(run.losses, k),
        morph=morph,
        **move_planes(run, run.stages[k], trace, np.array([LIMITS[data]] * 2), morph),
    )


def move_planes(run, params, trace, limits, morph):
    """What a HiddenSpace says of its planes: `sums`, and the second plane on its way."""
    plane = choose_plane(params.W[2])
    grid = make_grid(limits)
    field = forward(run.net, params, grid)
    box = find_box(run)
    return {
        "sums": field.z[1:],
        "image": (1 - morph) * run.points.x + morph * (trace.a[1] @ plane),
        "places": (1 - morph) * grid + morph * (field.a[1] @ plane),
        "box": (1 - morph) * limits + morph * box,
        "side": (make_grid(box) @ (plane.T @ params.W[2]) + params.b[2])[..., 0],
    }


@lru_cache(32)
def trained_net(data="XOR", units=2, activation="sigmoid", seed=0, gamma=5.0):
    """The TrainedNet with these settings."""
    net = mlp((2, units, 1), (activation, "sigmoid"))
    points = load(data, samples=60)
    rng = np.random.default_rng(seed)
    start = initialise(net, rng, "1", bias_variance=1.0)
    steps = list(islice(train(net, start, points.x, points.d, gamma=gamma), STEPS + 1))
    stages = tuple(step.before for step in steps)
    for params in stages:
        for array in params.W[1:] + params.b[1:]:
            array.setflags(write=False)
    points.x.setflags(write=False)
    points.d.setflags(write=False)
    _, margin = max_margin_line(points.x, points.labels)
    losses = tuple(step.loss for step in steps)
    return TrainedNet(net, points, stages, losses, separable=margin > 0)


def choose_plane(w):
    """The plane of the hidden space that is shown, an array (units, 2); w (units, 1) are the
    output's weights.

    It is that of the two units, or of two orthonormal directions: across the output unit's plane,
    and along it towards H1.
    """
    units = len(w)
    if units == 2:
        return np.eye(2)
    q, r = np.linalg.qr(np.hstack([w, np.eye(units, 1)]))
    return q * np.copysign(1, np.diag(r))


def make_grid(ends):
    """Points (GRID, GRID, 2) over a rectangle, `ends` = ((left, right), (bottom, top))."""
    axes = [np.linspace(*pair, GRID) for pair in ends]
    return np.stack(np.meshgrid(*axes), -1)


def find_box(run):
    """Ends (2, 2) of both axes of the hidden plane, so that the samples stay in it during the whole
    training.
    """
    seen = []
    for params in run.stages[::WINDOW]:
        hidden = forward(run.net, params, run.points.x).a[1]
        seen.append(hidden @ choose_plane(params.W[2]))
    seen = np.concatenate(seen)
    margin = 0.15 * np.maximum(np.ptp(seen, axis=0), 0.1)
    return np.stack([seen.min(axis=0) - margin, seen.max(axis=0) + margin], axis=1)


def is_stuck(losses, k):
    """Whether J fell by less than 2 % in the last STUCK_STEPS steps."""
    return k >= STUCK_STEPS and losses[k] > 0.98 * losses[k - STUCK_STEPS]
