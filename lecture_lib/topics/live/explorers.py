"""Explorers that are played: a net and what its layers get, two nets side by side, a graph, a point
of the map.
"""

from lecture_lib.data import list_registered
from lecture_lib.explore.controls import (
    ACTIVATION,
    DEPTH,
    GAIN,
    GAMMA,
    NORMALISATION,
    OPTIMISER,
    SEED,
    SKIP,
    TRAINED_WIDTH,
    VARIANCE,
    Choice,
    Slider,
    changed,
)
from lecture_lib.explore.declaration import Explorer
from lecture_lib.explore.reading import Drag

from .compute.live_duel import compute_live_duel
from .compute.live_network import LINES, compute_live_network
from .compute.live_point import compute_live_point
from .compute.live_training import compute_live_training
from .compute.watched_run import LIMITS
from .compute.watching import DATA, VIEWS
from .pictures.live_network import (
    choose_tile,
    draw_live_network,
    frame_live_network,
    readings_live_network,
    sentence_live_network,
)
from .pictures.live_point import (
    draw_live_point,
    frame_live_point,
    move_point,
    readings_live_point,
)
from .pictures.live_runs import (
    draw_live_runs,
    frame_live_runs,
    readings_live_runs,
    sentence_live_runs,
    window_live_runs,
)

_DATA = Choice("data", "data", "moons", DATA, more=list_registered)
_GAMMA = changed(
    GAMMA,
    default=2.0,
    help="how far a step goes; you can change it during training, but other changes start the "
    "training again",
)
_KINDS = {
    "sigmoid, variance 1": {},
    "ReLU, 2/n": {"activation": "relu", "variance": "2/n", "gamma": 0.5},
}
_B = (
    changed(ACTIVATION, name="activation_b", label="B: activation", default="relu"),
    changed(VARIANCE, name="variance_b", label="B: init variance", default="2/n"),
)

# What is seen of the input, how it learns, what the layers get.
_PANELS = (
    (0.065, 0.245, 0.22, 0.65),
    (0.387, 0.245, 0.148, 0.65),
    (0.655, 0.245, 0.315, 0.65),
)
_LOWER = tuple((*panel[:3], 0.59) for panel in _PANELS)  # with room for a headline of two lines
_RUNS = {
    "frame": frame_live_runs,
    "draw": draw_live_runs,
    "sentence": sentence_live_runs,
    "sentence_lines": 4,
    "window": window_live_runs,
    "readings": readings_live_runs,
    "panels": _PANELS,
    "size": (880, 300),
    "keeps_panel_heights": True,
}
_VIEW = Choice("view", "show", VIEWS[0], VIEWS)

live_training = Explorer(
    name="live_training",
    question="What happens to the gradient of each layer while the net learns?",
    compute=compute_live_training,
    controls=(
        _DATA,
        _GAMMA,
        _VIEW,
        changed(DEPTH, default=6),
        ACTIVATION,
        VARIANCE,
        changed(TRAINED_WIDTH, default=8),
        OPTIMISER,
        SKIP,
        NORMALISATION,
        SEED,
    ),
    folded=("variance", "trained_width", "optimiser", "alpha", "normalisation", "seed"),
    frame_depends_on=("data", "view", "depth"),
    live=True,
    preview_steps=301,
    live_controls=("gamma", "view"),
    presets=_KINDS
    | {
        "digits, depth 20": {"data": "digits", "depth": 20, "trained_width": 32, "gamma": 0.1},
        "norm and skip": {
            "data": "digits",
            "depth": 20,
            "trained_width": 32,
            "activation": "relu",
            "variance": "2/n",
            "alpha": 1.0,
            "normalisation": "layer",
            "gamma": 0.1,
        },
    },
    **_RUNS,
)

live_duel = Explorer(
    name="live_duel",
    question="Two nets, same data: which learns, and what do its first layers get?",
    compute=compute_live_duel,
    controls=(
        _DATA,
        changed(_GAMMA, default=0.5),
        _VIEW,
        *_B,
        changed(DEPTH, default=10),
        ACTIVATION,
        VARIANCE,
        changed(TRAINED_WIDTH, default=16),
        SEED,
    ),
    folded=("depth", "activation", "variance", "trained_width", "seed"),
    live_controls=("gamma", "view"),
    live=True,
    preview_steps=201,
    frame_depends_on=("data", "view", "depth"),
    presets={
        "ReLU, 2/n": {},  # R1
        "tanh, 1/n": {"activation_b": "tanh", "variance_b": "1/n"},
        "sigmoid, 1/n": {"activation_b": "sigmoid", "variance_b": "1/n"},
        "digits, depth 20": {"data": "digits", "depth": 20, "trained_width": 32, "gamma": 0.1},
    },
    **_RUNS | {"panels": _LOWER},
)

live_network = Explorer(
    name="live_network",
    question="Which units does the net need, and what does each of them see?",
    narrow_panel_height=396,
    compute=compute_live_network,
    frame=frame_live_network,
    draw=draw_live_network,
    sentence=sentence_live_network,
    readings=readings_live_network,
    drag=Drag(0, choose_tile, "choose a unit"),
    controls=(
        changed(_DATA, default="spirals", options=tuple(LIMITS)),
        _GAMMA,
        Choice("lines", "lines show", "weights", LINES),
        Slider("layer", "unit of layer", 3, 1, 6, help="beyond the last hidden layer: the output"),
        Slider("unit", "which unit", 1, 1, 8),
        Slider("layers", "weight layers", 3, 2, 6),
        changed(ACTIVATION, default="tanh"),
        changed(VARIANCE, default="1/n"),
        Slider("units", "hidden units", 6, 2, 8),
        SEED,
    ),
    folded=("layers", "activation", "variance", "units", "seed"),
    frame_depends_on=("data", "layers", "units"),
    size=(880, 300),
    keeps_panel_heights=True,
    panels=((0.01, 0.02, 0.67, 0.875), (0.715, 0.065, 0.275, 0.815)),
    live=True,
    preview_steps=301,
    live_controls=("gamma", "lines", "layer", "unit"),
    presets={
        "spirals": {},
        "XOR, 2 units": {"data": "XOR", "layers": 2, "units": 2},
        "sigmoid, depth 6": {
            "activation": "sigmoid",
            "variance": "1",
            "layers": 6,
            "layer": 6,
            "lines": "gradient",
        },
    },
)

live_point = Explorer(
    name="live_point",
    question="What does layer 1 get at this point of the map, and does it learn?",
    compute=compute_live_point,
    folded=("trained_width", "seed"),
    live_controls=("gamma", "view"),
    controls=(
        DEPTH,
        GAIN,
        changed(_GAMMA, default=0.05),
        _VIEW,
        changed(ACTIVATION, default="relu"),
        TRAINED_WIDTH,
        SEED,
    ),
    frame_depends_on=("depth", "view", "activation", "trained_width", "seed"),
    live=True,
    preview_steps=41,
    presets={
        "ReLU, 2/n": {},  # R4
        "too small": {"gain": 0.5},
        "too large": {"gain": 8.0},
        "tanh, 1/n": {"activation": "tanh", "gain": 1.0},  # R3
    },
    **_RUNS
    | {
        "frame": frame_live_point,
        "draw": draw_live_point,
        "readings": readings_live_point,
        "drag": Drag(0, move_point, "drag the point"),
    },
)
