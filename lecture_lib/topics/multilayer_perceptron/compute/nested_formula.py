"""The nested formula of the lecture's 3-2-1 network, opened from the inside."""

from dataclasses import dataclass

from lecture_lib import check
from lecture_lib.activations import Activation
from lecture_lib.activations import activation as find_activation
from lecture_lib.small_networks.nested_formula import choose_numbers, compute_values

STEPS = 6  # the parts of the formula: V1, H1, V2, H2, V, Y


@dataclass(frozen=True)
class NestedFormula:
    """The formula after some of its parts became numbers."""

    v: dict  # inputs, weights, sums and outputs by name
    step: int  # 0 to STEPS
    phi: Activation  # the activation of every unit


def compute_nested_formula(step=STEPS, activation="sigmoid", **numbers):
    """The NestedFormula at `step`; `numbers` are inputs and weights by name, X1..X3, W11..W32, W1,
    W2 (M4-M7).
    """
    v = compute_values(choose_numbers(numbers), activation)
    return NestedFormula(
        v=v,
        step=check.integer("step", step, 0, STEPS),
        phi=find_activation(activation),
    )
