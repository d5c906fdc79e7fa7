"""Explorers of notebook 03: descent on a curve, F' in two ways, the derivation line by line, one
round on a network.
"""

from lecture_lib.explore.controls import ACTIVATION, GAMMA, SEED, Choice, Slider, changed
from lecture_lib.explore.declaration import Explorer, row
from lecture_lib.explore.prediction import prediction
from lecture_lib.explore.reading import Drag
from lecture_lib.small_networks.illustration import RULES

from .compute.activation_slope import compute_activation_slope
from .compute.backprop_player import FORMULAS, STEPS, compute_backprop_player
from .compute.derivation import CASES, compute_derivation
from .compute.gradient_descent import CURVES, SIGNS, compute_gradient_descent
from .compute.guess_turned_signs import find_turned_signs
from .pictures.activation_slope import (
    draw_activation_slope,
    frame_activation_slope,
    move_x,
    readings_activation_slope,
    sentence_activation_slope,
    window_activation_slope,
)
from .pictures.backprop_player import (
    draw_backprop_player,
    frame_backprop_player,
    readings_backprop_player,
    sentence_backprop_player,
)
from .pictures.derivation import (
    draw_derivation,
    frame_derivation,
    readings_derivation,
    sentence_derivation,
)
from .pictures.gradient_descent import (
    draw_gradient_descent,
    frame_gradient_descent,
    move_rate,
    readings_gradient_descent,
    sentence_gradient_descent,
    window_gradient_descent,
)

gradient_descent = Explorer(
    name="gradient_descent",
    question="Which learning rates arrive, which arrive fast, and which never do?",
    compute=compute_gradient_descent,
    frame=frame_gradient_descent,
    draw=draw_gradient_descent,
    sentence=sentence_gradient_descent,
    controls=(
        Choice("curve", "cost curve", "bowl", CURVES),
        changed(GAMMA, default=0.4, stops=(0.4, 1.9, 2.5)),
        Slider(
            "lam",
            "curvature λ",
            1.0,
            0.1,
            4.0,
            0.1,
            "J'' of the bowl; it stretches the other curve",
        ),
        Slider("start", "start W(0)", -2.0, -3.0, 3.0, 0.1),
        Choice("sign", "sign of the step", "minus", SIGNS),
    ),
    frame_depends_on=("curve", "lam", "start", "sign"),
    window=window_gradient_descent,
    readings=readings_gradient_descent,
    drag=Drag(1, move_rate, "drag along the learning rates"),
    panels=row(1, 1, gap=0.1, left=0.06, right=0.98, bottom=0.17, top=0.86),
    size=(880, 330),
    presets={
        "γ = 0.003": {"gamma": 0.003},
        "γ = 1.9": {"gamma": 1.9},  # B14
        "γ = 2": {"gamma": 2.0},
        "γ = 2.1": {"gamma": 2.1},
        "with a plus": {"sign": "plus"},
        "two minima": {"curve": "two minima", "start": 1.5, "gamma": 0.1},
    },
)

activation_slope = Explorer(
    name="activation_slope",
    question="Does the formula of F' agree with what two nearby values of F say?",
    compute=compute_activation_slope,
    frame=frame_activation_slope,
    draw=draw_activation_slope,
    sentence=sentence_activation_slope,
    frame_depends_on=("activation",),
    window=window_activation_slope,
    readings=readings_activation_slope,
    drag=Drag(0, move_x, "drag the point"),
    panels=row(1, 1, bottom=0.17, top=0.89, gap=0.1),
    size=(880, 320),
    controls=(
        ACTIVATION,
        Slider("x", "x", 0.0, -6.0, 6.0, 0.1, play=True),
        Slider("h", "nudge h", 0.1, 1e-6, 2.0, help="F is taken at x - h and x + h", log=True),
    ),
    presets={
        "the largest slope": {},
        "saturated: x = 6": {"x": 6.0},
        "a nudge too wide": {"h": 2.0},
    },
)

derivation = Explorer(
    name="derivation",
    question="Do both sides of each line of the derivation give the same number?",
    states_ahead=64,
    narrow_width=610,
    compute=compute_derivation,
    frame=frame_derivation,
    draw=draw_derivation,
    sentence=sentence_derivation,
    controls=(
        Choice("case", "case", "output node", CASES),
        Slider("line", "line", 8, 1, 8, play=True),
        *(Slider(n, f"index {n}", 1, 1, top) for n, top in (("i", 4), ("j", 3), ("k", 2))),
        SEED,
    ),
    frame_depends_on=("case", "i", "j", "k", "seed"),
    folded=("seed",),
    readings=readings_derivation,
    size=(880, 345),
    panels=((0.005, 0.0, 0.37, 0.9), (0.4, 0.0, 0.595, 0.9)),
    presets={
        "output node": {"line": 1},
        "hidden node": {"case": "hidden node", "line": 1},
        "hidden node, done": {"case": "hidden node"},
    },
)

backprop_player = Explorer(
    name="backprop_player",
    question="What does each step of backpropagation compute, and from what?",
    states_ahead=180,
    compute=compute_backprop_player,
    frame=frame_backprop_player,
    draw=draw_backprop_player,
    sentence=sentence_backprop_player,
    controls=(
        Slider("step", "step", 18, 1, len(STEPS), play=True),
        Choice("rule", "rule for δ", "right", RULES, ("right (with F')", "spoken (no F')")),
        ACTIVATION,
        Choice("formulas", "formulas, way back", "hidden", FORMULAS),
        SEED,
        changed(GAMMA, default=0.5),
    ),
    readings=readings_backprop_player,
    folded=("seed", "gamma"),
    size=(880, 345),
    panels=((0.005, 0.0, 0.575, 0.9), (0.605, 0.0, 0.385, 0.9)),
    presets={
        "first unit": {"step": 1},
        "the error": {"step": 7},
        "δ₁, right": {"step": 10, "formulas": "written out"},
        "δ₁, as spoken": {"step": 10, "rule": "spoken", "formulas": "written out"},
        "all updated": {},
    },
)

guess_turned_signs = prediction(
    "guess_turned_signs",
    "Before you look: in how many of 100 does the spoken rule get the sign wrong?",
    "of 100 networks, weights −5 to 5: ∂E/∂W(X1)1 has the wrong sign if every F′ is left out",
    find_turned_signs,
    50,
    0,
    100,
)
