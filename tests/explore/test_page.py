"""The widget shell, without a browser: sliders move the picture, bad values are told, work can be
dropped.
"""

import asyncio
import base64
import threading
from dataclasses import make_dataclass

import ipywidgets as widgets
import numpy as np
import pytest

import lecture_lib.explore.kernel
from lecture_lib.explore.controls import DEPTH, Choice, Slider
from lecture_lib.explore.declaration import Explorer
from lecture_lib.explore.kernel import KERNEL
from lecture_lib.explore.page import Live
from lecture_lib.explore.table import ROWS, html, rows
from lecture_lib.explorers import EXPLORERS


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


CONTROLS = (
    DEPTH,
    Choice("mode", "mode", "kind", ("kind", "raises", "refuses", "draw fails")),
    Slider("size", "size", 1.0, 0.01, 100.0, log=True),
)


def explorer(work=compute):
    return Explorer(
        name="probe",
        question="What happens?",
        compute=work,
        draw=draw,
        controls=CONTROLS,
        folded=("size",),
        sentence=lambda data: f"depth {data[0]}, part {data[3]}.",
        presets={"deep": {"depth": 56}},
    )


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


def test_a_slider_that_the_page_moved_is_not_told_where_to_stand(monkeypatch):
    live = EXPLORERS["neuron"]()
    slider = live._fields["X1"].main
    told = []
    monkeypatch.setattr(
        slider, "send_state", lambda key=None, drop_defaults=False: told.append(key)
    )
    slider.set_state({"value": 0.04999999999999982})  # what a page sends for 0.05
    assert live.settings["X1"] == 0.05 and "X1=0.05" in live.code
    assert slider.value == 0.04999999999999982 and told == []
    live.set(X1=1.0)
    assert slider.value == 1.0


def test_typing_works_like_the_slider():
    live = explorer()()
    live._fields["depth"].typed.value = "40"
    assert live.settings["depth"] == 40 and live._fields["depth"].main.value == 40


@pytest.mark.parametrize(
    "typed", ["abc", "", "1e9", "-1", "nan", "2.5", "<script>alert(1)</script>"]
)
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
    buttons = {
        b.description: b
        for box in live.children
        for b in getattr(box, "children", ())
        if isinstance(b, widgets.Button)
    }
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


def test_a_free_value_is_typed_and_joins_the_list_until_another_comes():
    live = EXPLORERS["gradient_profile"]()
    field = live._fields["variance"]
    listed = [value for _, value in field.main.options]
    for typed, stands in (("3.0/n", "3/n"), ("0.5", "0.5")):
        field.typed.value = typed
        assert live.settings[
            "variance"
        ] == field.main.value == field.typed.value == stands and not message(live)
        assert [value for _, value in field.main.options] == [*listed, stands]
        assert live.code == f"explorers.gradient_profile(variance='{stands}')"
    field.typed.value = "much"
    assert (
        "init variance was &#x27;much&#x27;" in message(live) and live.settings["variance"] == "0.5"
    )
    field.main.value = "2/n"
    assert live.settings["variance"] == field.typed.value == "2/n" and not message(live)


@pytest.mark.parametrize("name", EXPLORERS)
def test_the_numbers_are_listed_while_their_fold_is_open(name):
    live = EXPLORERS[name]()
    assert not live._numbers.value
    live._folds.selected_index = 1
    listed = [name for name, _ in rows(live.data)]
    shown = live._numbers.value
    assert f">{listed[0]}" in shown and len(shown) < 200_000 and "(&#x27;" not in shown
    assert ("and so on" in shown) == (len(listed) > ROWS)
    live._folds.selected_index = None
    assert not live._numbers.value


def test_the_table_has_each_number_once_with_its_name():
    Inner = make_dataclass("Inner", ("a", "b"))
    Outer = make_dataclass("Outer", ("word", "inner", "runs", "none"))
    data = Outer(
        "<b>", Inner(0.1234567, np.arange(3.0)), {4: np.ones((2, 2)), 20: np.zeros((80, 50))}, None
    )
    text = html(data)
    for part in (
        "<th scope=row>word</th><td>&lt;b&gt;</td></tr>",
        ">inner.a</th><td>0.123457</td></tr>",
        ">inner.b</th><td>0</td><td>1</td><td>2</td></tr>",
        ">runs.4 2</th><td>1</td><td>1</td></tr>",
        ">runs.20</th><td>80 x 50 numbers</td>",
    ):
        assert part in text, part
    assert "none" not in text


def test_where_a_page_waits_the_first_part_shows_at_once(monkeypatch):
    monkeypatch.setattr(lecture_lib.explore.kernel, "is_watched", lambda: True)

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


def endless(depth, mode, size):
    k = 0
    while mode != "ends" or k <= 7:
        if mode == "breaks" and k == 6:
            raise RuntimeError("half-way")
        while changes := (yield depth, mode, size, k):
            size = changes["size"]
        k += 1


def played():
    modes = Choice("mode", "mode", "kind", ("kind", "breaks", "draw fails", "ends"))

    def late(axes, data):
        return draw(axes, (data[0], data[1] if data[3] > 5 else ""))

    return Explorer(
        name="probe",
        question="What happens?",
        compute=endless,
        draw=late,
        live=True,
        preview_steps=4,
        live_controls=("size",),
        controls=(DEPTH, modes, CONTROLS[2]),
        sentence=lambda data: f"depth {data[0]}, size {data[2]:g}, part {data[3]}.",
    )


def in_a_loop(scenario):
    """Run scenario(live, until) on an event loop; `until(test)` waits for it and fails after 5
    s.
    """

    async def run():
        live = played()()

        async def until(test):
            for _ in range(500):
                if test():
                    return
                await asyncio.sleep(0.01)
            raise AssertionError(f"{live.sentence} {message(live)}")

        try:
            await scenario(live, until)
        finally:
            live.play(False)

    asyncio.run(run())


def part(live):
    return live.data[3]


def button(live, name):
    return next(
        b
        for box in live.children
        for b in getattr(box, "children", ())
        if isinstance(b, widgets.Button) and b.description == name
    )


def test_a_played_explorer_starts_paused_after_its_first_parts():
    async def scenario(live, until):
        assert (
            part(live) == 3 and live.sentence == played().still()[1] == "depth 20, size 1, part 3."
        )
        await asyncio.sleep(0.3)
        assert part(live) == 3

    in_a_loop(scenario)


def test_play_goes_on_pause_stays_and_a_step_is_one():
    async def scenario(live, until):
        button(live, "play").click()
        await until(lambda: part(live) > 25)
        button(live, "pause").click()
        stopped = part(live)
        await asyncio.sleep(0.3)
        assert part(live) == stopped
        for k in (1, 2):
            button(live, "one step").click()
            await until(lambda k=k: part(live) == stopped + k)
        await asyncio.sleep(0.2)
        assert part(live) == stopped + 2 and button(live, "play")

    in_a_loop(scenario)


def test_a_move_that_comes_from_another_thread_is_made_where_the_cells_run():
    """JupyterLab hands the moves of a widget to a thread beside the one that trains."""

    async def scenario(live, until):
        drawn = []
        png = live._canvas.png
        live._canvas.png = lambda *what: drawn.append(threading.current_thread()) or png(*what)

        def moves():
            button(live, "play").click()
            assert live._work.playing
            for size in live._fields["size"].control.grid():
                live._fields["size"].main.value = size
                assert live.settings["size"] == size and not message(
                    live
                )  # answered before the next is sent
            button(live, "pause").click()

        await asyncio.to_thread(moves)
        assert (
            len(drawn) > 20 and set(drawn) == {threading.main_thread()} and not live._work.playing
        )

    in_a_loop(scenario)


def test_to_the_start_is_part_0_paused_or_playing():
    async def scenario(live, until):
        button(live, "to the start").click()
        assert part(live) == 0
        await asyncio.sleep(0.2)
        assert part(live) == 0
        live.play()
        await until(lambda: part(live) > 25)
        button(live, "to the start").click()
        assert part(live) == 0
        await until(lambda: part(live) > 5)

    in_a_loop(scenario)


def test_a_kept_change_goes_on_and_any_other_starts_again():
    async def scenario(live, until):
        live.play()
        await until(lambda: part(live) > 25)
        live._fields["size"].main.value = 2.0
        assert part(live) > 25 and live.data[2] == live.settings["size"] == 2.0
        here = part(live)
        await until(lambda: part(live) > here)
        live._fields["depth"].main.value = 30
        assert live.data == (30, "kind", 2.0, 0)
        await until(lambda: part(live) > 5)  # it still plays
        live.play(False)
        live._fields["depth"].main.value = 31
        await until(lambda: part(live) == 3)  # paused: as far as the first picture
        live._fields["depth"].typed.value = "abc"
        assert "depth was" in message(live) and live.settings["depth"] == 31
        live.set(**live.explorer.defaults)
        await until(lambda: live.data == (20, "kind", 1.0, 3))

    in_a_loop(scenario)


def test_a_bad_value_does_not_stop_the_player():
    async def scenario(live, until):
        live.play()
        live._fields["depth"].typed.value = "abc"
        here = part(live)
        await until(lambda: part(live) > here + 10)
        assert "depth was" in message(live)

    in_a_loop(scenario)


@pytest.mark.parametrize("mode", ["breaks", "draw fails"])
def test_a_fault_while_playing_is_told_and_the_sliders_work(mode):
    async def scenario(live, until):
        live.set(mode=mode)
        live.play()
        await until(lambda: message(live))
        await until(lambda: button(live, "play"))
        assert message(live).count("The work stopped (RuntimeError: ") == 1
        live.set(mode="kind")
        assert message(live) == ""
        live.play()
        await until(lambda: part(live) > 10)

    in_a_loop(scenario)


def test_work_that_ends_pauses_and_a_kept_change_starts_it_again():
    async def scenario(live, until):
        live.set(mode="ends")
        live.play()
        await until(lambda: part(live) == 7 and not live._work.playing)
        assert button(live, "play") and message(live) == ""
        live.set(size=2.0)
        await until(lambda: live.data == (20, "ends", 2.0, 3))

    in_a_loop(scenario)


def test_one_plays_at_a_time_and_a_new_one_pauses_it():
    async def scenario(live, until):
        other = played()()
        live.play()
        other.play()
        assert other._work.playing and not live._work.playing
        played()()
        assert not other._work.playing and KERNEL.player is None

    in_a_loop(scenario)


def test_the_speed_is_the_number_of_steps_a_picture():
    async def scenario(live, until):
        shown = []
        show = live._show
        live._show = lambda settings, data: (shown.append(data[3]), show(settings, data))
        speed = next(
            box
            for row in live.children
            for box in getattr(row, "children", ())
            if "control-speed" in getattr(box, "_dom_classes", ())
        )
        for steps in (1, 100):
            speed.children[1].value = steps
            shown.clear()
            live.play()
            await until(lambda: len(shown) > 2)
            live.play(False)
            assert (
                max(b - a for a, b in zip(shown, shown[1:])) == steps
            )  # a busy machine may take fewer

    in_a_loop(scenario)


def test_without_an_event_loop_play_is_one_picture():
    live = played()()
    live.play()
    assert part(live) == 13 and not live._work.playing
    live.step()
    live.set(depth=30)
    assert live.data == (30, "kind", 1.0, 3)


@pytest.mark.parametrize("declared", EXPLORERS.values(), ids=lambda e: e.name)
def test_every_explorer_shows_and_moves(declared):
    # With a loop, as in a kernel: long work shows its first part and can be dropped.
    async def scenario():
        live = declared()
        assert isinstance(live, Live) and live.sentence == declared.sentence(live.data)
        first = declared.controls[0]
        other = [v for v in first.samples() if v != first.default][0]
        live._fields[first.name].main.value = other
        assert message(live) == "" and live.settings[first.name] == other
        live._cancel()

    asyncio.run(scenario())


def test_long_work_takes_turns_and_the_one_last_touched_goes_first(monkeypatch):
    monkeypatch.setattr(lecture_lib.explore.kernel, "is_watched", lambda: True)
    done = []

    def long(name):
        def compute(depth, mode, size):
            for k in range(5):
                yield depth, mode, size, k
            done.append((name, depth))

        return compute

    async def scenario():
        a, b, c = (explorer(long(name))() for name in "abc")
        await asyncio.sleep(0.02)
        c.set(depth=30)
        for _ in range(300):
            await asyncio.sleep(0.01)
            if len(done) == 3 and not KERNEL.waiting:
                return

    asyncio.run(scenario())
    assert done == [("c", 30), ("a", 20), ("b", 20)] and KERNEL.waiting == []
