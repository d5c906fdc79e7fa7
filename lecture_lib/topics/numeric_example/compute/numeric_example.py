"""Every value of one update of the 2-2-1 network, beside what the lecture prints."""

from collections import namedtuple

import numpy as np

from lecture_lib.small_networks import worked_example as example

ROWS = (  # (name in the example, how the notebook writes it)
    ("in_H1", r"$in_{H1}$"),
    ("out_H1", r"$out_{H1}$"),
    ("in_H2", r"$in_{H2}$"),
    ("out_H2", r"$out_{H2}$"),
    ("in_o", r"$in_o$"),
    ("out_o", r"$out_o$"),
    ("E", r"$E$"),
    ("dE_dout_o", r"$\partial E/\partial out_o$"),
    ("dout_o_din_o", r"$\partial out_o/\partial in_o$"),
    ("dE_dW5", r"$\partial E/\partial W_5$"),
    ("dE_dW6", r"$\partial E/\partial W_6$"),
    ("dE_dout_H1", r"$\partial E/\partial out_{H1}$"),
    ("dout_H1_din_H1", r"$\partial out_{H1}/\partial in_{H1}$"),
    ("dE_dW1", r"$\partial E/\partial W_1$"),
    ("W5_new", r"new $W_5$"),
    ("W6_new", r"new $W_6$"),
)


NumericExample = namedtuple("Values", "v gamma is_lecture")


def compute_numeric_example(gamma=example.GAMMA, B1=example.WEIGHTS["B1_H1"], **settings):
    """All values `v` of one update of the 2-2-1 network; `settings` are X1, X2, target, W1..W6, B2.

    `is_lecture`: whether the settings are the lecture's own, so that its print applies.
    """
    v = example.example(gamma, B1_H1=B1, B1_H2=B1, **settings)
    lecture = example.INPUTS | example.WEIGHTS
    same = all(v[name] == lecture[name] for name in lecture)
    return NumericExample(v, gamma, same and abs(gamma - example.GAMMA) < 1e-12)


def agrees(name, value):
    """How the lecture's print of `name` relates to `value`: "rounded", "cut off", "differs" or None."""
    printed = example.PRINTED.get(name)
    if printed is None:
        return None
    places = len(printed.split(".")[1])
    if f"{value:.{places}f}" == printed:
        return "rounded"
    return (
        "cut off"
        if f"{np.floor(value * 10**places) / 10**places:.{places}f}" == printed
        else "differs"
    )
