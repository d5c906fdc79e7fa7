"""Explorers of notebook 04: the numeric example and its many updates."""

from lecture_lib.explore.controls import GAMMA, TARGET, Choice, Slider, changed, number
from lecture_lib.explore.declaration import Explorer, row
from lecture_lib.explore.prediction import prediction
from lecture_lib.small_networks import worked_example as example

from .compute.guess_frozen_biases import find_cost_of_frozen_biases
from .compute.numeric_example import compute_numeric_example
from .compute.numeric_training import compute_numeric_training
from .pictures.numeric_example import (
    draw_numeric_example,
    frame_numeric_example,
    readings_numeric_example,
    sentence_numeric_example,
)
from .pictures.numeric_training import (
    draw_numeric_training,
    frame_numeric_training,
    readings_numeric_training,
    sentence_numeric_training,
    window_numeric_training,
)

_TARGET = changed(TARGET, default=0.01)
_WEIGHT = [number(f"W{i}", example.WEIGHTS[f"W{i}"]) for i in range(1, 7)]
_BIAS = [number("B1", 0.35, "of both hidden units"), number("B2", 0.6, "of the output unit")]

numeric_example = Explorer(
    name="numeric_example",
    question="Which numbers change when you move one of them, and which stay?",
    compute=compute_numeric_example,
    frame=frame_numeric_example,
    draw=draw_numeric_example,
    sentence=sentence_numeric_example,
    sentence_lines=3,
    controls=(
        changed(GAMMA, default=example.GAMMA),
        number("X1", 0.05),
        number("X2", 0.1),
        _TARGET,
        *_WEIGHT,
        *_BIAS,
    ),
    folded=("X2", "W1", "W2", "W3", "W4", "B1", "B2"),
    readings=readings_numeric_example,
    panels=((0.0, 0.0, 0.535, 0.9), (0.535, 0.0, 0.465, 0.9)),
    size=(880, 350),
    keeps_panel_heights=True,
    squeezed_width=880,  # its words stand in boxes
    narrow_width=610,
    narrow_panel_height=330,
    presets={
        "the lecture's numbers": {},  # N2, N3
        "target 0.9": {"target": 0.9},
        "saturated: W5 = 4": {"W5": 4.0},
    },
)

numeric_training = Explorer(
    name="numeric_training",
    question="How small does the error get, and what do the frozen biases cost?",
    compute=compute_numeric_training,
    frame=frame_numeric_training,
    draw=draw_numeric_training,
    sentence=sentence_numeric_training,
    controls=(
        Slider(
            "updates",
            "updates",
            100,
            1,
            10_000,
            help="how often all weights are updated",
            log=True,
            stops=(1, 10, 100, 1000, 10_000),
        ),
        changed(GAMMA, default=example.GAMMA),
        Choice(
            "biases", "biases", "frozen", example.BIASES, (), "what an update does with B1 and B2"
        ),
        _TARGET,
    ),
    window=window_numeric_training,
    readings=readings_numeric_training,
    panels=row(3, 2, gap=0.12, left=0.085, right=0.98, bottom=0.17, top=0.89),
    size=(880, 320),
    presets={
        "one update": {"updates": 1},
        "10,000 updates": {"updates": 10_000},
        "10,000 with biases": {"updates": 10_000, "biases": "shared"},
    },
)

guess_frozen_biases = prediction(
    "guess_frozen_biases",
    "Before you look: how much smaller is the error if the biases learn?",
    "E with frozen biases / E with biases that learn, 10,000 updates",
    find_cost_of_frozen_biases,
    2.0,
    1.0,
    1e4,
    log=True,
)
