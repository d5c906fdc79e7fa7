"""The nested formula of the lecture's 3-2-1 network, opened from the inside."""

from collections import namedtuple

import numpy as np

from lecture_lib import check
from lecture_lib.network import Params, forward, mlp

NUMBERS = {
    "X1": 1.0,
    "X2": 0.5,
    "X3": -1.0,
    "W11": 0.5,
    "W12": -1.0,
    "W21": -1.5,
    "W22": 0.8,
    "W31": 1.0,
    "W32": 0.6,
    "W1": 1.5,
    "W2": -0.5,
}
NestedFormula = namedtuple("Nested", "v step net params x")


def compute_nested_formula(step=6, activation="sigmoid", **numbers):
    """The lecture's 3-2-1 network without biases (M4): `v` holds X1..X3, W11..W32, W1, W2, which `numbers` may
    change, its sums V1, V2, V and outputs H1, H2, Y."""
    v = NUMBERS | {name: check.real(name, value) for name, value in numbers.items()}
    x, w = np.split(np.array([*v.values()]), [3])
    params = Params(
        (None, w[:6].reshape(3, 2), w[6:, None]), (None, np.zeros((1, 2)), np.zeros((1, 1)))
    )
    t = forward(net := mlp((3, 2, 1), activation, biases=False), params, x := x[None])
    found = zip(("V1", "V2", "H1", "H2", "V", "Y"), np.hstack([t.z[1], t.a[1], t.z[2], t.a[2]])[0])
    return NestedFormula(v | dict(found), check.integer("step", step, 0, 6), net, params, x)
