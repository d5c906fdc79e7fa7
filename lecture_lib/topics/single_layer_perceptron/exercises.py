"""Exercises of notebook 01: one neuron, the line it draws, the rule that trains it, and its
limits.
"""

import numpy as np

from lecture_lib.data import gate
from lecture_lib.exercise import Exercise
from lecture_lib.perceptron import output

# What OR and AND answer to (0, 0), (0, 1), (1, 0), (1, 1).
EITHER_BOTH = np.array([[0.0, 0], [1, 0], [1, 0], [1, 1]])


def _neurons(rng):
    """Arguments W, X, B with whole numbers; the first three give a sum of exactly 0."""
    on_the_line = [
        (np.array([1.0, w]), np.array([x, 1.0]), -x - w)
        for w, x in ((2.0, 3.0), (-1.0, 4.0), (3.0, -2.0))
    ]
    return on_the_line + [
        (*rng.integers(-4, 5, (2, 3)).astype(float), float(rng.integers(-4, 5))) for _ in range(20)
    ]


def _steps(rng):
    """Arguments W, x, d, gamma of the learning rule: x starts with the constant 1; one sample lies
    on the line.
    """
    free = [
        (
            rng.normal(size=3),
            np.array([1.0, *rng.normal(size=2)]),
            k % 2,
            float(rng.uniform(0.1, 2)),
        )
        for k in range(12)
    ]
    return [(np.array([-1.0, 1.0, 1.0]), np.array([1.0, 2.0, -1.0]), 0, 0.5), *free]


def _error(W, x, d):
    return d - int(W @ x > 0)


def draw_bits(rng):
    """Pairs of random rows of 0 and 1, to hold a function against the model."""
    return [tuple(rng.integers(0, 2, (2, n)).astype(float)) for n in (4, 5, 8, 10)]


neuron_sum = Exercise(
    "neuron_sum",
    "S2",
    "X = (3, −1, 2), W = (0.5, 2, −1), B = 0.75: what is the sum V that reaches the activation?",
    right=-1.75,
    mistakes=(
        (-2.5, "the bias is missing."),
        (6.25, "a minus was lost; look at the sign of each product."),
        (-3.25, "the bias has the wrong sign; it is added like the products."),
        (0.0, "that is the output of the step; the question asks for the sum before the step."),
        (5.5, "the minus signs of the products are lost, and the bias is missing."),
    ),
    hints=(
        "Make one product for each input, with its own weight.",
        "The products are 1.5, −2 and −2; each keeps its sign.",
        "Add the three products, then the bias.",
    ),
    solution="V = 0.5 · 3 + 2 · (−1) + (−1) · 2 + 0.75 = −1.75.",
)

step_neuron = Exercise(
    "step_neuron",
    "S6",
    "Write a function of weights W, inputs X and bias B that returns the answer 1 or 0.",
    right=lambda W, X, B: int(W @ X + B > 0),
    cases=_neurons,
    mistakes=(
        (
            lambda W, X, B: int(W @ X + B >= 0),
            "a point exactly on the line is answered wrongly; what is the step of V = 0?",
        ),
        (lambda W, X, B: int(W @ X > 0), "the bias is missing."),
        (lambda W, X, B: W @ X + B, "this is the sum; the activation is still to come."),
        (lambda W, X, B: int(W @ X + B <= 0), "0 and 1 are exchanged."),
        (
            lambda W, X, B: int(W @ X - B > 0),
            "the bias has the wrong sign, or stands on the wrong side.",
        ),
        (lambda W, X, B: np.sign(W @ X + B), "the two answers are 1 and 0; this also says −1."),
    ),
    hints=(
        "First the sum of the products and the bias: W @ X is the sum of the products.",
        "Then compare the sum with 0; int(...) turns True and False into 1 and 0.",
        "On the line itself the sum is 0; read again which answer the step gives there.",
    ),
    solution="return int(W @ X + B > 0)",
)

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

step_by_hand = Exercise(
    "step_by_hand",
    "S12",
    "W = (B, W₁, W₂) = (0.5, 1, −2), γ = 0.5, X = (2, 1), d = 0: what is W after this step?",
    right=np.array([0.0, 0.0, -2.5]),
    rtol=1e-6,
    mistakes=(
        (np.array([1.0, 2.0, -1.5]), "the sign: the error is desired minus actual."),
        (np.array([-0.5, -1.0, -3.0]), "the learning rate is missing."),
        (np.array([0.0, 0.5, -2.5]), "the input is missing; each weight moves by its own input."),
        (np.array([0.5, 0.0, -2.5]), "the bias learns as well; think of its constant input."),
        (
            np.array([0.5, 1.0, -2.0]),
            "nothing has changed; is the sum above 0, and what should the output be?",
        ),
    ),
    hints=(
        "First V = B + W₁ X₁ + W₂ X₂, and from it the answer y.",
        "The error is d − y, and the input of the bias is the constant 1.",
        "The step is γ (d − y) times (1, X₁, X₂); add it to (B, W₁, W₂).",
    ),
    solution=(
        "V = 0.5 + 2 − 2 = 0.5 > 0, so y = 1 and d − y = −1; W = (0.5, 1, −2) − 0.5 · (1, 2, 1) ="
        " (0, 0, −2.5)."
    ),
)

learning_rule = Exercise(
    "learning_rule",
    "S12",
    "Write a function of W, x, d and gamma that returns W after the sample x was shown.",
    right=lambda W, x, d, gamma: W + gamma * _error(W, x, d) * x,
    cases=_steps,
    mistakes=(
        (
            lambda W, x, d, gamma: W - gamma * _error(W, x, d) * x,
            "the sign is wrong: this step makes a mistake worse.",
        ),
        (lambda W, x, d, gamma: W + _error(W, x, d) * x, "the learning rate is missing."),
        (
            lambda W, x, d, gamma: W + gamma * _error(W, x, d),
            "the input is missing: all weights move by the same amount.",
        ),
        (
            lambda W, x, d, gamma: W + gamma * (d - W @ x) * x,
            "the error is the target minus the output 0 or 1, not minus the sum.",
        ),
        (
            lambda W, x, d, gamma: W + gamma * (d - (W @ x >= 0)) * x,
            "one sample lies exactly on the line; what does the step answer there?",
        ),
        (
            lambda W, x, d, gamma: W + gamma * d * x,
            "this changes W even where the output was right; use the error, not the target.",
        ),
        (
            lambda W, x, d, gamma: W + gamma * _error(W, x, d) * x * [0, 1, 1],
            "the bias, the first weight, does not learn.",
        ),
        (
            lambda W, x, d, gamma: gamma * _error(W, x, d) * x,
            "this is the change; the old weights are missing.",
        ),
    ),
    hints=(
        (
            "First the answer y of the neuron: 1 if W @ x is above 0, else 0. The bias is in W"
            " already."
        ),
        "Then the error, desired minus actual: one of −1, 0, 1.",
        "The new weights are the old ones plus the learning rate times the error times the sample.",
    ),
    solution="return W + gamma * (d - int(W @ x > 0)) * x",
)

mean_error = Exercise(
    "mean_error",
    "S14",
    "Write a function of targets d and answers y that returns the cost that training brings down.",
    right=lambda d, y: np.abs(d - y).mean(),
    cases=draw_bits,
    mistakes=(
        (lambda d, y: (d - y).mean(), "errors of both signs cancel here."),
        (
            lambda d, y: abs((d - y).mean()),
            "the absolute value comes too late: the errors have cancelled before it.",
        ),
        (lambda d, y: (y - d).mean(), "errors of both signs cancel here, and the sign is wrong."),
        (lambda d, y: np.abs(d - y).sum(), "the mistakes are added up; take their mean."),
        (lambda d, y: np.abs(d - y).mean() / 2, "there is a factor ½ too many."),
    ),
    hints=(
        "An error is −1, 0 or 1; its size is 0 or 1.",
        "np.abs takes the sizes, of all samples at once.",
        "The mean of the sizes is the fraction of wrong answers.",
    ),
    solution="return np.abs(d - y).mean()",
)

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
        "Two of the lecture's drawbacks are meant: two answers only, and simple problems only.",
        "The answers: which values does the sigmoid take?",
        "The border: σ(V) = ½ exactly where V = 0.",
    ),
    solution=("b. The step causes the two answers; the single layer causes the straight border."),
)
