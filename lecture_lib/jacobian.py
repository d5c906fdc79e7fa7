"""One Jacobian, both ways: how much of a nudge arrives further on, and of a gradient further back.

A small change dz of the sums of one layer reaches the next one as

    dz[l+1] = (F_l'(z[l]) dz[l]) @ W[l+1]

which is a matrix J, the Jacobian, times dz. The gradient goes back through the same matrix, turned
over:

    delta[l] = (delta[l+1] @ W[l+1].T) F_l'(z[l])

so <g, J u> = <J^T g, u> for every u and g. What cannot go forwards cannot come back. For wide
layers of random weights both ways multiply the size by sqrt(chi) a layer (Schoenholz et al. 2017,
arXiv:1611.01232); see `theory`.
"""

import numpy as np

from . import check
from .powers_of_ten import log10_floored


def carry_forward(net, params, trace, nudge, layer=1):
    """How a small change `nudge` of z[layer], (..., m, n_layer), changes the sums of every later
    layer: a tuple as long as `trace.z`, None before `layer`.

    It is the exact derivative at the pass `trace`, not a difference. Raises ValueError or TypeError
    if `layer` or the shape of `nudge` does not fit.
    """
    _check_plain(net)
    layer = check.integer("layer", layer, 1, net.depth)
    dz = [None] * (net.depth + 1)
    dz[layer] = _check_vector("nudge", nudge, trace, layer)
    with np.errstate(over="ignore", invalid="ignore"):
        for l in range(layer, net.depth):
            dz[l + 1] = _step_forward(net, params, trace, dz[l], l)
    return tuple(dz)


def carry_back(net, params, trace, vector, layer):
    """How a `vector` at the sums of `layer`, (..., m, n_layer), comes back to every earlier layer:
    a tuple as long as `trace.z`, None after `layer`.

    For the delta of `layer` these are the deltas of all layers before it. Raises ValueError or
    TypeError if `layer` or the shape of `vector` does not fit.
    """
    _check_plain(net)
    layer = check.integer("layer", layer, 1, net.depth)
    back = [None] * (net.depth + 1)
    back[layer] = _check_vector("vector", vector, trace, layer)
    with np.errstate(over="ignore", invalid="ignore"):
        for l in range(layer - 1, 0, -1):
            slope = net.activations[l].df(trace.z[l])
            back[l] = (back[l + 1] @ params.W[l + 1].mT) * slope
    return tuple(back)


def forward_decades(net, params, trace, nudge):
    """log10 of the size of a nudge of layer 1 at every layer, over its size at layer 1: (L,), entry
    0 is 0.

    A size is the root mean square over samples and units, so a layer of ten units compares with one
    of a hundred. Sizes far outside float64 are right too; a nudge that is lost altogether counts as
    10^-320 (see `powers_of_ten`). For one network, not a stack. Raises ValueError or TypeError for
    a nudge of another shape, or of zeros.
    """
    _check_plain(net)
    dz = _check_vector("nudge", nudge, trace, 1)
    if not dz.any():
        raise ValueError("nudge was 0 everywhere; it must change at least one sum of layer 1.")
    decades = [0.0]
    dz = dz / _root_mean_square(dz)
    for l in range(1, net.depth):
        dz = _step_forward(net, params, trace, dz, l)
        size = _root_mean_square(dz)
        decades.append(decades[-1] + float(log10_floored(size)))
        if size == 0:
            decades[-1] = -320.0
            decades.extend([-320.0] * (net.depth - len(decades)))
            break
        dz = dz / size
    return np.array(decades)


def forward_spread(trace):
    """How far apart the samples are in every layer, relative to the size of the outputs there:
    (..., L + 1), entry 0 for the input.

    It is the root mean square distance of the outputs a[l] from their mean over the samples, over
    the root mean square length of a[l]: 0 if all samples have the same outputs, 1 if their mean is
    0. Below about 1e-15 it is rounding. A layer whose outputs are all 0 counts as 0.
    """
    spreads = []
    for a in trace.a:
        centred = a - a.mean(axis=-2, keepdims=True)
        size = _norm_of_samples(a)
        with np.errstate(divide="ignore", invalid="ignore"):
            spread = np.where(size > 0, _norm_of_samples(centred) / size, 0.0)
        spreads.append(spread)
    return np.stack(spreads, axis=-1)


def _check_plain(net):
    """Raise ValueError for a network whose Jacobian has more terms than weights and slopes."""
    if net.skip != 0.0 or net.normalisation != "none":
        raise ValueError(
            f"net had skip {net.skip:g} and normalisation {net.normalisation}; "
            "it must have neither."
        )


def _step_forward(net, params, trace, dz, l):
    """The change of z[l + 1] that the change dz of z[l] makes."""
    return (net.activations[l].df(trace.z[l]) * dz) @ params.W[l + 1]


def _check_vector(name, value, trace, layer):
    """`value` as an array with the last two axes of z[layer]."""
    value = check.array(name, value)
    wanted = trace.z[layer].shape
    if value.shape[-2:] != wanted[-2:]:
        raise ValueError(f"{name} had shape {value.shape}; it must end in {wanted[-2:]}.")
    return value


def _root_mean_square(x):
    """Over all entries; scaled by the largest first, so that no square under- or overflows."""
    largest = np.abs(x).max()
    if largest == 0:
        return 0.0
    return float(largest * np.sqrt(np.square(x / largest).mean()))


def _norm_of_samples(a):
    """Root of the sum of squares over samples and units, scaled as in `_root_mean_square`."""
    largest = np.abs(a).max(axis=(-2, -1))
    scale = np.where(largest > 0, largest, 1.0)
    return scale * np.sqrt(np.square(a / scale[..., None, None]).sum(axis=(-2, -1)))
