"""The error of the 2-2-1 network over many updates."""

from collections import namedtuple

import numpy as np

from lecture_lib.small_networks import worked_example as example

NumericTraining = namedtuple("Run", "errors weights updates gamma biases slope")


def compute_numeric_training(
    updates=100, gamma=example.GAMMA, biases="frozen", target=example.INPUTS["target"]
):
    """Repeat the update; `errors` holds E before and after each, an array (updates + 1,) for each treatment of the
    biases, `weights` the end of the chosen, `slope` its out_o (1 - out_o): near 0 when the output unit saturates.
    """
    runs = {kind: example.repeat(updates, gamma, kind, target=target) for kind in example.BIASES}
    weights = runs[biases][1]
    out = example.forward(**(example.INPUTS | {"target": target}), **weights)["out_o"]
    errors = {kind: np.array(values) for kind, (values, _) in runs.items()}
    return NumericTraining(errors, weights, updates, gamma, biases, out * (1 - out))
