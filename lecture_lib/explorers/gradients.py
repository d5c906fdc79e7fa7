"""Explorers of notebook 05: the scalar chain, many chains, real networks at their start and in training."""

from ..controls import ACTIVATION, DEPTH, GAIN, GAMMA, SEED, TRAINED_WIDTH, VARIANCE, WIDTH, Choice, Slider, changed
from ..experiments import gradients as compute
from ..explorer import Explorer, pictured, row
from ..plots import gradients as plots

_X = Slider("X", "input X", 1.0, -5.0, 5.0, 0.1)
_TWO = row(1, 1, gap=0.11, left=0.075, right=0.97)
_SLOW = changed(GAMMA, default=0.05)

scalar_chain = Explorer(
    "scalar_chain", "Which factors make ∂O/∂W₁ small: the weights or the derivatives?",
    compute=compute.scalar_chain, **pictured(plots, "chain"),
    controls=(changed(DEPTH, default=4), _X, Choice("weights", "weights", "random", ("random", "equal"),
              ("from N(0, 1)", "all equal to W")), Slider("W", "W, if equal", 1.0, -20.0, 20.0, 0.5), ACTIVATION, SEED),
    frame_on=("depth", "activation"), fold=("seed",), panels=_TWO,
    presets={"four layers (V5)": {}, "W = 4.5, 56 layers (V19)": {"weights": "equal", "W": 4.5, "depth": 56},
             "W = 2, ReLU (V19)": {"weights": "equal", "W": 2.0, "depth": 56, "activation": "relu"}})
chain_draws = Explorer(
    "chain_draws", "Of 100,000 random chains, how many have a gradient that does not vanish?",
    compute=compute.chain_draws, **pictured(plots, "draws"),
    controls=(DEPTH, Slider("std", "spread of W", 1.0, 0.1, 10.0, help="standard deviation of the weights", log=True),
              ACTIVATION, _X, SEED),
    frame_on=("depth", "activation", "std"), fold=("X", "seed"), panels=row(5, 2, gap=0.08, left=0.075),
    presets={"variance 1 (V14)": {}, "ReLU": {"activation": "relu"}, "spread 10 (V19)": {"std": 10.0}})
gradient_profile = Explorer(
    "gradient_profile", "How much of the gradient reaches the first layer?",
    compute=compute.gradient_profile, **pictured(plots, "profile"),
    controls=(DEPTH, WIDTH, GAMMA, ACTIVATION, VARIANCE, SEED), fold=("seed",),
    frame_on=("depth", "width", "activation"), panels=row(5, 4, gap=0.12, left=0.075, right=0.975), size=(1000, 420),
    presets={"20 layers (V1)": {}, "56 layers (V1)": {"depth": 56}, "width 256 (V13)": {"width": 256},
             "ReLU (V19)": {"activation": "relu"}, "ReLU, 2/n": {"activation": "relu", "variance": "2/n"}})
depth_training = Explorer(
    "depth_training", "Do more layers make the training error smaller?",
    compute=compute.depth_training, **pictured(plots, "race"), panels=_TWO, size=(1000, 400),
    controls=(ACTIVATION, VARIANCE, _SLOW, SEED, TRAINED_WIDTH), fold=("trained_width",), presets={
        "sigmoid, 1 (V2)": {}, "ReLU, 1/n": {"activation": "relu", "variance": "1/n"},
        "ReLU, 2/n (V4)": {"activation": "relu", "variance": "2/n", "trained_width": 64, "gamma": 0.02},
        "ReLU, 1 (V19)": {"activation": "relu"}})
exploding = Explorer(
    "exploding", "From which spread of the weights on does training leave the finite numbers?",
    compute=compute.exploding, **pictured(plots, "explosion"), fold=("seed", "trained_width"), controls=(
        changed(GAIN, default=4.0), changed(DEPTH, default=10), _SLOW, changed(ACTIVATION, default="relu"), SEED,
        TRAINED_WIDTH), frame_on=("depth", "activation"), panels=_TWO, size=(1000, 400),
    presets={"gain 4 (V19)": {}, "gain 2": {"gain": 2.0}, "variance 1 (I4)": {"gain": 32.0},
             "tanh": {"activation": "tanh"}})
