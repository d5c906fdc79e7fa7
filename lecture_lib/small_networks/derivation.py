"""The lecture's 4-3-2 network, on which backpropagation is derived (B15-B18)."""

import numpy as np

from lecture_lib.activations import ACTIVATIONS


def forward_4_3_2(v, knob=None, h=0.0):
    """All values of the 4-3-2 network: `v`, a dict with X (4,), W1 (4, 3), W2 (3, 2) and d (2,),
    and the rest by name.

    With `knob` = (name, place) the value at that place is moved by h as soon as it is known, and
    all that is computed from it moves with it; so a derivative with respect to any value can be
    found by nudging.
    """
    F = ACTIVATIONS["sigmoid"].f

    def nudge(name, value):
        value = np.array(value, float)  # a whole number could not be moved by h
        if knob is not None and knob[0] == name:
            value[knob[1]] += h
        return value

    v = dict(v)
    v["W1"] = nudge("W1", v["W1"])
    v["W2"] = nudge("W2", v["W2"])
    v["in_j"] = nudge("in_j", v["X"] @ v["W1"])  # B24
    v["H"] = nudge("H", F(v["in_j"]))  # B17
    v["in_k"] = nudge("in_k", v["H"] @ v["W2"])  # B21
    v["Y"] = nudge("Y", F(v["in_k"]))  # B16
    v["J_k"] = nudge("J_k", 0.5 * (v["Y"] - v["d"]) ** 2)
    v["J"] = nudge("J", v["J_k"].sum())  # B18
    return v
