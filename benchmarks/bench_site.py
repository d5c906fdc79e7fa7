"""The static site as a phone meets it: bytes and first picture on 1.5 Mbit/s, and from slider to
picture.

`make bench-site` prints a row for each page: MB until the page is loaded and its first picture is
drawn, seconds on the throttled connection, and milliseconds from a key on each explorer's first
slider to the picture, once neighbours are there; largest shift of the layout while pictures change.
"""

import sys
import threading
from contextlib import contextmanager
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
MOVE = """([box, key]) => new Promise(done => {
  const input = box.querySelector('input[type=range]'), image = box.querySelector('img');
  const begin = performance.now(), before = image.currentSrc;
  input[key]();
  input.dispatchEvent(new Event('input', {bubbles: true}));
  const look = () => image.currentSrc !== before && image.complete
    ? requestAnimationFrame(() => done(performance.now() - begin))
    : performance.now() - begin > 3000 ? done(null) : requestAnimationFrame(look);
  look();
})"""
SHIFTS = """() => {
  window.shift = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => window.shift += entry.value))
    .observe({type: 'layout-shift', buffered: false});
}"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextmanager
def served(folder):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def throttled(context, page):
    client = context.new_cdp_session(page)
    bytes_read = []
    client.send("Network.enable")
    client.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 40, "downloadThroughput": SPEED, "uploadThroughput": SPEED},
    )
    client.on(
        "Network.loadingFinished", lambda event: bytes_read.append(event["encodedDataLength"])
    )
    return bytes_read


def moves(page):
    """Milliseconds of moves whose pictures were fetched before, and the sum of layout shifts."""
    page.evaluate(SHIFTS)
    times = []
    for box in page.query_selector_all(".explorer"):
        if not box.query_selector("input[type=range]"):
            continue
        box.scroll_into_view_if_needed()
        box.query_selector("input[type=range]").focus()
        page.wait_for_timeout(400)
        for key in ("stepDown", "stepUp", "stepUp", "stepDown"):
            taken = page.evaluate(MOVE, [box, key])
            page.wait_for_timeout(250)
            times += [taken] if taken is not None else []
    return times, page.evaluate("window.shift")


def main():
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site"
    print(
        f"{'page':36s}{'MB':>6s}{'first picture, s':>18s}"
        f" |{'moves':>6s}{'median':>8s}{'p95, ms':>9s}{'shift':>7s}"
    )
    with served(site) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        for path in sorted(site.glob("*.html")):
            context = chromium.new_context(**PHONE)
            page = context.new_page()
            read = throttled(context, page)
            page.goto(f"{address}/{path.name}", wait_until="load")
            first = page.evaluate(FIRST) if page.query_selector(".explorer") else np.nan
            page.wait_for_timeout(500)
            size = sum(read)
            context.close()
            context = chromium.new_context(**PHONE)
            page = context.new_page()
            page.goto(f"{address}/{path.name}", wait_until="load")
            times, shift = moves(page)
            context.close()
            median, slow = np.percentile(times or np.nan, (50, 95))
            print(
                f"{path.stem:36s}{size / 1e6:6.2f}{first / 1000:18.2f}"
                f" |{len(times):6d}{median:8.0f}{slow:9.0f}{shift:7.3f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
