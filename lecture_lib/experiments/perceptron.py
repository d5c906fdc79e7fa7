"""One neuron, the line it draws, its training sample by sample, and the many lines that training can end with."""

from collections import namedtuple

import numpy as np

from ..activations import ACTIVATIONS, MENU, STEP
from ..check import whole
from ..data import GATES, load
from ..perceptron import margin, output, train_perceptron

DATA, PHI = (*GATES, "blobs", "overlapping blobs"), {"step": STEP} | {name: ACTIVATIONS[name] for name in MENU}
SHOWN, RUNS = 400, 20  # samples shown in one training: 100 epochs of a gate, 10 of the 40 points of the blobs
Neuron = namedtuple("Neuron", "x W terms V Y phi")
Boundary = namedtuple("Boundary", "points W wrong offset")
Training = namedtuple("Training", "points gamma run k path wrong")
Solutions = namedtuple("Solutions", "points runs margins widest best")


def neuron(X1=1.5, W1=4.0, B=1.0, phi="step", X2=2.0, W2=-2.0):
    """The sum V of three `terms`, and Y = phi(V) (S2, S3); W[0] is the bias."""
    terms = np.array([B, W1 * X1, W2 * X2])
    V = terms.sum().round(12)  # 0.1 + 0.2 - 0.3 is 0, also for a computer
    return Neuron((1, X1, X2), (B, W1, W2), terms, V, PHI[phi](V), phi)


def boundary(data="AND", angle=45, length=1.0, B=-1.0):
    """The line of a W with that angle (degrees) and length; its `offset` from the origin along W is -B/|W|."""
    points, turn = load(data, samples=40), np.deg2rad(angle)
    W = np.array([B, length * np.cos(turn), length * np.sin(turn)])
    return Boundary(points, W, output(W, points.x) != points.labels, -B / length if length else np.nan)


def _train(points, gamma, threshold, seed):
    """Training from normal random weights; `seed` also shuffles the samples in each epoch."""
    rng, epochs = np.random.default_rng(seed), SHOWN // len(points.x)
    return train_perceptron(points.x, points.labels, rng.standard_normal(3), gamma, threshold, epochs, rng)


def training(data="AND", shown=9, gamma=1.0, seed=0, threshold=0.01):
    """Training after k samples: the `path` of the weights after 0..k of them, and how many each got `wrong`."""
    points = load(data, samples=40)
    run = _train(points, gamma, threshold, seed)
    k = min(whole("samples shown", shown, 0, SHOWN), len(run.shown))
    path = np.array([run.shown[0].before, *(one.after for one in run.shown[:k])])
    return Training(points, gamma, run, k, path, (output(path.T, points.x) != points.d).sum(axis=0))


def widest(x, d):
    """The line W, |W[1:]| = 1, whose nearest sample is farthest, and that margin: below 0 if no line separates."""
    pairs = (x[:, None] - x)[~np.eye(len(x), dtype=bool)]
    u = np.concatenate([pairs, pairs[:, ::-1] * (1, -1)])  # the best gap is crossed along or square to some pair
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    low, high = (u @ x[d == 1].T).min(axis=1), (u @ x[d == 0].T).max(axis=1)
    i = np.argmax(low - high)
    return np.array([-(low + high)[i] / 2, *u[i]]), (low - high)[i] / 2


def solutions(data="blobs", gamma=1.0, seed=0):
    """Trainings of the same samples from RUNS starts, by margin, and the best line that they could find."""
    points = load(data, samples=40)
    wide = lambda run: margin(run.W, points.x, points.labels)
    runs = sorted((_train(points, gamma, 1e-9, (seed, i)) for i in range(RUNS)), key=wide)
    return Solutions(points, runs, np.array([*map(wide, runs)]), *widest(points.x, points.labels))
