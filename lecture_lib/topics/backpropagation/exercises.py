"""Exercises of notebook 03: learning rates, the errors of output and hidden units, the gradient
check.
"""

import numpy as np

from lecture_lib.exercise import Exercise


def _net(rng):
    """Outputs H of three units, their weights W[j, k] into three more, and those units' delta_k."""
    return rng.uniform(0.05, 0.95, 3), rng.normal(size=(3, 3)), rng.normal(size=3)


def _bumpy(rng):
    """A cost J of a 2 x 3 array in which no entry is like another, a place in it, and a wide nudge
    h.
    """
    A, B = rng.normal(size=(2, 2, 3))
    return (
        lambda W: float(np.sum(np.sin(A * W) + B * W**2) + np.prod(W[0])),
        rng.normal(size=(2, 3)),
        0.1,
    )


def _slopes(quotient):
    """A gradient check that puts quotient(J, W, n, h) for every place, n being 1 at that place and
    0 elsewhere.
    """

    def check(J, W, h):
        ones = np.eye(W.size).reshape(W.size, *W.shape)
        return np.array([quotient(J, W, one, h) for one in ones]).reshape(W.shape)

    return check


def _forgetful(J, W, h):
    W = W.copy()
    slopes = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        W[place] += h
        up = J(W)
        W[place] -= 2 * h
        slopes[place] = (up - J(W)) / (2 * h)
    return slopes


which_path = Exercise(
    "which_path",
    "B12",
    "A bowl has the curvature λ = 2, and γ is 0.9. What does the path do?",
    choices={
        "A": "walk straight to the minimum",
        "B": "swing from side to side and arrive",
        "C": "swing for ever",
        "D": "leave the bowl",
    },
    right="B",
    mistakes=(
        ("A", "the factor 1 − γλ is negative here, so each step crosses the minimum."),
        ("C", "that needs a factor of size exactly 1; how large is 1 − γλ?"),
        ("D", "that needs a factor larger than 1 in size; how large is 1 − γλ?"),
    ),
    hints=(
        "One step multiplies the distance to the minimum by 1 − γλ.",
        (
            "The sign of that factor says on which side the next point is, its size whether it is"
            " nearer."
        ),
        "Compare γ with 1/λ and with 2/λ.",
    ),
    solution=(
        "B: the factor is 1 − 1.8 = −0.8, so the side changes each time and the distance shrinks by"
        " a fifth."
    ),
)

one_step_rate = Exercise(
    "one_step_rate",
    "B13",
    "A bowl has the curvature λ = 4. Which γ reaches the minimum in one step from anywhere?",
    right=0.25,
    mistakes=(
        (1.0, "that is the rate for λ = 1; this bowl is four times as steep."),
        (4.0, "that is λ itself; the steeper the bowl, the smaller the step must be."),
        (0.5, "with this rate the path swings for ever; any larger rate diverges."),
        (-0.25, "the sign is wrong; the update rule has the minus already."),
    ),
    otherwise="Put your γ into 1 − γλ: nothing of the distance may be left.",
    hints=(
        "The distance after a step is (1 − γλ) times the distance before.",
        "In one step means: that factor is 0.",
        "Solve 1 − γ · 4 = 0.",
    ),
    solution="γ = 1/λ = 0.25, for then 1 − γλ = 0.",
)

delta_output = Exercise(
    "delta_output",
    "B23",
    "Write a function of the outputs Y and the targets d that returns δ_k = ∂J/∂in_k.",
    right=lambda Y, d: (Y - d) * Y * (1 - Y),
    cases=lambda rng: [tuple(rng.uniform(0.05, 0.95, (2, 3))) for _ in range(3)],
    mistakes=(
        (
            lambda Y, d: (d - Y) * Y * (1 - Y),
            "the sign is wrong: J falls when Y moves towards d.",
        ),
        (lambda Y, d: Y - d, "the derivative of the sigmoid is missing."),
        (lambda Y, d: d - Y, "the sign is wrong, and the derivative of the sigmoid is missing."),
        (
            lambda Y, d: ((Y - d) * Y * (1 - Y)).mean() + 0 * Y,
            "each output unit has a δ of its own: no mean.",
        ),
    ),
    hints=(
        "J is half the squared error; what is its derivative by Y_k alone?",
        "in_k affects J only through Y_k = σ(in_k), so the chain rule has two factors.",
        "σ' can be read off the output: it is Y_k times one minus Y_k.",
    ),
    solution=(
        "δ_k = (Y_k − d_k) Y_k (1 − Y_k): the derivative of ½ (Y_k − d_k)² times the derivative of"
        " the sigmoid."
    ),
)

delta_hidden = Exercise(
    "delta_hidden",
    "B25",
    "Write a function of H, W (from j to k) and the δ_k that returns δ_j = ∂J/∂in_j.",
    right=lambda H, W, delta: H * (1 - H) * (W @ delta),
    cases=lambda rng: [_net(rng) for _ in range(3)],
    mistakes=(
        (lambda H, W, delta: W @ delta, "the derivative of the hidden unit is missing."),
        (
            lambda H, W, delta: H * (1 - H) * (W.T @ delta),
            "the indices are transposed; δ_j needs the weights that leave unit j.",
        ),
        (
            lambda H, W, delta: W.T @ delta,
            "the indices are transposed, and a derivative is missing.",
        ),
        (
            lambda H, W, delta: H * (1 - H) * (W @ delta) / 3,
            "the paths are averaged; their slopes add up.",
        ),
        (
            lambda H, W, delta: (1 - H**2) * (W @ delta),
            "that is the slope of tanh; these units are sigmoids.",
        ),
        (
            lambda H, W, delta: H * (W @ delta),
            "only half of the derivative of the sigmoid is there.",
        ),
        (
            lambda H, W, delta: -H * (1 - H) * (W @ delta),
            "the sign is wrong; the δ_k have it already.",
        ),
    ),
    hints=(
        "in_j affects J on one path through each unit k; the slopes of the paths add up.",
        "A path multiplies three factors: δ_k, the weight W_jk, and the derivative of the unit j.",
        "The sum over k of W_jk δ_k for all j at once is a product of a matrix and a vector.",
    ),
    solution="δ_j = H_j (1 − H_j) Σ_k W_jk δ_k, in code H * (1 - H) * (W @ delta).",
)

own_update = Exercise(
    "own_update",
    "B5",
    "Write a function that returns the new weights of a layer after one step of gradient descent.",
    right=lambda W, delta, inputs, gamma: W - gamma * np.outer(inputs, delta),
    cases=lambda rng: [
        (rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=3), 0.5) for _ in range(3)
    ],
    mistakes=(
        (
            lambda W, delta, inputs, gamma: W + gamma * np.outer(inputs, delta),
            "the sign is wrong: this step goes uphill.",
        ),
        (
            lambda W, delta, inputs, gamma: W - np.outer(inputs, delta),
            "the learning rate is missing.",
        ),
        (
            lambda W, delta, inputs, gamma: W - gamma * np.outer(delta, inputs),
            "rows and columns are exchanged: W has one row for each input.",
        ),
        (
            lambda W, delta, inputs, gamma: W - gamma * inputs * delta,
            "W has one slope for each pair of an input and a δ; np.outer makes all pairs.",
        ),
        (
            lambda W, delta, inputs, gamma: W - gamma * delta,
            "the inputs are missing: each slope is δ times the input of that weight.",
        ),
        (
            lambda W, delta, inputs, gamma: -gamma * np.outer(inputs, delta),
            "that is the step; the old weights are missing.",
        ),
    ),
    hints=(
        "The slope of the weight from input i to unit j is δ_j times input i.",
        "np.outer(inputs, delta) holds these products, one row for each input.",
        "The new weights are the old ones minus gamma times these slopes.",
    ),
    solution="return W - gamma * np.outer(inputs, delta)",
)

delta_1 = Exercise(
    "delta_1",
    "B32",
    "Write a function that returns δ₁ of the illustration, each derivative F′ where it belongs.",
    right=lambda W14, W15, W46, W56, F4, F5, F6, delta: (
        W14 * F4 * W46 * F6 * delta + W15 * F5 * W56 * F6 * delta
    ),
    cases=lambda rng: [tuple(rng.uniform(0.1, 0.9, 8)) for _ in range(4)],
    mistakes=(
        (
            lambda W14, W15, W46, W56, F4, F5, F6, delta: (W14 * W46 + W15 * W56) * delta,
            "all three derivatives are missing; this is the rule as spoken.",
        ),
        (
            lambda W14, W15, W46, W56, F4, F5, F6, delta: (W14 * W46 + W15 * W56) * F6 * delta,
            "F6′ is in its place; units 4 and 5 still pass the error on unchanged.",
        ),
        (
            lambda W14, W15, W46, W56, F4, F5, F6, delta: (W14 * F4 * W46 + W15 * F5 * W56) * delta,
            "F4′ and F5′ are in their places; the output unit still passes the error on unchanged.",
        ),
        (
            lambda W14, W15, W46, W56, F4, F5, F6, delta: (
                (W14 * F5 * W46 + W15 * F4 * W56) * F6 * delta
            ),
            "F4′ and F5′ have changed places; each belongs to the path through its own unit.",
        ),
        (
            lambda W14, W15, W46, W56, F4, F5, F6, delta: (
                (W14 * W46 + W15 * W56) * F4 * F5 * F6 * delta
            ),
            (
                "no path goes through both unit 4 and unit 5, so neither has both of their"
                " derivatives."
            ),
        ),
        (
            lambda W14, W15, W46, W56, F4, F5, F6, delta: (W14 * W46 * F6 + W15 * W56) * delta,
            "F6′ is in the first path only; the path through unit 5 passes the output unit too.",
        ),
        (
            lambda W14, W15, W46, W56, F4, F5, F6, delta: (W14 * W46 + W15 * W56 * F6) * delta,
            "F6′ is in the second path only; the path through unit 4 passes the output unit too.",
        ),
        (
            lambda W14, W15, W46, W56, F4, F5, F6, delta: (W14 * F4 * W46 + W15 * W56) * delta,
            "F4′ is in its place; F5′ and F6′ are missing.",
        ),
        (
            lambda W14, W15, W46, W56, F4, F5, F6, delta: (W14 * W46 + W15 * F5 * W56) * delta,
            "F5′ is in its place; F4′ and F6′ are missing.",
        ),
        (
            lambda W14, W15, W46, W56, F4, F5, F6, delta: (W14 * F4 * W46 + W15 * W56) * F6 * delta,
            "F4′ and F6′ are in their places; F5′ is missing.",
        ),
        (
            lambda W14, W15, W46, W56, F4, F5, F6, delta: (W14 * W46 + W15 * F5 * W56) * F6 * delta,
            "F5′ and F6′ are in their places; F4′ is missing.",
        ),
        (
            lambda W14, W15, W46, W56, F4, F5, F6, delta: (
                (W14 * W46 * F4 + W15 * W56 * F5) * F6**2 * delta
            ),
            "F6′ is there twice; each path passes the output unit once.",
        ),
        (
            lambda W14, W15, W46, W56, F4, F5, F6, delta: W14 * F4 * W46 * F6 * delta,
            "one path is missing: unit 1 feeds two units.",
        ),
    ),
    hints=(
        "Follow one path from the output to unit 1 and note each unit that it passes through.",
        (
            "δ belongs to the output of unit 6; on the way to unit 4 the error passes through"
            " unit 6, which multiplies it by F6′."
        ),
        (
            "From unit 4 to unit 1 it passes through unit 4, which multiplies by F4′; the other way"
            " leads through unit 5."
        ),
    ),
    solution="δ₁ = W14 F4′ δ₄ + W15 F5′ δ₅ with δ₄ = W46 F6′ δ and δ₅ = W56 F6′ δ.",
)

gradient_check = Exercise(
    "gradient_check",
    "B36",
    "Write a function of a cost J, an array W and a nudge h that returns all slopes of J.",
    right=_slopes(lambda J, W, one, h: (J(W + h * one) - J(W - h * one)) / (2 * h)),
    cases=lambda rng: [_bumpy(rng) for _ in range(3)],
    mistakes=(
        (
            _slopes(lambda J, W, one, h: (J(W + h * one) - J(W)) / h),
            "you nudge only upwards; with a nudge up and one down the bend of J cancels.",
        ),
        (
            _slopes(lambda J, W, one, h: (J(W) - J(W - h * one)) / h),
            "you nudge only downwards; with a nudge up and one down the bend of J cancels.",
        ),
        (
            _slopes(lambda J, W, one, h: (J(W + h * one) - J(W - h * one)) / h),
            "all slopes are twice too large; how far apart are the two points?",
        ),
        (
            _slopes(lambda J, W, one, h: (J(W - h * one) - J(W + h * one)) / (2 * h)),
            "the sign is wrong; which of the two costs comes first?",
        ),
        (
            _slopes(lambda J, W, one, h: (J(W + h * one) - J(W)) / (2 * h)),
            "one of the two costs is taken at W itself, yet the distance is that of both nudges.",
        ),
        (
            _slopes(lambda J, W, one, h: (J(W + h) - J(W - h)) / (2 * h)),
            "all entries are nudged at once; each slope needs a nudge of its entry alone.",
        ),
        (
            _forgetful,
            "one nudge is still there when the next entry is nudged; start from W each time.",
        ),
        (
            _slopes(lambda J, W, one, h: J(W + h * one) - J(W - h * one)),
            "these are differences of the cost; a slope is a difference divided by a distance.",
        ),
    ),
    hints=(
        "Do for an array what `slope_of` does for one number.",
        (
            "Go through all places with np.ndindex(W.shape), with two copies of W, one nudged up"
            " and one down."
        ),
        "The two points of a place are two nudges apart.",
    ),
    solution=(
        "At each place (J(up) − J(down)) / 2h, where up and down are copies of W with that one"
        " entry moved by ±h."
    ),
)
