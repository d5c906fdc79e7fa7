"""Exercises of notebook 07: skip connections and normalisation; and the exit ticket's question on
it.
"""

import numpy as np

from lecture_lib.exercise import Exercise

skip_factor = Exercise(
    "skip_factor",
    "R4",
    "α = 1 and Var(W) = 2/n: by what factor does a ReLU layer multiply the mean of ‖δ‖²?",
    right=2.0,
    mistakes=(
        (1.0, "that is the plain network; the skip adds something of its own."),
        (2**0.5, "that is the factor of ‖δ‖; the question is about its square."),
        (3.0, "n Var(W) still has to be multiplied by E[F′²], which is ½ for ReLU."),
        (4.0, "the two parts add up; they are not multiplied."),
        (1.5, "that is n Var(W) = 1; here it is 2."),
    ),
    hints=(
        "The gradient comes back along two paths: through the weights, and along the skip.",
        "Through the weights it is n Var(W) E[F′²], along the skip α².",
        "The mixed term has mean 0, because the weights do.",
    ),
    solution="α² + n Var(W) E[F′²] = 1 + 2 · ½ = 2.",
)

start_network = Exercise(
    "start_network",
    "R4",
    "α = 1 and all inner weights 0: which network is it at the start?",
    right="B",
    choices={
        "A": "a network of 56 layers whose gradient vanishes",
        "B": "a network of two layers: all hidden layers have the same sums",
        "C": "a network whose output is 0 for every digit",
        "D": "a linear network",
    },
    mistakes=(
        ("A", "what does a layer with weights 0 do to the gradient that goes along the skip?"),
        ("C", "the inner layers add nothing, but what do they pass on?"),
        ("D", "one activation remains: which layer still applies F before weights that are not 0?"),
    ),
    hints=(
        "Put W = 0 into the formula for z of layer l.",
        "z₂ = z₁, and so on up to the last hidden layer.",
        "Which weights are not 0? Those of the first layer and those of the last.",
    ),
    solution=(
        "z₅₅ = z₁, so the output is F(z₁) W₅₆: 64 pixels, n units, 10 outputs. The other 54 layers "
        "are there to be learned."
    ),
)

skip_backward = Exercise(
    "skip_backward",
    "B25",
    "Write the backward line: a function of the next layer's δ, W, the slopes F′ and α that "
    "returns this layer's δ.",
    right=lambda delta, W, slope, alpha: (delta @ W.T) * slope + alpha * delta,
    cases=lambda rng: [
        (rng.normal(size=(5, 4)), rng.normal(size=(4, 4)), rng.uniform(size=(5, 4)), alpha)
        for alpha in (1.0, 0.3)
    ],
    mistakes=(
        (
            lambda delta, W, slope, alpha: (delta @ W.T) * slope,
            "that is the line of the plain network; by which other path does z of this layer "
            "affect the next one?",
        ),
        (
            lambda delta, W, slope, alpha: (delta @ W.T + alpha * delta) * slope,
            "the skip starts at z, before the activation, so F′ is not on its way.",
        ),
        (
            lambda delta, W, slope, alpha: (delta @ W.T) * slope + delta,
            "right for α = 1 only.",
        ),
        (
            lambda delta, W, slope, alpha: (delta @ W) * slope + alpha * delta,
            "going back, W has to be transposed.",
        ),
        (
            lambda delta, W, slope, alpha: alpha * ((delta @ W.T) * slope + delta),
            "the way through the weights has no factor α.",
        ),
    ),
    hints=(
        "Which terms of the next layer's z contain z of this layer?",
        "Two: F(z) W, and α z. Differentiate each and add.",
        "The first is the line of notebook 03.",
    ),
    solution="(delta @ W.T) * slope + alpha * delta.",
    otherwise="Differentiate F(z) W and α z with respect to z, one after the other, and add the "
    "two.",
)

which_end = Exercise(
    "which_end",
    "R8",
    "On the arc α² + n Var(W)/2 = 1, at which ends does the gradient hold (layer 1 gets between a "
    "tenth of the last layer's gradient and ten times as much), and which end learns?",
    right="D",
    choices={
        "A": "it holds only at α = 1, and α = 1 learns",
        "B": "it holds only at α = 0, and α = 1 learns",
        "C": "it holds at both, and both learn",
        "D": "it holds at both, and only α = 1 learns",
    },
    mistakes=(
        ("A", "what does layer 1 get at α = 0 in the picture, and is that below a tenth?"),
        ("B", "at α = 1 the inner weights are 0: what does the skip do with the gradient?"),
        ("C", "look at the errors after eight epochs at α = 0."),
    ),
    hints=(
        "χ = α² + n Var(W) · ½ for ReLU. How large is it on the arc?",
        "Move α from 0 to 1 with the inner variance 2(1 − α²)/n.",
        "What do the pictures at both ends have in common, and how do they differ?",
    ),
    solution=(
        "χ = 1 all along the arc, and layer 1 gets more than a tenth at both ends; yet about 80 % "
        "are wrong at α = 0 and a few per cent at α = 1. The skip must have repaired something "
        "other than the size of the gradient."
    ),
)

batch_factor = Exercise(
    "batch_factor",
    "R4",
    "ReLU with batch normalisation: by what factor does a layer multiply the mean of ‖δ‖²?",
    right=np.pi / (np.pi - 1),
    rtol=0.004,
    mistakes=(
        (np.sqrt(np.pi / (np.pi - 1)), "that is the factor of ‖δ‖; the question is its square."),
        ((np.pi - 1) / np.pi, "upside down: what is divided by what?"),
        (1.0, "the spread is taken around the mean, and the mean of ReLU's outputs is not 0."),
        (
            np.pi / (2 * (np.pi - 1)),
            "n Var(W) is in the numerator and in s²; look at what else is left of it.",
        ),
        (2.0, "E[F′²] = ½ is one of two parts; s² is missing."),
    ),
    hints=(
        "χ = n Var(W) E[F′²] / s², and s² = n Var(W) Var(F).",
        "n Var(W) drops out: χ = E[F′²] / (E[F²] − E[F]²).",
        "For ReLU of a normal number: E[F′²] = ½, E[F²] = ½, E[F] = 1/√(2π).",
    ),
    solution="½ / (½ − 1/(2π)) = π/(π − 1) = 1.467; for ‖δ‖ its root, 1.211 per layer.",
)

which_learn = Exercise(
    "which_learn",
    "R8",
    "Of the six networks with 56 layers, which ones learn?",
    right="C",
    choices={
        "A": "all whose gradient holds at the start",
        "B": "all with normalisation",
        "C": "the three with skip connections",
        "D": "none; 56 layers are too many",
    },
    mistakes=(
        ("A", "the plain one and the one with layer normalisation hold it: do they learn?"),
        ("B", "look at the two without skips."),
        ("D", "look at the bottom numbers of the picture once more."),
    ),
    hints=(
        "Three numbers of the right panel are small.",
        "What do their names have in common?",
        "Compare each pair of rows.",
    ),
    solution=(
        "Skip with 2/(nL), batch + skip, layer + skip. A linear read-out of the untrained network "
        "is better in these three as well."
    ),
)

ticket_7 = Exercise(
    "ticket_7",
    "R8",
    "What made the 56 ReLU layers learn within 200 steps?",
    right="A",
    choices={
        "A": "skips, with branches that start small or are normalised",
        "B": "batch normalisation, since it keeps the gradient from exploding",
        "C": "skips alone, with the variance 2/n that belongs to ReLU",
        "D": "a gradient that holds",
    },
    mistakes=(
        ("B", "by what factor per layer does it change the gradient when it is alone?"),
        ("C", "what happened to that network in the first steps of training?"),
        ("D", "the plain network of notebook 06 had that."),
    ),
    hints=(
        "Which of the answers have you seen fail?",
        "The variance 2/n belongs to a network without skips.",
        "Two things go together.",
    ),
    solution=(
        "α = 1 with inner weights that are 0 or have variance 2/(nL), or a normalisation inside "
        "each branch."
    ),
)
