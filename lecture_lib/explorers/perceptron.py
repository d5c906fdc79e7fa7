"""Explorers of notebook 01: one neuron, its line, its training, and the many lines it can end with."""

from ..controls import GAMMA, SEED, Choice, Slider, changed, number
from ..experiments import perceptron as compute
from ..explorer import Explorer, pictured
from ..plots import perceptron as plots

_PHI = Choice("phi", "activation φ", "step", tuple(compute.PHI), tuple(F.label for F in compute.PHI.values()))
_DATA, _GAMMA = Choice("data", "data", "AND", compute.DATA), changed(GAMMA, default=1.0)
_NUMBER = {n: number(n, v) for n, v in {"X1": 1.5, "W1": 4.0, "X2": 2.0, "W2": -2.0, "B": 1.0}.items()}
_END, _OVERLAP = {"shown": compute.SHOWN}, {"data": "overlapping blobs"}

neuron = Explorer(
    "neuron", "Which of its numbers decide whether the neuron says 1?",
    compute=compute.neuron, **pictured(plots, "neuron"),
    controls=(*(_NUMBER[n] for n in ("X1", "W1", "B")), _PHI, _NUMBER["X2"], _NUMBER["W2"]), fold=("X2", "W2"),
    frame_on=("phi",), panels=((0.0, 0.02, 0.36, 0.9), (0.43, 0.17, 0.25, 0.7), (0.75, 0.17, 0.24, 0.7)),
    presets={"V = 0 (S6)": {"B": -2.0}, "V = 20 (S4)": {"X1": 2.0, "X2": -2.0, "W2": -4.0, "B": 4.0}})
decision_boundary = Explorer(
    "decision_boundary", "Which control turns the line, and which only shifts it?",
    compute=compute.boundary, frame=plots.frame_plane, draw=plots.draw_boundary, sentence=plots.sentence_boundary,
    controls=(_DATA, Slider("angle", "angle of W", 45, -180, 180, 5),
              Slider("length", "length of W", 1.0, 0.0, 3.0, 0.1), changed(_NUMBER["B"], default=-1.0)),
    frame_on=("data",), panels=((0.07, 0.15, 0.91, 0.76),),
    presets={"OR (S8)": {"data": "OR", "B": -0.4}, "XOR (S8)": {"data": "XOR", "B": -0.4}})
perceptron_training = Explorer(
    "perceptron_training", "What does one mistake do to the line, and when do the mistakes end?",
    compute=compute.training, **pictured(plots, "training"),
    controls=(_DATA, Slider("shown", "samples shown", 9, 0, compute.SHOWN, play=True), _GAMMA, SEED,
              Slider("threshold", "stop threshold", 0.01, 0.01, 1.0, 0.01)), fold=("threshold",), size=(1000, 400),
    frame_on=("data", "gamma"), panels=((0.07, 0.15, 0.35, 0.75), (0.48, 0.15, 0.2, 0.75), (0.745, 0.15, 0.23, 0.75)),
    presets={"AND (S15)": _END, "XOR (S17)": {**_END, "data": "XOR"}, "overlapping (S19)": _END | _OVERLAP,
             "threshold 0.2 (S14)": {**_END, **_OVERLAP, "threshold": 0.2}})
many_solutions = Explorer(
    "many_solutions", "Twenty starts, one data set: do they end at the same line?",
    compute=compute.solutions, **pictured(plots, "solutions"), frame_on=("data",), size=(1000, 400),
    controls=(changed(_DATA, default="blobs"), _GAMMA, SEED),
    panels=((0.07, 0.15, 0.42, 0.75), (0.575, 0.15, 0.405, 0.75)),
    presets={"blobs (S18)": {}, "AND (S18)": {"data": "AND"}, "XOR (S17)": {"data": "XOR"}})
