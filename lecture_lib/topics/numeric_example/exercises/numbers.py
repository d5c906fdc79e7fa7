"""The numbers of the lecture's example, and functions of them that the exercises compare."""

from math import exp

from lecture_lib.small_networks.worked_example import example

V = example()

SHARED = example(biases="shared")


def sigmoid(x):
    """The sigmoid of a number."""
    return 1 / (1 + exp(-x))


def draw_numbers(count):
    """Four cases of `count` numbers, all between 0.1 and 0.9 and all different."""
    return lambda rng: [tuple(rng.uniform(0.1, 0.9, count)) for _ in range(4)]
