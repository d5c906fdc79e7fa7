"""Exercises on the deltas of output and hidden units."""

from itertools import product

from lecture_lib.exercise import Exercise


def _net(rng):
    """Outputs H of three units, their weights W[j, k] into three more, and those units' delta_k."""
    return rng.uniform(0.05, 0.95, 3), rng.normal(size=(3, 3)), rng.normal(size=3)


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
        "J is half the squared error; what is its derivative with respect to Y_k alone?",
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

# What is said where the same derivatives are missing in both paths: (F of the unit, F6) are there.
IN_BOTH = {
    (False, False): "all three derivatives are missing; this is the rule as spoken.",
    (False, True): "F6′ is in its place; units 4 and 5 still pass the error on unchanged.",
    (True, False): (
        "F4′ and F5′ are in their places; the output unit still passes the error on unchanged."
    ),
}


def combine_paths(first, second):
    """δ₁ as a function in which each of the two paths has the derivatives that its pair of bools
    says: that of its hidden unit, and F6′.
    """

    def combine(W14, W15, W46, W56, F4, F5, F6, delta):
        through_4 = W14 * W46 * F4 ** first[0] * F6 ** first[1]
        through_5 = W15 * W56 * F5 ** second[0] * F6 ** second[1]
        return (through_4 + through_5) * delta

    return combine


def tell_path(unit, path):
    """Which derivatives the path through a hidden unit has, and which are missing."""
    has_own, has_output = path
    if has_own == has_output:
        return f"both derivatives are {'there' if has_own else 'missing'}"
    there, missing = (f"F{unit}′", "F6′") if has_own else ("F6′", f"F{unit}′")
    return f"{there} is there, {missing} is missing"


def list_unfinished():
    """The 15 answers in which some derivative is missing, each with its message."""
    found = []
    paths = tuple(product((False, True), repeat=2))
    for first, second in product(paths, repeat=2):
        if first == second:
            message = IN_BOTH.get(first)
        else:
            message = (
                f"in the path through unit 4 {tell_path(4, first)}; "
                f"in the path through unit 5 {tell_path(5, second)}."
            )
        if message:
            found.append((combine_paths(first, second), message))
    return tuple(found)


delta_1 = Exercise(
    "delta_1",
    "B32",
    "Write a function that returns δ₁ of the illustration, with each derivative F′ where it"
    " belongs.",
    right=lambda W14, W15, W46, W56, F4, F5, F6, delta: (
        W14 * F4 * W46 * F6 * delta + W15 * F5 * W56 * F6 * delta
    ),
    cases=lambda rng: [tuple(rng.uniform(0.1, 0.9, 8)) for _ in range(4)],
    mistakes=(
        *list_unfinished(),
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
            lambda W14, W15, W46, W56, F4, F5, F6, delta: (
                (W14 * W46 * F4 + W15 * W56 * F5) * F6**2 * delta
            ),
            "F6′ is there twice; each path passes through the output unit once.",
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
