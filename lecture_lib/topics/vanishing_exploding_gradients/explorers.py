"""Explorers of notebook 05 on real networks, at their start and in training. Those on chains stand
in `chain_explorers`.
"""

import numpy as np

from lecture_lib.digits_networks.gradient_share import share_function
from lecture_lib.explore.controls import (
    ACTIVATION,
    DEPTH,
    GAIN,
    GAMMA,
    SEED,
    TRAINED_WIDTH,
    VARIANCE,
    WIDTH,
    Choice,
    Slider,
    changed,
)
from lecture_lib.explore.declaration import Explorer
from lecture_lib.explore.prediction import prediction
from lecture_lib.explore.reading import Drag

from .compute.depth_training import compute_depth_training
from .compute.exploding import compute_exploding
from .compute.gradient_profile import compute_gradient_profile
from .compute.guess_controls import count_learners
from .compute.jacobian import compute_jacobian
from .pictures.depth_training import (
    draw_depth_training,
    frame_depth_training,
    readings_depth_training,
    sentence_depth_training,
    window_depth_training,
)
from .pictures.exploding import (
    draw_exploding,
    frame_exploding,
    readings_exploding,
    sentence_exploding,
    window_exploding,
)
from .pictures.gradient_profile import (
    draw_gradient_profile,
    frame_gradient_profile,
    readings_gradient_profile,
    sentence_gradient_profile,
    window_gradient_profile,
)
from .pictures.jacobian import (
    draw_jacobian,
    frame_jacobian,
    readings_jacobian,
    sentence_jacobian,
    window_jacobian,
)

_SLOW = changed(GAMMA, default=0.05)


def set_gain(settings, x, y):
    """The settings of exploding whose n Var(W) is x."""
    return {"gain": float(np.clip(x, GAIN.low, GAIN.high))}


gradient_profile = Explorer(
    name="gradient_profile",
    question="How much of the gradient reaches the first layer?",
    states_ahead=320,
    compute=compute_gradient_profile,
    frame=frame_gradient_profile,
    draw=draw_gradient_profile,
    sentence=sentence_gradient_profile,
    sentence_lines=3,
    window=window_gradient_profile,
    readings=readings_gradient_profile,
    controls=(DEPTH, WIDTH, GAMMA, ACTIVATION, VARIANCE, SEED),
    folded=("seed",),
    frame_depends_on=("depth",),
    panels=((0.085, 0.25, 0.53, 0.65), (0.745, 0.25, 0.245, 0.65)),
    size=(880, 350),
    presets={
        "20 layers": {},  # V1
        "56 layers": {"depth": 56},  # V1
        "width 256": {"width": 256},  # V13
        "ReLU": {"activation": "relu"},  # V19
        "ReLU, 2/n": {"activation": "relu", "variance": "2/n"},
    },
)
depth_training = Explorer(
    name="depth_training",
    question="Do more layers make the training error smaller?",
    states_ahead=72,
    compute=compute_depth_training,
    frame=frame_depth_training,
    draw=draw_depth_training,
    sentence=sentence_depth_training,
    sentence_lines=3,
    window=window_depth_training,
    readings=readings_depth_training,
    panels=((0.095, 0.44, 0.885, 0.47), (0.095, 0.15, 0.885, 0.22)),
    size=(880, 350),
    controls=(
        Slider("deepest", "deepest network", 56, 4, 56, stops=(4, 20, 56)),
        ACTIVATION,
        VARIANCE,
        _SLOW,
        SEED,
        TRAINED_WIDTH,
    ),
    folded=("trained_width", "seed"),
    presets={
        "sigmoid, 1": {},  # V2
        "ReLU, 1/n": {"activation": "relu", "variance": "1/n"},
        "ReLU, 2/n": {  # V4
            "activation": "relu",
            "variance": "2/n",
            "trained_width": 64,
            "gamma": 0.02,
        },
        "ReLU, 1": {"activation": "relu"},  # V19
    },
)
exploding = Explorer(
    name="exploding",
    question="At what gain do the numbers begin to explode?",
    states_ahead=80,
    compute=compute_exploding,
    frame=frame_exploding,
    draw=draw_exploding,
    sentence=sentence_exploding,
    sentence_lines=3,
    window=window_exploding,
    readings=readings_exploding,
    drag=Drag(0, set_gain, "drag ▲: the gain"),
    folded=("seed", "trained_width"),
    controls=(
        changed(GAIN, default=4.0),
        changed(DEPTH, default=10),
        _SLOW,
        changed(ACTIVATION, default="relu"),
        SEED,
        TRAINED_WIDTH,
    ),
    panels=((0.065, 0.17, 0.62, 0.73), (0.775, 0.17, 0.21, 0.73)),
    size=(880, 330),
    presets={
        "gain 4": {},  # V19
        "gain 1": {"gain": 1.0},
        "variance 1": {"gain": 32.0},  # I4
        "tanh": {"activation": "tanh"},
    },
)
jacobian = Explorer(
    name="jacobian",
    question="How much of a nudge arrives, and how much of the gradient comes back?",
    states_ahead=120,
    compute=compute_jacobian,
    frame=frame_jacobian,
    window=window_jacobian,
    draw=draw_jacobian,
    sentence=sentence_jacobian,
    sentence_lines=4,
    readings=readings_jacobian,
    controls=(
        DEPTH,
        WIDTH,
        ACTIVATION,
        VARIANCE,
        Choice(
            "nudged",
            "what is nudged",
            "weight",
            ("weight", "input"),
            ("one weight of layer 1", "one pixel of the input"),
        ),
        SEED,
    ),
    frame_depends_on=("depth",),
    folded=("nudged", "seed"),
    panels=((0.07, 0.505, 0.52, 0.405), (0.07, 0.125, 0.52, 0.355), (0.655, 0.15, 0.33, 0.76)),
    size=(880, 370),
    presets={
        "20 layers": {},  # V1
        "56 layers": {"depth": 56},  # V1
        "width 110": {"width": 110},
        "ReLU, 1/n": {"activation": "relu", "variance": "1/n", "width": 64},
        "ReLU, 2/n": {"activation": "relu", "variance": "2/n", "width": 64},
        "ReLU, 1": {"activation": "relu"},  # V19
    },
)


guess_first_layer = prediction(
    "guess_first_layer",
    "Before you look: what fraction of the gradient reaches layer 1?",
    "‖δ₁‖ / ‖δ₂₀‖ (1: layer 1 gets as much as layer 20), 20 sigmoid layers, width 32, variance 1",
    share_function(20, "sigmoid", "1"),
    0.5,
    1e-9,
    10.0,
    log=True,
)

guess_controls = prediction(
    "guess_controls",
    "How many of the five networks will learn within 264 steps?",
    "of the five networks above: how many get fewer than half of the digits wrong",
    count_learners,
    3,
    0,
    5,
)
