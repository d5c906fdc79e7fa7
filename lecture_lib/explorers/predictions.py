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


guess_first_layer = _prediction(
    "guess_first_layer", "Before you look: of the gradient of the last hidden layer, which part reaches layer 1?",
    "‖δ₁‖ / ‖δ₁₉‖, 20 sigmoid layers, variance 1", compute.first_layer_share, 0.5, 1e-9, 10.0, log=True)


# notebook 06
guess_relu_factor = _prediction(
    "guess_relu_factor", "ReLU in place of the sigmoid, the weights as they were: by what does a layer multiply ‖δ‖²?",
    "factor of ‖δ‖² a layer, 20 ReLU layers, variance 1, width 32", compute.relu_factor, 1.0, 0.01, 100.0, log=True)
