"""Explorers of notebook 00."""

from lecture_lib.digits_networks.gradient_share import share_function
from lecture_lib.explore.prediction import prediction

guess_first_of_twenty = prediction(
    "guess_first_of_twenty",
    "Before you look: what fraction of layer 20's gradient reaches layer 1?",
    "‖δ₁‖ / ‖δ₂₀‖ (1: layer 1 gets as much as layer 20), 20 sigmoid layers, variance 1/n",
    share_function(20, "sigmoid", "1/n"),
    0.5,
    1e-16,
    10.0,
    log=True,
)
