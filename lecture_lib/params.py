"""The weights and biases of a network, and the one door through which they come in.

Whatever holds the numbers, lists, whole numbers, a table, comes out as float64 arrays that fit the
network and each other; what does not fit is told in one sentence.
"""

from dataclasses import dataclass

import numpy as np

from . import check


@dataclass(frozen=True)
class Params:
    """Weights and biases by layer (index 0 is None); a gradient has the same type."""

    W: tuple  # W[l]: (..., n_{l-1}, n_l)
    b: tuple  # b[l]: (..., 1, n_l)

    def map(self, function, *others):
        """`function(array, ...)` of every weight matrix and bias, with those of `others` at the
        same place.
        """
        return Params(
            (None, *map(function, self.W[1:], *(other.W[1:] for other in others))),
            (None, *map(function, self.b[1:], *(other.b[1:] for other in others))),
        )


def check_params(net, params):
    """`params` as Params of float64 arrays with the same leading axes, which fit the network; what
    is so already comes back itself.

    Raises ValueError or TypeError if they do not fit, or if an entry is no finite number.
    """
    W, b = split_params("params", params)
    if len(W) != net.depth + 1:
        raise ValueError(
            f"params had {len(W) - 1} layers; the network must have as many, not {net.depth}."
        )
    for l in range(1, net.depth + 1):
        n_in = net.widths[l - 1]
        n_out = net.widths[l]
        W[l] = _check_array(f"W[{l}]", W[l], (n_in, n_out))
        b[l] = _check_array(f"b[{l}]", b[l], (1, n_out))
    matched = match_leading_axes(Params((None, *W[1:]), (None, *b[1:])))
    return params if _are_the_same(matched, params) else matched


def _are_the_same(one, other):
    """Whether two Params hold the very same arrays."""
    pairs = zip((*one.W, *one.b), (*other.W, *other.b))
    return isinstance(other.W, tuple) and all(a is b for a, b in pairs)


def split_params(name, params):
    """(W, b) as lists by layer; raises TypeError or ValueError if `params` has no such parts."""
    if not isinstance(params, Params):
        raise TypeError(
            f"{name} was {check.shorten(params)}; it must be Params, as network.initialise makes "
            "them."
        )
    parts = []
    for part in (params.W, params.b):
        if not isinstance(part, tuple | list) or len(part) < 2:
            raise TypeError(
                f"{name} held {check.shorten(part)}; its W and b must be tuples: None, then an "
                "array for each layer."
            )
        parts.append(list(part))
    W, b = parts
    if len(W) != len(b):
        raise ValueError(
            f"{name} had {len(W) - 1} layers of weights and {len(b) - 1} of biases; they must be "
            "as many."
        )
    return W, b


def as_float_params(name, params):
    """Params with float arrays and equal leading axes; they may have left the finite numbers.

    Raises TypeError or ValueError for what is none.
    """
    split_params(name, params)
    label = f"an array of {name}"

    def convert(array):
        array = check.as_floats(label, array)
        if array.ndim < 2 or array.size == 0:
            raise ValueError(
                f"{label} had shape {array.shape}; it must have two axes or more, and not be empty."
            )
        return array

    return match_leading_axes(params.map(convert))


def _check_array(name, value, end):
    """A weight matrix or bias as float64; raises ValueError or TypeError for another last shape
    than `end`.
    """
    array = check.array(name, value)
    if array.shape[-2:] != end:
        raise ValueError(f"{name} had shape {array.shape}; it must end in {end}.")
    if array.size == 0:
        raise ValueError(f"{name} had shape {array.shape}; it must not be empty.")
    return array


def match_leading_axes(params):
    """Params whose arrays all have the leading axes of the stack; ValueError if these differ."""
    lead = params.W[1].shape[:-2]
    are_equal = True
    for l in range(1, len(params.W)):
        for name, array in ((f"W[{l}]", params.W[l]), (f"b[{l}]", params.b[l])):
            are_equal = are_equal and array.shape[:-2] == lead
            lead = join_leading_axes(name, array, lead)
    if are_equal:
        return params

    def repeat(array):
        return np.broadcast_to(array, lead + array.shape[-2:])

    return params.map(repeat)


def join_leading_axes(name, array, lead):
    """The leading axes of `array` and of what has the leading axes `lead`, as one; raises
    ValueError if they are of different sizes.
    """
    own = array.shape[:-2]
    if own == lead:
        return lead
    try:
        return np.broadcast_shapes(own, lead)
    except ValueError:
        raise ValueError(
            f"{name} had shape {array.shape}; its leading axes must be those of the stack, {lead}."
        ) from None


def stack(params):
    """Several parameter sets of one shape as one, the list becoming the leading axis.

    Raises ValueError or TypeError for an empty list, sets of different shapes, or what is no set.
    """
    if isinstance(params, Params) or not isinstance(params, tuple | list):
        raise TypeError(
            f"params was {check.shorten(params)}; it must be a list of sets of parameters."
        )
    if not params:
        raise ValueError("params had no entries; it must be one set of parameters or more.")
    sets = [_check_set(k, one) for k, one in enumerate(params, 1)]
    first, *others = sets
    for k, other in enumerate(others, 2):
        check_alike(f"params number {k}", other, first)
    return first.map(_stack_arrays, *others)


def _stack_arrays(*arrays):
    return np.stack(arrays)


def _check_set(k, params):
    """The k-th of several sets, as Params of float64 arrays."""
    W, b = split_params(f"params number {k}", params)
    for l in range(1, len(W)):
        W[l] = check.array(f"W[{l}] of params number {k}", W[l])
        b[l] = check.array(f"b[{l}] of params number {k}", b[l])
    return Params((None, *W[1:]), (None, *b[1:]))


def check_alike(name, params, first):
    """Raise ValueError if a set of parameters has another shape than the first."""
    if len(params.W) != len(first.W):
        raise ValueError(
            f"{name} had {len(params.W) - 1} layers; "
            f"all must have as many as the first, {len(first.W) - 1}."
        )
    for part in ("W", "b"):
        for l in range(1, len(first.W)):
            shape = vars(params)[part][l].shape
            wanted = vars(first)[part][l].shape
            if shape != wanted:
                raise ValueError(
                    f"{name} had {part}[{l}] of shape {shape}; it must be {wanted}, as in the "
                    "first."
                )
