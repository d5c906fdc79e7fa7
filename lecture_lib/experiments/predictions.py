"""What a student guesses before seeing it, and what the networks give: one function of `seeds` runs a question."""

from collections import namedtuple
from functools import lru_cache

import numpy as np

from ..data import gate
from ..illustration import RULES, play, random_weights
from ..network import Params, backward, forward, initialise, mlp, stack
from ..worked_example import BIASES, repeat
from .gradients import layer_sizes
from .multilayer import STEPS
from .perceptron import training

Guess = namedtuple("Guess", "mine found")  # `found` is None until the answer is asked for


@lru_cache
def share(layer, activation, variance):
    """||delta_1|| / ||delta_layer|| of 20 layers, width 32, for 20 seeds (I5, V1, V13, R1)."""
    delta = layer_sizes(20, 32, activation, variance, seeds=range(20)).delta
    return delta[:, 0] / delta[:, layer - 1]


def guess(truth):
    """The compute function of a prediction: runs `truth()` only when the answer is asked for."""
    run = np.errstate(under="ignore")(truth)
    return lambda mine, answer: Guess(mine, np.sort(run()) if answer == "shown" else None)


@lru_cache
def turned_signs():
    """In how many of 100 illustration networks with weights up to 5 the spoken rule turns the sign of dE/dW(X1)1, for
    5 seeds (B32)."""
    def turned(rng):
        net = {edge: 5 * w for edge, w in random_weights(rng).items()}
        return np.prod([play(net, rule=rule)["gradient"]["X1", 1] for rule in RULES]) < 0
    return np.array([sum(turned(rng) for _ in range(100)) for rng in map(np.random.default_rng, range(5))])


@lru_cache
def cost_of_frozen_biases():
    """How many times larger the error of the numeric example is after 10,000 updates with frozen biases than with
    biases that learn, separate and shared (N19)."""
    frozen, *learning = (repeat(10_000, biases=biases)[0][-1] for biases in BIASES)
    return frozen / np.array(learning)


@lru_cache
def xor_mistakes():
    """Wrong answers of four while one neuron learns XOR, mean of epochs 51 to 100, for 20 seeds (S17, S19)."""
    return np.array([np.mean(training("XOR", 0, seed=seed).run.mistakes[50:]) for seed in range(20)])


@lru_cache
def xor_learned():
    """How many of 20 starts of a 2-2-1 net have all of XOR right after 1,000 steps, for 5 times 20 seeds (M3)."""
    net, points = mlp((2, 2, 1)), gate("XOR")
    params = stack([initialise(net, np.random.default_rng(s), "1", bias_variance=1.0) for s in range(100)])
    for _ in range(STEPS):
        slope = backward(net, params, forward(net, params, points.x), points.d).gradient
        params = Params(*((None, *(w - 5.0 * g for w, g in zip(old[1:], new[1:])))
                          for old, new in ((params.W, slope.W), (params.b, slope.b))))
    right = (forward(net, params, points.x).a[-1] > 0.5) == (points.d > 0.5)
    return right.all(axis=(1, 2)).reshape(5, 20).sum(axis=1)


@lru_cache
def spoken_size():
    """|delta_1| by the spoken rule over the right one, for 20 illustration networks (B32, K31)."""
    nets = [random_weights(np.random.default_rng(seed)) for seed in range(20)]
    return np.array([abs(np.divide(*(play(net, rule=rule)["delta"][1] for rule in RULES[::-1]))) for net in nets])
