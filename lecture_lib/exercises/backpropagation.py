"""Exercises of notebook 03: the errors of output and hidden units."""

from .exercise import Exercise

delta_output = Exercise(
    "delta_output", "B23", "Write a function of the outputs Y and the targets d that returns δ_k = ∂J/∂in_k.",
    right=lambda Y, d: (Y - d) * Y * (1 - Y),
    cases=lambda rng: [tuple(rng.uniform(0.05, 0.95, (2, 3))) for _ in range(3)],
    mistakes=((lambda Y, d: (d - Y) * Y * (1 - Y), "the sign is turned; J falls where Y moves towards d."),
              (lambda Y, d: Y - d, "the derivative of the sigmoid is missing."),
              (lambda Y, d: d - Y, "the sign is turned, and the derivative of the sigmoid is missing."),
              (lambda Y, d: ((Y - d) * Y * (1 - Y)).mean() + 0 * Y, "each output unit has a δ of its own: no mean.")),
    hints=("J is half the squared error; what is its derivative by Y_k alone?",
           "in_k reaches J through Y_k = σ(in_k) only: the chain rule has two factors.",
           "σ' can be read off the output: it is Y_k times one minus Y_k."),
    solution="δ_k = (Y_k − d_k) Y_k (1 − Y_k): the derivative of ½ (Y_k − d_k)² times the derivative of the sigmoid.")
