"""What bench_ui.py does in the page: press keys, drag a slider, and note when pictures come."""

import time
from dataclasses import dataclass

import numpy as np
from ui_log import read_log

from lecture_lib.explore.controls import Slider

DRAG = 2.5  # seconds
# Notes when keys are pressed, when new pictures are on the screen, and what flickers.
WATCH = """selector => {
  const seen = window.seen = {pictures: [], keys: [], blank: 0, heights: []};
  const box = document.querySelector(selector);
  const now = () => performance.timeOrigin + performance.now();
  let last = box.querySelector('img').src;
  const note = event => seen.keys.push(performance.timeOrigin + event.timeStamp);
  document.addEventListener('keydown', note, true);
  document.addEventListener('pointerup', () => seen.up = now(), true);
  document.addEventListener('mouseup', () => seen.up = now(), true);
  const look = () => {
    if (window.seen !== seen) return;
    const image = box.querySelector('img');
    if (!image || !image.complete || !image.naturalWidth) seen.blank++;
    else if (image.src !== last) {
      last = image.src;
      requestAnimationFrame(() => seen.pictures.push(now()));
    }
    const height = Math.round(box.getBoundingClientRect().height);
    if (height !== seen.heights.at(-1)) seen.heights.push(height);
    requestAnimationFrame(look);
  };
  look();
}"""
COUNTS = "() => [window.seen.keys.length, window.seen.pictures.length]"
TIMES = "([key, picture]) => [window.seen.keys[key], window.seen.pictures[picture]]"
# Counts the places that a slider passes, as the screen shows them.
WATCH_SLIDER = """slider => {
  const seen = window.seen;
  const stands = () => slider.value ?? slider.getAttribute('aria-valuenow');
  seen.places = 0;
  let last = stands();
  const look = () => {
    if (window.seen !== seen || seen.up) return;
    if (stands() !== last) seen.places++;
    last = stands();
    requestAnimationFrame(look);
  };
  look();
}"""
TRACK = """e => {
  const r = (e.closest('.noUi-target') ?? e).getBoundingClientRect();
  return [r.x, r.y + r.height / 2, r.width];
}"""


@dataclass(frozen=True)
class Move:
    """A key press that changed the picture; times in ms since 1970."""

    key: float  # when the key was pressed
    shown: float  # when the new picture was there


@dataclass(frozen=True)
class Drag:
    """A slider that was dragged to and fro."""

    fps: float  # new pictures a second
    places: float  # places a second that the slider passed: there cannot be more pictures
    lag: float  # ms from the release to the next picture
    begin: float  # when it was pressed, in ms since 1970
    up: float  # when it was released
    stands: float  # where the slider is left


def focus_handle(page, box, control):
    """The part of a control that takes keys, focused."""
    part = page.locator(f"{box} .control-{control.name}").first
    kind = "input[type=range], [role=slider]" if isinstance(control, Slider) else "select, button"
    part = part.locator(kind).first
    part.scroll_into_view_if_needed()
    part.focus()
    return part


def settle(page, log, quiet=0.15, limit=60):
    """Wait until no new picture has come for `quiet` seconds and, if the kernel's log is given, its
    work has ended; `limit` seconds at most.
    """
    count = -1
    end = time.time() + limit
    while time.time() < end:
        _, pictures = page.evaluate(COUNTS)
        has_ended = log is None or read_log(log)[-1].kind == "end"
        if pictures == count and has_ended:
            return
        count = pictures
        page.wait_for_timeout(1000 * quiet)


def choose_keys(control, times):
    """So many keys for a control: half of them forth, the others back."""
    forth, back = "ArrowDown", "ArrowUp"
    if isinstance(control, Slider):
        forth, back = "ArrowRight", "ArrowLeft"
        if control.default == control.high:
            forth, back = back, forth
    elif control.options == ("hidden", "shown"):
        forth, back = "Enter", "Enter"
    half = times // 2
    return [forth] * half + [back] * (times - half)


def press_keys(page, box, control, times, log=None):
    """The Moves of so many presses; one that changes nothing is left out."""
    focus_handle(page, box, control)
    moves = []
    for key in choose_keys(control, times):
        keys, pictures = page.evaluate(COUNTS)
        page.keyboard.press(key)
        try:
            page.wait_for_function(
                "n => window.seen.pictures.length > n", arg=pictures, timeout=20_000, polling=5
            )
        except Exception:
            continue
        pressed, shown = page.evaluate(TIMES, [keys, pictures])
        moves.append(Move(pressed, shown))
        settle(page, log)
    return moves


def drag_slider(page, box, slider, log):
    """The Drag of a slider, held in its middle and moved as a sine for DRAG seconds."""
    part = focus_handle(page, box, slider)
    left, middle, width = part.evaluate(TRACK)
    part.evaluate(WATCH_SLIDER)
    at = part.bounding_box()
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.mouse.down()
    begin = time.time()
    passed = 0.0
    while passed < 1:
        page.mouse.move(left + width * (0.5 + 0.42 * np.sin(7.85 * passed)), middle)
        page.wait_for_timeout(12)
        passed = (time.time() - begin) / DRAG
    page.mouse.up()
    page.wait_for_timeout(700)
    up, pictures, places = page.evaluate(
        "() => [window.seen.up, window.seen.pictures, window.seen.places]"
    )
    during = [shown for shown in pictures if 1000 * begin <= shown <= up]
    after = [shown for shown in pictures if shown > up]
    lag = min(after) - up if after else 0
    settle(page, log)
    stands = float(part.evaluate("e => e.value ?? e.getAttribute('aria-valuenow')"))
    return Drag(
        fps=len(during) / DRAG,
        places=places / DRAG,
        lag=lag,
        begin=1000 * begin,
        up=up,
        stands=stands,
    )
