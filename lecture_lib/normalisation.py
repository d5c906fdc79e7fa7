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

from . import check
from .params import join_leading_axes

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
    s: tuple  # the spreads, of (..., 1, n_l)


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
    if not s.item(s.argmax()) < np.inf:  # the first nan counts as the largest
        return normalise_huge(kind, z)
    return Normalised((z - mean) / s, mean, s, stored=False)


def normalise_huge(kind, z):
    """`normalise` where sums or their squares are beyond float64: powers of two are taken out."""
    axis = AXES[kind]
    _, exponent = np.frexp(np.abs(z).max(axis=axis, keepdims=True))
    scaled = np.ldexp(z, -exponent)
    mean = scaled.mean(axis=axis, keepdims=True)
    spread = np.sqrt(np.square(scaled - mean).mean(axis=axis, keepdims=True))
    s = np.hypot(spread, np.ldexp(np.sqrt(EPSILON), -exponent))
    y = (scaled - mean) / s
    return Normalised(y, np.ldexp(mean, exponent), np.ldexp(s, exponent), stored=False)


def normalise_back(kind, normalised, t):
    """dJ/dz (..., m, n) from t = dJ/dy, through what `normalise` returned."""
    if normalised.stored:
        return t / normalised.s
    y = normalised.y
    mean_t = t.mean(axis=AXES[kind], keepdims=True)
    mean_ty = (t * y).mean(axis=AXES[kind], keepdims=True)
    return (t - mean_t - y * mean_ty) / normalised.s


def check_statistics(net, statistics, lead):
    """Raise TypeError or ValueError if `statistics` are none, or do not fit a network with batch
    normalisation and parameters of the leading axes `lead`; another one does not use them.
    """
    if not isinstance(statistics, Statistics):
        raise TypeError(
            f"statistics was {check.shorten(statistics)}; it must be None, or what "
            "normalisation.collect_statistics gives."
        )
    if net.normalisation != "batch":
        return
    for name, layers in (("mean", statistics.mean), ("s", statistics.s)):
        if not isinstance(layers, tuple | list) or len(layers) != net.depth + 1:
            raise TypeError(
                f"statistics.{name} was {check.shorten(layers)}; it must be a tuple of None, then "
                f"an array for each of {net.depth - 1} hidden layers, then None."
            )
        for l in range(1, net.depth):
            array = check.as_floats(f"statistics.{name}[{l}]", layers[l])
            end = (1, net.widths[l])
            if array.shape[-2:] != end:
                raise ValueError(
                    f"statistics.{name}[{l}] had shape {array.shape}; it must end in {end}."
                )
            join_leading_axes(f"statistics.{name}[{l}]", array, lead)


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
