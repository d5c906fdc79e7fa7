"""Every explorer in Firefox and in Chromium, by key and by pointer, in JupyterLab and on the site;
by touch on the site; and stored, in a page that no kernel answers.

The site of the test has one page with explorers. With SITE=<folder> in the environment all pages of
that site, which `make site` has built, take its place.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import anywidget
import pytest
from ipywidgets.embed import dependency_state, embed_data

from lecture_lib.explorers import EXPLORERS
from shared.browser import FLAGS, TOKEN, browser, find_chromium, lab_server, scratch
from shared.notebooks import NAMES, explorers_in
from shared.paths import ROOT

PACKAGES = ROOT / ".browsers"  # of npm, see the Makefile
DRIVER = ROOT / "tests/in_browser/drive.mjs"
BROWSERS = {"firefox": shutil.which("firefox-esr") or shutil.which("firefox")}
BROWSERS["chrome"] = find_chromium()
TOGETHER = 7  # explorers in one notebook
QUICK = ("numeric_training", "numeric_example", "guess_frozen_biases")  # of page 04 of the site
MINUTES = 15

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.skipif(not shutil.which("node"), reason="no Node.js here"),
    pytest.mark.skipif(
        not (PACKAGES / "node_modules/puppeteer-core").exists(),
        reason="`make test-long-extras` installs puppeteer-core",
    ),
]


def list_groups():
    """The explorers, so many at a time."""
    names = list(EXPLORERS)
    return [names[start : start + TOGETHER] for start in range(0, len(names), TOGETHER)]


def drive(kind, address, place, explorers, ways):
    """{explorer: {way: [before, after]}} of each move, as drive.mjs tells it."""
    if BROWSERS[kind] is None:
        pytest.skip(f"no {kind} here")
    task = {
        "browser": kind,
        "executable": BROWSERS[kind],
        "args": list(FLAGS) if kind == "chrome" else [],
        "packages": str(PACKAGES.resolve()),
        "address": address,
        "place": place,
        "explorers": explorers,
        "ways": ways,
        "paused": [name for name in explorers if EXPLORERS[name].live],
    }
    command = ["node", str(DRIVER), json.dumps(task)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60 * MINUTES)
    assert ended.returncode == 0, ended.stderr[-2000:]
    return json.loads(ended.stdout.splitlines()[-1])


def find_unmoved(told):
    """(explorer, way) of the moves after which line of code and picture were the same."""
    return [
        (name, way) for name, ways in told.items() for way, (_, after) in ways.items() if not after
    ]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("two")
    with lab_server(folder) as address:
        yield folder / "notebooks", address


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    if "SITE" in os.environ:
        return Path(os.environ["SITE"]).resolve()
    out = tmp_path_factory.mktemp("site") / "site"
    command = [sys.executable, "tools/build_site.py", "--out", str(out), "--explorers", *QUICK]
    subprocess.run(command, cwd=ROOT, check=True)
    return out


@pytest.mark.parametrize("group", list_groups(), ids=lambda group: group[0])
@pytest.mark.parametrize("kind", BROWSERS)
def test_every_explorer_moves_in_jupyterlab(lab, kind, group):
    folder, address = lab
    calls = [f"from lecture_lib import explorers\nexplorers.{name}()" for name in group]
    name = scratch(folder, f"{kind}_{group[0]}", *calls)
    page = f"{address}/lab/workspaces/{name}/tree/{name}.ipynb?token={TOKEN}&reset"
    assert find_unmoved(drive(kind, page, "lab", group, ["key", "pointer"])) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", BROWSERS)
def test_explorers_of_the_site_move(site, kind, name):
    move_all(site, kind, name, ["key", "pointer"])


@pytest.mark.parametrize("name", NAMES)
def test_explorers_of_the_site_move_by_touch(site, name):
    move_all(site, "chrome", name, ["tap", "drag"])


def move_all(site, kind, name, ways):
    """Move all explorers of a page in these ways; skips a page that has none."""
    page = site / f"{name}.html"
    explorers = explorers_in(name)
    if not page.exists() or not explorers:
        pytest.skip(f"no page {page.name} with explorers here")
    assert find_unmoved(drive(kind, page.as_uri(), "site", explorers, ways)) == []


def test_a_stored_explorer_is_whole_in_a_page_without_a_kernel(tmp_path):
    """The widget manager of Colab and of documentation pages, with all that it needs beside the
    page: nothing is fetched from elsewhere, picture and sentence are there, and nothing breaks when
    a reader moves a slider that nobody answers.
    """
    explorer = EXPLORERS["gradient_profile"]
    view = explorer()
    page = tmp_path / "stored.html"
    page.write_text(write_stored_page(view), encoding="utf-8")
    copy_packages(tmp_path)
    with browser() as tab:
        faults = []
        asked = []
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(page.as_uri())
        image = tab.locator(".explorer-gradient_profile .lx-image")
        image.wait_for()
        tab.wait_for_function("() => document.querySelector('.lx-image').naturalWidth > 0")
        assert image.get_attribute("alt") == view.sentence
        assert tab.locator(".lx-sentence").text_content() == view.sentence
        tab.locator(".lx input[type=range]").first.press("ArrowRight")
        tab.wait_for_timeout(500)
        assert image.get_attribute("alt") == view.sentence
        assert faults == []
        assert all(url.startswith(("file:", "blob:", "data:")) for url in asked), asked


def write_stored_page(view):
    """A page with the state of a view, as a stored notebook has it, and the widget manager."""
    # Without the defaults the script of the page would be left out.
    data = embed_data(views=[view], state=dependency_state([view], drop_defaults=False))
    state = json.dumps(data["manager_state"])
    shown = json.dumps(data["view_specs"][0])
    return f"""<!doctype html>
<meta charset="utf-8">
<script src="require.js"></script>
<script>require.config({{paths: {{anywidget: 'anywidget'}}}});</script>
<script src="embed-amd.js"></script>
<script type="application/vnd.jupyter.widget-state+json">{state}</script>
<body><script type="application/vnd.jupyter.widget-view+json">{shown}</script></body>
"""


def copy_packages(folder):
    """What the page loads: the manager, its loader, and anywidget's script."""
    modules = PACKAGES / "node_modules"
    shutil.copy(modules / "requirejs/require.js", folder)
    shutil.copy(modules / "@jupyter-widgets/html-manager/dist/embed-amd.js", folder)
    script = Path(anywidget.__file__).parent / "nbextension/index.js"
    shutil.copy(script, folder / "anywidget.js")
