"""Every explorer, over its controls: a finite picture and a sentence, no warning, no exception.

Parametrised over the catalogue, so a new explorer is tested unasked.
"""

import re
from io import BytesIO
from itertools import combinations, islice

import numpy as np
import pytest
from PIL import Image

from lecture_lib.activations import register
from lecture_lib.explore.canvas import STILL_DPI, Canvas
from lecture_lib.explore.controls import Choice, Slider
from lecture_lib.explore.frame import DPI
from lecture_lib.explorers import EXPLORERS
from shared.registered import own_session

ALL = list(EXPLORERS.values())
JOBS = [e for e in ALL if e.is_job and not e.is_prediction]
# They train networks for each answer: their sweeps take minutes and run in `make test-long`.
SLOW = (
    "chain_draws",
    "depth_training",
    "exploding",
    "jacobian",
    "layer_out",
    "norm_and_skip",
    "phase_map",
    "remedy_grid",
    "remedy_profile",
    "remedy_training",
    "resilient",
    "skip_knob",
    "skip_map",
    "skip_race",
    "live_duel",
    "live_network",
    "live_point",
    "live_training",
)


def mark_slow(explorers):
    """The explorers as parameters; the slow ones for `make test-long` alone."""
    found = []
    for explorer in explorers:
        marks = [pytest.mark.long] if explorer.name in SLOW else []
        found.append(pytest.param(explorer, marks=marks, id=explorer.name))
    return found


def one_at_a_time(explorer):
    """The defaults, each control at its least, default and largest value or every option, each
    preset.
    """
    yield {}
    for control in explorer.controls:
        yield from (
            {control.name: value} for value in control.samples() if value != control.default
        )
    yield from explorer.presets.values()


def pairs_of_options(explorer):
    """All pairs of options of any two choices."""
    for a, b in combinations([c for c in explorer.controls if isinstance(c, Choice)], 2):
        yield from ({a.name: x, b.name: y} for x in a.options for y in b.options)


def corners(explorer):
    """All sliders at their least, and all at their largest, value."""
    for end in (0, -1):
        yield {c.name: c.samples()[end] for c in explorer.controls if isinstance(c, Slider)}


def check_readings(readings):
    """What stands under the pointer stands in the picture and is told in words."""
    for across, down, text in readings:
        assert 0 <= across <= 1 and 0 <= down <= 1, (across, down, text)
        assert "nan" not in text and "None" not in text and 3 <= len(text) <= 120, text


def show(explorer, canvas, given, whole):
    """Draw the first part (and the last, if `whole`), read its sentence and its values."""
    settings = explorer.settings(**given)
    parts = explorer.parts(settings)
    data = next(parts)
    if whole:
        *_, data = [data, *parts]
    pixels = canvas.pixels(settings, data)
    sentence = explorer.sentence(data)
    check_readings(canvas.find_readings(data))
    parts.close()
    assert pixels.std() > 5, "an empty picture"
    assert 20 <= len(sentence) <= 420 and sentence.endswith("."), sentence
    assert "nan" not in sentence and "None" not in sentence, sentence


def sweep(explorer, states, whole):
    canvas = Canvas(explorer)
    for given in states:
        try:
            with np.errstate(all="warn"):
                show(explorer, canvas, given, whole)
        except Exception as error:
            raise AssertionError(
                f"{explorer.name}({given}): {type(error).__name__}: {error}"
            ) from error


@pytest.mark.parametrize("explorer", mark_slow(ALL))
def test_every_control_at_its_ends_and_every_option(explorer):
    sweep(explorer, one_at_a_time(explorer), whole=not explorer.is_job)


@pytest.mark.parametrize("explorer", mark_slow(ALL))
def test_all_pairs_of_options_and_the_corners(explorer):
    sweep(explorer, [*pairs_of_options(explorer), *corners(explorer)], whole=not explorer.is_job)


@pytest.mark.long
@pytest.mark.parametrize("explorer", mark_slow(e for e in ALL if e.is_job))
def test_long_work_ends_well_for_every_control(explorer):
    sweep(
        explorer,
        [*one_at_a_time(explorer), *pairs_of_options(explorer), *corners(explorer)],
        whole=True,
    )


@pytest.mark.parametrize("explorer", ALL, ids=lambda e: e.name)
def test_no_button_carries_the_code_of_an_item(explorer):
    assert not [name for name in explorer.presets if re.search(r"\b[ISMBNVRK]\d+\b", name)]


@pytest.mark.parametrize("explorer", ALL, ids=lambda e: e.name)
def test_every_picture_but_a_guess_has_values_under_the_pointer(explorer):
    if explorer.is_prediction:
        assert explorer.readings is None
        return
    settings = explorer.settings()
    parts = explorer.parts(settings)
    data = next(parts)
    parts.close()
    canvas = Canvas(explorer)
    canvas.paint(settings, data)
    assert len(canvas.find_readings(data)) > 0


@pytest.mark.parametrize("explorer", ALL, ids=lambda e: e.name)
def test_the_same_settings_give_the_same_picture(explorer):
    first, second = Canvas(explorer), Canvas(explorer)
    other = explorer.settings(**next(iter(explorer.presets.values()), {}))
    settings = explorer.settings()
    data, other_data = (next(explorer.parts(s)) for s in (settings, other))
    before = first.pixels(settings, data)
    first.pixels(other, other_data)
    again = first.pixels(settings, data)
    np.testing.assert_array_equal(before, again)  # what was drawn in between leaves no trace
    np.testing.assert_array_equal(before, second.pixels(settings, next(explorer.parts(settings))))


@pytest.mark.parametrize("explorer", mark_slow(ALL))
def test_a_kept_frame_is_that_of_a_fresh_picture_for_every_control(explorer):
    """`frame_depends_on` names all controls that the frame needs: it is compared with a frame that
    is drawn again each time.
    """
    kept = Canvas(explorer)
    fresh = Canvas(explorer)
    kept.pixels(explorer.settings(), next(explorer.parts(explorer.settings())))
    for control in explorer.controls:
        for value in (control.samples()[0], control.samples()[-1]):
            settings = explorer.settings(**{control.name: value})
            data = next(explorer.parts(settings))
            for frame in fresh.frames:
                frame.key = None
            np.testing.assert_array_equal(
                kept.pixels(settings, data), fresh.pixels(settings, data), f"{settings}"
            )


@pytest.mark.parametrize("explorer", ALL, ids=lambda e: e.name)
def test_a_still_has_the_picture_and_below_it_its_sentence(explorer):
    png, sentence = explorer.still()
    image = Image.open(BytesIO(png))
    finer = STILL_DPI / DPI
    width, height = explorer.size
    assert image.width == round(width * finer)
    assert height + 40 < image.height / finer < height + 120
    assert sentence == explorer.sentence(explorer.data())


@pytest.mark.parametrize("explorer", JOBS, ids=lambda e: e.name)
def test_the_frame_of_the_first_part_suits_the_later_ones(explorer):
    """A page shows the first part at once and keeps its frame: later parts must not need another
    one.
    """
    settings = explorer.settings()
    kept = Canvas(explorer)
    fresh = Canvas(explorer)
    found = [part for part in islice(explorer.parts(settings), 12) if part is not None]
    assert len(found) > 1
    kept.pixels(settings, found[0])
    np.testing.assert_array_equal(
        kept.pixels(settings, found[-1]), fresh.pixels(settings, found[-1])
    )


@pytest.mark.parametrize("explorer", ALL, ids=lambda e: e.name)
def test_the_declaration_is_whole(explorer):
    names = [c.name for c in explorer.controls]
    assert len(set(names)) == len(names) and set(explorer.folded) <= set(names)
    assert set(explorer.frame_depends_on) <= set(names)
    assert 1 <= len(names) - len(explorer.folded) <= 5, "three or four controls in view"
    assert explorer.question.endswith("?")
    lowest = 100 if explorer.is_prediction else 150
    assert explorer.size[0] in (880, 1000) and lowest <= explorer.size[1] <= 460
    assert all(len(c.label) <= 18 for c in explorer.controls)
    for control in explorer.controls:
        assert control.check(control.default) == control.default
        # The browser would move it to the nearest step
        if isinstance(control, Slider) and not control.log:
            steps = (control.default - control.low) / control.step
            assert abs(steps - round(steps)) < 1e-9, control.name
    for settings in explorer.presets.values():
        explorer.settings(**settings)


# Which sets, how many steps or epochs, and what is guessed is up to the explorer.
OWN_RANGE = {"data", "step", "epochs", "mine"}


def test_the_same_control_is_the_same_everywhere():
    """One name, one label, one kind, one range in the same steps; only where it starts is up to the
    explorer.
    """
    seen = {}
    for explorer in ALL:
        for c in explorer.controls:
            same = (c.label, type(c))
            if c.name not in OWN_RANGE:
                same += tuple(
                    getattr(c, part, None)
                    for part in ("log", "low", "high", "step", "options", "labels")
                )
            assert seen.setdefault(c.name, same) == same, f"{c.name} in {explorer.name}"


@pytest.mark.parametrize("explorer", ALL, ids=lambda e: e.name)
def test_bad_input_is_one_sentence_that_names_the_control(explorer):
    for control in explorer.controls:
        for bad in ("abc", float("nan"), -1e30, 1e30, None, [1]):
            with pytest.raises((ValueError, TypeError)) as caught:
                explorer.settings(**{control.name: bad})
            message = str(caught.value)
            assert (
                control.label in message and message.endswith(".") and message.count(". ") == 0
            ), message
    with pytest.raises(ValueError, match="control of"):
        explorer.settings(no_such_control=1)


@pytest.mark.parametrize("explorer", ALL, ids=lambda e: e.name)
def test_the_code_of_a_state_brings_it_back(explorer):
    for given in list(one_at_a_time(explorer))[:6]:
        settings = explorer.settings(**given)
        # Our own text
        again = eval(explorer.code(settings).replace(f"explorers.{explorer.name}", "dict"))
        assert explorer.settings(**again) == settings


@pytest.mark.parametrize("explorer", ALL, ids=lambda e: e.name)
def test_a_number_next_to_nothing_is_nothing(explorer):
    for c in explorer.controls:
        if isinstance(c, Slider) and not c.whole and c.low <= 0 <= c.high:
            for tiny in (1e-300, -1e-300, 5e-324, "-0"):
                taken = c.check(tiny if c.low < 0 else str(tiny).lstrip("-"))
                assert taken == 0 and np.copysign(1, taken) == 1


WITH_ACTIVATION = [e for e in ALL if "activation" in e.defaults and e.name != "skip_knob"]


@pytest.mark.parametrize(
    "explorer",
    [pytest.param(EXPLORERS["skip_knob"], id="skip_knob"), *mark_slow(WITH_ACTIVATION)],
)
def test_every_activation_of_the_menu_and_one_of_ones_own_can_be_chosen(explorer):
    with own_session():
        register("bent", np.sin, np.cos)
        control = next(c for c in explorer.controls if c.name == "activation")
        sweep(explorer, [{"activation": name} for name in control.allowed()], whole=False)


def test_a_choice_is_compared_with_anything():
    for explorer in ALL:
        for control in explorer.controls:
            for value in (np.array([1, 2]), [1], None, 10**5000, {}):
                with pytest.raises(
                    (ValueError, TypeError), match=f"^{re.escape(control.label)} was"
                ):
                    explorer.settings(**{control.name: value})
