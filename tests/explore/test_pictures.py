"""Every picture as a person would look at it: nothing on anything, nothing cut, words that can be
read, panels that are filled.
"""

import pytest

from lecture_lib.explore.controls import Slider
from lecture_lib.explore.layout import squeeze, stack_panels
from lecture_lib.explorers import EXPLORERS
from shared.picture_layout import Drawn

HALF = 0.5
TIMES = ("step", "steps", "epochs", "updates")  # controls by which a picture grows


def list_states():
    """(explorer, settings, whether before the work): how it opens, and in `make test-long` its
    presets, what is shown before the work is done, and both ends of time.
    """
    states = []
    for name, explorer in EXPLORERS.items():
        for label, settings in list_settings(explorer).items():
            marks = [] if label == "default" else [pytest.mark.long]
            states.append(
                pytest.param(explorer, settings, False, marks=marks, id=f"{name}-{label}")
            )
        if explorer.is_job:
            at_first = pytest.param(explorer, {}, True, marks=pytest.mark.long, id=f"{name}-first")
            states.append(at_first)
    return states


def list_settings(explorer):
    """{name of the state: settings}: the default, the presets, and the ends of what is played."""
    found = {"default": {}, **explorer.presets}
    for control in explorer.controls:
        if isinstance(control, Slider) and (control.play or control.name in TIMES):
            for end in (control.low, control.high):
                found[f"{control.name} {end}"] = {control.name: end}
    return found


def list_done():
    """The same without what is shown before the work is done, which is gone after a moment."""
    return [
        pytest.param(*p.values[:2], marks=p.marks, id=p.id)
        for p in list_states()
        if not p.values[2]
    ]


def find_faults(drawn):
    """What lies on something else or is cut, by the name of the fault."""
    faults = {
        "words on words": drawn.find_overlapping_words(),
        "words on curves": drawn.find_words_on_curves(),
        "cut words": drawn.find_cut_words(),
        "words in other panels": drawn.find_words_in_other_panels(),
    }
    return {name: found for name, found in faults.items() if found}


@pytest.mark.parametrize(("explorer", "settings", "is_first"), list_states())
def test_nothing_lies_on_anything(explorer, settings, is_first):
    drawn = Drawn(explorer, is_first=is_first, **settings)
    assert find_faults(drawn) == {}
    assert drawn.find_cut_markers() == []
    assert drawn.find_words_run_together() == []


@pytest.mark.parametrize(("explorer", "settings"), list_done())
def test_nothing_lies_on_anything_on_a_phone(explorer, settings):
    """Where the panels stand below one another: what is less important is left out there."""
    assert find_faults(Drawn(stack_panels(explorer), **settings)) == {}


@pytest.mark.parametrize(("explorer", "settings"), list_done())
def test_nothing_lies_on_anything_in_a_lecture_room(explorer, settings):
    """Where the words are large and the panels are low, one below the other."""
    assert find_faults(Drawn(explorer, large=True, **settings)) == {}


@pytest.mark.parametrize(("explorer", "settings"), list_done())
def test_nothing_lies_on_anything_in_a_narrow_window(explorer, settings):
    """Where the panels are pushed together as far as they are, if they are at all."""
    narrow = squeeze(explorer, min(explorer.squeezed_width, explorer.size[0]))
    drawn = Drawn(narrow, **settings)
    assert find_faults(drawn) == {}
    assert drawn.find_words_run_together() == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("explorer", "settings", "is_first"), list_states())
def test_words_can_be_read(explorer, settings, is_first, dark):
    assert Drawn(explorer, dark, is_first, **settings).find_pale_words() == []


@pytest.mark.parametrize(("explorer", "settings", "is_first"), list_states())
def test_the_data_fill_the_panels(explorer, settings, is_first):
    """At least half of the height; or the axis is the smallest of those there are that holds them
    (choose_window is tested for that), which an explorer says by its `window`.
    """
    if explorer.is_prediction or is_first:  # its axis shows whatever may be guessed, or may come
        return
    fills = Drawn(explorer, **settings).measure_fill()
    assert explorer.window is not None or min(fills, default=1) >= HALF, fills
