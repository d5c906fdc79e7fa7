"""Explorers of notebook 01: one neuron, its line, its training, and the many lines it can end
with.
"""

from lecture_lib import activations, data
from lecture_lib.explore.controls import GAMMA, SEED, Choice, Slider, changed, number
from lecture_lib.explore.declaration import Explorer, row
from lecture_lib.explore.prediction import prediction
from lecture_lib.explore.reading import Drag

from .compute.decision_boundary import ANGLE, BIAS, LENGTH, compute_decision_boundary
from .compute.guess_xor_mistakes import find_xor_mistakes
from .compute.many_solutions import compute_many_solutions
from .compute.neuron import PHI, compute_neuron
from .compute.perceptron_training import compute_perceptron_training
from .compute.training_runs import DATA, SHOWN
from .pictures.decision_boundary import (
    drag_decision_boundary,
    draw_decision_boundary,
    frame_decision_boundary,
    readings_decision_boundary,
    sentence_decision_boundary,
)
from .pictures.many_solutions import (
    draw_many_solutions,
    frame_many_solutions,
    readings_many_solutions,
    sentence_many_solutions,
    window_many_solutions,
)
from .pictures.neuron import (
    draw_neuron,
    frame_neuron,
    readings_neuron,
    sentence_neuron,
    window_neuron,
)
from .pictures.perceptron_training import (
    draw_perceptron_training,
    frame_perceptron_training,
    readings_perceptron_training,
    sentence_perceptron_training,
    window_perceptron_training,
)

_PHI = Choice(
    name="phi",
    label="activation φ",
    default="step",
    options=tuple(PHI),
    labels=tuple(F.label for F in PHI.values()),
    more=activations.list_registered,
)
_DATA = Choice("data", "data", "AND", DATA, more=data.list_registered)
_GAMMA = changed(GAMMA, default=1.0)
_NUMBER = {
    n: number(n, v) for n, v in {"X1": 1.5, "W1": 4.0, "X2": 2.0, "W2": -2.0, "B": 1.0}.items()
}
_END = {"shown": SHOWN}
_OVERLAP = {"data": "overlapping blobs"}

neuron = Explorer(
    name="neuron",
    question="Which of its numbers decide whether the neuron says 1?",
    compute=compute_neuron,
    frame=frame_neuron,
    draw=draw_neuron,
    sentence=sentence_neuron,
    window=window_neuron,
    readings=readings_neuron,
    controls=(*(_NUMBER[n] for n in ("X1", "W1", "B")), _PHI, _NUMBER["X2"], _NUMBER["W2"]),
    folded=("X2", "W2"),
    frame_depends_on=("phi",),
    panels=((0.0, 0.02, 0.37, 0.92), (0.51, 0.47, 0.47, 0.43), (0.51, 0.145, 0.47, 0.3)),
    presets={
        "V = 0": {"B": -2.0},
        "V = 20": {"X1": 2.0, "X2": -2.0, "W2": -4.0, "B": 4.0},  # S4
    },
)
decision_boundary = Explorer(
    name="decision_boundary",
    question="What do the angle of W, its length and B do to the line?",
    compute=compute_decision_boundary,
    frame=frame_decision_boundary,
    draw=draw_decision_boundary,
    sentence=sentence_decision_boundary,
    readings=readings_decision_boundary,
    drag=Drag(0, drag_decision_boundary, "drag the arrow W: the line turns and shifts"),
    controls=(
        _DATA,
        Slider("angle", "angle of W", ANGLE, -175, 180, 5),
        Slider("length", "length of W", LENGTH, 0.0, 3.0, 0.1),
        changed(_NUMBER["B"], default=BIAS),
    ),
    frame_depends_on=("data",),
    panels=row(1, 1, 1, left=0.055, right=0.99, gap=0.045, bottom=0.145, top=0.895),
    presets={"OR": {"data": "OR", "B": -0.4}, "XOR": {"data": "XOR", "B": -0.4}},
)
perceptron_training = Explorer(
    name="perceptron_training",
    question="What does one mistake do to the line, and when do the mistakes end?",
    compute=compute_perceptron_training,
    frame=frame_perceptron_training,
    draw=draw_perceptron_training,
    sentence=sentence_perceptron_training,
    window=window_perceptron_training,
    readings=readings_perceptron_training,
    controls=(
        _DATA,
        Slider("shown", "samples shown", 12, 0, SHOWN, play=True),
        _GAMMA,
        SEED,
        Slider("threshold", "stop threshold", 0.01, 0.01, 1.0, 0.01),
    ),
    folded=("threshold",),
    frame_depends_on=("data",),
    panels=((0.06, 0.145, 0.37, 0.75), (0.465, 0.03, 0.205, 0.865), (0.72, 0.145, 0.26, 0.75)),
    presets={
        "AND": _END,  # S15
        "XOR": {**_END, "data": "XOR"},
        "overlapping": _END | _OVERLAP,
        "threshold 0.2": {**_END, **_OVERLAP, "threshold": 0.2},
    },
)
many_solutions = Explorer(
    name="many_solutions",
    question="Twenty starts, one data set: do they end at the same line?",
    compute=compute_many_solutions,
    frame=frame_many_solutions,
    draw=draw_many_solutions,
    sentence=sentence_many_solutions,
    window=window_many_solutions,
    readings=readings_many_solutions,
    frame_depends_on=("data",),
    controls=(changed(_DATA, default="blobs"), _GAMMA, SEED),
    panels=((0.06, 0.145, 0.44, 0.755), (0.59, 0.145, 0.4, 0.755)),
    presets={"blobs": {}, "AND": {"data": "AND"}, "XOR": {"data": "XOR"}},
)

guess_xor_mistakes = prediction(
    "guess_xor_mistakes",
    "Before you look: how many of the four answers per epoch are wrong on XOR?",
    "one neuron, XOR: wrong answers out of 4, counted when given, mean of epochs 51 to 100",
    find_xor_mistakes,
    1.0,
    0.0,
    4.0,
    step=0.1,
)
