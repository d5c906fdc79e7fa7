"""Exercises on the learning rule, and when to stop."""

import numpy as np

from lecture_lib.exercise import Exercise


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
