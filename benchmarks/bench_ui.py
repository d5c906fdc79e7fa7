"""From key press to new picture, for every explorer in a real JupyterLab, beside a naive version of
it.

`make bench-ui` (or with EXPLORERS="neuron phase_map") presses the keys of each control in view,
drags a slider, and does the same with `ipywidgets.interact` and pyplot; all of it with one and with
two pixels of the screen a pixel of the page. A slider of few places passes few while it is dragged,
and cannot bring more pictures: of these it has to bring nine in ten. Where places have the same
picture, as after the end of a training, those drawn are counted. Latency ends with the second
animation frame after the new picture is decoded; its parts compute, draw and encode are taken in
the kernel, transport is the rest: messages, server, page (and for explorers that are played the
computing, which has no end to be measured). The load of the machine before each row says how quiet
it was.
"""

import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import ui_page
from ui_log import read_log
from ui_row import Measured, summarise

from lecture_lib.explore.controls import Slider
from lecture_lib.explorers import EXPLORERS

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))
from shared.browser import browser, lab_server, rest, run_all, scratch  # noqa: E402

PRESSES = 6  # keys a control
NAIVE_PRESSES = 6  # keys of the naive version
SHOWN = 0.9  # of the places that a slider of few places passes have their picture
NEAR = 0.051  # the page tells where a slider stands with one decimal
# What is promised with so many pixels of the screen a pixel of the page: at most, `fps` at least.
ALLOWED = {
    1: {
        "median": 95,
        "p95": 150,
        "axes": 250,
        "kB": 80,
        "ratio": 0.25,
        "fps": 10,
        "lag": 200,
        "first": 3000,
        "slice": 150,
    },
    2: {
        "median": 115,
        "p95": 180,
        "axes": 250,
        "kB": 80,
        "ratio": 0.35,
        "fps": 10,
        "lag": 200,
        "first": 3000,
        "slice": 150,
    },
}
HEADING = (
    f"{'ms':20s}{'x':>2s}{'load':>5s}{'first':>6s}{'moves':>6s}{'kB':>5s}"
    f" |{'median':>7s}{'p95':>5s}{'axes':>5s}"
    f" |{'comp.':>6s}{'draw':>5s}{'enc.':>5s}{'transp.':>8s}"
    f" |{'slice':>6s}{'fps':>5s}{'drawn':>6s}{'of':>5s}{'lag':>5s}"
    f" |{'naive':>6s}{'ratio':>6s}  missed"
)
ROW = (
    "{name:20s}{pixels:2d}{load:5.1f}{first:6.0f}{moves:6d}{kB:5.0f}"
    " |{median:7.0f}{p95:5.0f}{axes:5.0f}"
    " |{compute:6.0f}{draw:5.0f}{encode:5.0f}{transport:8.0f}"
    " |{slice:6.0f}{fps:5.1f}{drawn:6.1f}{places:5.1f}{lag:5.0f}"
    " |{naive:6.0f}{ratio:6.2f}  {missed}"
)
# The explorer with its kernel watched, and its naive version in the next cell.
CELLS = (
    """import sys
sys.path.insert(0, {folder!r})
import ui_kernel
from lecture_lib import explorers
ui_kernel.watch({log!r})
explorers.{name}()""",
    """import ui_naive
ui_naive.make_naive(explorers.{name})""",
)


# -- one explorer


def open_explorer(page, address, folder, name):
    """Open a notebook with the explorer and its naive version; returns the log of its kernel."""
    log = folder / f"{name}.log"
    log.unlink(missing_ok=True)
    sources = [cell.format(folder=str(HERE), log=str(log), name=name) for cell in CELLS]
    notebook = scratch(folder / "notebooks", f"bench_{name}", *sources)
    errors = run_all(page, address, notebook, timeout=60_000)
    if errors:
        raise RuntimeError(errors)
    page.wait_for_selector(f".explorer-{name} .lx-image")
    page.wait_for_timeout(1500)
    wait_for_quiet(page, log)
    return log


def wait_for_quiet(page, log):
    """Wait until the kernel has done nothing for a second: the naive version draws for a while."""
    known = -1
    events = read_log(log)
    while len(events) > known:
        known = len(events)
        page.wait_for_timeout(1000)
        events = read_log(log)


def list_in_view(explorer):
    """The controls that are not folded away."""
    return [control for control in explorer.controls if control.name not in explorer.folded]


def time_controls(page, box, explorer, log):
    """(Moves that leave the axes as they are, Moves that may change them) of all in view."""
    stay = []
    change = []
    for control in list_in_view(explorer):
        moves = ui_page.press_keys(page, box, control, PRESSES, log)
        if control.name in explorer.frame_depends_on:
            change += moves
        else:
            stay += moves
    return stay, change


def count_positions(slider):
    """How many places a slider has; one with few has few pictures to show."""
    return len(slider.grid()) if slider.log else (slider.high - slider.low) / slider.step


def choose_slider(explorer):
    """The slider with the most places, if possible one that leaves the axes as they are."""
    sliders = [control for control in list_in_view(explorer) if isinstance(control, Slider)]
    calm = [slider for slider in sliders if slider.name not in explorer.frame_depends_on]
    return max(calm or sliders, key=count_positions)


def is_right(events, slider, stands):
    """Whether the last picture is that of the place where the slider stands."""
    drawn = [event for event in events if event.kind == "draw"]
    shown = drawn[-1].settings[slider.name]
    if slider.log:
        return shown == slider.grid()[int(stands)]
    return abs(shown - stands) < NEAR


def time_naive(page, slider):
    """The Moves of the same slider in the naive version."""
    page.wait_for_selector(".naive img")
    page.evaluate(ui_page.WATCH, ".naive")
    return ui_page.press_keys(page, ".naive", slider, NAIVE_PRESSES)


def close_sessions(address):
    """End all kernels."""
    for session in rest(address, "sessions"):
        rest(address, f"sessions/{session['id']}", "DELETE")


def measure(page, address, folder, explorer):
    """The Measured of an explorer in a page of JupyterLab."""
    log = open_explorer(page, address, folder, explorer.name)
    has_end = explorer.is_job and not explorer.live
    begun = read_log(log)
    box = f".explorer-{explorer.name}"
    page.evaluate(ui_page.WATCH, box)
    stay, change = time_controls(page, box, explorer, log if has_end else None)
    slider = choose_slider(explorer)
    drag = ui_page.drag_slider(page, box, slider, log if has_end else None)
    events = read_log(log)
    blank, heights = page.evaluate("() => [window.seen.blank, window.seen.heights]")
    naive = time_naive(page, slider)
    close_sessions(address)
    return Measured(
        begun=begun,
        events=events,
        stay=stay,
        change=change,
        drag=drag,
        right=is_right(events, slider, drag.stands),
        blank=blank,
        jumps=len(heights) - 1,
        naive=naive,
        has_end=has_end,
    )


# -- the table


def list_missed(row, allowed):
    """What of the promise this explorer does not keep."""
    missed = []
    values = asdict(row)
    for name, limit in allowed.items():
        if name != "fps" and values[name] > limit:
            missed.append(f"{name} {values[name]:.2f}")
    if max(row.fps, row.drawn) < min(allowed["fps"], SHOWN * row.places):
        missed.append(f"fps {row.fps:.1f} of {row.places:.1f}")
    if row.blank:
        missed.append("blank")
    if row.jumps:
        missed.append("jumps")
    if not row.right:
        missed.append("wrong last picture")
    return missed


def print_row(address, folder, name, pixels):
    """Measure an explorer with so many pixels of the screen a pixel of the page."""
    load = os.getloadavg()[0]
    with browser(width=1280, height=800, ratio=pixels) as page:
        row = summarise(measure(page, address, folder, EXPLORERS[name]))
    missed = ", ".join(list_missed(row, ALLOWED[pixels]))
    told = ROW.format(name=name, pixels=pixels, load=load, missed=missed, **asdict(row))
    print(told, flush=True)


def main(names):
    """Print the table of these explorers, or of all."""
    print(HEADING)
    with tempfile.TemporaryDirectory() as folder, lab_server(Path(folder)) as address:
        for name in names or EXPLORERS:
            for pixels in ALLOWED:
                print_row(address, Path(folder), name, pixels)


if __name__ == "__main__":
    main(sys.argv[1:])
