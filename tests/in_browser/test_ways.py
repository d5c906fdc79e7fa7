"""A student's ways: cells out of order, restarts, interrupts, two copies, long drags, closed tabs,
a narrow window.

Each test works in a real JupyterLab and ends with the same questions: does the picture show what
the library computes for the settings, do the controls stand there, and is the page free of
tracebacks and of errors on its console?
"""

import re
import time

import pytest

from lecture_lib.explorers import EXPLORERS
from shared.browser import (
    browser,
    lab_server,
    open_notebook,
    rest,
    run_again,
    run_all,
    run_cell,
    scratch,
)
from shared.browser import choose_command as choose
from shared.explorer_in_page import ANSWERS, ERRORS, find, move, right, same, settings, stands
from shared.notebooks import NAMES, code, explorers_in, read

pytestmark = [pytest.mark.browser, pytest.mark.long]

DRAG = 60  # seconds
SETTLES = 5  # seconds until all is right after that
NARROW = 800  # CSS pixels of the small window
FIRST, REMEDIES, AFTER = NAMES[1], NAMES[6], NAMES[7]
IMPORT = "from lecture_lib import explorers"
LINE = r"explorers\.(\w+)\((.*)\)"  # the cell of an explorer
PROFILE, TRAINING = EXPLORERS["gradient_profile"], EXPLORERS["live_training"]
# The step that a picture tells.
AT = "Number({}.alt.match(/, step ([0-9,]+)/)[1].replaceAll(',', ''))"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ways")
    with lab_server(folder) as address:
        yield folder / "notebooks", address


@pytest.fixture
def tabs(lab):
    """A window for tabs; afterwards nothing may have gone wrong in any of them. The kernels are
    ended.
    """
    said = []
    with browser() as first:
        window = first.context.browser.new_context(viewport={"width": 1500, "height": 1000})
        window.on("console", lambda message: message.type == "error" and said.append(message.text))
        window.on("weberror", lambda error: said.append(str(error.error)))
        yield window
        found = [text for page in window.pages for text in page.locator(ERRORS).all_text_contents()]
    for kernel in rest(lab[1], "kernels"):
        rest(lab[1], f"kernels/{kernel['id']}", "DELETE")
    assert (found, said) == ([], [])


@pytest.fixture
def page(tabs):
    return tabs.new_page()


def press(box, name):
    box.get_by_role("button", name=name, exact=True).click()


def kernel_of(address, name):
    """The kernel of an open notebook, as the server describes it."""
    return next(
        session["kernel"]
        for session in rest(address, "sessions")
        if session["path"] == f"{name}.ipynb"
    )


def plays_beyond(page, box, step):
    page.wait_for_function(
        f"([box, n]) => {AT.format('box.querySelector(`.lx-image`)')} > n",
        arg=[box.element_handle(), step],
        timeout=1000 * ANSWERS,
    )


def pause(page, box):
    """Pause; returns the step where it stands from then on."""
    press(box, "pause")
    return find_where_it_stands(page, box)


def find_where_it_stands(page, box):
    """The step at which it has been paused."""
    box.get_by_role("button", name="play", exact=True).wait_for()
    steps = []
    for _ in range(2):
        page.wait_for_timeout(500)
        steps.append(box.locator(".lx-image").first.evaluate(f"image => {AT.format('image')}"))
    assert steps[0] == steps[1], "it goes on although paused"
    return steps[1]


def test_cells_out_of_order_miss_only_the_import(lab, page):
    open_notebook(page, lab[1], FIRST)
    choose(page, "Edit", "editmenu:clear-all")
    lines = {at: c.source for at, c in enumerate(code(read(FIRST))) if re.fullmatch(LINE, c.source)}
    run_cell(page, max(lines))
    page.locator(ERRORS).first.wait_for()
    assert "NameError: name 'explorers' is not defined" in page.locator(ERRORS).first.text_content()
    run_cell(page, 0)  # imports
    for at in sorted(lines, reverse=True):  # the last one first; its error goes with it
        name, given = re.fullmatch(LINE, lines[at]).groups()
        box = run_cell(page, at).locator(f".explorer-{name}")
        # Our own words
        right(page, box, EXPLORERS[name], EXPLORERS[name].settings(**eval(f"dict({given})")))
        move(page, box, EXPLORERS[name])


def test_run_all_twice_leaves_one_of_each_and_all_answer(lab, page):
    count = """() => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].map(
        cell => cell.querySelectorAll(
            '.jp-Cell-outputWrapper > .jp-OutputArea > .jp-OutputArea-child').length)"""
    assert run_all(page, lab[1], FIRST) == []
    once = page.evaluate(count)
    run_again(page)
    assert page.evaluate(count) == once == [len(c.outputs) for c in code(read(FIRST))]
    for name in explorers_in(FIRST):
        move(page, find(page, EXPLORERS[name]), EXPLORERS[name])


def test_restart_while_it_trains_then_run_all(lab, page):
    assert run_all(page, lab[1], AFTER) == []
    box = find(page, TRAINING)
    right(page, box, TRAINING, TRAINING.settings(), 90)
    press(box, "play")
    plays_beyond(page, box, 400)
    run_again(page, restart=True)
    box = find(page, TRAINING)
    right(page, box, TRAINING, TRAINING.settings(), 90)
    press(box, "play")
    plays_beyond(page, box, 400)
    right(page, box, TRAINING, TRAINING.settings(), step=pause(page, box))
    move(page, box, TRAINING, "depth")


def test_two_copies_of_one_explorer_are_two(lab, page):
    assert (
        run_all(
            page, lab[1], scratch(lab[0], "copies", IMPORT, *[f"explorers.{PROFILE.name}()"] * 2)
        )
        == []
    )
    page.locator(f".explorer-{PROFILE.name} .lx-image").nth(1).wait_for()
    boxes = page.locator(f".explorer-{PROFILE.name}").all()
    wanted = [PROFILE.settings()] * 2
    for moved, control in ((0, "depth"), (1, "gamma"), (0, "activation"), (1, "depth")):
        wanted[moved] = move(page, boxes[moved], PROFILE, control)
        for box, own in zip(boxes, wanted, strict=True):
            right(page, box, PROFILE, own)


def test_two_notebooks_on_one_kernel(lab, page):
    # The first notebook has imported it
    second = scratch(lab[0], "second", f"explorers.{PROFILE.name}()")
    assert run_all(page, lab[1], FIRST) == []
    rest(
        lab[1],
        "sessions",
        "POST",
        {
            "path": f"{second}.ipynb",
            "name": "",
            "type": "notebook",
            "kernel": kernel_of(lab[1], FIRST),
        },
    )
    page.locator(".jp-DirListing-item", has_text=f"{second}.ipynb").dblclick()
    page.locator(".jp-CodeCell", has_text=PROFILE.name).wait_for()
    run_cell(page, 0)
    for tab, explorer in ((second, PROFILE), (FIRST, EXPLORERS["neuron"])) * 2:
        page.get_by_role("tab", name=f"{tab}.ipynb").first.click()
        move(page, find(page, explorer), explorer)


@pytest.mark.parametrize(
    "name, dragged, other, seconds",
    [
        ("gradient_profile", "depth", "gamma", DRAG),
        # Its steps are no binary fractions: told again, they pulled the hand back
        (
            "neuron",
            "X1",
            "W1",
            5,
        ),
        ("hidden_space", "step", "units", 5),  # a play button follows this one
    ],
)
def test_a_slider_dragged_for_long_ends_right(lab, page, name, dragged, other, seconds):
    explorer = EXPLORERS[name]
    assert (
        run_all(page, lab[1], scratch(lab[0], f"drag_{name}", f"{IMPORT}\nexplorers.{name}()"))
        == []
    )
    box = find(page, explorer)
    control = next(c for c in explorer.controls if c.name == dragged)
    right(page, box, explorer, explorer.settings())
    row = box.locator(f".control-{dragged}").first
    knob = row.locator("input[type=range]").bounding_box()
    track = row.locator("input[type=range]").bounding_box()
    y = knob["y"] + knob["height"] / 2
    page.mouse.move(knob["x"] + knob["width"] / 2, y)
    page.mouse.down()
    seen = set()
    end = time.time() + seconds
    share = 0
    while time.time() < end:
        share = (share + 0.01) % 2
        page.mouse.move(track["x"] + track["width"] * min(share, 2 - share), y)
        page.wait_for_timeout(12)
        seen.add(settings(box, explorer)[dragged])
    page.mouse.move(track["x"] + track["width"] * 0.8, y)
    page.mouse.up()
    page.wait_for_timeout(1000)
    last = settings(box, explorer)[dragged]
    assert same(control, last, stands(row, control)), "the picture is not the last one"
    took = right(page, box, explorer, explorer.settings(**{dragged: last}), SETTLES)
    frame = page.evaluate(
        "() => new Promise(done => { const begin = performance.now();"
        "requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin))) })"
    )
    print(f"{len(seen)} places seen, right after {took:.1f} s, the next frame after {frame:.0f} ms")
    assert len(seen) > 20 and frame < 500
    move(page, box, explorer, other, SETTLES)


def test_an_interrupt_pauses_what_is_played(lab, page):
    """Jupyter interrupts a cell, and none runs: the training pauses as if its button had been
    pressed, nothing is said, and it can be played again.
    """
    name = scratch(lab[0], "interrupt", f"{IMPORT}\nexplorers.{TRAINING.name}()")
    assert run_all(page, lab[1], name) == []
    box = find(page, TRAINING)
    right(page, box, TRAINING, TRAINING.settings())
    step = TRAINING.preview_steps
    for _ in range(2):
        press(box, "play")
        plays_beyond(page, box, step + 20)
        rest(lab[1], f"kernels/{kernel_of(lab[1], name)['id']}/interrupt", "POST")
        step = find_where_it_stands(page, box)
    right(page, box, TRAINING, TRAINING.settings(), step=step)
    move(page, box, TRAINING, "depth")
    assert box.locator("[role=alert]").text_content() == ""


def test_an_interrupt_pauses_a_slider_that_plays(lab, page):
    """The page moves it, so Python asks the page to stop; then it can be played again."""
    slope = EXPLORERS["activation_slope"]
    name = scratch(lab[0], "interrupt_slider", f"{IMPORT}\nexplorers.{slope.name}(x=-6)")
    assert run_all(page, lab[1], name) == []
    box = find(page, slope)
    for _ in range(2):
        box.get_by_role("button", name="x: play", exact=True).click()
        playing = box.get_by_role("button", name="x: pause", exact=True)
        playing.wait_for()
        page.wait_for_timeout(3000)  # some moves
        rest(lab[1], f"kernels/{kernel_of(lab[1], name)['id']}/interrupt", "POST")
        playing.wait_for(state="detached")
        box.get_by_role("button", name="x: play", exact=True).wait_for()
    assert box.locator("[role=alert]").text_content() == ""


def test_a_tab_closed_and_opened_again(lab, tabs):
    name = scratch(lab[0], "tab", IMPORT, f"explorers.{PROFILE.name}()")
    page = tabs.new_page()
    assert run_all(page, lab[1], name) == []
    wanted = move(page, find(page, PROFILE), PROFILE)
    choose(page, "File", "docmanager:save")
    while "image/png" not in (lab[0] / f"{name}.ipynb").read_text(encoding="utf-8"):
        page.wait_for_timeout(100)
    page.close()
    page = tabs.new_page()
    open_notebook(page, lab[1], name)
    right(page, find(page, PROFILE), PROFILE, wanted)  # the kernel still has it
    move(page, find(page, PROFILE), PROFILE)
    run_again(page)
    right(page, find(page, PROFILE), PROFILE, PROFILE.settings())
    move(page, find(page, PROFILE), PROFILE)


def test_a_narrow_window_cuts_nothing_off(lab, page):
    page.set_viewport_size({"width": NARROW, "height": 900})
    lines = [c.source for c in code(read(REMEDIES)) if re.fullmatch(LINE, c.source)]
    assert run_all(page, lab[1], scratch(lab[0], "narrow", IMPORT, *lines)) == []
    page.locator(".lx").nth(len(lines) - 1).locator(".lx-image").wait_for()
    for fold in page.locator(".lx-fold").all():
        fold.click()
    page.wait_for_timeout(1000)
    for box in page.locator(".lx").all():
        over, edge, inside = box.evaluate(
            """box => {
            const out = box.closest('.jp-OutputArea-output'), edge = out.getBoundingClientRect();
            const parts = [...box.querySelectorAll('select, input, button, img')];
            const at = parts.filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect());
            const over = Math.max(box.scrollWidth - box.clientWidth,
                                  out.scrollWidth - out.clientWidth);
            return [over, edge.right, at.map(at =>
                at.width > 0 && at.left >= edge.left - 1 && at.right <= edge.right + 1)]; }"""
        )
        assert over == 0 and edge <= NARROW and len(inside) > 3 and all(inside), box.get_attribute(
            "class"
        )
