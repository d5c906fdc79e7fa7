"""The explorer of notebook 06 that looks forward: the outputs of a network, layer by layer."""

from lecture_lib.explore.controls import (
    ACTIVATION,
    DEPTH,
    SEED,
    VARIANCE,
    WIDTH,
    Choice,
    changed,
)
from lecture_lib.explore.declaration import Explorer

from .compute.activation_histograms import compute_activation_histograms
from .pictures.activation_histograms import (
    draw_activation_histograms,
    frame_activation_histograms,
    readings_activation_histograms,
    sentence_activation_histograms,
    window_activation_histograms,
)

activation_histograms = Explorer(
    name="activation_histograms",
    question="What is left of the signal on its way forward?",
    states_ahead=60,
    compute=compute_activation_histograms,
    frame=frame_activation_histograms,
    draw=draw_activation_histograms,
    sentence=sentence_activation_histograms,
    sentence_lines=3,
    window=window_activation_histograms,
    readings=readings_activation_histograms,
    controls=(
        changed(ACTIVATION, default="tanh"),
        changed(VARIANCE, default="1/n"),
        DEPTH,
        changed(WIDTH, default=100),
        Choice(
            "shape",
            "units",
            "equal",
            ("equal", "in turn"),
            ("the same in all layers", "a quarter in every second layer"),
        ),
        SEED,
    ),
    folded=("shape", "seed"),
    panels=((0.19, 0.33, 0.8, 0.575),),
    size=(880, 330),
    keeps_panel_heights=True,
    presets={
        "too small: 1/(4n)": {"variance": "0.25/n"},
        "right: 1/n": {},  # R3
        "too large: 1": {"variance": "1"},
        "wide, narrow, 1/100": {"variance": "0.01", "shape": "in turn", "depth": 6},
        "ReLU, 2/n": {"activation": "relu", "variance": "2/n"},  # R4
        "sigmoid, 1/n": {"activation": "sigmoid"},
    },
)
