"""An explorer in a page of JupyterLab: what it shows, and moving its controls."""

import base64
import json
import time
from itertools import islice

from lecture_lib.explore.controls import Choice, Slider
from lecture_lib.explore.look import make_canvas, read_look
from lecture_lib.explorers import EXPLORERS

from .notebooks import MUST_ANSWER, explorers_in

ANSWERS = 20  # seconds until a move is right
ERRORS = (
    '.jp-OutputArea-output[data-mime-type*="error"],'
    ' .jp-OutputArea-output[data-mime-type*="stderr"]'
)


def find_first_slider(notebook):
    """(explorer, slider): the first explorer of a notebook and its first slider in view."""
    explorer = EXPLORERS[explorers_in(notebook)[0]]
    for control in explorer.controls:
        if isinstance(control, Slider) and control.name not in explorer.folded:
            return explorer, control
    raise LookupError(f"{explorer.name} has no slider in view")


def settings(box, explorer):
    """The settings of the picture that is shown, from the line that recreates it."""
    code = box.locator(".lx-code").first.text_content()
    # Our own words, not a reader's
    return explorer.settings(**eval(f"dict({code.split('(', 1)[1][:-1]})"))


def stands(row, control):
    """The value that the control shows."""
    if row.locator(".lx-reveal").count():
        shut = row.locator(".lx-reveal").get_attribute("data-next") == "shown"
        return "hidden" if shut else "shown"
    if not isinstance(control, Slider):
        text = (
            row.locator("select")
            .evaluate("e => e.selectedOptions[0].textContent")
            .replace("\xa0", " ")
        )
        return dict(control.shown()).get(text, text)
    at = float(row.locator("input[type=range]").input_value())
    return control.check(
        control.grid()[round(at)] if control.log else min(max(at, control.low), control.high)
    )


def picture_bytes(box):
    """The PNG that is shown, and the Look for which it was drawn."""
    shown = box.evaluate(
        """async box => {
          const answer = await fetch(box.querySelector('.lx-image').src);
          const bytes = new Uint8Array(await answer.arrayBuffer());
          return [btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), '')),
                  box.dataset.look];
        }"""
    )
    return base64.b64decode(shown[0]), read_look(json.loads(shown[1]))


def same(control, value, shown):
    """Whether they are equal; the page rounds where a linear slider stands to one decimal, its
    field does not.
    """
    return (
        abs(value - shown) < 0.051
        if isinstance(control, Slider) and not control.log
        else value == shown
    )


def find(page, explorer):
    return page.locator(f".explorer-{explorer.name}").first


def right(page, box, explorer, wanted, seconds=ANSWERS, step=None):
    """Wait until picture, sentence and controls are those of the settings (played: at `step`);
    returns seconds.
    """
    data = (
        explorer.data(**wanted)
        if step is None
        else next(islice(explorer.compute(**wanted), step, None))
    )
    drawn = {}  # the right picture by look
    rows = {
        c: box.locator(f".control-{c.name}").first
        for c in explorer.controls
        if c.name not in explorer.folded
    }
    begin = time.time()
    image = box.locator(".lx-image").first
    image.wait_for()
    page.wait_for_function("box => box.dataset.look", arg=box.element_handle())
    while True:
        png, look = picture_bytes(box)
        if look not in drawn:
            drawn[look] = make_canvas(explorer, look).png(wanted, data)
        found = {
            "settings": settings(box, explorer) == wanted,
            "picture": png == drawn[look],
            "sentence": image.get_attribute("alt") == explorer.sentence(data),
            "controls": all(same(c, wanted[c.name], stands(row, c)) for c, row in rows.items()),
        }
        if all(found.values()):
            return time.time() - begin
        assert time.time() < begin + seconds, (
            explorer.name,
            wanted,
            found,
            settings(box, explorer),
        )
        page.wait_for_timeout(50)


def move(page, box, explorer, name=None, seconds=ANSWERS):
    """Move a control by a key, to its next place or back from its end; all is right there. Returns
    the settings.
    """
    in_view = [c for c in explorer.controls if c.name not in explorer.folded]
    control = next(
        (c for c in in_view if c.name == name or not name and c.name in MUST_ANSWER), in_view[0]
    )
    before = settings(box, explorer)
    value = before[control.name]
    choice = isinstance(control, Choice)
    if choice or control.log:
        places = control.options if choice else control.grid()
        forth = value != places[-1]
        at = places.index(value)
        value = places[at + 1 if forth else at - 1]
    else:
        forth = value + control.step <= control.high
        value = control.check(value + (control.step if forth else -control.step))
    handle = (
        box.locator(f".control-{control.name}").first.locator("input[type=range], select").first
    )
    handle.scroll_into_view_if_needed()
    handle.focus()
    if choice:
        key = "ArrowDown" if forth else "ArrowUp"
    else:
        key = "ArrowRight" if forth else "ArrowLeft"
    page.keyboard.press(key)
    wanted = {**before, control.name: value}
    right(page, box, explorer, wanted, seconds)
    return wanted
