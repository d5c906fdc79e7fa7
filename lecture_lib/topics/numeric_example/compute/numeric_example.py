"""Every value of one update of the 2-2-1 network, beside what the lecture prints."""

from dataclasses import dataclass

import numpy as np

from lecture_lib.small_networks.worked_example import GAMMA, PRINTED, WEIGHTS, example

from .dependencies import SETTINGS, find_followers

# (name in the example, how the notebook writes it)
ROWS = (
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


@dataclass(frozen=True)
class NumericExample:
    """One update of the 2-2-1 network, beside the same with the lecture's settings."""

    v: dict  # every value by name; see worked_example.example
    before: dict  # the same with the lecture's settings
    gamma: float  # the learning rate
    moved: tuple  # names of the settings that are not the lecture's
    followers: frozenset  # names of the values that are computed from them

    @property
    def is_lecture(self):
        """Whether the settings are the lecture's own, so that its print applies."""
        return not self.moved


def compute_numeric_example(gamma=GAMMA, B1=WEIGHTS["B1_H1"], **settings):
    """The NumericExample with one B1 for both hidden units; `settings` are X1, X2, target, W1..W6,
    B2 (N1-N19).
    """
    v = example(gamma, B1_H1=B1, B1_H2=B1, **settings)
    before = example(GAMMA)
    moved = []
    for name in SETTINGS:
        key = "B1_H1" if name == "B1" else name
        is_moved = abs(gamma - GAMMA) > 1e-12 if name == "gamma" else v[key] != before[key]
        if is_moved:
            moved.append(name)
    moved = tuple(moved)
    return NumericExample(v, before, gamma, moved, find_followers(moved))


def agrees(name, value):
    """How the lecture's print of `name` relates to `value`: "rounded", "cut off", "differs", or
    None without print.
    """
    printed = PRINTED.get(name)
    if printed is None:
        return None
    places = len(printed.split(".")[1])
    if f"{value:.{places}f}" == printed:
        return "rounded"
    cut = np.floor(value * 10**places) / 10**places
    if f"{cut:.{places}f}" == printed:
        return "cut off"
    return "differs"
