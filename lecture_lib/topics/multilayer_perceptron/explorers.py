"""Explorers of notebook 02: the hidden space, long training, the nested formula, the cost."""

from lecture_lib.data import list_registered
from lecture_lib.explore.controls import (
    ACTIVATION,
    GAMMA,
    SEED,
    TARGET,
    Choice,
    Slider,
    changed,
    number,
)
from lecture_lib.explore.declaration import Explorer, row
from lecture_lib.explore.prediction import prediction
from lecture_lib.explore.reading import Drag
from lecture_lib.small_networks.nested_formula import NUMBERS

from .compute.guess_xor_learned import find_xor_learned
from .compute.hidden_space import LIMITS, STEPS, compute_hidden_space
from .compute.long_training import LAST, STARTS, compute_long_training
from .compute.loss_surface import PAIRS, compute_loss_surface
from .compute.nested_formula import compute_nested_formula
from .pictures.hidden_space import (
    draw_hidden_space,
    frame_hidden_space,
    readings_hidden_space,
    sentence_hidden_space,
)
from .pictures.long_training import (
    draw_long_training,
    frame_long_training,
    readings_long_training,
    sentence_long_training,
    window_long_training,
)
from .pictures.loss_surface import (
    drag_loss_surface,
    draw_loss_surface,
    frame_loss_surface,
    readings_loss_surface,
    sentence_loss_surface,
    window_loss_surface,
)
from .pictures.nested_formula import (
    draw_nested_formula,
    frame_nested_formula,
    readings_nested_formula,
    sentence_nested_formula,
)

_NUMBERS = [number(name, value) for name, value in NUMBERS.items()]

hidden_space = Explorer(
    name="hidden_space",
    question="Can one straight line separate the classes after the hidden layer?",
    compute=compute_hidden_space,
    frame=frame_hidden_space,
    draw=draw_hidden_space,
    sentence=sentence_hidden_space,
    readings=readings_hidden_space,
    controls=(
        Choice("data", "data", "XOR", tuple(LIMITS), more=list_registered),
        Slider("units", "hidden units", 2, 2, 8),
        SEED,
        Slider("step", "step", STEPS, 0, STEPS, 25, "of training", play=True),
        Slider("morph", "inputs to hidden", 1.0, 0.0, 1.0, 0.05, "0: inputs, 1: hidden space"),
        ACTIVATION,
        changed(GAMMA, default=5.0),
    ),
    frame_depends_on=("data", "units", "activation", "seed", "morph", "gamma"),
    folded=("activation", "gamma"),
    panels=row(1, 1, gap=0.09, left=0.06, right=0.985, bottom=0.145, top=0.9),
    presets={
        "XOR, untrained": {"step": 0},
        "halfway": {"morph": 0.5},
        "a stuck seed": {"seed": 6},
        "linear units": {"activation": "linear"},
        "moons, 8 tanh units": {"data": "moons", "units": 8, "activation": "tanh"},
    },
)

long_training = Explorer(
    name="long_training",
    question="Does a stuck network get out if training goes on and on?",
    compute=compute_long_training,
    frame=frame_long_training,
    draw=draw_long_training,
    sentence=sentence_long_training,
    window=window_long_training,
    readings=readings_long_training,
    controls=(
        Slider("step", "step", 1000, 1, LAST, help="of training", log=True, play=True),
        Slider("chosen", "start", 6, 0, STARTS - 1, help="its seed", stops=(0, 6, 29)),
    ),
    panels=row(1, 1, gap=0.11, left=0.075, right=0.97, bottom=0.145, top=0.9),
    presets={"on and on": {"step": LAST}, "a start that learns": {"chosen": 0}},
)

nested_formula = Explorer(
    name="nested_formula",
    question="In which order is Y computed, and from which numbers?",
    compute=compute_nested_formula,
    frame=frame_nested_formula,
    draw=draw_nested_formula,
    sentence=sentence_nested_formula,
    readings=readings_nested_formula,
    keeps_panel_heights=True,
    controls=(Slider("step", "step", 6, 0, 6, play=True), ACTIVATION, *_NUMBERS),
    folded=tuple(NUMBERS)[2:],
    frame_depends_on=tuple(NUMBERS)[3:],
    panels=((0.0, 0.02, 0.38, 0.96), (0.4, 0.03, 0.595, 0.86)),
    presets={"nothing computed": {"step": 0}, "hidden layer done": {"step": 4}},
)

loss_surface = Explorer(
    name="loss_surface",
    question="Where does gradient descent end when J is not a bowl?",
    compute=compute_loss_surface,
    frame=frame_loss_surface,
    draw=draw_loss_surface,
    sentence=sentence_loss_surface,
    window=window_loss_surface,
    readings=readings_loss_surface,
    drag=Drag(0, drag_loss_surface, "drag the start"),
    controls=(
        Choice("data", "data", "XOR", ("XOR", "one sample")),
        Choice("pair", "two weights", "W1, W2", tuple(PAIRS)),
        changed(GAMMA, default=10.0),
        Slider("step", "step", 200, 0, 200, 5, play=True),
        ACTIVATION,
        *(
            Slider(n, f"start: {n}", v, -10.0, 10.0, 0.5)
            for n, v in (("first", 0.0), ("second", -2.0))
        ),
        changed(TARGET, default=0.9),
    ),
    frame_depends_on=("data", "pair", "target", "activation"),
    folded=("activation", "first", "second", "target"),
    panels=((0.08, 0.145, 0.385, 0.755), (0.55, 0.145, 0.43, 0.755)),
    presets={"one sample": {"data": "one sample", "pair": "W11, W1"}},
)

guess_xor_learned = prediction(
    "guess_xor_learned",
    "Before you look: of 20 starts of the network, how many learn XOR?",
    "of 20 starts of a 2-2-1 network: all of XOR right after 1,000 steps",
    find_xor_learned,
    20,
    0,
    20,
)
