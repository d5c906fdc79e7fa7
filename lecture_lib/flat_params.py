"""The weights and biases of a network as one vector, [W_1; b_1] .. [W_L; b_L], and back."""

import numpy as np

from . import check
from .architecture import check_network
from .params import Params, as_float_params


def as_params(net, flat):
    """The vector `flat`, [W_1; b_1] .. [W_L; b_L], as parameters of `net`: views, no copy. Leading
    axes stay. Raises ValueError or TypeError for what is no such vector.
    """
    check_network(net)
    flat = check.as_floats("flat", flat)
    if flat.shape[-1:] != (net.parameter_count,):
        raise ValueError(
            f"flat had shape {flat.shape}; it must end in the {net.parameter_count:,} weights and "
            "biases of the network."
        )
    return view_params(net, flat)


def view_params(net, flat):
    """`as_params` of a vector that fits."""
    layers = split_layers(net, flat)
    return Params(
        (None, *(layer[..., :-1, :] for layer in layers)),
        (None, *(layer[..., -1:, :] for layer in layers)),
    )


def as_flat(params):
    """The parameters as one new vector, in the order of `as_params`; of a stack one vector per
    network. Raises ValueError or TypeError for what is no set of parameters.
    """
    return flatten(as_float_params("params", params))


def flatten(params):
    """`as_flat` of parameters that were checked."""
    parts = []
    for W, b in zip(params.W[1:], params.b[1:]):
        parts.append(W.reshape(*W.shape[:-2], -1))
        parts.append(b.reshape(*b.shape[:-2], -1))
    return np.concatenate(parts, axis=-1)


def split_layers(net, flat):
    """The parts [W_l; b_l] of the vector `flat`, as matrices (..., n_{l-1} + 1, n_l): views, no
    copy.
    """
    layers = []
    end = 0
    for n_in, n_out in zip(net.widths, net.widths[1:]):
        start = end
        end = start + (n_in + 1) * n_out
        layers.append(flat[..., start:end].reshape(*flat.shape[:-1], n_in + 1, n_out))
    return layers
