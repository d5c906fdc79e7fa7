"""From key press to new picture, for every explorer in a real JupyterLab, beside a naive version of
it.

`make bench-ui` (or with EXPLORERS="neuron phase_map") presses the keys of each control in view,
drags a slider, and does the same with `ipywidgets.interact` and pyplot; all of it with one and with
two pixels of the screen a pixel of the page. Latency ends with the second animation frame after the
new picture is decoded; its parts compute, draw and encode are taken in the kernel, transport is the
rest: messages, server, page (and for explorers that are played the computing, which has no end to
be measured). The load of the machine before each row says how quiet it was.
"""

import json
import os
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import numpy as np

from lecture_lib.explore import canvas
from lecture_lib.explore.canvas import Canvas
from lecture_lib.explore.controls import Slider
from lecture_lib.explore.declaration import Explorer
from lecture_lib.explorers import EXPLORERS

HERE = Path(__file__).parent
PRESSES, NAIVE_PRESSES, DRAG = 6, 6, 2.5  # keys a control, keys of the naive version, seconds
RATIOS = (1, 2)  # pixels of the screen a pixel of the page
# What is promised at the first and at the second ratio: frames a second at least, else at most.
ALLOWED = {
    "median": (95, 115),
    "p95": (150, 180),
    "axes": (250, 250),
    "kB": (80, 80),
    "ratio": (0.25, 0.35),
    "fps": (10, 10),
    "lag": (200, 200),
    "first": (3000, 3000),
    "slice": (150, 150),
}


# -- in the kernel


def watch(log):
    """Write the start (seconds since 1970) and the length (ms) of every computing, drawing and
    encoding to `log`.
    """

    def note(kind, begin, **more):
        with open(log, "a", encoding="utf-8") as file:
            file.write(
                json.dumps({"kind": kind, "at": begin, "ms": 1000 * (time.time() - begin), **more})
                + "\n"
            )

    def timed(kind, function):
        def run(*args, small=False):
            if small:  # the picture to be stored, once when the cell runs
                return function(*args, small=True)
            begin = time.time()
            result = function(*args)
            more = {}
            if kind == "draw":
                more = {"settings": args[1]}
            elif kind == "encode":
                more = {"bytes": len(result)}
            note(kind, begin, **more)
            return result

        return run

    def parts(self, settings, whole=Explorer.parts):
        work = whole(self, settings)
        advance = timed("compute", lambda: next(work, None))
        while (part := advance()) is not None:
            yield part
        note("end", time.time())

    Explorer.parts = parts
    Canvas.paint = timed("draw", Canvas.paint)
    canvas.encode_png = timed("encode", canvas.encode_png)
    note("begin", time.time())


def naive(explorer):
    """The same explorer as most notebooks have it: `interact` and pyplot, a new figure at each
    move.
    """
    import ipywidgets as widgets
    import matplotlib.pyplot as plt

    def show(**settings):
        data = explorer.data(**settings)
        figure = plt.figure(figsize=(explorer.size[0] / 100, explorer.size[1] / 100))
        axes = [figure.add_axes(panel) for panel in explorer.panels]
        explorer.frame(axes, data)
        explorer.draw(axes, data)
        plt.show()
        print(explorer.sentence(data))

    def widget(c):
        if not isinstance(c, Slider):
            return widgets.Dropdown(options=c.shown(), value=c.default)
        if c.log:
            return widgets.SelectionSlider(options=c.grid(), value=c.default)
        kind = widgets.IntSlider if c.whole else widgets.FloatSlider
        return kind(value=c.default, min=c.low, max=c.high, step=c.step)

    made = widgets.interactive(show, **{c.name: widget(c) for c in explorer.controls})
    made.add_class("naive")
    for child, c in zip(made.children, explorer.controls):
        child.add_class(f"control-{c.name}")
    return made


# -- in the page

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
TOLD = "() => [window.seen.keys.length, window.seen.pictures.length]"


def handle(page, box, control):
    """The part of a control that takes keys, focused."""
    part = page.locator(f"{box} .control-{control.name}").first
    kind = "input[type=range], [role=slider]" if isinstance(control, Slider) else "select, button"
    part = part.locator(kind).first
    part.scroll_into_view_if_needed()
    part.focus()
    return part


def settle(page, log, quiet=0.15, limit=60):
    """Wait until the kernel has ended its work and no new picture has come for `quiet` seconds."""
    count = -1
    end = time.time() + limit
    while time.time() < end and (
        (new := page.evaluate(TOLD)[1]) != count or log and read(log)[-1]["kind"] != "end"
    ):
        count = new
        page.wait_for_timeout(1000 * quiet)


def presses(page, box, control, times, log=None):
    """(time of the key, time of the new picture) of each press that changed the picture, in ms
    since 1970.
    """
    handle(page, box, control)
    moves = []
    keys = ("ArrowRight", "ArrowLeft") if isinstance(control, Slider) else ("ArrowDown", "ArrowUp")
    if not isinstance(control, Slider) and control.options == ("hidden", "shown"):
        keys = ("Enter", "Enter")
    at_end = isinstance(control, Slider) and control.default == control.high
    for k in range(times):
        keys_before, pictures = page.evaluate(TOLD)
        page.keyboard.press(keys[(k // (times // 2) + at_end) % 2])
        try:
            page.wait_for_function(
                "n => window.seen.pictures.length > n", arg=pictures, timeout=20_000, polling=5
            )
        except Exception:
            continue
        moves.append(
            page.evaluate(
                "([k, p]) => [window.seen.keys[k], window.seen.pictures[p]]",
                [keys_before, pictures],
            )
        )
        settle(page, log)
    return moves


def drag(page, box, control, log):
    """Frames a second while dragging, ms from release to the next picture, and where the slider
    stands.
    """
    part = handle(page, box, control)
    track = part.evaluate(
        "e => { const r = (e.closest('.noUi-target') ?? e).getBoundingClientRect();"
        " return [r.x, r.y + r.height / 2, r.width] }"
    )
    at = part.bounding_box()
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.mouse.down()
    begin = time.time()
    while (passed := (time.time() - begin) / DRAG) < 1:
        page.mouse.move(track[0] + track[2] * (0.5 + 0.42 * np.sin(7.85 * passed)), track[1])
        page.wait_for_timeout(12)
    page.mouse.up()
    page.wait_for_timeout(700)
    up, pictures = page.evaluate("() => [window.seen.up, window.seen.pictures]")
    during = [t for t in pictures if 1000 * begin <= t <= up]
    lag = max(0, min((t for t in pictures if t > up), default=up) - up)
    settle(page, log)
    return (
        len(during) / DRAG,
        lag,
        float(part.evaluate("e => e.value ?? e.getAttribute('aria-valuenow')")),
    )


def read(log):
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


# -- the run


def notebook(folder, name, log):
    """A notebook with the explorer and its naive version."""
    import nbformat

    first = (
        f"import sys\nsys.path.insert(0, {str(HERE)!r})\nimport bench_ui\nfrom lecture_lib import"
        f" explorers\nbench_ui.watch({str(log)!r})\nexplorers.{name}()"
    )
    cells = [
        nbformat.v4.new_code_cell(text) for text in (first, f"bench_ui.naive(explorers.{name})")
    ]
    text = nbformat.writes(
        nbformat.v4.new_notebook(
            cells=cells,
            metadata={
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
            },
        )
    )
    (folder / "notebooks" / f"bench_{name}.ipynb").write_text(text, encoding="utf-8")


def median_size(events, moves):
    """The median bytes of the pictures that were sent between key and picture, in kB."""
    sizes = []
    for key, shown in moves:
        for event in events:
            if event["kind"] == "encode" and key <= 1000 * event["at"] <= shown:
                sizes.append(event["bytes"])
    return np.median(sizes) / 1000 if sizes else np.nan


def split(events, moves):
    """Means over the moves of what the kernel did between key and picture: compute, draw, encode,
    and the rest.
    """
    rows = []
    for key, shown in moves:
        inside = [e for e in events if key <= 1000 * e["at"] and 1000 * e["at"] + e["ms"] <= shown]
        parts = [
            sum(e["ms"] for e in inside if e["kind"] == kind)
            for kind in ("compute", "draw", "encode")
        ]
        rows.append([*parts, shown - key - sum(parts)])
    return np.median(rows, axis=0) if rows else [np.nan] * 4


def longest_slice(events):
    """The longest stretch of one part with its drawing and encoding, after the first picture, in
    ms.
    """
    slices = [0.0]
    at = None
    for event in events[4:]:
        at = event["at"] if event["kind"] == "compute" else at
        if event["kind"] == "encode" and at:
            slices.append(1000 * (event["at"] - at) + event["ms"])
    return max(slices)


def measure(page, address, folder, explorer):
    from shared.browser import TOKEN, run_all

    log = folder / f"{explorer.name}.log"
    log.unlink(missing_ok=True)
    notebook(folder, explorer.name, log)
    errors = run_all(page, address, f"bench_{explorer.name}", timeout=60_000)
    if errors:
        raise RuntimeError(errors)
    box = f".explorer-{explorer.name}"
    job = log if explorer.is_job and not explorer.live else None
    page.wait_for_selector(f"{box} .lx-image")
    page.wait_for_timeout(1500)
    events = read(log)
    first = (
        next(e["at"] + e["ms"] / 1000 for e in events if e["kind"] == "encode") - events[0]["at"]
    )
    page.evaluate(WATCH, box)
    stay = []
    change = []
    for control in explorer.controls:
        if control.name not in explorer.folded:
            (change if control.name in explorer.frame_depends_on else stay).extend(
                presses(page, box, control, PRESSES, job)
            )
    sliders = [
        c for c in explorer.controls if isinstance(c, Slider) and c.name not in explorer.folded
    ]

    def positions(c):
        # One with few has few pictures to show
        return len(c.grid()) if c.log else (c.high - c.low) / c.step

    slider = max(
        [c for c in sliders if c.name not in explorer.frame_depends_on] or sliders, key=positions
    )
    fps, lag, stands = drag(page, box, slider, job)
    events = read(log)
    shown = [e for e in events if e["kind"] == "draw"][-1]["settings"][slider.name]
    near = 0.051  # the page tells one decimal
    right = shown == slider.grid()[int(stands)] if slider.log else abs(shown - stands) < near
    blank, heights = page.evaluate("() => [window.seen.blank, window.seen.heights]")
    page.wait_for_selector(".naive img")
    page.evaluate(WATCH, ".naive")
    slow = presses(page, ".naive", slider, NAIVE_PRESSES)
    for session in json.load(urllib.request.urlopen(f"{address}/api/sessions?token={TOKEN}")):
        urllib.request.urlopen(
            urllib.request.Request(
                f"{address}/api/sessions/{session['id']}?token={TOKEN}", method="DELETE"
            )
        ).close()

    def times(moves):
        return [b - a for a, b in moves]

    def q(moves, part):
        return np.percentile(times(moves), part) if moves else np.nan

    parts = dict(zip(("compute", "draw", "encode", "transport"), split(events, stay or change)))
    return {
        "first": 1000 * first,
        "kB": median_size(events, stay + change),
        "n": len(stay) + len(change),
        "median": q(stay, 50),
        "p95": q(stay, 95),
        "axes": q(change, 95),
        **parts,
        "slice": longest_slice(events) if job else np.nan,
        "fps": fps,
        "lag": lag,
        "right": right,
        "blank": blank,
        "jumps": len(heights) - 1,
        "naive": q(slow, 50),
        "ratio": q(stay or change, 50) / q(slow, 50),
    }


def missed(row, pixels):
    """What of the promise this explorer does not keep with so many pixels a pixel."""
    over = []
    for name, tops in ALLOWED.items():
        top = tops[RATIOS.index(pixels)]
        is_over = row[name] < top if name == "fps" else row[name] > top
        if is_over:
            over.append(f"{name} {row[name]:.2f}")
    return (
        over
        + [k for k in ("blank", "jumps") if row[k]]
        + ["wrong last picture"] * (not row["right"])
    )


def main(names):
    sys.path.insert(0, str(HERE.parent / "tests"))
    from shared.browser import browser, lab_server

    print(
        f"{'ms':20s}{'x':>2s}{'load':>5s}{'first':>6s}{'moves':>6s}{'kB':>5s}"
        f" |{'median':>7s}{'p95':>5s}{'axes':>5s}"
        f" |{'comp.':>6s}{'draw':>5s}{'enc.':>5s}{'transp.':>8s}"
        f" |{'slice':>6s}{'fps':>5s}{'lag':>5s} |{'naive':>6s}{'ratio':>6s}  missed"
    )
    with tempfile.TemporaryDirectory() as folder, lab_server(Path(folder)) as address:
        for name in names or EXPLORERS:
            for pixels in RATIOS:
                load = os.getloadavg()[0]
                with browser(width=1280, height=800, ratio=pixels) as page:
                    row = measure(page, address, Path(folder), EXPLORERS[name])
                print(
                    "{:20s}{:2d}{:5.1f}{first:6.0f}{n:6d}{kB:5.0f}"
                    " |{median:7.0f}{p95:5.0f}{axes:5.0f}"
                    " |{compute:6.0f}{draw:5.0f}{encode:5.0f}{transport:8.0f}"
                    " |{slice:6.0f}{fps:5.1f}{lag:5.0f} |{naive:6.0f}{ratio:6.2f}  {}".format(
                        name, pixels, load, ", ".join(missed(row, pixels)), **row
                    ),
                    flush=True,
                )


if __name__ == "__main__":
    main(sys.argv[1:])
