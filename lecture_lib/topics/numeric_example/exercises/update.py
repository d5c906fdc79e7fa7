"""Exercises on new weights and biases, and on many updates."""

from lecture_lib.exercise import Exercise

from .numbers import SHARED, V, draw_numbers

new_W1 = Exercise(
    "new_W1",
    "N18",
    "Write a function that returns W1 after one update; its W1 and W5 are the old weights.",
    right=lambda W1, W5, X1, t, out_o, out_H1, g: (
        W1 - g * ((out_o - t) * out_o * (1 - out_o) * W5 * out_H1 * (1 - out_H1) * X1)
    ),
    cases=draw_numbers(7),
    rtol=1e-6,
    mistakes=(
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: (
                W1
                - g
                * (
                    (out_o - t)
                    * out_o
                    * (1 - out_o)
                    * (W5 - g * (out_o - t) * out_o * (1 - out_o) * out_H1)
                    * out_H1
                    * (1 - out_H1)
                    * X1
                )
            ),
            "you used the updated W5; compute all gradients before any update.",
        ),
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: (
                W1 + g * ((out_o - t) * out_o * (1 - out_o) * W5 * out_H1 * (1 - out_H1) * X1)
            ),
            "the sign is wrong: this step goes uphill.",
        ),
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: (
                W1 - ((out_o - t) * out_o * (1 - out_o) * W5 * out_H1 * (1 - out_H1) * X1)
            ),
            "the learning rate is missing.",
        ),
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: (
                W1 - g * ((out_o - t) * out_o * (1 - out_o) * W5 * X1)
            ),
            "the derivative of the hidden unit is missing.",
        ),
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: (
                W1 - g * ((out_o - t) * W5 * out_H1 * (1 - out_H1) * X1)
            ),
            "the derivative of the output unit is missing.",
        ),
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: W1 - g * (out_o - t) * W5 * X1,
            "both derivatives are missing.",
        ),
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: (
                W1 - g * ((out_o - t) * out_o * (1 - out_o) * W5 * out_H1 * (1 - out_H1))
            ),
            "the last factor is missing: what does W1 multiply in in_H1?",
        ),
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: (
                W1 - g * (out_o - t) * out_o * (1 - out_o) * out_H1
            ),
            "that is the gradient of W5.",
        ),
        (
            lambda W1, W5, X1, t, out_o, out_H1, g: (
                g * ((out_o - t) * out_o * (1 - out_o) * W5 * out_H1 * (1 - out_H1) * X1)
            ),
            "that is the step; the new weight is the old one minus the step.",
        ),
    ),
    hints=(
        "The new weight is the old one minus the learning rate times the gradient.",
        (
            "The gradient has three factors; the first of them is ∂E/∂out_H1, which has three of"
            " its own."
        ),
        "out_o − t, the derivative of o, W5, the derivative of H1, X1.",
    ),
    solution=(
        "W1′ = W1 − γ (out_o − t) out_o (1 − out_o) W5 out_H1 (1 − out_H1) X1, all of it from the"
        " old weights."
    ),
)

new_biases = Exercise(
    "new_biases",
    "N19",
    "If one B1 serves both hidden units and the biases learn: what are B1 and B2 after an update?",
    right=[SHARED["B1_H1_new"], SHARED["B2_new"]],
    mistakes=(
        ([0.35, 0.6], "the biases are frozen, as in the lecture; here they learn too."),
        (
            [0.35 - 0.5 * V["delta_H1"], SHARED["B2_new"]],
            "B1 feeds the second hidden unit as well.",
        ),
        ([0.35 - 0.5 * V["delta_H2"], SHARED["B2_new"]], "B1 feeds the first hidden unit as well."),
        (
            [0.35 - 0.25 * SHARED["dE_dB1_shared"], SHARED["B2_new"]],
            "for B1 the slopes of the two paths are averaged; they add up.",
        ),
        (
            [0.35 + 0.5 * SHARED["dE_dB1_shared"], 0.6 + 0.5 * V["delta_o"]],
            "the sign of the step is wrong.",
        ),
        ([0.35 - SHARED["dE_dB1_shared"], 0.6 - V["delta_o"]], "the learning rate is missing."),
        (
            [SHARED["dE_dB1_shared"], V["delta_o"]],
            "these are the gradients; the update is still to come.",
        ),
        ([SHARED["B2_new"], SHARED["B1_H1_new"]], "B1 and B2 have changed places."),
        (
            [SHARED["B1_H1_new"], 0.6 - 0.5 * V["dE_dout_o"]],
            "in B2 the derivative of the unit is missing.",
        ),
    ),
    otherwise=(
        "The gradient of a bias is the δ of its unit, and a bias with two units has two of them."
    ),
    hints=(
        (
            "A bias is a weight on a constant input 1, so its gradient is the δ of the unit that it"
            " feeds."
        ),
        "The line above the answer shows the three δ; B1 feeds two units.",
        "Old bias minus 0.5 times gradient; for B1 the gradient is a sum.",
    ),
    solution=(
        "B1 = 0.35 − 0.5 · (0.013368 + 0.014996) = 0.3358 and B2 = 0.6 − 0.5 · 0.138499 = 0.5308."
    ),
)

why_slow = Exercise(
    "why_slow",
    "N19",
    "Why does each update take away a smaller and smaller percentage of the error?",
    choices={
        "A": "the learning rate falls",
        "B": "the gradient contains out_o (1 − out_o), which becomes small",
        "C": "the inputs 0.05 and 0.1 are small",
        "D": "the weights have reached a minimum with an error above 0",
    },
    right="B",
    mistakes=(
        ("A", "the learning rate is the same in all updates."),
        ("C", "they are just as small in the first updates, when the percentage is large."),
        ("D", "at a minimum the error would stay the same; here it goes on falling."),
    ),
    hints=(
        "Which factors of the chain change from update to update, and which stay?",
        "Where does out_o go, and what is the slope of the sigmoid there?",
        "Compare out_o (1 − out_o) at the start, where out_o is 0.75, and near the target 0.01.",
    ),
    solution=(
        "B: after 10,000 updates out_o is 0.016, and the derivative of the output unit is 0.016, a"
        " twelfth of what it was."
    ),
)
