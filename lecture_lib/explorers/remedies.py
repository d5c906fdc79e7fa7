"""Explorers of notebook 06: before and after, A against B, the map of variance and depth, the grid, Rprop's steps."""

from ..controls import ACTIVATION, DEPTH, GAMMA, OPTIMISER, SEED, TRAINED_WIDTH, VARIANCE, WIDTH, Slider, changed
from ..experiments import remedies as compute
from ..explorer import Explorer, pictured, row
from ..plots import remedies as plots

_RELU, _HE = changed(ACTIVATION, default="relu"), changed(VARIANCE, default="2/n")
_STEP = changed(GAMMA, default=0.02, help="how far a step goes along -gradient; for Rprop: its first step, try 0.01")
_EPOCHS = Slider("epochs", "epochs", 15, 1, 60, help="passes through the training digits; for Rprop one step each")
_PAIRS = {"ReLU alone (R1)": {"variance": "1"}, "ReLU, 1/n (R3)": {"variance": "1/n"}, "ReLU, 2/n (R4)": {},
          "sigmoid, 1/n": {"activation": "sigmoid", "variance": "1/n"},
          "tanh, 1/n (R3)": {"activation": "tanh", "variance": "1/n"}}

remedy_profile = Explorer(
    "remedy_profile", "Which remedy keeps the gradient alive on its way to layer 1?",
    compute=compute.remedy_profile, **pictured(plots, "profile"), controls=(_RELU, _HE, DEPTH, WIDTH, SEED),
    frame_on=("activation", "variance", "depth", "width"), panels=row(1, 1, left=0.085, gap=0.13, right=0.965),
    fold=("seed",), presets=_PAIRS)

remedy_training = Explorer(
    "remedy_training", "Does a gradient that arrives also make the network learn?",
    compute=compute.remedy_training, **pictured(plots, "training"), fold=("trained_width", "seed", "epochs"),
    controls=(DEPTH, _RELU, _HE, OPTIMISER, _STEP, TRAINED_WIDTH, SEED, _EPOCHS),
    frame_on=("depth", "activation", "variance", "optimiser", "gamma", "epochs"),
    panels=row(1.2, 1, left=0.085, gap=0.13, right=0.965, top=0.76, bottom=0.14), size=(1000, 420),
    presets=_PAIRS | {"Rprop (R6)": {"activation": "sigmoid", "variance": "1", "optimiser": "rprop", "gamma": 0.01,
                                     "epochs": 60}})

phase_map = Explorer(
    "phase_map", "At which initial variance does the gradient neither vanish nor explode?",
    compute=compute.phase_map, **pictured(plots, "phases"),
    controls=(ACTIVATION, changed(WIDTH, default=64), Slider("seeds", "seeds", 2, 1, 5), SEED),
    frame_on=("activation",), fold=("seeds", "seed"), size=(1000, 400),
    panels=row(1.5, 1, left=0.06, right=0.97, gap=0.08, bottom=0.27),
    presets={"ReLU": {"activation": "relu"}, "tanh": {"activation": "tanh"}, "sigmoid (R5)": {}})

remedy_grid = Explorer(
    "remedy_grid", "Which pairs of activation and variance learn at depth 4, 20 and 56?",
    compute=compute.remedy_grid, **pictured(plots, "grid"), fold=("trained_width", "seed"),
    controls=(OPTIMISER, changed(_STEP, default=0.05), changed(_EPOCHS, default=3), TRAINED_WIDTH, SEED),
    panels=((0.19, 0.03, 0.5, 0.88), (0.72, 0.03, 0.27, 0.88)), size=(1000, 400),
    presets={"momentum, γ 0.01": {"optimiser": "momentum", "gamma": 0.01},
             "Rprop, 30 steps (R6)": {"optimiser": "rprop", "gamma": 0.01, "epochs": 30}})

resilient = Explorer(
    "resilient", "What does Rprop do with a gradient that has vanished?",
    compute=compute.resilient, **pictured(plots, "resilient"),
    controls=(DEPTH, ACTIVATION, VARIANCE, Slider("steps", "steps", 40, 1, 60),
              Slider("first_step", "Rprop first step", 0.01, 0.0001, 1.0, help="published: 0.1", log=True),
              changed(GAMMA, default=0.05), TRAINED_WIDTH, SEED),
    fold=("gamma", "trained_width", "seed"), frame_on=("depth", "steps"), panels=row(1, 1, 0.8, left=0.085, gap=0.1),
    presets={"ReLU, 1/n, depth 56": {"depth": 56, "activation": "relu", "variance": "1/n", "steps": 40},
             "first step 0.1": {"first_step": 0.1}})
