"""One neuron: the sum of its three terms and what the activation makes of it."""

from dataclasses import dataclass

import numpy as np

from lecture_lib.activations import ACTIVATIONS, MENU, STEP

PHI = {"step": STEP} | {name: ACTIVATIONS[name] for name in MENU}


def find_phi(name):
    """The activation of a neuron by name, also a registered one."""
    return STEP if name == STEP.name else ACTIVATIONS[name]


@dataclass(frozen=True)
class Neuron:
    """One neuron with its numbers."""

    x: tuple  # the constant 1, X1, X2
    W: tuple  # B, W1, W2
    terms: np.ndarray  # (3,): their products
    V: float  # the sum
    Y: float  # phi(V)
    phi: str  # a name in PHI, or a registered one


def compute_neuron(X1=1.5, W1=4.0, B=1.0, phi="step", X2=2.0, W2=-2.0):
    """The Neuron with these numbers (S1-S6)."""
    terms = np.array([B, W1 * X1, W2 * X2])
    V = terms.sum().round(12)  # S2; 0.1 + 0.2 - 0.3 is 0, also for a computer
    Y = find_phi(phi)(V)  # S3
    return Neuron(x=(1, X1, X2), W=(B, W1, W2), terms=terms, V=V, Y=Y, phi=phi)
