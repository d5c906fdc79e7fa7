"""How many mistakes one neuron makes while it learns XOR."""

from functools import lru_cache

import numpy as np

from .perceptron_training import compute_perceptron_training

SEEDS = 20
FIRST_EPOCH = 50  # index: mistakes are counted from epoch 51 on


@lru_cache
def find_xor_mistakes():
    """Wrong answers of four while one neuron learns XOR, mean of epochs 51 to 100, for 20 seeds
    (20,) (S17, S19).
    """
    means = []
    for seed in range(SEEDS):
        run = compute_perceptron_training("XOR", shown=0, seed=seed).run
        means.append(np.mean(run.mistakes[FIRST_EPOCH:]))
    return np.array(means)
