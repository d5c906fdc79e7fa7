"""Explorers of notebook 05 on chains: one chain, and many of them."""

from lecture_lib.explore.controls import (
    ACTIVATION,
    DEPTH,
    SEED,
    Choice,
    Slider,
    changed,
)
from lecture_lib.explore.declaration import Explorer

from .compute.chain_draws import compute_chain_draws
from .compute.scalar_chain import compute_scalar_chain
from .pictures.chain_draws import (
    draw_chain_draws,
    frame_chain_draws,
    readings_chain_draws,
    sentence_chain_draws,
    window_chain_draws,
)
from .pictures.scalar_chain import (
    draw_scalar_chain,
    frame_scalar_chain,
    readings_scalar_chain,
    sentence_scalar_chain,
    window_scalar_chain,
)

_X = Slider("X", "input X", 1.0, -5.0, 5.0, 0.1)

scalar_chain = Explorer(
    name="scalar_chain",
    question="Which factors make ∂O/∂W₁ small: the weights or the derivatives?",
    states_ahead=240,
    compute=compute_scalar_chain,
    frame=frame_scalar_chain,
    draw=draw_scalar_chain,
    sentence=sentence_scalar_chain,
    window=window_scalar_chain,
    readings=readings_scalar_chain,
    controls=(
        changed(DEPTH, default=4),
        _X,
        Choice(
            "weights", "weights", "random", ("random", "equal"), ("from N(0, 1)", "all equal to W")
        ),
        Slider("W", "W, if equal", 1.0, -20.0, 20.0, 0.5),
        ACTIVATION,
        SEED,
    ),
    frame_depends_on=("depth",),
    folded=("seed",),
    panels=((0.087, 0.082, 0.903, 0.836),),
    size=(880, 384),
    presets={
        "four layers": {},  # V5
        "W = 4.5, 56 layers": {"weights": "equal", "W": 4.5, "depth": 56},  # V19
        "W = 2, ReLU": {"weights": "equal", "W": 2.0, "depth": 56, "activation": "relu"},  # V19
    },
)

chain_draws = Explorer(
    name="chain_draws",
    question="Of 100,000 random chains, in how many does the gradient survive?",
    states_ahead=75,
    compute=compute_chain_draws,
    frame=frame_chain_draws,
    draw=draw_chain_draws,
    sentence=sentence_chain_draws,
    sentence_lines=3,
    window=window_chain_draws,
    readings=readings_chain_draws,
    controls=(
        DEPTH,
        Slider(
            "std", "spread of W", 1.0, 0.1, 10.0, help="standard deviation of the weights", log=True
        ),
        ACTIVATION,
        _X,
        SEED,
    ),
    frame_depends_on=("depth",),
    folded=("X", "seed"),
    panels=((0.09, 0.17, 0.9, 0.74),),
    size=(880, 350),
    presets={
        "variance 1": {},  # V14
        "ReLU": {"activation": "relu"},
        "spread 10": {"std": 10.0},  # V19
    },
)
