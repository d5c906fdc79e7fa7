"""Normalisation gives what reaches a layer the mean 0 and the mean square 1 before its activation.

It came after the lecture. "batch" (Ioffe & Szegedy 2015, arXiv:1502.03167) takes mean and spread of
each unit over the samples, "layer" (Ba et al. 2016, arXiv:1607.06450) of each sample over the
units. There are no parameters here, neither gain nor shift:

    y = (z - mean) / s        s = sqrt(mean of (z - mean)^2 + EPSILON)
    dJ/dz = (t - mean(t) - y mean(t y)) / s        where t = dJ/dy

Each y depends on all samples of the batch, or on all units of the layer: hence the two means.
"""

from dataclasses import dataclass

import numpy as np

# The axis over which the means are taken: rows are samples, columns are units.
AXES = {"none": None, "batch": -2, "layer": -1}
NORMALISATIONS = tuple(AXES)
EPSILON = 1e-5  # keeps s above 0 where all numbers are the same


@dataclass(frozen=True)
class Normalised:
    """What a normalisation made of the sums z of one layer."""

    y: np.ndarray  # (..., m, n)
    mean: np.ndarray  # (..., 1, n) for "batch", (..., m, 1) for "layer"
    s: np.ndarray  # the same
    stored: bool  # whether mean and s were given, and do not depend on these samples


@dataclass(frozen=True)
class Statistics:
    """Mean and spread of every unit by layer, for samples that come alone (None for the output)."""

    mean: tuple  # of (..., 1, n_l)
    s: tuple


def normalise(kind, z, stored=None):
    """The `Normalised` sums z (..., m, n); `kind` is "batch" or "layer".

    For "batch", `stored` may be a pair (mean, s) of other samples.
    """
    if stored is not None and kind == "batch":
        mean, s = stored
        return Normalised((z - mean) / s, mean, s, stored=True)
    mean = z.mean(axis=AXES[kind], keepdims=True)
    variance = np.square(z - mean).mean(axis=AXES[kind], keepdims=True)
    s = np.sqrt(variance + EPSILON)
    return Normalised((z - mean) / s, mean, s, stored=False)


def normalise_back(kind, normalised, t):
    """dJ/dz (..., m, n) from t = dJ/dy, through what `normalise` returned."""
    if normalised.stored:
        return t / normalised.s
    y = normalised.y
    mean_t = t.mean(axis=AXES[kind], keepdims=True)
    mean_ty = (t * y).mean(axis=AXES[kind], keepdims=True)
    return (t - mean_t - y * mean_ty) / normalised.s


def collect_statistics(trace):
    """The `Statistics` of the samples of a `network.Trace`; None if its network has no
    normalisation.
    """
    if trace.normalised is None:
        return None
    mean = []
    s = []
    for layer in trace.normalised:
        mean.append(None if layer is None else layer.mean)
        s.append(None if layer is None else layer.s)
    return Statistics(tuple(mean), tuple(s))
