"""The formulas of notebook 04, each with its check: the library's values at random inputs and
weights.
"""

import numpy as np

from lecture_lib.small_networks.worked_example import INPUTS, WEIGHTS, example
from shared.numerical_derivative import assert_equal_sides, central_difference


def each_case(check):
    """Run a check on ten settings of all inputs, weights and biases, with the library's values for
    them.
    """

    def over():
        for seed in range(10):
            given = dict(
                zip(INPUTS | WEIGHTS, np.random.default_rng(seed).uniform(-2, 2, 12).tolist())
            )
            check(given, example(**given))

    return over


def sigma(x):
    return 1 / (1 + np.exp(-x))


def nudged(name, given):
    """dE/d(name) by central differences."""
    return central_difference(lambda w: example(**given | {name: w})["E"], given[name])


def close(*sides):
    assert_equal_sides(*sides, rtol=1e-7, atol=1e-10)


@each_case
def hidden(g, v):
    close(v["in_H1"], g["W1"] * g["X1"] + g["W2"] * g["X2"] + g["B1_H1"] * 1)
    close(v["out_H1"], 1 / (1 + np.exp(-v["in_H1"])))


@each_case
def output(g, v):
    close(v["in_o"], g["W5"] * v["out_H1"] + g["W6"] * v["out_H2"] + g["B2"] * 1)
    close(v["out_o"], 1 / (1 + np.exp(-v["in_o"])))


@each_case
def error(g, v):
    close(v["E"], 0.5 * (g["target"] - v["out_o"]) ** 2)


@each_case
def gradient_of_W5(g, v):
    one = central_difference(lambda y: 0.5 * (g["target"] - y) ** 2, v["out_o"])
    two = central_difference(sigma, v["in_o"])
    three = central_difference(lambda w: w * v["out_H1"] + g["W6"] * v["out_H2"] + g["B2"], g["W5"])
    close(
        nudged("W5", g),
        one * two * three,
        (v["out_o"] - g["target"]) * v["out_o"] * (1 - v["out_o"]) * v["out_H1"],
        v["dE_dW5"],
    )


@each_case
def gradient_of_W1(g, v):
    def E_of_out_H1(y):
        return 0.5 * (g["target"] - sigma(g["W5"] * y + g["W6"] * v["out_H2"] + g["B2"])) ** 2

    first = central_difference(E_of_out_H1, v["out_H1"])
    close(nudged("W1", g), first * central_difference(sigma, v["in_H1"]) * g["X1"], v["dE_dW1"])
    close(first, v["dE_dout_o"] * v["dout_o_din_o"] * g["W5"], v["dE_dout_H1"])


FORMULAS = {
    "hidden-unit": (
        r"""in_{H1} = W_1 X_1 + W_2 X_2 + B_1 \cdot 1,
        \qquad out_{H1} = \frac{1}{1 + e^{-in_{H1}}}""",
        hidden,
    ),
    "output-unit": (
        r"""in_o = W_5\, out_{H1} + W_6\, out_{H2} + B_2 \cdot 1,
        \qquad out_o = \frac{1}{1 + e^{-in_o}}""",
        output,
    ),
    "error": (r"E = \tfrac12 (t - out_o)^2", error),
    "gradient-of-w5": (
        r"""\frac{\partial E}{\partial W_5} = \frac{\partial E}{\partial out_o}
        \cdot \frac{\partial out_o}{\partial in_o} \cdot \frac{\partial in_o}{\partial W_5}""",
        gradient_of_W5,
    ),
    "gradient-of-w5-written-out": (
        r"""\frac{\partial E}{\partial W_5} = (out_o - t)\; out_o (1 - out_o)\; out_{H1}""",
        gradient_of_W5,
    ),
    "gradient-of-w1": (
        r"""\frac{\partial E}{\partial W_1} = \frac{\partial E}{\partial out_{H1}}
        \cdot \frac{\partial out_{H1}}{\partial in_{H1}} \cdot \frac{\partial in_{H1}}{\partial W_1},
        \qquad \frac{\partial E}{\partial out_{H1}} = \frac{\partial E}{\partial out_o}
        \frac{\partial out_o}{\partial in_o}\, W_5""",
        gradient_of_W1,
    ),
}
