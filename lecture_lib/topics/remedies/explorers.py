"""Explorers of notebook 06: before and after, A against B, the map of variance and depth, the grid,
Rprop's steps.
"""

import numpy as np

from lecture_lib.digits_networks.gradient_share import share_function
from lecture_lib.explore.controls import (
    ACTIVATION,
    DEPTH,
    GAMMA,
    OPTIMISER,
    SEED,
    TRAINED_WIDTH,
    VARIANCE,
    WIDTH,
    Slider,
    changed,
)
from lecture_lib.explore.declaration import Explorer, row
from lecture_lib.explore.prediction import prediction
from lecture_lib.explore.reading import Drag

from .compute.phase_map import compute_phase_map
from .compute.remedy_grid import compute_remedy_grid
from .compute.remedy_profile import compute_remedy_profile
from .compute.remedy_training import compute_remedy_training
from .compute.resilient import compute_resilient
from .pictures.phase_map import (
    draw_phase_map,
    frame_phase_map,
    readings_phase_map,
    sentence_phase_map,
    window_phase_map,
)
from .pictures.remedy_grid import (
    draw_remedy_grid,
    frame_remedy_grid,
    readings_remedy_grid,
    sentence_remedy_grid,
)
from .pictures.remedy_profile import (
    draw_remedy_profile,
    frame_remedy_profile,
    readings_remedy_profile,
    sentence_remedy_profile,
    window_remedy_profile,
)
from .pictures.remedy_training import (
    draw_remedy_training,
    frame_remedy_training,
    readings_remedy_training,
    sentence_remedy_training,
    window_remedy_training,
)
from .pictures.resilient import (
    draw_resilient,
    frame_resilient,
    readings_resilient,
    sentence_resilient,
    window_resilient,
)

_RELU = changed(ACTIVATION, default="relu")
_HE = changed(VARIANCE, default="2/n")
_STEP = changed(
    GAMMA,
    default=0.02,
    help="how far a step goes along -gradient; for Rprop: its first step, try 0.01",
)
_EPOCHS = Slider(
    "epochs",
    "epochs",
    15,
    1,
    60,
    help="passes through the training digits; for Rprop one step each",
)
_MAP_WIDTH = changed(WIDTH, default=64)
_PAIRS = {
    "ReLU alone": {"variance": "1"},  # R1
    "ReLU, 1/n": {"variance": "1/n"},  # R3
    "ReLU, 2/n": {},  # R4
    "sigmoid, 1/n": {"activation": "sigmoid", "variance": "1/n"},
    "tanh, 1/n": {"activation": "tanh", "variance": "1/n"},  # R3
}


def set_width(settings, x, y):
    """The settings of phase_map whose variance 1, n Var(W) = width, stands at x."""
    return {"width": int(np.clip(round(x), _MAP_WIDTH.low, _MAP_WIDTH.high))}


remedy_profile = Explorer(
    name="remedy_profile",
    question="Which remedy keeps the gradient alive on its way to layer 1?",
    compute=compute_remedy_profile,
    frame=frame_remedy_profile,
    draw=draw_remedy_profile,
    sentence=sentence_remedy_profile,
    sentence_lines=3,
    window=window_remedy_profile,
    readings=readings_remedy_profile,
    controls=(_RELU, _HE, DEPTH, WIDTH, SEED),
    frame_depends_on=("depth",),
    panels=((0.085, 0.27, 0.88, 0.64),),
    size=(880, 350),
    folded=("seed",),
    presets=_PAIRS,
)

remedy_training = Explorer(
    name="remedy_training",
    question="Does a gradient that arrives also make the network learn?",
    states_ahead=110,
    compute=compute_remedy_training,
    frame=frame_remedy_training,
    draw=draw_remedy_training,
    sentence=sentence_remedy_training,
    sentence_lines=3,
    window=window_remedy_training,
    readings=readings_remedy_training,
    folded=("trained_width", "seed", "epochs"),
    controls=(DEPTH, _RELU, _HE, OPTIMISER, _STEP, TRAINED_WIDTH, SEED, _EPOCHS),
    frame_depends_on=("epochs",),
    panels=row(1, 2.3, left=0.085, gap=0.135, right=0.99, top=0.9, bottom=0.155),
    size=(880, 330),
    presets=_PAIRS
    | {
        "Rprop": {  # R6
            "activation": "sigmoid",
            "variance": "1",
            "optimiser": "rprop",
            "gamma": 0.01,
            "epochs": 60,
        }
    },
)

phase_map = Explorer(
    name="phase_map",
    question="At which variance does the gradient neither vanish nor explode?",
    states_ahead=30,
    compute=compute_phase_map,
    frame=frame_phase_map,
    draw=draw_phase_map,
    sentence=sentence_phase_map,
    controls=(ACTIVATION, _MAP_WIDTH, Slider("seeds", "seeds", 2, 1, 5), SEED),
    frame_depends_on=("activation",),
    folded=("seeds", "seed"),
    window=window_phase_map,
    readings=readings_phase_map,
    drag=Drag(0, set_width, "drag ▲, which marks variance 1: there n Var(W) is the width"),
    size=(880, 350),
    panels=row(1.65, 1, left=0.065, right=0.965, gap=0.085, bottom=0.335, top=0.91),
    presets={
        "ReLU": {"activation": "relu"},
        "tanh": {"activation": "tanh"},
        "sigmoid": {},  # R5
    },
)

remedy_grid = Explorer(
    name="remedy_grid",
    question="Which pairs of activation and variance learn at depth 4, 20 and 56?",
    states_ahead=20,
    compute=compute_remedy_grid,
    frame=frame_remedy_grid,
    draw=draw_remedy_grid,
    sentence=sentence_remedy_grid,
    sentence_lines=3,
    readings=readings_remedy_grid,
    folded=("trained_width", "seed"),
    controls=(
        OPTIMISER,
        changed(_STEP, default=0.05),
        changed(_EPOCHS, default=3),
        TRAINED_WIDTH,
        SEED,
    ),
    panels=((0.155, 0.03, 0.56, 0.79), (0.745, 0.03, 0.245, 0.79)),
    size=(880, 340),
    presets={
        "momentum, γ 0.01": {"optimiser": "momentum", "gamma": 0.01},
        "Rprop, 30 steps": {"optimiser": "rprop", "gamma": 0.01, "epochs": 30},  # R6
    },
)

resilient = Explorer(
    name="resilient",
    question="What does Rprop do with a gradient that has vanished?",
    states_ahead=60,
    compute=compute_resilient,
    frame=frame_resilient,
    draw=draw_resilient,
    sentence=sentence_resilient,
    sentence_lines=3,
    window=window_resilient,
    readings=readings_resilient,
    controls=(
        DEPTH,
        ACTIVATION,
        VARIANCE,
        Slider("steps", "steps", 40, 1, 60),
        Slider(
            "first_step", "Rprop first step", 0.01, 0.0001, 1.0, help="published: 0.1", log=True
        ),
        changed(GAMMA, default=0.05),
        TRAINED_WIDTH,
        SEED,
    ),
    folded=("gamma", "trained_width", "seed"),
    frame_depends_on=("depth", "steps"),
    panels=((0.085, 0.36, 0.53, 0.55), (0.72, 0.17, 0.265, 0.74)),
    size=(880, 350),
    presets={
        "ReLU, 1/n, depth 56": {"depth": 56, "activation": "relu", "variance": "1/n", "steps": 40},
        "first step 0.1": {"first_step": 0.1},
    },
)

guess_relu_factor = prediction(
    "guess_relu_factor",
    "ReLU instead of sigmoid: by what factor does a layer multiply ‖δ‖²?",
    "factor of ‖δ‖² per layer on the way back; 20 ReLU layers, weight variance 1, width 32",
    share_function(20, "relu", "1", 2 / 19),
    1.0,
    0.01,
    100.0,
    log=True,
)
