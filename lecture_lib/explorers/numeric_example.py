"""Explorers of notebook 04: the numeric example and its many updates."""

from .. import worked_example as example
from ..controls import GAMMA, TARGET, Choice, Slider, changed, number
from ..experiments import numeric_example as compute
from ..explorer import Explorer, pictured, row
from ..plots import numeric_example as plots

_TARGET = changed(TARGET, default=0.01)
_WEIGHT = [number(f"W{i}", example.WEIGHTS[f"W{i}"]) for i in range(1, 7)]
_BIAS = [number("B1", 0.35, "of both hidden units"), number("B2", 0.6, "of the output unit")]

numeric_example = Explorer(
    "numeric_example", "Which numbers change when you move one input or one weight, and which stay?",
    compute=compute.values, **pictured(plots, "values"),
    controls=(changed(GAMMA, default=example.GAMMA), number("X1", 0.05), number("X2", 0.1), _TARGET, *_WEIGHT, *_BIAS),
    fold=("X2", "W1", "W2", "W3", "W4", "B1", "B2"),
    panels=((0.0, 0.02, 0.4, 0.94), (0.41, 0.04, 0.25, 0.9), (0.71, 0.04, 0.26, 0.9)), size=(1000, 400),
    presets={"the lecture's numbers (N2, N3)": {}, "target 0.9": {"target": 0.9}, "saturated: W5 = 4": {"W5": 4.0}})

numeric_training = Explorer(
    "numeric_training", "How small does the error get, and what do the frozen biases cost?",
    compute=compute.run, **pictured(plots, "run"),
    controls=(Slider("updates", "updates", 100, 1, 10_000, help="how often all weights are updated", log=True,
                     stops=(1, 10, 100, 1000, 10_000)),
              changed(GAMMA, default=example.GAMMA),
              Choice("biases", "biases", "frozen", example.BIASES, (), "what an update does with B1 and B2"),
              _TARGET),
    panels=row(3, 2, gap=0.13),
    presets={"one update (N13)": {"updates": 1}, "10,000 updates (N19)": {"updates": 10_000},
             "10,000 with biases": {"updates": 10_000, "biases": "shared"}})
