"""The lecture's 4-3-2 network, on which backpropagation is derived (B15-B18)."""

import numpy as np

from lecture_lib.activations import ACTIVATIONS


def forward_4_3_2(v, knob=None, h=0.0):
    """All values of the 4-3-2 net (B15-B18) from X, W1, W2, d in `v`; h is added to the `knob` (name, place)."""
    v, F = dict(v), ACTIVATIONS["sigmoid"].f
    for name, value in (
        ("W1", lambda: v["W1"]),
        ("W2", lambda: v["W2"]),
        ("in_j", lambda: v["X"] @ v["W1"]),
        ("H", lambda: F(v["in_j"])),
        ("in_k", lambda: v["H"] @ v["W2"]),
        ("Y", lambda: F(v["in_k"])),
        ("J_k", lambda: 0.5 * (v["Y"] - v["d"]) ** 2),
        ("J", lambda: v["J_k"].sum()),
    ):
        v[name] = np.array(value())
        if knob and knob[0] == name:
            v[name][knob[1]] += h
    return v
