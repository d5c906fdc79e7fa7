"""The widget shell, without a browser: sliders move the picture, bad values are told, work can be dropped."""

import asyncio
import base64

import ipywidgets as widgets
import pytest

import lecture_lib.live
from lecture_lib.controls import DEPTH, Choice, Slider
from lecture_lib.explorer import Explorer
from lecture_lib.explorers import EXPLORERS
from lecture_lib.live import Live


def parts(depth, mode, size):
    for k in range(3):
        if mode == "raises" and k == 1:
            raise RuntimeError("half-way")
        yield depth, mode, size, k


def pauses(depth, mode, size):
    for part in parts(depth, mode, size):
        yield part
        if part[3] < 2:
            yield None


def compute(depth, mode, size):
    if mode == "raises":
        raise RuntimeError("no answer")
    if mode == "refuses":
        raise ValueError("mode was 'refuses'; it must be kind.")
    return depth, mode, size, 2


def draw(axes, data):
    axes[0].plot([0, data[0] / 56], [0, 1])
    if data[1] == "draw fails":
        raise RuntimeError("no picture")


CONTROLS = (DEPTH, Choice("mode", "mode", "kind", ("kind", "raises", "refuses", "draw fails")),
            Slider("size", "size", 1.0, 0.01, 100.0, log=True))


def explorer(work=compute):
    return Explorer(name="probe", question="What happens?", compute=work, draw=draw, controls=CONTROLS, fold=("size",),
                    sentence=lambda data: f"depth {data[0]}, part {data[3]}.", presets={"deep": {"depth": 56}})


def message(live):
    return live._message.value


def test_a_slider_moves_picture_sentence_and_field_together():
    live = explorer()()
    before = live._picture.value
    live._fields["depth"].main.value = 30
    assert live.settings["depth"] == 30 and live._fields["depth"].typed.value == "30"
    assert live._picture.value != before and live.sentence == "depth 30, part 2."
    assert 'alt="depth 30, part 2."' in live._picture.value
    assert live.code == "explorers.probe(depth=30)"


def test_typing_works_like_the_slider():
    live = explorer()()
    live._fields["depth"].typed.value = "40"
    assert live.settings["depth"] == 40 and live._fields["depth"].main.value == 40


@pytest.mark.parametrize("typed", ["abc", "", "1e9", "-1", "nan", "2.5", "<script>alert(1)</script>"])
def test_a_bad_typed_value_is_told_and_the_picture_stays(typed):
    live = explorer()(depth=30)
    before = live._picture.value
    live._fields["depth"].typed.value = typed
    assert "depth was" in message(live) and "<script>" not in message(live)
    assert live._picture.value == before and live.settings["depth"] == 30
    live._fields["depth"].main.value = 31
    assert message(live) == "" and live.settings["depth"] == 31


@pytest.mark.parametrize("mode", ["raises", "refuses", "draw fails"])
def test_a_fault_leaves_the_last_good_picture_and_working_sliders(mode):
    live = explorer()()
    before = live._picture.value
    live._fields["mode"].main.value = mode
    assert message(live) and "Traceback" not in message(live) and live._picture.value == before
    live.set(mode="kind", depth=12)
    assert message(live) == "" and live.settings == {"depth": 12, "mode": "kind", "size": 1.0}
    fresh = explorer()(depth=12)
    assert live._picture.value == fresh._picture.value  # nothing half-drawn stays behind


def test_presets_and_reset():
    live = explorer()(depth=5)
    buttons = {b.description: b for box in live.children for b in getattr(box, "children", ())
               if isinstance(b, widgets.Button)}
    buttons["deep"].click()
    assert live.settings["depth"] == 56
    buttons["reset"].click()
    assert live.settings == live.explorer.defaults and live._fields["depth"].main.value == 20


def test_the_play_button_starts_where_the_slider_is():
    live = EXPLORERS["backprop_player"](step=7)
    field = live._fields["step"]
    assert field.play.value == field.main.value == live.settings["step"] == 7


def test_a_log_slider_keeps_what_was_typed():
    live = explorer()()
    live._fields["size"].typed.value = "0.037"
    assert live.settings["size"] == 0.037 and live._fields["size"].typed.value == "0.037"


def test_the_output_is_live_here_and_a_picture_elsewhere():
    bundle = explorer()()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert bundle["text/plain"] == "depth 20, part 2."


def test_work_in_parts_starts_finished_and_goes_on_between_moves():
    async def scenario():
        live = explorer(parts)()
        assert live.sentence == "depth 20, part 2."
        live._fields["depth"].main.value = 30
        assert live.sentence == "depth 30, part 0."
        live._fields["depth"].main.value = 31  # drops the work for 30
        await asyncio.sleep(0.2)
        return live
    live = asyncio.run(scenario())
    assert live.sentence == "depth 31, part 2."


def test_where_a_page_waits_the_first_part_shows_at_once(monkeypatch):
    monkeypatch.setattr(lecture_lib.live, "_watched", lambda: True)

    async def scenario():
        live = explorer(pauses)()
        first = live.sentence
        await asyncio.sleep(0.2)
        return first, live.sentence
    assert asyncio.run(scenario()) == ("depth 20, part 0.", "depth 20, part 2.")
    live = explorer(pauses)()  # and where no loop runs, the work is done in the call
    assert live.sentence == "depth 20, part 2."
    assert explorer(pauses).data()[3] == 2


def test_work_that_fails_half_way_says_so():
    async def scenario():
        live = explorer(parts)()
        live.set(mode="raises")
        await asyncio.sleep(0.2)
        return live
    live = asyncio.run(scenario())
    assert "half-way" in message(live) and live.sentence == "depth 20, part 0."


@pytest.mark.parametrize("declared", EXPLORERS.values(), ids=lambda e: e.name)
def test_every_explorer_shows_and_moves(declared):
    async def scenario():  # with a loop, as in a kernel: long work shows its first part and can be dropped
        live = declared()
        assert isinstance(live, Live) and live.sentence == declared.sentence(live.data)
        first = declared.controls[0]
        other = [v for v in first.samples() if v != first.default][0]
        live._fields[first.name].main.value = other
        assert message(live) == "" and live.settings[first.name] == other
        live._drop()
    asyncio.run(scenario())
