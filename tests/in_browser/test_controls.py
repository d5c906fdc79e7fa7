"""Every control of every explorer in JupyterLab, by key, by mouse and typed: the picture's state is
the control's.
"""

import nbformat
import pytest

from lecture_lib.explore.controls import Slider
from lecture_lib.explore.look import make_canvas
from lecture_lib.explorers import EXPLORERS
from shared.browser import lab_server, run_all
from shared.explorer_in_page import picture_bytes, right, same, settings, stands

pytestmark = pytest.mark.browser
EVERY_DAY = ("gradient_profile", "decision_boundary")  # the others take longer
NAMES = [
    name if name in EVERY_DAY else pytest.param(name, marks=pytest.mark.long) for name in EXPLORERS
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("controls")
    with lab_server(folder) as address:
        yield folder, address


def agree(page, box, explorer, control, row, before):
    """Wait until control and picture have left `before` and say the same."""
    for _ in range(200):
        value = settings(box, explorer)[control.name]
        shown = stands(row, control)
        typed = (
            control.check(row.locator("input[type=text]").input_value())
            if isinstance(control, Slider)
            else value
        )
        if value != before and same(control, value, shown) and typed == value:
            return value
        page.wait_for_timeout(50)
    raise AssertionError(
        f"{explorer.name}.{control.name}: the control stands at {stands(row, control)}, the picture"
        f" at {settings(box, explorer)[control.name]}, before {before}"
    )


def open_alone(name, lab, page):
    """The explorer's box on the page, in a notebook with it alone; what is folded is open."""
    folder, address = lab
    cells = [nbformat.v4.new_code_cell(f"from lecture_lib import explorers\nexplorers.{name}()")]
    meta = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=meta)
    nbformat.write(notebook, folder / "notebooks" / f"one_{name}.ipynb")
    assert run_all(page, address, f"one_{name}") == []
    box = page.locator(f".explorer-{name}").first
    box.locator(".lx-image").first.wait_for()
    if EXPLORERS[name].folded:
        box.locator(".lx-fold").click()
    return box


def choose_by_key_and_mouse(page, box, explorer, control, row, value):
    """Move a choice by an arrow key, then choose in its list; returns what to type, if one may."""
    row.locator("select").focus()
    page.keyboard.press("ArrowUp" if value == control.options[-1] else "ArrowDown")
    value = agree(page, box, explorer, control, row, value)
    last = len(control.shown()) - 1
    row.locator("select").select_option(index=0 if value != control.options[0] else last)
    agree(page, box, explorer, control, row, value)
    return "0.37/n" if control.free else None


def slide_by_key_and_mouse(page, box, explorer, control, row, value):
    """Move a slider by an arrow key, then by a click on its track; returns what to type."""
    row.locator("input[type=range]").focus()
    page.keyboard.press("ArrowLeft" if value == control.high else "ArrowRight")
    value = agree(page, box, explorer, control, row, value)
    track = row.locator("input[type=range]").bounding_box()
    middle = (control.low + control.high) / 2
    if control.log:
        middle = control.grid()[len(control.grid()) // 2]
    share = 0.2 if value >= middle else 0.8
    page.mouse.click(track["x"] + track["width"] * share, track["y"] + track["height"] / 2)
    value = agree(page, box, explorer, control, row, value)
    return str(control.low if value != control.low else control.high)


def type_value(page, box, explorer, control, row, typed):
    """Type a value and wait until the picture has it."""
    field = row.locator("input[type=text]")
    field.fill(typed)
    field.press("Enter")
    wanted = control.check(typed)
    for _ in range(200):
        if settings(box, explorer)[control.name] == wanted:
            break
        page.wait_for_timeout(50)
    assert settings(box, explorer)[control.name] == wanted, control.name


def reset(page, box, explorer, control, row):
    """Press reset and wait until all is where it was."""
    box.get_by_role("button", name="reset", exact=True).click()
    for _ in range(200):
        back = settings(box, explorer) == explorer.settings()
        if back := back and same(control, control.default, stands(row, control)):
            break
        page.wait_for_timeout(50)
    assert back, control.name


def check_read_off(page, box, explorer):
    """A value stands under the pointer while it is on the picture, and it is one of this state."""
    now = settings(box, explorer)
    # Its work has ended: the picture stays.
    right(page, box, explorer, now, step=explorer.preview_steps - 1 if explorer.live else None)
    _, look = picture_bytes(box)
    canvas = make_canvas(explorer, look)
    data = explorer.data(**now)
    canvas.paint(now, data)
    readings = canvas.find_readings(data)
    across, down, _ = readings[len(readings) // 2]
    box.locator(".lx-stage").scroll_into_view_if_needed()
    image = box.locator(".lx-image").bounding_box()
    tip = box.locator(".lx-tip")
    assert not tip.is_visible()
    page.mouse.move(image["x"] + across * image["width"], image["y"] + down * image["height"])
    tip.wait_for()
    assert tip.inner_text() in [text.strip() for _, _, text in readings]
    page.mouse.move(2, 2)
    tip.wait_for(state="hidden")


@pytest.mark.parametrize("name", NAMES)
def test_every_control_by_key_by_mouse_and_typed(name, lab, page):
    explorer = EXPLORERS[name]
    box = open_alone(name, lab, page)
    for control in explorer.controls:
        row = box.locator(f".control-{control.name}").first
        row.scroll_into_view_if_needed()
        value = settings(box, explorer)[control.name]
        assert same(control, value, stands(row, control))
        typed = None
        if row.locator(".lx-reveal").count():
            row.locator(".lx-reveal").click()
            agree(page, box, explorer, control, row, value)
        elif isinstance(control, Slider):
            typed = slide_by_key_and_mouse(page, box, explorer, control, row, value)
        else:
            typed = choose_by_key_and_mouse(page, box, explorer, control, row, value)
        if typed:
            type_value(page, box, explorer, control, row, typed)
        reset(page, box, explorer, control, row)
    if not explorer.is_prediction:
        check_read_off(page, box, explorer)
    assert page.locator('.jp-OutputArea-output[data-mime-type*="error"]').count() == 0
