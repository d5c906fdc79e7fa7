"""Small data sets, each as inputs and targets: logic gates, blobs, moons, spirals, handwritten
digits.

Rows are samples. `d` is 0/1 in one column for two classes, one-hot for the ten digits.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from . import check, own


@dataclass(frozen=True)
class Data:
    """Samples with targets; for the digits also those held out for testing."""

    name: str  # by which it is loaded
    x: np.ndarray  # (m, n)
    d: np.ndarray  # (m, K)
    x_test: np.ndarray | None = None  # (m_test, n): held out
    d_test: np.ndarray | None = None  # (m_test, K): their targets

    @property
    def labels(self):
        """The class of each sample, as whole numbers (m,)."""
        if self.d.shape[1] == 1:
            return self.d[:, 0].astype(int)
        return self.d.argmax(axis=1)


_CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
_GATES = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "XOR": (0, 1, 1, 0), "NAND": (1, 1, 1, 0)}
GATES = tuple(_GATES)
CLOUDS = ("blobs", "overlapping blobs", "moons", "spirals")
REGISTERED = {}  # Data of one's own by name, in the order of this session
LARGEST_SET = 400  # samples of one's own, so that every slider stays quick
FURTHEST = 1e6  # that a sample of one's own may be from 0
CLOSEST = 1e-6  # that they may lie together, relative to the furthest if that is above 1


def gate(name):
    """A logic gate: the four corners of the unit square and its truth table."""
    d = _GATES[check.one_of("gate", name, GATES)]
    return Data(name, _CORNERS.copy(), np.array(d, float)[:, None])


def cloud(name, rng, samples=100):
    """Two classes of points in the plane, `samples` in all, half of each class; `name` is one of
    CLOUDS.

    Raises ValueError or TypeError for another name, or a number of samples that is not even.
    """
    check.one_of("data", name, CLOUDS)
    check.generator("rng", rng)
    samples = check.integer("samples", samples, 2, 100_000)
    if samples % 2:
        raise ValueError(f"samples was {samples}; it must be even, for half of each class.")
    half = samples // 2
    d = np.repeat([0.0, 1.0], half)[:, None]
    if name == "moons":
        x = _draw_moons(rng, half)
    elif name == "spirals":
        x = _draw_spirals(rng, half)
    else:
        x = _draw_blobs(rng, d, separable=name == "blobs")
    return Data(name, x, d)


def _draw_blobs(rng, d, separable):
    """Two round clouds, 4 apart, or 1.6 apart; the `separable` ones are kept 0.3 off the line
    between them.
    """
    gap = 2.0 if separable else 0.8
    x = 0.7 * rng.standard_normal((len(d), 2))
    along = gap + x[:, 0]
    if separable:
        along = np.maximum(along, 0.3)
    side = 2 * d[:, 0] - 1
    cos = np.cos(0.6)
    sin = np.sin(0.6)
    turn = np.array([[cos, sin], [-sin, cos]])
    return np.stack([side * along, x[:, 1]], axis=1) @ turn


def _draw_moons(rng, half):
    """Two half circles that reach into each other, with some noise."""
    t = np.pi * rng.uniform(size=(2, half))
    upper = np.stack([np.cos(t[0]), np.sin(t[0])], axis=1)
    lower = np.stack([1 - np.cos(t[1]), 0.5 - np.sin(t[1])], axis=1)
    noise = 0.1 * rng.standard_normal((2 * half, 2))
    return np.concatenate([upper, lower]) - [0.5, 0.25] + noise


def _draw_spirals(rng, half):
    """Two arms of a spiral, one the other turned by half a circle, with some noise."""
    t = np.sqrt(rng.uniform(0.04, 1.0, size=(2, half)))
    arms = []
    for sign, radius in zip((1, -1), t):
        angle = 3 * np.pi * radius
        x = sign * radius * np.cos(angle)
        y = sign * radius * np.sin(angle)
        arms.append(np.stack([x, y], axis=1))
    noise = 0.03 * rng.standard_normal((2 * half, 2))
    return 1.5 * np.concatenate(arms) + noise


@cache
def digits():
    """The 1,797 handwritten digits of 8 x 8 pixels of the UCI set, 1,437 to train and 360 to test.

    Pixels are standardised with the mean and the spread of the training part (one number each); the
    split is fixed. Alpaydin & Kaynak 1998, doi:10.24432/C50P49; licence beside the file.
    """
    with (files(__package__) / "data_files" / "digits.npz").open("rb") as file:
        stored = np.load(file)
        pixels = stored["pixels"].astype(float)
        labels = stored["labels"]
    order = np.random.default_rng(38).permutation(len(pixels))
    train, test = order[:1437], order[1437:]
    x = (pixels - pixels[train].mean()) / pixels[train].std()
    d = np.eye(10)[labels]
    parts = (x[train], d[train], x[test], d[test])
    for part in parts:  # one copy is shared by all who ask
        part.setflags(write=False)
    return Data("digits", *parts)


def register(name, x, labels):
    """Add a two-dimensional data set of one's own: it is then in the menus of explorers that are
    opened after it, until Python ends. Returns the Data.

    `x` (m, 2) are the samples, up to 1e6 in size and not all at one place, `labels` (m,) their
    classes, 0 or 1, and both occur. Raises ValueError or TypeError for other arrays, and for a name
    that is taken or no word. The same data may be registered again.
    """
    own.check_name(name)
    x = _check_places(x).copy()
    labels = check.array("labels", labels, (len(x),)).copy()
    held = sorted(set(labels.tolist()))
    if held != [0.0, 1.0]:
        raise ValueError(f"labels held {check.shorten(held)}; they must be 0 or 1, and both.")
    check.integer("the number of samples", len(x), 2, LARGEST_SET)
    old = REGISTERED.get(name)
    is_same = old is not None and np.array_equal(old.x, x) and np.array_equal(old.labels, labels)
    if not is_same:
        own.check_free(name, (*GATES, *CLOUDS, "digits", *REGISTERED))
        x.setflags(write=False)
        labels.setflags(write=False)
        REGISTERED[name] = Data(name, x, labels[:, None])
    return REGISTERED[name]


def _check_places(x):
    """Samples x (m, 2) of one's own; raises ValueError or TypeError if they cannot be shown."""
    x = check.array("x", x, (None, 2))
    furthest = np.abs(x).max()
    if furthest > FURTHEST:
        raise ValueError(
            f"x held numbers of size {furthest:g}; they must lie between {-FURTHEST:g} and "
            f"{FURTHEST:g}."
        )
    spread = np.ptp(x, axis=0).max()
    if spread < CLOSEST * max(1.0, furthest):
        raise ValueError(
            f"x held samples that differ by {spread:g} at most; they must not be all at one place."
        )
    return x


def list_registered():
    """Pairs (label, name) of the data sets that were registered."""
    return tuple((name, name) for name in REGISTERED)


class Limits(dict):
    """(low, high) of the square of the plane that is shown, by data set; those of a registered one
    follow from its samples.
    """

    def __missing__(self, name):
        """The limits of a set that is not listed; KeyError if there is no such set."""
        x = REGISTERED[name].x
        middle = (x.min() + x.max()) / 2
        half = 0.65 * (x.max() - x.min()) + 0.1
        return float(middle - half), float(middle + half)


def load(name, seed=0, samples=200):
    """Any of the sets by name: a gate, a cloud drawn with `seed`, "digits", or a registered one,
    which is always the same.
    """
    check.one_of("data", name, (*GATES, *CLOUDS, "digits", *REGISTERED))
    if name in REGISTERED:
        return REGISTERED[name]
    if name == "digits":
        return digits()
    if name in GATES:
        return gate(name)
    seed = check.integer("seed", seed, 0, 2**63)
    return cloud(name, np.random.default_rng(seed), samples)
