"""The predictions of notebook 07: what layer 1 gets in a network with skips, and with batch
normalisation.
"""

import numpy as np

from lecture_lib.digits_networks.nets import Added, initial_gradients

NETS = {"skip": Added(skip=1.0), "batch": Added(normalisation="batch")}
SEEDS = 6


def find_growth(name):
    """||delta_1|| / ||delta_55|| of six untrained ReLU networks of 56 layers, width 64 (6,)."""
    starts = initial_gradients(56, 64, "relu", "2/n", range(SEEDS), 64, NETS[name])
    return 10.0 ** np.array([start.delta[0] - start.delta[-2] for start in starts])
