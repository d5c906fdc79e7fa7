"""The page keeps as much room for a sentence as the longest one needs, or it would jump."""

import re

import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

from lecture_lib.explorers import EXPLORERS
from shared.picture_layout import compute_once

ACROSS = 766  # pixels of the page: 86 zeros of 14 pixels
RENDERER = RendererAgg(10, 10, 72)
FONT = FontProperties(family="DejaVu Sans", size=14)  # wider than most fonts of pages


def measure(text):
    width, _, _ = RENDERER.get_text_width_height_descent(text, FONT, False)
    return width


def count_lines(text):
    """How many lines a sentence takes."""
    lines = 1
    used = 0.0
    for word in text.split(" "):
        needed = measure(word) + (measure(" ") if used else 0.0)
        if used + needed > ACROSS:
            lines += 1
            needed = measure(word)
            used = 0.0
        used += needed
    return lines


def test_lines_are_counted_as_a_page_breaks_them():
    assert count_lines("one") == 1
    assert count_lines("0" * 85 + " 0") == 2
    assert count_lines(" ".join(["word"] * 60)) == 4


def list_states():
    """(name, settings, whether before the work): what is shown first, and in `make test-long` the
    end of the work and the presets.
    """
    states = []
    for name, explorer in EXPLORERS.items():
        states.append(pytest.param(name, {}, explorer.is_job, id=name))
        presets = list(explorer.presets.items())
        if explorer.is_job:
            presets.append(("done", {}))
        for label, settings in presets:
            marks = pytest.mark.long
            states.append(pytest.param(name, settings, False, marks=marks, id=f"{name}-{label}"))
    return states


@pytest.mark.parametrize(("name", "settings", "is_first"), list_states())
def test_the_page_has_room_for_the_sentences(name, settings, is_first):
    explorer = EXPLORERS[name]
    data = compute_once(name, tuple(sorted(settings.items())), is_first)
    assert count_lines(explorer.sentence(data)) <= explorer.sentence_lines


@pytest.mark.parametrize(("name", "settings", "is_first"), list_states())
def test_a_negative_number_has_a_minus_sign(name, settings, is_first):
    """−1, not -1: in the sentence, and in what the pointer reads off."""
    explorer = EXPLORERS[name]
    data = compute_once(name, tuple(sorted(settings.items())), is_first)
    texts = [explorer.sentence(data)]
    if explorer.readings:
        for reading in explorer.readings(data):
            texts += reading.texts
    assert [text for text in texts if re.search(r"(?<![\w)])-\d", text)] == []
