"""Exercises on what a hidden layer does to the samples, and what it costs."""

import numpy as np

from lecture_lib.exercise import Exercise

# The hidden outputs, OR and AND, for (0, 0), (0, 1), (1, 0), (1, 1).
HIDDEN = np.array([[0.0, 0], [1, 0], [1, 0], [1, 1]])

count_parameters = Exercise(
    "count_parameters",
    "M1",
    "How many weights and biases does a network with 4 inputs, 5 hidden units and 2 outputs have?",
    right=37,
    mistakes=(
        (30, "these are the weights; the biases are missing."),
        (41, "an input computes nothing, so it has no bias."),
        (7, "these are the biases; the weights are missing."),
        (45, "no weight leads from an input straight to an output."),
        (40, "add the numbers of weights of the two layers; do not multiply all three widths."),
        (35, "the outputs have a bias too."),
        (32, "the hidden units have a bias too."),
    ),
    hints=(
        (
            "Count the weights between inputs and hidden units first: each hidden unit has one for"
            " each input."
        ),
        "Then those between hidden units and outputs.",
        "Every unit that computes something has one bias: the hidden ones and the outputs.",
    ),
    solution="4 · 5 + 5 · 2 = 30 weights and 5 + 2 = 7 biases, 37 in all.",
)

xor_line = Exercise(
    "xor_line",
    "M3",
    "Which line in the hidden space cuts the one point of class 1 off from the others?",
    right=np.array([1.0, -1.0, -0.5]),
    seen_as=lambda line: (HIDDEN @ line[:2] + line[2] > 0).astype(float),
    mistakes=(
        (
            np.array([1.0, 1.0, -0.5]),
            "(1, 1) still gets 1; should the second hidden unit raise the sum or lower it?",
        ),
        (np.array([-1.0, 1.0, 0.5]), "the line is right, but its two sides are exchanged."),
        (np.array([0.0, 1.0, -0.5]), "only the point with both hidden units on gets 1."),
        (
            np.array([1.0, -2.0, 0.5]),
            "(0, 0) still gets 1; what is the sum if both hidden units are 0?",
        ),
        (np.array([-1.0, 0.0, 0.5]), "only the origin gets 1; which unit is on for class 1?"),
        (np.array([0.0, 0.0, -1.0]), "all points get 0; move the line."),
        (np.array([0.0, 0.0, 1.0]), "all points get 1; move the line."),
    ),
    hints=(
        "Draw the three points (0, 0), (1, 0), (1, 1) of the hidden space on paper.",
        "Class 1 is the point with H₁ on and H₂ off.",
        (
            "So W₁ is positive and W₂ is negative; the bias is negative, but smaller in size than"
            " W₁."
        ),
    ),
    solution="For example W₁ = 1, W₂ = −1, B = −0.5.",
    otherwise="Some of the four outputs are wrong; they should be 0, 1, 1, 0.",
)

shared_place = Exercise(
    "shared_place",
    "M3",
    "Three samples with targets 0, 1, 1 land on one point and the fourth is right. How low can"
    " the mean J get?",
    right=1 / 12,
    rtol=5e-3,
    mistakes=(
        (0.75 / 8, "one half is best if there are as many targets 0 as 1; here there are more 1s."),
        (1 / 9, "the mean is over all four samples; the fourth has the cost 0."),
        (1 / 6, "the factor one half of the cost is missing."),
        (1 / 3, "the costs were added up; J is their mean."),
        (1 / 8, "that is the cost of the output 1; a number between 0 and 1 costs less."),
        (2 / 3, "that is the best single output; put it into J."),
        (0.0625, "that is the cost of two samples on one point, as above; here there are three."),
    ),
    hints=(
        "The network must give one answer a to all three: write down the sum of the squares.",
        "(a − 0)² + 2 (a − 1)² is smallest where its derivative is 0: 2 a + 4 (a − 1) = 0.",
        (
            "So a is the mean of the three targets. Put it in, take half, and the mean over four"
            " samples."
        ),
    ),
    solution="a = 2/3; J = ½ · (4/9 + 1/9 + 1/9) / 4 = 1/12 ≈ 0.0833.",
)

collapse = Exercise(
    "collapse",
    "M2",
    "Write a function of W and w that returns the weights of the one neuron that does the same.",
    right=lambda W, w: W @ w,
    cases=lambda rng: [(rng.normal(size=(2, 2)), rng.normal(size=2)) for _ in range(3)],
    mistakes=(
        (lambda W, w: W.T @ w, "rows and columns are exchanged: W has one row for each input."),
        (lambda W, w: w, "these are the weights of the second layer alone."),
        (lambda W, w: W.sum(axis=1), "the weights of the output are missing."),
        (lambda W, w: W @ w / len(w), "the paths are added up, not averaged."),
    ),
    hints=(
        "How much does the output change if input i grows by 1?",
        "The change reaches the output through each hidden unit j, by W_ij and then by w_j.",
        "Each path gives a product; add these up.",
    ),
    solution="return W @ w: entry i is the sum of W_ij w_j over the hidden units j.",
)
