"""Exercises of notebook 02: the hidden layer, the nested formula, the cost, and what can go
wrong.
"""

import numpy as np

from lecture_lib.activations import activation
from lecture_lib.exercise import Exercise

_S = activation("sigmoid")
# The hidden outputs, OR and AND, for (0, 0), (0, 1), (1, 0), (1, 1).
HIDDEN = np.array([[0.0, 0], [1, 0], [1, 0], [1, 1]])


def _networks(rng):
    """Arguments X, W_ij, W_j of 2-2-1 networks: square W_ij, so that exchanged indices give a
    number, a wrong one.
    """
    return [(rng.normal(size=2), rng.normal(size=(2, 2)), rng.normal(size=2)) for _ in range(4)]


def draw_pairs(rng):
    """Pairs of arrays of random length and content, to hold a function against the model."""
    return [tuple(rng.uniform(0.0, 1.0, (2, n))) for n in (1, 2, 3, 5)]


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

network_321 = Exercise(
    "network_321",
    "M6",
    "Write a function of X, W_ij and W_j that returns the output Y; φ is the sigmoid.",
    right=lambda X, W_ij, W_j: _S(_S(X @ W_ij) @ W_j),
    cases=_networks,
    mistakes=(
        (lambda X, W_ij, W_j: _S(X @ W_ij) @ W_j, "the activation of the output is missing."),
        (lambda X, W_ij, W_j: _S(X @ W_ij @ W_j), "the activation of the hidden units is missing."),
        (
            lambda X, W_ij, W_j: X @ W_ij @ W_j,
            "there is no activation at all; this is one linear neuron.",
        ),
        (
            lambda X, W_ij, W_j: _S(_S(W_ij @ X) @ W_j),
            "the indices are exchanged: the sum runs over the first one, i.",
        ),
        (
            lambda X, W_ij, W_j: _S(W_ij @ X) @ W_j,
            "the indices are exchanged, and the activation of the output is missing.",
        ),
        (lambda X, W_ij, W_j: _S(np.sum(W_j * X)), "this leaves out the hidden layer."),
    ),
    hints=(
        "From the inside out: first the sums of all hidden units, X @ W_ij.",
        "Then their outputs H, with the sigmoid phi.",
        "The output unit is a neuron whose inputs are H and whose weights are W_j.",
    ),
    solution="return phi(phi(X @ W_ij) @ W_j)",
)

hidden_sum = Exercise(
    "hidden_sum",
    "M7",
    "What is V₂ = W₁₂ X₁ + W₂₂ X₂ + W₃₂ X₃, the sum that reaches H₂?",
    right=-1.2,
    mistakes=(
        (-1.1, "that takes a row of the weights: the second index says which hidden unit."),
        (-1.25, "that is the sum that reaches H₁."),
        (0.0, "the last product has lost its minus: X₃ is negative."),
        (-0.6, "the last product is missing: there are three inputs."),
        (
            _S(-1.2),
            "this is the output of H₂; the question asks for the sum before the activation.",
        ),
        (1.2, "the sign is wrong."),
        (2.0, "all three minus signs are lost."),
    ),
    hints=(
        "Three products, one for each input, with the weights that lead to H₂.",
        "The weights that lead to H₂ are the second column of W_ij.",
        "X = (1, 0.5, −1) and the column is (−1, 0.8, 0.6).",
    ),
    solution="V₂ = −1 · 1 + 0.8 · 0.5 + 0.6 · (−1) = −1.2.",
    rtol=4e-3,
)

no_bias = Exercise(
    "no_bias",
    "M7",
    "Sigmoid units without biases get the input (0, 0, 0). What do the hidden units answer?",
    right="b",
    choices={"a": "0", "b": "one half", "c": "1", "d": "that depends on the weights"},
    mistakes=(
        ("a", "the sum is 0; the answer is the activation of the sum."),
        ("c", "a sigmoid is near 1 only for large sums; how large is this one?"),
        ("d", "each weight is multiplied by an input; what is left of it here?"),
    ),
    hints=(
        "Every product contains an input.",
        "So the sum is the same for all weights.",
        "What is the sigmoid of 0?",
    ),
    solution=(
        "b. The sum is 0 whatever the weights are, and σ(0) = ½; so training cannot move that"
        " point."
    ),
)

cost = Exercise(
    "cost",
    "M8",
    "Write a function of the outputs Y and the targets d of one sample that returns its cost J.",
    right=lambda Y, d: 0.5 * np.sum((Y - d) ** 2),
    cases=draw_pairs,
    mistakes=(
        (lambda Y, d: np.sum((Y - d) ** 2), "the factor one half is missing."),
        (
            lambda Y, d: 0.5 * np.mean((Y - d) ** 2),
            "the outputs of one sample are summed, not averaged.",
        ),
        (
            lambda Y, d: np.mean((Y - d) ** 2),
            "the half is missing, and the outputs are averaged instead of summed.",
        ),
        (lambda Y, d: 0.5 * np.sum(Y - d), "without a square the differences cancel."),
        (lambda Y, d: np.sum(Y - d), "the square and the factor one half are missing."),
        (
            lambda Y, d: 0.5 * np.sum(Y - d) ** 2,
            "the square came after the sum: the differences have cancelled before.",
        ),
        (
            lambda Y, d: 0.5 * np.sum(np.abs(Y - d)),
            "the size of the difference was taken, not its square.",
        ),
    ),
    hints=(
        "One difference for each output: Y − d holds them all.",
        "Square each of them before you add them up.",
        "np.sum adds; then take half of the sum.",
    ),
    solution="return 0.5 * np.sum((Y - d) ** 2)",
)

why_square = Exercise(
    "why_square",
    "M8",
    "A network answers 0.5 to all four XOR samples. What is the sum of its differences, and what is"
    " its mean J?",
    right="b",
    choices={"a": "0 and 0", "b": "0 and 0.125", "c": "2 and 0.5", "d": "2 and 0.125"},
    mistakes=(
        ("a", "the sum is right; but J is made of squares, and no square here is 0."),
        (
            "c",
            "two of the four differences are negative; and J is the mean over the samples, not the"
            " sum.",
        ),
        ("d", "J is right; but two of the four differences are negative."),
    ),
    hints=(
        "The targets are 0, 1, 1, 0. Write down the four differences Y − d, with their signs.",
        "Two of them are +½ and two are −½: add them up.",
        "The cost of one sample is half the square of its difference. All four cost the same.",
    ),
    solution=(
        "b. The differences ½, −½, −½ and ½ cancel, so their sum calls this network perfect,"
        " although it has learned nothing. Each sample costs ½ · ¼ = 0.125, and so does their mean."
    ),
)
