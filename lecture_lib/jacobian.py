"""One Jacobian, both ways: how much of a nudge arrives further on, and of a gradient further back.

A small change dz of the sums of one layer reaches the next one as

    dz[l+1] = (F_l'(z[l]) dz[l]) @ W[l+1]

which is a matrix J, the Jacobian, times dz. The gradient goes back through the same matrix, turned
over:

    delta[l] = (delta[l+1] @ W[l+1].T) F_l'(z[l])

so <g, J u> = <J^T g, u> for every u and g. What cannot go forwards cannot come back. For wide
layers of random weights both ways multiply the size by sqrt(chi) per layer (Schoenholz et al. 2017,
arXiv:1611.01232); see `theory`.
"""

import numpy as np

from . import check
from .network import Trace, check_network
from .params import check_params, join_leading_axes

LOST = -320.0  # the decades of a nudge of which nothing arrives
LOG10_2 = np.log10(2.0)
SMALLEST = 1e-300
LARGEST = 1e300


def carry_forward(net, params, trace, nudge, layer=1):
    """How a small change `nudge` of z[layer], (..., m, n_layer), changes the sums of every later
    layer: a tuple as long as `trace.z`, None before `layer`.

    It is the exact derivative at the pass `trace`, not a difference. Raises ValueError or TypeError
    if the arguments do not fit.
    """
    params = _check_pass(net, params, trace)
    layer = check.integer("layer", layer, 1, net.depth)
    dz = [None] * (net.depth + 1)
    dz[layer] = _check_vector("nudge", nudge, trace, layer)
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        for l in range(layer, net.depth):
            dz[l + 1] = (net.activations[l].df(trace.z[l]) * dz[l]) @ params.W[l + 1]
    return tuple(dz)


def carry_back(net, params, trace, vector, layer):
    """How a `vector` at the sums of `layer`, (..., m, n_layer), comes back to every earlier layer:
    a tuple as long as `trace.z`, None after `layer`.

    For the delta of `layer` these are the deltas of all layers before it. Raises ValueError or
    TypeError if the arguments do not fit.
    """
    params = _check_pass(net, params, trace)
    layer = check.integer("layer", layer, 1, net.depth)
    back = [None] * (net.depth + 1)
    back[layer] = _check_vector("vector", vector, trace, layer)
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        for l in range(layer - 1, 0, -1):
            slope = net.activations[l].df(trace.z[l])
            back[l] = (back[l + 1] @ params.W[l + 1].mT) * slope
    return tuple(back)


def forward_decades(net, params, trace, nudge):
    """log10 of the size of a nudge of layer 1 at every layer, over its size at layer 1: (L,), entry
    0 is 0.

    A size is the root mean square over samples and units, so a layer of ten units compares with one
    of a hundred. Sizes far outside float64 are right too; a nudge that is lost altogether counts as
    10^-320, and one that meets a slope beyond float64 as inf. For one network, not a stack. Raises
    ValueError or TypeError if the arguments do not fit, or for a nudge of zeros.
    """
    params = _check_pass(net, params, trace)
    dz = _check_vector("nudge", nudge, trace, 1)
    if not dz.any():
        raise ValueError("nudge was 0 everywhere; it must change at least one sum of layer 1.")
    decades = np.zeros(net.depth)
    with np.errstate(all="ignore"):
        dz, _ = _scale(dz)
        dz = dz / _root_mean_square(dz)
        for l in range(1, net.depth):
            through, shift = _scale(net.activations[l].df(trace.z[l]) * dz)
            W, more = _scale(params.W[l + 1])
            dz = through @ W
            size = _root_mean_square(dz)
            if size == 0 or not np.isfinite(size):
                decades[l:] = LOST if size == 0 else np.inf
                break
            decades[l] = decades[l - 1] + _log10(size, int((shift + more).item()))
            dz = dz / size
    return decades


def forward_spread(trace):
    """How far apart the samples are in every layer, relative to the size of the outputs there:
    (..., L + 1), entry 0 for the input.

    It is the root mean square distance of the outputs a[l] from their mean over the samples, over
    the root mean square length of a[l]: 0 if all samples have the same outputs, 1 if their mean is
    0. Below about 1e-15 it is rounding. A layer whose outputs are all 0 counts as 0, one with
    outputs beyond float64 as nan. Raises TypeError or ValueError if `trace` is no Trace.
    """
    spreads = []
    for l, a in enumerate(_check_trace(trace).a):
        a = check.convert(f"a[{l}] of trace", a, "numbers")
        with np.errstate(all="ignore"):
            a, _ = _scale(a, axis=(-2, -1))
            centred = a - a.mean(axis=-2, keepdims=True)
            size = _norm_of_samples(a)
            spreads.append(np.where(size == 0, 0.0, _norm_of_samples(centred) / size))
    return np.stack(spreads, axis=-1)


def _check_trace(trace):
    """`trace` if it is a Trace; raises TypeError otherwise."""
    if not isinstance(trace, Trace):
        raise TypeError(f"trace was {check.shorten(trace)}; it must be what network.forward gives.")
    return trace


def _check_pass(net, params, trace):
    """The parameters as `check_params` gives them; raises ValueError or TypeError if they or the
    trace are not of this network, or if its Jacobian has more terms than weights and slopes.
    """
    check_network(net)
    if net.skip != 0.0 or net.normalisation != "none":
        raise ValueError(
            f"net had skip {net.skip:g} and normalisation {net.normalisation}; "
            "it must have neither."
        )
    params = check_params(net, params)
    widths = tuple(np.shape(z)[-1:] for z in _check_trace(trace).z[1:])
    if widths != tuple((n,) for n in net.widths[1:]):
        raise ValueError(
            f"trace had layers of the widths {[*sum(widths, ())]}; they must be those of net, "
            f"{list(net.widths[1:])}."
        )
    return params


def _check_vector(name, value, trace, layer):
    """`value` as an array with the last two axes of z[layer]."""
    value = check.array(name, value)
    wanted = np.shape(trace.z[layer])
    if value.shape[-2:] != wanted[-2:]:
        raise ValueError(f"{name} had shape {value.shape}; it must end in {wanted[-2:]}.")
    join_leading_axes(name, value, wanted[:-2])
    return value


def _scale(x, axis=None):
    """(x / 2^k, k), so that the largest size over these axes is between 1/2 and 1: no digit is
    lost, and no sum overflows.
    """
    _, k = np.frexp(np.abs(x).max(axis=axis, keepdims=True))
    return np.ldexp(x, -k), k


def _log10(size, shift):
    """log10(size * 2^shift), also where float64 does not hold the number."""
    number = np.ldexp(size, shift)
    if SMALLEST < number < LARGEST:
        return np.log10(number)
    return np.log10(size) + shift * LOG10_2


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
