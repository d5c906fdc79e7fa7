"""Exercises on the line that a neuron draws."""

import numpy as np

from lecture_lib.data import gate
from lecture_lib.exercise import Exercise
from lecture_lib.perceptron import output

moved_line = Exercise(
    "moved_line",
    "S7",
    "What does the line do when W is doubled and B gets the opposite sign?",
    right="b",
    choices={
        "a": "it stays",
        "b": "it moves to the other side of the origin, half as far away",
        "c": "it moves to the other side of the origin, twice as far away",
        "d": "it turns",
    },
    mistakes=(
        ("a", "the line stays only if W and B change by the same factor."),
        ("c", "the side is right; but does a longer W push the line away, or bring it nearer?"),
        (
            "d",
            "the line turns only if W gets another direction, and doubling W keeps its direction.",
        ),
    ),
    hints=(
        "The line is at s = −B / ‖W‖; what does each of the two changes do to s?",
        "The numerator changes its sign, and the denominator is doubled.",
        "Try it in the picture: length 2 and bias 1.",
    ),
    solution="b. s = −B / ‖W‖ becomes B / (2 ‖W‖): the opposite sign, and half the size.",
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
