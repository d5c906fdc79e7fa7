"""Exercises on the line that a neuron draws."""

import numpy as np

from lecture_lib.data import gate
from lecture_lib.exercise import Exercise
from lecture_lib.perceptron import output

doubled_line = Exercise(
    "doubled_line",
    "S7",
    "What does the line do when W and B are both doubled?",
    right="c",
    choices={
        "a": "it moves twice as far away",
        "b": "it comes nearer to the origin",
        "c": "it stays",
        "d": "it turns",
    },
    mistakes=(
        ("a", "doubling the bias alone would do that; what does doubling W do?"),
        ("b", "doubling W alone would do that; what does doubling the bias do?"),
        (
            "d",
            "the line turns only if W gets another direction, and doubling W keeps its direction.",
        ),
    ),
    hints=(
        "On the line the sum is 0; what is the double of 0?",
        "In B / ‖W‖ the numerator and the denominator change by the same factor.",
        "Try it in the picture: length 2 and bias −2.",
    ),
    solution="c. The sum doubles everywhere, so it is 0 at the same points.",
)

line_offset = Exercise(
    "line_offset",
    "S7",
    "Write a function of W and B that returns the place of the line, from the origin along W.",
    right=lambda W, B: -B / np.linalg.norm(W),
    cases=lambda rng: [(rng.normal(size=2) + 0.2, float(rng.normal())) for _ in range(4)],
    mistakes=(
        (
            lambda W, B: B / np.linalg.norm(W),
            "the sign is wrong: if B > 0, the origin gets 1, so the line is behind you.",
        ),
        (
            lambda W, B: abs(B) / np.linalg.norm(W),
            "this is the distance, which is never negative; s is negative if you walk against W.",
        ),
        (lambda W, B: -B, "this is right only if W has length 1."),
        (lambda W, B: -B / (W @ W), "you divided by the square of the length of W; take the root."),
        (lambda W, B: -B / np.abs(W).sum(), "the length of W is not the sum of its entries."),
        (
            lambda W, B: -B * np.linalg.norm(W),
            "a longer W should bring the line nearer, not push it away.",
        ),
    ),
    hints=(
        "Walk from the origin along W: after the distance s you are at s · W / ‖W‖.",
        "Put this point into W · X + B and ask where the result is 0.",
        "W · W / ‖W‖ is ‖W‖; np.linalg.norm(W) computes it.",
    ),
    solution="return -B / np.linalg.norm(W): from s ‖W‖ + B = 0.",
)

nand_line = Exercise(
    "nand_line",
    "S8",
    "Which B, W₁ and W₂ make the neuron answer NAND?",
    right=np.array([1.5, -1.0, -1.0]),
    seen_as=lambda line: output(line, gate("NAND").x),
    mistakes=(
        (
            np.array([-1.5, 1.0, 1.0]),
            "this neuron answers AND: the line is in the right place, but its sides are exchanged.",
        ),
        (
            np.array([-0.5, 1.0, 1.0]),
            "this neuron answers OR; more than one point is on the wrong side.",
        ),
        (
            np.array([0.5, -1.0, -1.0]),
            "the line cuts off one corner, but it is not the one that should get 0.",
        ),
        (np.array([1.0, 0.0, 0.0]), "all four points get 1; move the line."),
        (np.array([-1.0, 0.0, 0.0]), "all four points get 0; move the line."),
        (
            np.array([0.5, 0.0, -1.0]),
            "only the second input counts; the line is parallel to an axis.",
        ),
        (
            np.array([0.5, -1.0, 0.0]),
            "only the first input counts; the line is parallel to an axis.",
        ),
    ),
    hints=(
        "Draw the four points; one of them has to be alone on its side.",
        "Compare NAND with AND, point by point.",
        (
            "Which change of W and B exchanges the two sides of a line and leaves the line where"
            " it is?"
        ),
    ),
    solution="For example B = 1.5, W₁ = −1, W₂ = −1: the weights of AND with all signs changed.",
    otherwise="Some of the four outputs are wrong; they should be 1, 1, 1, 0.",
)
