"""Explorers of notebook 02: the hidden space, the nested formula, the cost over two weights."""

from ..controls import ACTIVATION, GAMMA, SEED, TARGET, Choice, Slider, changed, number
from ..experiments import multilayer as compute
from ..explorer import Explorer, pictured, row
from ..plots import multilayer as plots

_NUMBERS = [number(name, value) for name, value in compute.NUMBERS.items()]

hidden_space = Explorer(
    "hidden_space", "Can one straight line separate the classes after the hidden layer?",
    compute=compute.hidden, **pictured(plots, "hidden"),
    controls=(Choice("data", "data", "XOR", tuple(compute.LIMITS)), Slider("units", "hidden units", 2, 2, 8), SEED,
              Slider("step", "step", compute.STEPS, 0, compute.STEPS, 25, "of training", play=True), ACTIVATION,
              changed(GAMMA, default=5.0)),
    frame_on=("data", "units", "activation", "seed", "gamma"), fold=("activation", "gamma"),
    panels=row(1, 1, gap=0.09, left=0.08, right=0.975), size=(1000, 400),
    presets={"XOR, untrained (M3)": {"step": 0}, "a stuck seed": {"seed": 6}, "linear units": {"activation": "linear"},
             "moons, 8 tanh units": {"data": "moons", "units": 8, "activation": "tanh"}})

nested_formula = Explorer(
    "nested_formula", "In which order is the formula of Y computed, and which numbers does it need?",
    compute=compute.nested, **pictured(plots, "nested"),
    controls=(Slider("step", "step", 6, 0, 6, play=True), ACTIVATION, *_NUMBERS), fold=tuple(compute.NUMBERS)[2:],
    frame_on=tuple(compute.NUMBERS)[3:], panels=((0.0, 0.02, 0.42, 0.96), (0.44, 0.06, 0.55, 0.82)),
    presets={"nothing computed (M4)": {"step": 0}, "hidden layer done (M7)": {"step": 4}})

loss_surface = Explorer(
    "loss_surface", "Where does gradient descent end when J is not a bowl?",
    compute=compute.surface, **pictured(plots, "surface"),
    controls=(Choice("data", "data", "XOR", ("XOR", "one sample")),
              Choice("pair", "two weights", "W1, W2", tuple(compute.PAIRS)), changed(GAMMA, default=10.0),
              Slider("step", "step", 200, 0, 200, 5, play=True), ACTIVATION,
              *(Slider(n, f"start: {n}", v, -10.0, 10.0, 0.5) for n, v in (("first", 0.0), ("second", -2.0))),
              changed(TARGET, default=0.9)),
    frame_on=("data", "pair", "target", "activation"), fold=("activation", "first", "second", "target"),
    panels=row(1, left=0.08, right=0.975), size=(1000, 400),
    presets={"one sample (M8)": {"data": "one sample", "pair": "W11, W1"}})
