"""Every picture as a person would look at it: nothing on anything, words that can be read, panels
that are filled.
"""

import pytest

from lecture_lib.explorers import EXPLORERS
from shared.picture_layout import Drawn

# Explorers whose pictures follow the visual language; the others are still to be redrawn.
REDRAWN = (
    "gradient_profile",
    "jacobian",
    "skip_knob",
    "skip_map",
    "norm_and_skip",
    "skip_race",
    "layer_out",
    "neuron",
    "decision_boundary",
    "perceptron_training",
    "many_solutions",
    "hidden_space",
    "loss_surface",
    "nested_formula",
    "chain_draws",
    "depth_training",
    "exploding",
    "phase_map",
    "remedy_grid",
    "remedy_profile",
    "remedy_training",
    "resilient",
    "live_training",
    "live_duel",
    "live_network",
    "live_point",
    "numeric_example",
    "numeric_training",
    "activation_slope",
    "gradient_descent",
    "scalar_chain",
    "backprop_player",
    "derivation",
)
HALF = 0.5


def list_states():
    """(explorer, name of the state, settings): how it opens, and its presets."""
    states = []
    for name in REDRAWN:
        explorer = EXPLORERS[name]
        for label, settings in {"default": {}, **explorer.presets}.items():
            states.append(pytest.param(explorer, settings, id=f"{name}-{label}"))
    return states


@pytest.mark.parametrize(("explorer", "settings"), list_states())
def test_nothing_lies_on_anything(explorer, settings):
    drawn = Drawn(explorer, **settings)
    assert drawn.find_overlapping_words() == []
    assert drawn.find_words_on_curves() == []
    assert drawn.find_cut_words() == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("explorer", "settings"), list_states())
def test_words_can_be_read(explorer, settings, dark):
    assert Drawn(explorer, dark, **settings).find_pale_words() == []


@pytest.mark.parametrize(("explorer", "settings"), list_states())
def test_the_data_fill_the_panels(explorer, settings):
    """At least half of the height; or the axis is the smallest of those there are that holds them
    (choose_window is tested for that), which an explorer says by its `window`.
    """
    drawn = Drawn(explorer, **settings)
    fills = drawn.measure_fill()
    assert explorer.window is not None or min(fills, default=1) >= HALF, fills
