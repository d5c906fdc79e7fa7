"""Predictions: a slider to commit to a number before the answer is shown; the guess stays beside the result."""

from ..controls import Choice, Slider
from ..experiments import predictions as compute
from ..explorer import Explorer
from ..plots import predictions as plots


def _prediction(name, question, label, truth, default, low, high, log=False, step=1):
    frame, draw = plots.drawing(label, low, high, log)
    return Explorer(
        name, question, compute=compute.guess(truth), frame=frame, draw=draw, sentence=plots.telling(log),
        controls=(Slider("mine", "your guess", default, low, high, step, label, log=log),
                  Choice("answer", "answer", "hidden", ("hidden", "shown"))),
        panels=((0.06, 0.36, 0.88, 0.3),), size=(1000, 150))


def _share(layer, activation, variance, power=1):
    return lambda: compute.share(layer, activation, variance) ** power


guess_first_layer = _prediction(
    "guess_first_layer", "Before you look: of the gradient of the last hidden layer, which part reaches layer 1?",
    "‖δ₁‖ / ‖δ₁₉‖, 20 sigmoid layers, variance 1", _share(19, "sigmoid", "1"), 0.5, 1e-9, 10.0, log=True)

guess_first_of_twenty = _prediction(
    "guess_first_of_twenty", "Before you look: of the gradient of layer 20, which part reaches layer 1?",
    "‖δ₁‖ / ‖δ₂₀‖, 20 sigmoid layers, variance 1/n", _share(20, "sigmoid", "1/n"), 0.5, 1e-16, 10.0, log=True)

guess_spoken_size = _prediction(
    "guess_spoken_size", "Before you look: how many times the right one is δ₁ as spoken?",
    "δ₁ by the spoken rule / δ₁ by the right one, 2-3-2-1 network", compute.spoken_size, 1.0, 0.1, 1000.0, log=True)

guess_turned_signs = _prediction(
    "guess_turned_signs", "Before you look: in how many of 100 networks does the spoken rule turn a sign?",
    "networks of 100 in which ∂E/∂W(X1)1 has the wrong sign, weights up to 5", compute.turned_signs, 50, 0, 100)

guess_frozen_biases = _prediction(
    "guess_frozen_biases", "Before you look: how many times smaller is the error if the biases learn too?",
    "E with frozen biases / E with biases that learn, 10,000 updates", compute.cost_of_frozen_biases, 2.0, 1.0, 1e4,
    log=True)

guess_xor_mistakes = _prediction(
    "guess_xor_mistakes",
    "Before you look: while a neuron learns XOR, how many of the four samples does it get wrong?",
    "wrong answers of 4, mean of epochs 51 to 100", compute.xor_mistakes, 1.0, 0.0, 4.0, step=0.1)

guess_xor_learned = _prediction(
    "guess_xor_learned", "Before you look: of 20 random starts of the small network, how many learn XOR?",
    "starts of 20 with all four samples right", compute.xor_learned, 20, 0, 20)

guess_relu_factor = _prediction(
    "guess_relu_factor", "ReLU in place of the sigmoid, the weights as they were: by what does a layer multiply ‖δ‖²?",
    "factor of ‖δ‖² a layer, 20 ReLU layers, variance 1, width 32", _share(19, "relu", "1", 2 / 18), 1.0, 0.01, 100.0,
    log=True)
