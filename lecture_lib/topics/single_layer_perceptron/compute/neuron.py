"""One neuron: the sum of its three terms and what the activation makes of it."""

from collections import namedtuple

import numpy as np

from lecture_lib.activations import ACTIVATIONS, MENU, STEP

PHI = {"step": STEP} | {name: ACTIVATIONS[name] for name in MENU}
Neuron = namedtuple("Neuron", "x W terms V Y phi")


def compute_neuron(X1=1.5, W1=4.0, B=1.0, phi="step", X2=2.0, W2=-2.0):
    """The sum V of three `terms`, and Y = phi(V) (S2, S3); W[0] is the bias."""
    terms = np.array([B, W1 * X1, W2 * X2])
    V = terms.sum().round(12)  # 0.1 + 0.2 - 0.3 is 0, also for a computer
    return Neuron((1, X1, X2), (B, W1, W2), terms, V, PHI[phi](V), phi)
