"""Every picture as a person would look at it: nothing on anything, words that can be read, panels
that are filled.
"""

import pytest

from lecture_lib.explorers import EXPLORERS
from shared.picture_layout import Drawn

HALF = 0.5


def list_states():
    """(explorer, name of the state, settings): how it opens, and its presets (`make test-long`)."""
    states = []
    for name, explorer in EXPLORERS.items():
        for label, settings in {"default": {}, **explorer.presets}.items():
            marks = [] if label == "default" else [pytest.mark.long]
            states.append(pytest.param(explorer, settings, marks=marks, id=f"{name}-{label}"))
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
    if explorer.is_prediction:  # its axis shows whatever may be guessed
        return
    assert explorer.window is not None or min(fills, default=1) >= HALF, fills
