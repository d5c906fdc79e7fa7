"""What fits a network: samples, targets, and a trace of its own passes."""

import numpy as np

from . import check
from .architecture import Trace, check_network
from .normalisation import Normalised
from .params import join_leading_axes


def check_samples(net, params, x):
    """Samples x (..., m, n_0) as float64; raises ValueError or TypeError if they do not fit."""
    x = check.array("x", x)
    if x.ndim < 2 or x.shape[-1] != net.widths[0] or 0 in x.shape:
        raise ValueError(
            f"x had shape {x.shape}; it must be (samples, {net.widths[0]}), and not empty."
        )
    join_leading_axes("x", x, params.W[1].shape[:-2])
    samples = x.size // x.shape[-1]
    check.within_limits(f"a pass on {samples:,} samples", 2 * samples * sum(net.widths))
    return x


def check_trace(net, trace):
    """Raise TypeError or ValueError if `trace` is not what `forward` gives for this network."""
    is_trace = isinstance(trace, Trace) and type(trace.z) is type(trace.a) is tuple
    if not is_trace or not len(trace.z) == len(trace.a) == net.depth + 1:
        raise TypeError(
            f"trace was {check.shorten(trace)}; it must be what forward gives for this network."
        )
    if (trace.normalised is None) != (net.normalisation == "none"):
        raise ValueError(
            f"trace was of a network with another normalisation; it must be of one with "
            f"{net.normalisation}."
        )
    m = np.shape(trace.a[0])[-2:-1]
    for l, n in enumerate(net.widths):
        wanted = (*m, n)
        for array in (trace.a[l], trace.z[l] if l > 0 else trace.a[l]):
            if not isinstance(array, np.ndarray) or array.shape[-2:] != wanted or array.ndim < 2:
                _refuse_part(l, array, n)
        if trace.normalised is not None:
            _check_normalised(net, trace, l)


def _refuse_part(l, part, n):
    """Raise TypeError or ValueError for z[l] or a[l] of a trace that is not of its network."""
    if not isinstance(part, np.ndarray):
        raise TypeError(
            f"trace held {check.shorten(part)} for layer {l}; it must be an array, as forward "
            "gives it."
        )
    raise ValueError(
        f"trace held an array of shape {part.shape} for layer {l}; it must end in (samples, {n}), "
        "with as many samples in all layers, as forward gives it for this network."
    )


def _check_normalised(net, trace, l):
    """Raise TypeError if a trace does not have the normalised sums of layer l."""
    layers = trace.normalised
    fits = isinstance(layers, tuple) and len(layers) == len(trace.z)
    if fits and l > 0 and net.has_normalisation(l):
        fits = isinstance(layers[l], Normalised) and np.shape(layers[l].y) == trace.z[l].shape
    if not fits:
        raise TypeError(
            f"trace.normalised was {check.shorten(layers)}; it must be what forward gives for this "
            "network."
        )


def targets(net, trace, d):
    """`d` as an array that fits the outputs of `trace` (M9).

    Raises ValueError or TypeError if it does not, or if `trace` is not of this network.
    """
    check_network(net)
    check_trace(net, trace)
    d = check.array("d", d)
    outputs = trace.a[-1]
    wanted = (outputs.shape[-2], net.widths[-1])
    if d.shape[-2:] != wanted:
        raise ValueError(f"d had shape {d.shape}; it must end in {wanted}.")
    join_leading_axes("d", d, outputs.shape[:-2])
    net.cost.check(net.widths[-1], d)
    return d
