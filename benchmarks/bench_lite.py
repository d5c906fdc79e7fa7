"""What a reader of the browser edition waits for, in Chromium on this machine and a local host.

`make bench-lite` builds it on the distribution of Pyodide from PyPI and prints one table: bytes
until the first picture of notebook 00 with their split, seconds from the address to that picture on
a first and on a second visit with their split, milliseconds from a key to the picture, seconds of
Run All with the longest wait for an explorer's first picture, memory of the page after notebook 05.
"""

import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]
from machine import describe_machine  # noqa: E402
from plain_page import open_plain_page  # noqa: E402

from shared import lite_page  # noqa: E402
from shared.browser import FLAGS, find_chromium  # noqa: E402
from shared.explorer_in_page import find_first_slider  # noqa: E402
from shared.lite_server import serve  # noqa: E402
from shared.lite_site import build_standin  # noqa: E402

FIRST = "00_start_here"
LONG = ("05_vanishing_exploding_gradients", "06_remedies")
MOVES = 10  # that are measured, there and back
GROUPS = {  # what the bytes are for: words in an address, the first that fits
    "Matplotlib and what it needs": (
        "matplotlib",
        "pillow",
        "contourpy",
        "kiwisolver",
        "cycler",
        "dateutil",
        "pyparsing",
    ),
    "NumPy": ("numpy",),
    "IPython and what it needs": ("ipython", "pygments", "prompt_toolkit", "traitlets", "sqlite3"),
    "Pyodide": ("pyodide.", "python_stdlib"),
    "our wheels and the widgets": ("static/wheels/",),
    "JupyterLite": ("/build/", "/extensions/", "/lab/", "/notebooks/"),
}
# Seconds of the page at which cells begin and explorers show their first picture.
WATCH = """() => {
  window.began = {};
  window.shown = {};
  const session = jupyterapp.shell.currentWidget.sessionContext.session;
  session.kernel.iopubMessage.connect((_, message) => {
    const name = /explorers\\.(\\w+)\\([^)]*\\)\\s*$/.exec(message.content.code ?? '')?.[1];
    const begins = message.header.msg_type == 'execute_input';
    if (begins && name) window.began[name] ??= performance.now();
  });
  new MutationObserver(() => document.querySelectorAll('.lx').forEach(box => {
    const name = [...box.classList].find(word => word.startsWith('explorer-')).slice(9);
    if (box.querySelector('.lx-image')?.naturalWidth) window.shown[name] ??= performance.now();
  })).observe(document.body, {childList: true, subtree: true, attributes: true});
}"""
MOVE = """([name, control, key]) => new Promise(done => {
  const box = document.querySelector(`.explorer-${name}`);
  const input = box.querySelector(`.control-${control} input[type=range]`);
  const begin = performance.now(), before = box.querySelector('.lx-image').src;
  input[key]();
  input.dispatchEvent(new Event('input', {bubbles: true}));
  const look = () => box.querySelector('.lx-image').src != before
    ? requestAnimationFrame(() => done(performance.now() - begin)) : requestAnimationFrame(look);
  look();
})"""


@contextmanager
def new_context():
    """A Chromium of its own."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=find_chromium(), args=list(FLAGS)
        )
        yield context
        context.close()


def find_group(address):
    """What an address is for."""
    for name, words in GROUPS.items():
        if any(word in address for word in words):
            return name
    return "all else"


def open_notebook(context, host, name):
    """The page of a notebook, once it is drawn and Python is ready."""
    page = context.new_page()
    page.set_default_timeout(600_000)
    page.goto(f"{host.address}/lite/notebooks/index.html?path={name}.ipynb")
    lite_page.wait_for_notebook(page, name)
    lite_page.wait_for_python(page)
    return page


def see_first_picture(context, host, name):
    """(page, split) of notebook 00 from its address to the picture of the explorer `name`."""
    page = context.new_page()
    page.set_default_timeout(600_000)
    begun = time.time()
    page.goto(f"{host.address}/lite/notebooks/index.html?path={FIRST}.ipynb&show={name}")
    lite_page.wait_for_notebook(page, FIRST)
    drawn = time.time()
    lite_page.wait_for_python(page)
    ready = time.time()
    page.locator(f".explorer-{name} .lx-image").first.wait_for()
    shown = time.time()
    split = f"notebook {drawn - begun:.1f}, Python {ready - drawn:.1f}, cell {shown - ready:.1f}"
    return page, f"{shown - begun:.1f} s ({split})"


def measure_first(host):
    """Rows of the table from two visits of notebook 00, to its first explorer."""
    explorer, slider = find_first_slider(FIRST)
    with new_context() as context:
        page, first = see_first_picture(context, host, explorer.name)
        yield "bytes to the first picture of 00", describe_bytes(host)
        yield "address to first picture, first visit", first
        times = []
        for key in ("stepUp", "stepDown") * MOVES:
            times.append(page.evaluate(MOVE, [explorer.name, slider.name, key]))
        yield f"key press to picture, {explorer.name}", f"{median(times):.0f} ms"
        page.wait_for_timeout(3000)
        page.close()
        _, second = see_first_picture(context, host, explorer.name)
        yield "address to first picture, second visit", second


def describe_bytes(host):
    """How many bytes were sent, and for what, the largest part first."""
    sizes = {}
    for address, _, size in list(host.sent):
        group = find_group(address)
        sizes[group] = sizes.get(group, 0) + size
    parts = []
    for group in sorted(sizes, key=sizes.get, reverse=True):
        parts.append(f"{group} {sizes[group] / 1e6:.1f}")
    return f"{host.count_bytes() / 1e6:.1f} MB ({', '.join(parts)})"


def measure_run(host, name):
    """Rows of the table from Run All of a notebook."""
    with new_context() as context:
        page = open_notebook(context, host, name)
        page.evaluate(WATCH)
        begun = time.time()
        lite_page.run_all(page, patience=1200)
        took = time.time() - begun
        waits = page.evaluate(
            "Object.entries(began).map(([n, t]) => [((shown[n] ?? NaN) - t) / 1000, n])"
        )
        waits = [(seconds, explorer) for seconds, explorer in waits if seconds is not None]
        late = ", ".join(f"{explorer} {s:.1f} s" for s, explorer in sorted(waits)[-3:])
        yield f"Run All of {name[:2]}", f"{took:.0f} s (longest waits for a picture: {late})"
    yield from measure_memory(host, name)


def measure_memory(host, name):
    """Rows of the table from a page that nobody observes: once Python is ready, after Run All."""
    address = f"{host.address}/lite/notebooks/index.html?path={name}.ipynb"
    with open_plain_page(address) as page:
        page.wait_for("document.documentElement.dataset.live == 'ready'")
        begin = describe_memory(page)
        page.evaluate(f"{lite_page.CELLS}.forEach(cell => {{ cell.model.executionCount = null; }})")
        page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells'), 0")
        page.wait_for(f"{lite_page.CELLS}.every(cell => cell.model.executionCount > 0)", 1200)
        yield f"memory of the page of {name[:2]}", f"{begin}; after Run All {describe_memory(page)}"


def describe_memory(page):
    """What the process of the page holds, and how much of it is Python's own memory."""
    return f"{page.measure_memory():.0f} MB, of these Python {page.measure_largest_part():.0f}"


def main():
    """Print the table; for the notebooks named in the command, or for LONG, the rows of Run All."""
    print(describe_machine(["numpy", "playwright"]))
    names = sys.argv[1:] or LONG
    with tempfile.TemporaryDirectory() as folder:
        site = build_standin(Path(folder))
        with serve(site) as host:
            for what, value in measure_first(host):
                print(f"| {what} | {value} |", flush=True)
        for name in names:
            with serve(site) as host:
                for what, value in measure_run(host, name):
                    print(f"| {what} | {value} |", flush=True)


if __name__ == "__main__":
    main()
