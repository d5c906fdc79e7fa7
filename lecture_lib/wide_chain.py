"""A chain whose sums leave float64, with numbers that have an exponent of their own."""

import numpy as np

from .activations import is_built_in
from .wide import SMALL, add, middle, multiply, respond, widen
from .wide_powers import find_reach, respond_as_power


def find_middle(F):
    """(lowest, highest) sum and the smallest size of one at which F is right as float64."""
    if is_built_in(F):
        return *middle(F), SMALL
    smallest, largest = find_reach(F)
    return -largest, largest, smallest


def run_wide(W, X, F, B):
    """The fields of a Chain by name, for W and B (chains, L), with numbers that have an exponent of
    their own.
    """
    weights = widen(W)
    biases = widen(B)
    y = widen(np.full(len(W), X))
    respond_to = respond if is_built_in(F) else respond_as_power
    layers = {"theta": [], "y": [], "slope": [], "before": []}
    for l in range(W.shape[-1]):
        layers["before"].append(y)
        theta = add(multiply(weights.layer(l), y), biases.layer(l))
        y, slope = respond_to(F, theta)
        layers["theta"].append(theta)
        layers["y"].append(y)
        layers["slope"].append(slope)
    return {
        **{name: _by_layer(part.as_float() for part in parts) for name, parts in layers.items()},
        "sign_slope": _by_layer(part.sign for part in layers["slope"]),
        "sign_before": _by_layer(part.sign for part in layers["before"]),
        "log10_slope": _by_layer(part.log10 for part in layers["slope"]),
        "log10_before": _by_layer(part.log10 for part in layers["before"]),
    }


def _by_layer(parts):
    """Arrays (chains,), one per layer, as one array (chains, L)."""
    return np.stack(list(parts), axis=-1)
