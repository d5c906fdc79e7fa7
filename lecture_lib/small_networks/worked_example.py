"""The lecture's numeric example: a 2-2-1 sigmoid network, every value by its name (N1-N19).

    in_H1 = W1 X1 + W2 X2 + B1    in_H2 = W3 X1 + W4 X2 + B1    in_o = W5 out_H1 + W6 out_H2 + B2

Written out one scalar at a time, as in the lecture; the tests hold it against `network`. The hidden
units keep a bias each (B1_H1, B1_H2); what happens to the biases in an update is a choice (K36,
K41): "frozen" as in the lecture, "separate" for each its own gradient, "shared" for one B1 with the
summed gradient.
"""

from math import exp

from lecture_lib import check

INPUTS = {"X1": 0.05, "X2": 0.10, "target": 0.01}
WEIGHTS = {
    "W1": 0.15,
    "W2": 0.20,
    "W3": 0.25,
    "W4": 0.30,
    "W5": 0.40,
    "W6": 0.45,
    "B1_H1": 0.35,
    "B1_H2": 0.35,
    "B2": 0.60,
}
GAMMA = 0.5  # never stated in the lecture; its 0.408 for W6 needs 0.4960 < gamma <= 0.5081 (K39)
BIASES = ("frozen", "separate", "shared")
MAX_UPDATES = 10_000

# What the transcript has, by the name it belongs to here. Where it makes a difference, they are cut
# off, not rounded (K37).
PRINTED = {
    "in_H1": "0.3775",
    "out_H1": "0.593",
    "out_H2": "0.596",
    "in_o": "1.105",
    "E": "0.274",
    "dE_dout_o": "0.741",
    "dout_o_din_o": "0.186",
    "dE_dW5": "0.082",
    "W6_new": "0.408",
    "dE_dout_H1": "0.55",
    "dout_H1_din_H1": "0.241",
    "dE_dW1": "0.0006",
}


def _sigmoid(x):
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))


def _slope(total, out):
    """The sigmoid's derivative out (1 - out) at a sum; 1 - out is the sigmoid of minus the sum,
    which keeps its digits where out is almost 1.
    """
    return out * _sigmoid(-total)


def forward(X1, X2, target, W1, W2, W3, W4, W5, W6, B1_H1, B1_H2, B2):
    """The forward pass, N4-N9: a dict with in_ and out_ of H1, H2 and o, and the error E."""
    v = {}
    v["in_H1"] = W1 * X1 + W2 * X2 + B1_H1  # N4
    v["out_H1"] = _sigmoid(v["in_H1"])  # N5
    v["in_H2"] = W3 * X1 + W4 * X2 + B1_H2  # N6
    v["out_H2"] = _sigmoid(v["in_H2"])
    v["in_o"] = W5 * v["out_H1"] + W6 * v["out_H2"] + B2  # N7
    v["out_o"] = _sigmoid(v["in_o"])  # N8
    v["target_minus_out"] = target - v["out_o"]
    v["E"] = 0.5 * v["target_minus_out"] ** 2  # N9
    return v


def backward(v, X1, X2, W5, W6):
    """The backward pass, N10-N19: a dict with every factor and every gradient, from the values `v`
    of `forward`.

    W5 and W6 are the old ones: every delta is computed before any update (K43).
    """
    g = {}
    # N10, N11; the minus is that of d(target - out)/d(out): K42
    g["dE_dout_o"] = -v["target_minus_out"]
    g["dout_o_din_o"] = _slope(v["in_o"], v["out_o"])  # N11
    g["delta_o"] = g["dE_dout_o"] * g["dout_o_din_o"]

    # N14: the hidden weights reach the error through out_H1 and out_H2.
    g["dE_dout_H1"] = g["delta_o"] * W5  # N15
    g["dout_H1_din_H1"] = _slope(v["in_H1"], v["out_H1"])  # N16
    g["delta_H1"] = g["dE_dout_H1"] * g["dout_H1_din_H1"]

    g["dE_dout_H2"] = g["delta_o"] * W6
    g["dout_H2_din_H2"] = _slope(v["in_H2"], v["out_H2"])
    g["delta_H2"] = g["dE_dout_H2"] * g["dout_H2_din_H2"]
    return g | _weight_gradients(v, g, X1, X2) | _bias_gradients(g)


def _weight_gradients(v, g, X1, X2):
    """dE/dW of the six weights by name: the delta of the unit that a weight leads to, times what
    comes out of the unit that it starts from.
    """
    return {
        "dE_dW1": g["delta_H1"] * X1,  # N17, N18
        "dE_dW2": g["delta_H1"] * X2,
        "dE_dW3": g["delta_H2"] * X1,
        "dE_dW4": g["delta_H2"] * X2,
        "dE_dW5": g["delta_o"] * v["out_H1"],  # N12
        "dE_dW6": g["delta_o"] * v["out_H2"],  # N13
    }


def _bias_gradients(g):
    """dE/dB by name: the delta of the unit, for a bias starts from a constant 1."""
    return {
        "dE_dB1_H1": g["delta_H1"],
        "dE_dB1_H2": g["delta_H2"],
        "dE_dB1_shared": g["delta_H1"] + g["delta_H2"],
        "dE_dB2": g["delta_o"],
    }


def _update(weights, g, gamma, biases):
    """The new weights by name: w - gamma dE/dw (N13, N19), the biases as `biases` says."""
    gradient = {name: g[f"dE_d{name}"] for name in weights}
    if biases == "frozen":
        gradient |= {"B1_H1": 0.0, "B1_H2": 0.0, "B2": 0.0}
    if biases == "shared":
        gradient |= {"B1_H1": g["dE_dB1_shared"], "B1_H2": g["dE_dB1_shared"]}
    return {name: w - gamma * gradient[name] for name, w in weights.items()}


def example(gamma=GAMMA, biases="frozen", **values):
    """Every intermediate value of one update, a dict by the lecture's own names; `values` replace
    X1, X2, target, W1..W6, B1_H1, B1_H2, B2.

    With biases="shared", B1_H1 is the B1 of both hidden units. New weights are called W1_new, ...
    Raises ValueError or TypeError for another name or a value that is no number.
    """
    gamma = check.real("learning rate gamma", gamma, above=0)
    check.one_of("biases", biases, BIASES)
    inputs, weights = _choose_values(values)
    if biases == "shared":
        weights["B1_H2"] = weights["B1_H1"]
    v = forward(**inputs, **weights)
    g = backward(v, inputs["X1"], inputs["X2"], weights["W5"], weights["W6"])
    new = _update(weights, g, gamma, biases)
    return inputs | weights | v | g | {f"{name}_new": w for name, w in new.items()}


def _choose_values(values):
    """(inputs, weights) by name: the lecture's, with `values` in their place."""
    for name, value in values.items():
        check.one_of("value to set", name, (*INPUTS, *WEIGHTS))
        check.real(name, value, -1e100, 1e100)
    inputs = {name: float(values.get(name, start)) for name, start in INPUTS.items()}
    weights = {name: float(values.get(name, start)) for name, start in WEIGHTS.items()}
    return inputs, weights


def repeat(updates, gamma=GAMMA, biases="frozen", **values):
    """(errors, weights): E before and after each of `updates` updates, a list, and the weights at
    the end by name.
    """
    updates = check.integer("updates", updates, 1, MAX_UPDATES)
    first = example(gamma, biases, **values)
    inputs = {name: first[name] for name in INPUTS}
    weights = {name: first[name] for name in WEIGHTS}
    errors = []
    for _ in range(updates):
        v = forward(**inputs, **weights)
        errors.append(v["E"])
        g = backward(v, inputs["X1"], inputs["X2"], weights["W5"], weights["W6"])
        weights = _update(weights, g, gamma, biases)
    errors.append(forward(**inputs, **weights)["E"])
    return errors, weights
