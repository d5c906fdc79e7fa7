"""The student's own network: does what they wrote train XOR?"""

import numpy as np

from lecture_lib.activations import activation
from lecture_lib.data import gate
from lecture_lib.exercise import Answer
from lecture_lib.feedback import returns_dots

STARTS = 3
SIGMOID = activation("sigmoid")
# Arguments for delta(Y, d), delta_j(H, W, delta) and update(W, delta, inputs, gamma).
ONE = np.ones(1)
TRIALS = ((ONE, ONE), (ONE, np.ones((1, 1)), ONE), (np.ones((1, 1)), ONE, ONE, 1.0))
WAITING = "Your network waits for the three functions above: solve their checks first."


def answer_xor(W1, W2):
    """Y (4,) of a network with weights W1 (3, n) and W2 (n + 1, 1); the last input of each layer is
    the constant 1.
    """
    ones = np.ones((4, 1))
    H = SIGMOID(np.hstack([gate("XOR").x, ones]) @ W1)
    return SIGMOID(np.hstack([H, ones]) @ W2)[:, 0]


def judge_training(train, delta, delta_j, update):
    """An `Answer`: from how many starts the weights (W1, W2) that train(seed) returns solve XOR.

    It waits while one of the three functions that `train` uses is blank. It never raises: the
    student's functions may.
    """
    functions = (delta, delta_j, update)
    if any(returns_dots(own, trial) for own, trial in zip(functions, TRIALS)):
        return Answer(False, WAITING, waits=True)
    try:
        answers = np.array([answer_xor(*train(seed)) for seed in range(STARTS)])
    except Exception as error:
        return Answer(
            False, f"Not yet: your training stopped with {type(error).__name__}: {error}."
        )
    learned = ((answers > 0.5) == gate("XOR").labels).all(axis=1)
    first = ", ".join(f"{Y:.2f}" for Y in answers[0])
    outputs = f"From seed 0 the four outputs are {first}, and they should be 0, 1, 1, 0."
    if learned.all():
        return Answer(True, f"Your network learns XOR, from all {STARTS} starts. {outputs}")
    return Answer(False, f"Not yet: {learned.sum()} of {STARTS} starts learn XOR. {outputs}")
