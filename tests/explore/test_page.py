"""The widget, without a browser: what the page asks moves the picture, bad values are told, work
can be dropped.
"""

import asyncio
import base64
import threading
from dataclasses import make_dataclass

import ipywidgets
import numpy as np
import pytest

import lecture_lib.explore.kernel
from lecture_lib.explore.controls import DEPTH, Choice, Slider
from lecture_lib.explore.declaration import Explorer
from lecture_lib.explore.kernel import KERNEL
from lecture_lib.explore.look import Look, find_shown_size, make_canvas
from lecture_lib.explore.page import View
from lecture_lib.explore.table import ROWS, list_rows, walk_record
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
    return live._state["message"]


def ask(live, kind="move", **details):
    """What the page sends when the reader does something."""
    live._on_message(live, {"kind": kind, **details}, [])


def move(live, **changes):
    ask(live, changes=changes)


def test_a_move_changes_picture_sentence_and_settings_together():
    live = explorer()()
    before = live._picture
    move(live, depth=30)
    assert live.settings["depth"] == live.depth == live._state["settings"]["depth"] == 30
    assert live._picture != before and live.sentence == "depth 30, part 2."
    assert live._state["sentence"] == live.sentence and live._state["written"]["depth"] == "30"
    assert live.code == live._state["code"] == "explorers.probe(depth=30)"


def test_settings_are_traits_that_are_set_observed_and_linked():
    live = explorer()()
    seen = []
    live.observe(lambda change: seen.append((change["name"], change["new"])), ["depth", "mode"])
    live.depth = 30
    move(live, depth=31)
    assert seen == [("depth", 30), ("depth", 31)] and live.sentence == "depth 31, part 2."
    slider = ipywidgets.IntSlider(min=2, max=56)
    ipywidgets.link((slider, "value"), (live, "depth"))
    slider.value = 40
    assert live.sentence == "depth 40, part 2."
    move(live, depth=41)
    assert slider.value == 41
    with pytest.raises(ValueError, match="depth was 57; it must lie between 2 and 56"):
        live.depth = 57
    assert live.depth == 41


@pytest.mark.parametrize("name", EXPLORERS)
def test_no_setting_hides_a_part_of_the_widget(name):
    own = set(dir(View)) | {"explorer", "settings", "sentence", "code"}
    assert not own & set(EXPLORERS[name].defaults)


def test_every_question_about_a_move_is_answered(monkeypatch):
    live = explorer()()
    sent = []
    monkeypatch.setattr(live, "send", sent.append)
    move(live, depth=30)
    move(live, depth="abc")
    ask(live, "drag", x=0.5, y=0.5)
    assert sent == [{"kind": "answer"}] * 3


def test_values_are_read_off_only_while_the_pointer_is_on_the_picture(monkeypatch):
    live = EXPLORERS["activation_slope"]()
    assert live._state["readings"]  # for a page without a kernel, until a page says where it is
    reads = []
    find = live._canvas.find_readings
    monkeypatch.setattr(live._canvas, "find_readings", lambda data: reads.append(1) or find(data))
    ask(live, "read", on=False)
    move(live, x=1.0)
    assert live._state["readings"] == [] and reads == []
    ask(live, "read", on=True)
    assert live._state["readings"] == find(live._data) and reads == [1]
    move(live, x=2.0)
    assert live._state["readings"] == find(live._data) and reads == [1, 1]


def test_the_script_and_style_are_sent_once():
    first, second = explorer()(), explorer()()
    assert first._front_end is second._front_end
    size = len(first._front_end.script.encode()) + len(first._front_end.style.encode())
    assert size + len(View._esm) < 40_000 and len(View._esm) < 1_500


@pytest.mark.parametrize(
    ("look", "across"),
    [
        (Look(848), 848),
        (Look(848, 2.0), 1696),
        (Look(848, 1.5, dark=True), 1272),
        (Look(700), 700),
        (Look(699), 526),
        (Look(360, 3.0), 1080),
        (Look(2000), 1144),
        (Look(1252, large=True), 1252),
    ],
)
def test_the_picture_has_the_pixels_of_the_page(look, across):
    declared = EXPLORERS["gradient_profile"]
    live = declared()
    ask(live, "look", width=look.width, ratio=look.ratio, dark=look.dark, large=look.large)
    canvas = make_canvas(declared, look)
    assert live._picture == canvas.png(live.settings, live._data)
    assert abs(canvas.agg.get_width_height()[0] - across) <= 1
    assert live._state["width"] == find_shown_size(canvas, look)[0]
    ask(live, "look", width=850, ratio=1, dark=False, large=False)


@pytest.mark.parametrize("told", [{}, {"width": 0, "ratio": 1}, {"width": 800, "ratio": "a"}])
def test_a_look_that_is_none_leaves_the_picture(told):
    live = explorer()()
    before = live._picture
    ask(live, "look", **told)
    assert live._picture == before and " was " in message(live)


def test_typing_works_like_the_slider():
    live = explorer()()
    move(live, depth="40")
    assert live.settings["depth"] == 40


@pytest.mark.parametrize(
    "typed", ["abc", "", "1e9", "-1", "nan", "2.5", "<script>alert(1)</script>"]
)
def test_a_bad_typed_value_is_told_and_the_picture_stays(typed):
    live = explorer()(depth=30)
    before = live._picture
    move(live, depth=typed)
    assert "depth was" in message(live)
    assert live._picture == before and live.settings["depth"] == 30
    move(live, depth=31)
    assert message(live) == "" and live.settings["depth"] == 31


@pytest.mark.parametrize("mode", ["raises", "refuses", "draw fails"])
def test_a_fault_leaves_the_last_good_picture_and_working_sliders(mode):
    live = explorer()()
    before = live._picture
    move(live, mode=mode)
    assert message(live) and "Traceback" not in message(live) and live._picture == before
    live.set(mode="kind", depth=12)
    assert message(live) == "" and live.settings == {"depth": 12, "mode": "kind", "size": 1.0}
    fresh = explorer()(depth=12)
    assert live._picture == fresh._picture  # nothing half-drawn stays behind


def test_a_log_slider_keeps_what_was_typed():
    live = explorer()()
    move(live, size="0.037")
    assert live.settings["size"] == 0.037 and live._state["written"]["size"] == "0.037"


@pytest.mark.parametrize(("typed", "value"), [("0,5", 0.5), ("1/2", 0.5), (" 3 / 4 ", 0.75)])
def test_numbers_are_taken_as_people_write_them(typed, value):
    live = explorer()()
    move(live, size=typed)
    assert live.settings["size"] == value and message(live) == ""


def test_the_output_is_live_here_and_a_picture_elsewhere():
    bundle, about = explorer()()._repr_mimebundle_()
    assert about["image/png"]["alt"] == bundle["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert bundle["text/plain"] == "depth 20, part 2."


def test_work_in_parts_starts_finished_and_goes_on_between_moves():
    async def scenario():
        live = explorer(parts)()
        assert live.sentence == "depth 20, part 2."
        move(live, depth=30)
        assert live.sentence == "depth 30, part 0."
        move(live, depth=31)  # drops the work for 30
        await asyncio.sleep(0.2)
        return live

    live = asyncio.run(scenario())
    assert live.sentence == "depth 31, part 2."


@pytest.mark.parametrize(
    ("typed", "stands"), [("3.0/n", "3/n"), ("3 / n", "3/n"), ("3/N", "3/n"), ("0,5", "0.5")]
)
def test_a_free_value_is_typed(typed, stands):
    live = EXPLORERS["gradient_profile"]()
    move(live, variance=typed)
    assert live.settings["variance"] == live._state["written"]["variance"] == stands
    assert live.code == f"explorers.gradient_profile(variance='{stands}')" and not message(live)
    move(live, variance="much")
    assert "init variance was 'much'" in message(live) and live.settings["variance"] == stands
    move(live, variance="2/n")
    assert live.settings["variance"] == "2/n" and not message(live)


@pytest.mark.parametrize("name", EXPLORERS)
def test_the_numbers_are_listed_while_their_fold_is_open(name):
    live = EXPLORERS[name]()
    assert not live._table
    ask(live, "numbers", open=True)
    listed = [name for name, _ in walk_record(live._data)]
    shown = live._table["rows"]
    assert shown[0][0] == listed[0] and len(str(shown)) < 200_000
    assert (shown[-1][0] == "and so on") == (len(listed) > ROWS)
    ask(live, "numbers", open=False)
    assert not live._table


def test_the_table_has_each_number_once_with_its_name():
    Inner = make_dataclass("Inner", ("a", "b"))
    Outer = make_dataclass("Outer", ("word", "inner", "runs", "none"))
    data = Outer(
        "<b>", Inner(0.1234567, np.arange(3.0)), {4: np.ones((2, 2)), 20: np.zeros((80, 50))}, None
    )
    assert list_rows(data) == [
        ["word", ["<b>"]],
        ["inner.a", ["0.123457"]],
        ["inner.b", ["0", "1", "2"]],
        ["runs.4 1", ["1", "1"]],
        ["runs.4 2", ["1", "1"]],
        ["runs.20", ["80 x 50 numbers"]],
    ]


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
    return live._data[3]


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
        ask(live, "play")
        await until(lambda: part(live) > 25)
        ask(live, "play")
        stopped = part(live)
        await asyncio.sleep(0.3)
        assert part(live) == stopped
        for k in (1, 2):
            ask(live, "step")
            await until(lambda k=k: part(live) == stopped + k)
        await asyncio.sleep(0.2)
        assert part(live) == stopped + 2 and not live._state["playing"]

    in_a_loop(scenario)


def test_a_move_that_comes_from_another_thread_is_made_where_the_cells_run():
    """JupyterLab hands the moves of a widget to a thread beside the one that trains."""

    async def scenario(live, until):
        drawn = []
        png = live._canvas.png
        live._canvas.png = lambda *what: drawn.append(threading.current_thread()) or png(*what)

        def moves():
            ask(live, "play")
            assert live._runner.playing
            for size in CONTROLS[2].grid():
                move(live, size=size)
                assert live.settings["size"] == size  # answered before the next is sent
            ask(live, "play")

        await asyncio.to_thread(moves)
        assert (
            len(drawn) > 20 and set(drawn) == {threading.main_thread()} and not live._runner.playing
        )

    in_a_loop(scenario)


def test_to_the_start_is_part_0_paused_or_playing():
    async def scenario(live, until):
        ask(live, "restart")
        assert part(live) == 0
        await asyncio.sleep(0.2)
        assert part(live) == 0
        live.play()
        await until(lambda: part(live) > 25)
        ask(live, "restart")
        assert part(live) == 0
        await until(lambda: part(live) > 5)

    in_a_loop(scenario)


def test_a_kept_change_goes_on_and_any_other_starts_again():
    async def scenario(live, until):
        live.play()
        await until(lambda: part(live) > 25)
        move(live, size=2.0)
        assert part(live) > 25 and live._data[2] == live.settings["size"] == 2.0
        here = part(live)
        await until(lambda: part(live) > here)
        move(live, depth=30)
        assert live._data == (30, "kind", 2.0, 0)
        await until(lambda: part(live) > 5)  # it still plays
        live.play(False)
        move(live, depth=31)
        await until(lambda: part(live) == 3)  # paused: as far as the first picture
        move(live, depth="abc")
        assert "depth was" in message(live) and live.settings["depth"] == 31
        live.set(**live.explorer.defaults)
        await until(lambda: live._data == (20, "kind", 1.0, 3))

    in_a_loop(scenario)


def test_a_bad_value_does_not_stop_the_player():
    async def scenario(live, until):
        live.play()
        move(live, depth="abc")
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
        await until(lambda: not live._state["playing"])
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
        await until(lambda: part(live) == 7 and not live._runner.playing)
        assert not live._state["playing"] and message(live) == ""
        live.set(size=2.0)
        await until(lambda: live._data == (20, "ends", 2.0, 3))

    in_a_loop(scenario)


def test_one_plays_at_a_time_and_a_new_one_pauses_it():
    async def scenario(live, until):
        other = played()()
        live.play()
        other.play()
        assert other._runner.playing and not live._runner.playing
        played()()
        assert not other._runner.playing and KERNEL.player is None

    in_a_loop(scenario)


def test_the_speed_is_the_number_of_steps_a_picture():
    async def scenario(live, until):
        shown = []
        show = live._runner.show
        live._runner.show = lambda data: (shown.append(data[3]), show(data))
        for steps in (1, 100):
            ask(live, "speed", value=steps)
            shown.clear()
            live.play()
            await until(lambda: len(shown) > 2)
            live.play(False)
            # a busy machine may take fewer
            assert max(b - a for a, b in zip(shown, shown[1:])) == steps

    in_a_loop(scenario)


def test_without_an_event_loop_play_is_one_picture():
    live = played()()
    live.play()
    assert part(live) == 13 and not live._runner.playing
    live.take_step()
    live.set(depth=30)
    assert live._data == (30, "kind", 1.0, 3)


@pytest.mark.parametrize("declared", EXPLORERS.values(), ids=lambda e: e.name)
def test_every_explorer_shows_and_moves(declared):
    # With a loop, as in a kernel: long work shows its first part and can be dropped.
    async def scenario():
        live = declared()
        assert isinstance(live, View) and live.sentence == declared.sentence(live._data)
        first = declared.controls[0]
        other = [v for v in first.samples() if v != first.default][0]
        move(live, **{first.name: other})
        assert message(live) == "" and live.settings[first.name] == other
        live._runner.cancel()

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
