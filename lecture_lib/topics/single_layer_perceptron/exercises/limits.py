"""Exercises on what one neuron cannot do, and the way out."""

import numpy as np

from lecture_lib.exercise import Exercise
from lecture_lib.perceptron import output

# What OR and AND answer to (0, 0), (0, 1), (1, 0), (1, 1).
EITHER_BOTH = np.array([[0.0, 0], [1, 0], [1, 0], [1, 1]])

xor_output = Exercise(
    "xor_output",
    "S20",
    "Which weights of the last neuron turn the answers of OR and AND into XOR?",
    right=np.array([-0.5, 1.0, -1.0]),
    seen_as=lambda line: output(line, EITHER_BOTH),
    mistakes=(
        (
            np.array([-0.5, 1.0, 1.0]),
            "(1, 1) still gets 1; should the answer of AND raise the sum or lower it?",
        ),
        (np.array([0.5, -1.0, 1.0]), "the outputs are those of XOR with 0 and 1 exchanged."),
        (np.array([-0.5, 0.0, 1.0]), "the last neuron uses AND only."),
        (
            np.array([0.5, 1.0, -2.0]),
            "(0, 0) still gets 1; what is the sum if neither OR nor AND is 1?",
        ),
        (np.array([0.5, -1.0, 0.0]), "only (0, 0) gets 1; the weight of OR has the wrong sign."),
        (np.array([-1.0, 0.0, 0.0]), "the output is always 0; the bias is too low."),
        (np.array([1.0, 0.0, 0.0]), "the output is always 1; the bias is too high."),
    ),
    hints=(
        "List the pairs (OR, AND) that occur: there are only three.",
        "The answer should be 1 for one of these pairs. Draw the three points, and a line.",
        (
            "OR gets a positive weight, AND a negative one; the bias is between 0 and minus the"
            " weight of OR."
        ),
    ),
    solution="For example B = −0.5, W₁ = 1, W₂ = −1: OR, but not AND.",
    otherwise="Some of the four outputs are wrong; they should be 0, 1, 1, 0.",
)

sigmoid_layer = Exercise(
    "sigmoid_layer",
    "S16",
    "A single layer gets a sigmoid in place of the step. What changes?",
    right="b",
    choices={
        "a": "it can learn XOR",
        "b": "its answers are graded, the border stays straight",
        "c": "its border is curved",
        "d": "nothing",
    },
    mistakes=(
        ("a", "XOR needs a border that is not straight; where is the sigmoid above one half?"),
        (
            "c",
            (
                "the sigmoid is above one half exactly where the sum is above 0; what is the"
                " shape of that border?"
            ),
        ),
        ("d", "look at the answers themselves: are they still 0 and 1 only?"),
    ),
    hints=(
        "This is about two of the lecture's drawbacks: two answers only, and simple problems only.",
        "The answers: which values does the sigmoid take?",
        "The border: σ(V) = ½ exactly where V = 0.",
    ),
    solution=("b. The step causes the two answers; the single layer causes the straight border."),
)
