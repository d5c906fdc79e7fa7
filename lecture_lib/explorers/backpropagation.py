"""Explorers of notebook 03: descent on a curve, F' in two ways, the derivation line by line, one round on a network."""

from ..controls import ACTIVATION, GAMMA, SEED, Choice, Slider, changed
from ..experiments import backpropagation as compute
from ..explorer import Explorer, pictured, row
from ..illustration import RULES
from ..plots import backpropagation as plots

gradient_descent = Explorer(
    "gradient_descent", "Which learning rates arrive, which arrive fast, and which never?",
    compute=compute.descend, **pictured(plots, "descent"),
    controls=(Choice("curve", "cost curve", "bowl", compute.CURVES), changed(GAMMA, default=0.4, stops=(0.4, 1.9, 2.5)),
              Slider("lam", "curvature λ", 1.0, 0.1, 4.0, 0.1, "J'' of the bowl; it stretches the other curve"),
              Slider("start", "start W(0)", -2.0, -3.0, 3.0, 0.1),
              Choice("sign", "sign of the step", "minus", compute.SIGNS, ("minus (down)", "plus (up)"))),
    frame_on=("curve", "lam", "start", "sign"), panels=row(4, 3, 3, gap=0.08, left=0.06, right=0.97, top=0.87),
    presets={"too small (B13)": {"gamma": 0.003}, "swings, exact (B14)": {"gamma": 1.9},
             "for ever: 2/λ (B12)": {"gamma": 2.0}, "diverges": {"gamma": 2.1}, "uphill (B11)": {"sign": "plus"},
             "two minima (B10)": {"curve": "two minima", "start": 1.5, "gamma": 0.1}})

activation_slope = Explorer(
    "activation_slope", "Does the formula of F' agree with what two nearby values of F say?",
    compute=compute.slope, **pictured(plots, "slope"), frame_on=("activation",), panels=row(1, 1, top=0.87),
    controls=(ACTIVATION, Slider("x", "x", 0.0, -6.0, 6.0, 0.1, play=True),
              Slider("h", "nudge h", 0.1, 1e-6, 2.0, help="F is taken at x - h and x + h", log=True)),
    presets={"the largest slope (B8)": {}, "saturated: x = 6": {"x": 6.0}, "a nudge too wide": {"h": 2.0}})

derivation = Explorer(
    "derivation", "Do both sides of each line of the derivation give the same number?",
    compute=compute.derivation, **pictured(plots, "lines"),
    controls=(Choice("case", "case", "output node", compute.CASES), Slider("line", "line", 8, 1, 8, play=True),
              *(Slider(n, f"index {n}", 1, 1, top) for n, top in (("i", 4), ("j", 3), ("k", 2))), SEED),
    frame_on=("case", "i", "j", "k", "seed"), fold=("seed",), size=(1000, 420),
    panels=((0.0, 0.02, 0.4, 0.96), (0.42, 0.02, 0.56, 0.96)),
    presets={"output node (B20)": {"line": 1}, "hidden node (B24)": {"case": "hidden node", "line": 1},
             "hidden node, done (B25)": {"case": "hidden node"}})

backprop_player = Explorer(
    "backprop_player", "What does each step of one round of backpropagation compute, and from what?",
    compute=compute.player, **pictured(plots, "player"),
    controls=(Slider("step", "step", 18, 1, len(compute.STEPS), play=True),
              Choice("rule", "rule for δ", "right", RULES, ("right (with F')", "spoken (no F')")),
              ACTIVATION, SEED, changed(GAMMA, default=0.5)),
    frame_on=("seed",), fold=("gamma",), size=(1000, 420), panels=((0.0, 0.02, 0.48, 0.96), (0.5, 0.04, 0.49, 0.84)),
    presets={"first unit (B27)": {"step": 1}, "the error (B30)": {"step": 7}, "δ₁, right (B32)": {"step": 10},
             "δ₁, as spoken (B32)": {"step": 10, "rule": "spoken"}, "all updated (B35)": {}})
