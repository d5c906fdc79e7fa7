"""The lecture's 3-2-1 network without biases, whose output is one nested formula (M4-M7).

V_j = sum_i W_ij X_i,   H_j = phi(V_j),   V = W_1 H_1 + W_2 H_2,   Y = phi(V)
"""

import numpy as np

from lecture_lib import check
from lecture_lib.network import Params, forward, mlp

INPUTS = {"X1": 1.0, "X2": 0.5, "X3": -1.0}
WEIGHTS = {
    "W11": 0.5,
    "W12": -1.0,
    "W21": -1.5,
    "W22": 0.8,
    "W31": 1.0,
    "W32": 0.6,
    "W1": 1.5,
    "W2": -0.5,
}
NUMBERS = INPUTS | WEIGHTS


def choose_numbers(numbers):
    """Inputs and weights by name, with `numbers` in the place of those of NUMBERS; TypeError for
    what is no number.
    """
    return NUMBERS | {name: check.real(name, value) for name, value in numbers.items()}


def build_network(v, activation="sigmoid"):
    """(net, params, x) of `network` for inputs and weights by name."""
    net = mlp((3, 2, 1), activation, biases=False)
    x = np.array([[v["X1"], v["X2"], v["X3"]]])
    hidden = np.array([[v["W11"], v["W12"]], [v["W21"], v["W22"]], [v["W31"], v["W32"]]])
    output = np.array([[v["W1"]], [v["W2"]]])
    params = Params((None, hidden, output), (None, np.zeros((1, 2)), np.zeros((1, 1))))
    return net, params, x


def compute_values(v, activation="sigmoid"):
    """`v` with the sums V1, V2, V and the outputs H1, H2, Y (M5-M7)."""
    trace = forward(*build_network(v, activation))
    (V1, V2), (H1, H2) = trace.z[1][0], trace.a[1][0]
    return v | {
        "V1": V1,
        "V2": V2,
        "H1": H1,
        "H2": H2,
        "V": trace.z[2][0, 0],
        "Y": trace.a[2][0, 0],
    }
