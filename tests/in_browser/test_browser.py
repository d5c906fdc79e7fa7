"""Every notebook in a real JupyterLab in a real Chromium: it runs without an error, and its sliders
answer.
"""

import re

import pytest

from lecture_lib.explorers import EXPLORERS
from shared.browser import (
    PICTURE,
    TOKEN,
    lab_server,
    picture,
    press,
    run_all,
)
from shared.notebooks import MUST_ANSWER, NAMES, code, explorers_in, read

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with lab_server(tmp_path_factory.mktemp("lab")) as address:
        yield address


def stored(name, explorer):
    """The sentence that the notebook keeps for the first picture of this explorer."""
    cell = next(
        c
        for c in code(read(name))
        if re.search(rf"^explorers\.{explorer}\([^)]*\)$", c.source, re.M)
    )
    return next(o.data["text/plain"] for o in cell.outputs if "image/png" in o.get("data", {}))


def check_player(page, explorer):
    """Play, change a setting, pause, back to the start, one step: by keys, read from the sentence
    of the picture.
    """
    box = page.locator(f".explorer-{explorer}").first
    alt = f"document.querySelector('.explorer-{explorer} .lx-image').alt"
    told = f"Number({alt}.match(/, step ([0-9,]+)/)[1].replaceAll(',', ''))"

    def step():
        return page.evaluate(told)

    def key(name, key="Enter"):
        button = box.get_by_role("button", name=name, exact=True)
        button.focus()
        page.keyboard.press(key)

    key("reset", "Space")
    page.wait_for_function(f"{told} == {EXPLORERS[explorer].preview_steps - 1}")
    key("to the start")
    page.wait_for_function(f"{told} == 0")
    key("one step", "Space")
    page.wait_for_function(f"{told} == 1")
    page.wait_for_timeout(500)
    assert step() == 1, "it moves although nobody played it"
    key("play", "Space")
    page.wait_for_function(f"{told} > 30")
    before = step()
    assert press(page, explorer, "gamma")
    page.wait_for_function(f"{alt}.includes(' on, step')")
    assert step() > before  # it went on with the new learning rate
    key("pause", "Space")
    box.get_by_role("button", name="play", exact=True).wait_for()
    page.wait_for_timeout(500)
    stopped = step()
    page.wait_for_timeout(500)
    assert step() == stopped > before, "it goes on although paused"


def wait_for_stored_picture(page, name, explorer):
    """Wait until the picture says what the notebook keeps: nothing moved by itself."""
    assert picture(page, explorer)[0].startswith("blob:")
    page.wait_for_function(
        "([selector, alt]) => document.querySelector(selector).alt === alt",
        timeout=90_000,
        arg=[PICTURE.format(explorer), stored(name, explorer)],
    )


def press_each(page, explorer):
    """Press a key on every control that is seen; those that must answer change the picture, or
    while a training is paused its sentence.
    """
    declared = EXPLORERS[explorer]
    shown = [c.name for c in declared.controls if c.name not in declared.folded]
    moved = set()
    for control in shown:
        # A training starts anew, which on a busy machine takes its time.
        patience = 40_000 if control in MUST_ANSWER else 10_000
        if press(page, explorer, control, timeout=patience, sentence=declared.live):
            moved.add(control)
    assert moved and moved >= MUST_ANSWER & set(shown), (
        f"{explorer}: only {moved} of {shown} changed the picture"
    )


def check_what_is_heard(page, explorer):
    """Every control has a name for a screen reader, and what is found is announced when the work is
    done, which for a training may take a while.
    """
    box = page.locator(f".explorer-{explorer}").first
    parts = page.locator(f".explorer-{explorer}").locator(
        "input[type=range], select, input, button"
    )
    unnamed = parts.evaluate_all(
        "parts => parts.filter(e => e.checkVisibility() && !(e.getAttribute('aria-label')"
        " || e.labels?.length || e.innerText)).length"
    )
    assert unnamed == 0, f"{explorer}: {unnamed} controls without an accessible name"
    page.wait_for_function(
        "box => box.querySelector('[aria-live]').textContent == box.querySelector('.lx-image').alt",
        arg=box.element_handle(),
        timeout=120_000,
    )


@pytest.mark.parametrize("name", NAMES)
def test_notebook_runs_and_every_explorer_answers_a_key(name, address, page):
    assert run_all(page, address, name) == []
    found = explorers_in(name)
    assert found
    for explorer in found:
        wait_for_stored_picture(page, name, explorer)
        press_each(page, explorer)
        check_what_is_heard(page, explorer)
        if EXPLORERS[explorer].live:
            check_player(page, explorer)


def test_a_link_of_the_item_table_leads_to_its_section(address, page):
    page.goto(f"{address}/lab/workspaces/links/tree/{NAMES[0]}.ipynb?token={TOKEN}&reset")
    heading = page.get_by_role("heading", name="When to stop")
    for _ in ("opens the notebook", "finds the section in it"):
        page.get_by_role("tab", name=NAMES[0]).first.click()
        page.get_by_role("link", name="When to stop").click()
        heading.wait_for()
    page.wait_for_function(
        "heading => Math.abs(heading.getBoundingClientRect().top - 200) < 200",
        arg=heading.element_handle(),
    )


def toggle_full_screen(box):
    """Press the button by key."""
    box.get_by_role("button", name="full screen", exact=True).focus()
    box.page.keyboard.press("Enter")


def check_large_words(box):
    """The picture fills the width below the sliders, and words are of 18 pt (24 CSS pixels) or
    more.
    """
    # Measured in one go: a picture drawn anew may take the place of the one just found.
    controls, image = box.evaluate(
        """box => ['.lx-controls', '.lx-image'].map(part =>
        box.querySelector(part).getBoundingClientRect().toJSON())"""
    )
    assert image["width"] > 1200
    assert controls["y"] < image["y"] < 330
    sizes = box.evaluate(
        """box => [...box.querySelectorAll('.lx-controls label, .lx-sentence, .lx-title')]
        .filter(e => e.checkVisibility())
        .map(e => parseFloat(getComputedStyle(e).fontSize) * e.currentCSSZoom)"""
    )
    assert len(sizes) > 5 and min(sizes) >= 24


def check_large_picture(page, box):
    """It is drawn anew for the whole screen (test_canvas holds the size of its words), and a key
    changes it.
    """
    drawn = "([picture, least]) => document.querySelector(picture).naturalWidth > least"
    page.wait_for_function(drawn, arg=[PICTURE.format("numeric_example"), 1200])
    assert press(page, "numeric_example", "gamma")
    page.wait_for_function(
        "([selector, part]) => document.querySelector(selector).alt.includes(part)",
        arg=[PICTURE.format("numeric_example"), "γ = 0.6"],
    )
    assert box.locator(".lx-image").evaluate("image => image.naturalWidth") > 1200


def test_full_screen_is_large_and_works_by_keyboard(address, page):
    """The lecturer's view: nothing but the explorer, large on 1280 x 720."""
    page.set_viewport_size({"width": 1280, "height": 720})
    try:
        assert run_all(page, address, NAMES[4]) == []
        box = page.locator(".explorer-numeric_example").first
        toggle_full_screen(box)
        page.wait_for_function(
            "() => document.fullscreenElement?.matches('.explorer-numeric_example')"
        )
        check_large_words(box)
        check_large_picture(page, box)
        box.evaluate("box => box.scrollTo(0, 700)")
        # They stay while one scrolls.
        assert abs(box.locator(".lx-controls").bounding_box()["y"]) < 10
        toggle_full_screen(box)
        page.wait_for_function("() => !document.fullscreenElement")
        page.wait_for_function(
            "picture => document.querySelector(picture).naturalWidth < 1200",
            arg=PICTURE.format("numeric_example"),
        )
    finally:
        page.set_viewport_size({"width": 1500, "height": 1000})


def test_the_sentence_gives_room_back_when_the_window_is_widened(address, page):
    """Its place grows with the longest sentence so far, for each width of its own."""
    page.set_viewport_size({"width": 560, "height": 1000})
    try:
        assert run_all(page, address, NAMES[0]) == []
        sentence = page.locator(".explorer-gradient_descent .lx-sentence").first
        sentence.wait_for()
        narrow = sentence.evaluate("e => [e.offsetWidth, e.offsetHeight]")
        page.set_viewport_size({"width": 1500, "height": 1000})
        page.wait_for_function(
            "([selector, width]) => document.querySelector(selector).offsetWidth > 2 * width",
            arg=[".explorer-gradient_descent .lx-sentence", narrow[0]],
        )
        page.wait_for_timeout(300)
        assert sentence.evaluate("e => e.offsetHeight") < 0.75 * narrow[1]
    finally:
        page.set_viewport_size({"width": 1500, "height": 1000})


def test_a_wide_window_has_controls_beside_the_picture_and_no_gap_below(address, page):
    """The place of the sentence is measured while the picture has not come yet."""
    page.set_viewport_size({"width": 1920, "height": 1000})
    try:
        assert run_all(page, address, NAMES[0]) == []
        box = page.locator(".explorer-gradient_descent").first
        box.locator(".lx-image").wait_for()
        page.wait_for_timeout(500)
        whole = box.bounding_box()
        controls = box.locator(".lx-controls").bounding_box()
        image = box.locator(".lx-image").bounding_box()
        sentence = box.locator(".lx-sentence")
        assert controls["x"] + controls["width"] < image["x"]
        assert sentence.bounding_box()["height"] < 4 * 21
        below = sentence.bounding_box()["y"] + sentence.bounding_box()["height"]
        assert whole["y"] + whole["height"] - below < 50
    finally:
        page.set_viewport_size({"width": 1500, "height": 1000})
