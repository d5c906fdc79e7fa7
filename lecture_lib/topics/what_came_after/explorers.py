"""Explorers of notebook 07, all of what came after the lecture: the skip knob, the map with skips,
six networks, the race, and one layer less.
"""

from functools import partial

from lecture_lib.explore.controls import (
    ACTIVATION,
    DEPTH,
    GAMMA,
    SEED,
    SKIP,
    TRAINED_WIDTH,
    WIDTH,
    Choice,
    Slider,
    changed,
)
from lecture_lib.explore.declaration import Explorer
from lecture_lib.explore.prediction import prediction

from .compute.guess_growth import find_growth
from .compute.layer_out import compute_layer_out
from .compute.norm_and_skip import compute_norm_and_skip
from .compute.skip_knob import compute_skip_knob
from .compute.skip_map import compute_skip_map
from .compute.skip_race import compute_skip_race
from .pictures.layer_out import (
    draw_layer_out,
    frame_layer_out,
    readings_layer_out,
    sentence_layer_out,
)
from .pictures.norm_and_skip import (
    draw_norm_and_skip,
    frame_norm_and_skip,
    readings_norm_and_skip,
    sentence_norm_and_skip,
    window_norm_and_skip,
)
from .pictures.skip_knob import (
    draw_skip_knob,
    frame_skip_knob,
    readings_skip_knob,
    sentence_skip_knob,
    window_skip_knob,
)
from .pictures.skip_map import (
    draw_skip_map,
    frame_skip_map,
    readings_skip_map,
    sentence_skip_map,
    window_skip_map,
)
from .pictures.skip_race import (
    draw_skip_race,
    frame_skip_race,
    readings_skip_race,
    sentence_skip_race,
)

_ALPHA = changed(SKIP, default=1.0)
_INNER = Choice(
    "inner",
    "inner variance",
    "2/(nL)",
    ("2/n", "1/n", "0.1/n", "2/(nL)", "0", "arc"),
    ("2/n", "1/n", "0.1/n", "2/(nL)", "0", "2(1 − α²)/n"),
    help="initial variance of layers 2 to L − 1; L is the depth",
)
_DEEP = changed(DEPTH, default=56, stops=(4, 8, 16, 20, 32, 56))
_STEP = changed(GAMMA, default=0.02, stops=(0.006, 0.02, 0.06, 0.2))
_EPOCHS = Slider("epochs", "epochs", 8, 1, 12, help="passes through the training digits")
_RELU = changed(ACTIVATION, default="relu")

skip_knob = Explorer(
    name="skip_knob",
    question="What does a skip connection do to the gradient, and to learning?",
    states_ahead=60,
    compute=compute_skip_knob,
    frame=frame_skip_knob,
    draw=draw_skip_knob,
    readings=readings_skip_knob,
    sentence=sentence_skip_knob,
    sentence_lines=3,
    window=window_skip_knob,
    controls=(_ALPHA, _INNER, _DEEP, _RELU, _STEP, _EPOCHS, TRAINED_WIDTH, SEED),
    folded=("gamma", "epochs", "trained_width", "seed"),
    frame_depends_on=("depth", "epochs"),
    panels=((0.085, 0.25, 0.49, 0.65), (0.695, 0.16, 0.14, 0.74)),
    size=(880, 350),
    presets={
        "plain, 2/n": {"alpha": 0.0, "inner": "2/n"},
        "skip, 2/n": {"inner": "2/n"},
        "skip, 2/(nL)": {},
        "skip, 0": {"inner": "0"},
        "sigmoid, 0": {"inner": "0", "activation": "sigmoid", "gamma": 0.1},
    },
)

skip_map = Explorer(
    name="skip_map",
    question="Where does the vanishing half of the map go?",
    states_ahead=30,
    compute=compute_skip_map,
    frame=frame_skip_map,
    draw=draw_skip_map,
    readings=readings_skip_map,
    sentence=sentence_skip_map,
    sentence_lines=3,
    window=window_skip_map,
    controls=(
        changed(_ALPHA, stops=(0.0, 0.5, 0.9, 1.0)),
        changed(ACTIVATION, default="sigmoid"),
        changed(WIDTH, default=64),
        SEED,
    ),
    folded=("width", "seed"),
    panels=((0.07, 0.3, 0.45, 0.6), (0.62, 0.17, 0.36, 0.73)),
    size=(880, 360),
    presets={
        "plain": {"alpha": 0.0},
        "sigmoid": {},
        "ReLU": {"activation": "relu"},
        "tanh": {"activation": "tanh"},
    },
)

norm_and_skip = Explorer(
    name="norm_and_skip",
    question="Normalisation, skip connections, or both: which of six networks learn?",
    states_ahead=18,
    compute=compute_norm_and_skip,
    frame=frame_norm_and_skip,
    draw=draw_norm_and_skip,
    readings=readings_norm_and_skip,
    sentence=sentence_norm_and_skip,
    sentence_lines=4,
    window=window_norm_and_skip,
    controls=(
        _DEEP,
        changed(_EPOCHS, default=4, high=8),
        changed(_STEP, name="gamma_plain", label="γ without norm"),
        changed(_STEP, name="gamma_norm", label="γ with norm", default=0.1),
        TRAINED_WIDTH,
        SEED,
    ),
    folded=("gamma_plain", "gamma_norm", "trained_width", "seed"),
    frame_depends_on=("depth",),
    panels=((0.085, 0.18, 0.385, 0.71), (0.605, 0.18, 0.165, 0.71), (0.81, 0.18, 0.18, 0.71)),
    size=(880, 360),
    presets={"56 layers": {}, "20 layers": {"depth": 20}, "4 layers": {"depth": 4}},
)

skip_race = Explorer(
    name="skip_race",
    question="Are 56 layers still worse than 20?",
    states_ahead=24,
    compute=compute_skip_race,
    frame=frame_skip_race,
    draw=draw_skip_race,
    readings=readings_skip_race,
    sentence=sentence_skip_race,
    controls=(
        changed(_INNER, default="0"),
        _STEP,
        TRAINED_WIDTH,
        _EPOCHS,
        SEED,
    ),
    folded=("trained_width", "epochs"),
    frame_depends_on=("epochs",),
    panels=((0.1, 0.17, 0.62, 0.71),),
    size=(880, 340),
    presets={
        "inner weights 0": {},
        "2/(nL)": {"inner": "2/(nL)"},
        "width 64": {"trained_width": 64},
    },
)

layer_out = Explorer(
    name="layer_out",
    question="What if one layer is taken out of the trained network?",
    states_ahead=18,
    compute=compute_layer_out,
    frame=frame_layer_out,
    draw=draw_layer_out,
    readings=readings_layer_out,
    sentence=sentence_layer_out,
    sentence_lines=3,
    controls=(_DEEP, _EPOCHS, _STEP, TRAINED_WIDTH, SEED),
    folded=("epochs", "gamma", "trained_width"),
    frame_depends_on=("depth",),
    panels=((0.1, 0.17, 0.62, 0.71),),
    size=(880, 340),
    presets={"56 layers": {}, "20 layers": {"depth": 20}},
)

guess_skip_growth = prediction(
    "guess_skip_growth",
    "Skips, 2/n: how many times as large as layer 55's gradient is layer 1's?",
    "‖δ₁‖ / ‖δ₅₅‖, first to last hidden layer: 56 ReLU layers, width 64, skip α = 1, variance 2/n",
    partial(find_growth, "skip"),
    1.0,
    1e-12,
    1e12,
    log=True,
)

guess_batch_growth = prediction(
    "guess_batch_growth",
    "Batch norm: how many times as large as layer 55's gradient is layer 1's?",
    "‖δ₁‖ / ‖δ₅₅‖, first to last hidden layer: 56 ReLU layers, width 64, batch normalisation",
    partial(find_growth, "batch"),
    1.0,
    1e-12,
    1e12,
    log=True,
)
