"""The static site as a phone meets it: bytes and first picture on 1.5 Mbit/s, and from slider to
picture.

`make bench-site` prints a row for each page: MB until the page is loaded and its first picture is
drawn, seconds on the throttled connection, and milliseconds from a key on each explorer's first
slider to the picture, once neighbours are there; largest shift of the layout while pictures change.
"""

import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from shared.browser import FLAGS, find_chromium  # noqa: E402

SPEED = 1.5e6 / 8  # bytes a second
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
FIRST = """() => new Promise(done => {
  const image = document.querySelector('.explorer img');
  image.loading = 'eager';
  image.decode().then(() => requestAnimationFrame(() => done(performance.now())));
})"""
# The page puts a new image in the place of the old one.
MOVE = """([box, key]) => new Promise(done => {
  const input = box.querySelector('input[type=range]');
  const shown = () => box.querySelector('img');
  const begin = performance.now();
  const before = shown().currentSrc;
  const look = () => {
    const passed = performance.now() - begin;
    if (shown().complete && ![before, ''].includes(shown().currentSrc))
      requestAnimationFrame(() => done(performance.now() - begin));
    else if (passed > 3000) done(null);
    else requestAnimationFrame(look);
  };
  input[key]();
  input.dispatchEvent(new Event('input', {bubbles: true}));
  look();
})"""
SHIFTS = """() => {
  window.shift = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => window.shift += entry.value))
    .observe({type: 'layout-shift', buffered: false});
}"""


@dataclass(frozen=True)
class Visit:
    """What a phone measures on one page."""

    megabytes: float  # until the page is loaded and its first picture is drawn
    first: float  # seconds until then; NaN if the page has no explorer
    moves: list  # ms from a key to the picture
    shift: float  # the sum of the layout's shifts while pictures change


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, *_):
        """Nothing."""


@contextmanager
def serve(folder):
    """The address of a folder on a web server of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@contextmanager
def open_phone(chromium):
    """An empty page of a phone that has fetched nothing yet."""
    context = chromium.new_context(**PHONE)
    yield context.new_page()
    context.close()


def throttle(page):
    """Make the connection of a page slow; returns the list that gets the bytes of each answer."""
    client = page.context.new_cdp_session(page)
    received = []

    def note(event):
        received.append(event["encodedDataLength"])

    client.send("Network.enable")
    client.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 40, "downloadThroughput": SPEED, "uploadThroughput": SPEED},
    )
    client.on("Network.loadingFinished", note)
    return received


def time_first(chromium, address):
    """(MB, seconds) until a page is loaded on a slow connection and its first picture is drawn."""
    with open_phone(chromium) as page:
        received = throttle(page)
        page.goto(address, wait_until="load")
        first = page.evaluate(FIRST) if page.query_selector(".explorer") else np.nan
        page.wait_for_timeout(500)
        return sum(received) / 1e6, first / 1000


def time_moves(chromium, address):
    """(ms of moves whose pictures were fetched before, the sum of the layout's shifts)."""
    times = []
    with open_phone(chromium) as page:
        page.goto(address, wait_until="load")
        page.evaluate(SHIFTS)
        for box in page.query_selector_all(".explorer"):
            slider = box.query_selector("input[type=range]")
            if slider is not None:
                box.scroll_into_view_if_needed()
                slider.focus()
                page.wait_for_timeout(400)
                times += move_slider(page, box)
        return times, page.evaluate("window.shift")


def move_slider(page, box):
    """ms of some moves of an explorer's first slider; those without a new picture are left out."""
    times = []
    for key in ("stepDown", "stepUp", "stepUp", "stepDown"):
        taken = page.evaluate(MOVE, [box, key])
        page.wait_for_timeout(250)
        if taken is not None:
            times.append(taken)
    return times


def visit(chromium, address):
    """The Visit of a page."""
    megabytes, first = time_first(chromium, address)
    moves, shift = time_moves(chromium, address)
    return Visit(megabytes, first, moves, shift)


def write_row(name, visited):
    """The row of a page."""
    median, slow = np.percentile(visited.moves or np.nan, (50, 95))
    return (
        f"{name:36s}{visited.megabytes:6.2f}{visited.first:18.2f}"
        f" |{len(visited.moves):6d}{median:8.0f}{slow:9.0f}{visited.shift:7.3f}"
    )


def main():
    """Print a row for each page of site/, or of the folder that the command names."""
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site"
    print(
        f"{'page':36s}{'MB':>6s}{'first picture, s':>18s}"
        f" |{'moves':>6s}{'median':>8s}{'p95, ms':>9s}{'shift':>7s}"
    )
    with serve(site) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        for path in sorted(site.glob("*.html")):
            print(write_row(path.stem, visit(chromium, f"{address}/{path.name}")), flush=True)


if __name__ == "__main__":
    main()
