"""The browser edition from a reader's first visit to one without network: Python runs in Chromium.

It is built on a distribution of Pyodide from PyPI; with LECTURE_LITE_SITE=FOLDER the site in that
folder is tested instead, as the workflow does before it publishes.
"""

import json
import shutil
import time
from contextlib import contextmanager

import pytest

pytest.importorskip("fcntl", reason="the browser edition is built on Unix")

import lecture_lib  # noqa: E402
from lecture_lib import exercises  # noqa: E402
from lite import distribution, lock, pages, pairings, wheels  # noqa: E402
from shared import lite_page  # noqa: E402
from shared.browser import FLAGS, find_chromium, picture, press  # noqa: E402
from shared.lite_server import serve  # noqa: E402
from shared.lite_site import build_public, build_standin, find_published  # noqa: E402
from shared.notebooks import NAMES, explorers_in  # noqa: E402

pytestmark = pytest.mark.browser
FIRST = "00_start_here"
EXAMPLE = "04_numeric_example"
OPENING = "gradient_descent"  # the first explorer of notebook 00
SOON = "05_vanishing_exploding_gradients"  # run in every test, the others in long ones
PHONE = {"width": 390, "height": 800}
AXE = "axe_playwright_python.sync_playwright"


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    """A plain web host with the browser edition below /lite/."""
    folder = find_published() or build_standin(tmp_path_factory.mktemp("live"))
    with serve(folder) as host:
        yield host


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        yield chromium
        chromium.close()


@contextmanager
def new_page(chromium, **options):
    """A page of a browser that has never been here."""
    context = chromium.new_context(**options)
    page = context.new_page()
    page.set_default_timeout(1000 * lite_page.PATIENCE)
    try:
        yield page
    finally:
        context.close()


@pytest.fixture(scope="module")
def page(chromium, host):
    """Notebook 00 in a browser of its own, opened from the front page; Python runs."""
    with new_page(chromium) as page:
        page.goto(f"{host.address}/lite/")
        lite_page.wait_for_notebook(page, FIRST)
        page.said = lite_page.wait_for_python(page)
        yield page


def test_the_bar_says_what_is_happening_until_python_runs(page):
    waiting = page.said[:-1]
    assert waiting and all("Python" in sentence for sentence in waiting)
    counting = [sentence for sentence in waiting if "seconds so far" in sentence]
    assert counting
    assert all("The notebook comes" in s or "Reading works" in s for s in counting)
    assert "Python is ready" in page.said[-1] and "stay in this browser" in page.said[-1]
    names = page.locator("#live button").all_text_contents()
    assert names == ["Run all", "Stop", "Download", "Reset"]


def test_notebook_00_runs_and_says_what_is_stored(page):
    lite_page.run_all(page)
    assert lite_page.find_differences(page, FIRST) == []


def test_python_starts_before_the_notebook_is_there(page):
    """The worker that was made ahead is the one that the kernel took."""
    names = [worker.url.partition("?")[0].rpartition("/")[2] for worker in page.workers]
    assert names == ["start.js"]


READ_FROM_SOURCE = """
import sys
origins = [getattr(module.__spec__, "origin", None) or "" for module in list(sys.modules.values())
           if getattr(module, "__spec__", None)]
theirs = [origin for origin in origins if "lecture_lib" not in origin]
len([origin for origin in theirs if origin.endswith(".py")]) / len(theirs)"""


def test_little_is_compiled_in_the_browser(page):
    assert float(lite_page.run_new_cell(page, READ_FROM_SOURCE)) < 0.2


def test_an_error_inside_a_package_names_its_place(page):
    told = lite_page.run_new_cell(page, "import numpy as np\nnp.linalg.inv(np.zeros((2, 3)))")
    assert "LinAlgError" in told and "square" in told


OWN_PICTURE = r"""
import matplotlib.pyplot as plt
fig, ax = plt.subplots()
print(ax.set_title(r"$\mathcal{L}$, $\mathbf{W}$, $\partial J / \partial W$").get_text())
plt.show()"""


def test_a_picture_of_ones_own_has_its_letters(page):
    told = lite_page.run_new_cell(page, OWN_PICTURE)
    assert "mathcal" in told and "dummy" not in told and "Figure" in told


def test_a_key_press_changes_picture_and_sentence(page):
    before = picture(page, OPENING)
    assert press(page, OPENING, "gamma", timeout=20_000)
    wait_for_another_sentence(page, OPENING, before[1])
    assert picture(page, OPENING)[0] != before[0]


def test_a_typed_value_is_taken_on_enter(page):
    typed = page.locator(f".explorer-{OPENING} .control-gamma .lx-typed").first
    typed.fill("0.37")
    typed.press("Enter")
    page.wait_for_function(
        f"document.querySelector('.explorer-{OPENING} .lx-code').textContent.includes('gamma=0.37')"
    )
    assert typed.evaluate("field => document.activeElement == field")


def test_an_exercise_answers(page):
    said = lite_page.run_new_cell(page, 'exercises.shape_of_sums("A")')
    assert said == repr(exercises.shape_of_sums("A"))


def test_live_training_plays_and_pauses(page):
    lite_page.run_new_cell(page, "explorers.live_training()")
    box = page.locator(".explorer-live_training").first
    first = picture(page, "live_training")[1]
    box.get_by_role("button", name="play", exact=True).click()
    wait_for_another_sentence(page, "live_training", first)
    box.get_by_role("button", name="pause", exact=True).click()
    box.get_by_role("button", name="play", exact=True).wait_for()
    page.wait_for_timeout(1000)
    still = [picture(page, "live_training")[1]]
    page.wait_for_timeout(1000)
    still.append(picture(page, "live_training")[1])
    assert still[0] == still[1] != first


def wait_for_another_sentence(page, explorer, before):
    page.wait_for_function(
        "([box, old]) => document.querySelector(box).alt != old",
        arg=[f".explorer-{explorer} .lx-image", before],
    )


def test_long_work_shows_its_first_picture_at_once(page):
    """remedy_grid is a map in many parts: they come one after the other, while the page answers."""
    lite_page.run_new_cell(page, "explorers.remedy_grid()")
    first = picture(page, "remedy_grid")[0]
    page.wait_for_function(
        "old => document.querySelector('.explorer-remedy_grid .lx-image').src != old", arg=first
    )


def test_axe_finds_no_violation_in_what_we_put_out(page):
    sync = pytest.importorskip(AXE)
    ours = {"include": [["#live"], [f".explorer-{OPENING}"]]}
    found = sync.Axe().run(page, context=ours).response["violations"]
    assert not [(v["id"], v["nodes"][0]["html"][:200]) for v in found]


def test_a_second_visit_works_without_network(page, host):
    page.wait_for_function("document.documentElement.dataset.kept")  # the copies are written
    with host.pause():
        page.context.set_offline(True)
        page.reload()
        lite_page.wait_for_notebook(page, FIRST)
        lite_page.wait_for_python(page)
        assert lite_page.run_new_cell(page, "from lecture_lib import explorers\n6 * 7") == "42"
        page.context.set_offline(False)


def test_a_reload_keeps_what_was_changed(page):
    lite_page.run_new_cell(page, "print('mine', 6 * 7)")
    lite_page.wait_until_kept(page)
    page.reload()
    lite_page.wait_for_notebook(page, FIRST)
    assert "print('mine', 6 * 7)" in lite_page.read_sources(page)


def test_reset_takes_the_notebook_as_it_is_published(page):
    lite_page.wait_for_python(page)  # until then the bar says how far it is
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("#live button", has_text="Reset").click()
    page.locator("#live p", has_text="newest version").wait_for()
    page.reload()
    lite_page.wait_for_notebook(page, FIRST)
    assert "print('mine', 6 * 7)" not in lite_page.read_sources(page)


def test_an_address_opens_an_explorer_live_on_a_phone_as_it_says(chromium, host):
    with new_page(chromium, viewport=PHONE) as page:
        name = "numeric_example"
        place = f"{EXAMPLE}.ipynb&show={name}&set=X1%3D0.3%26W5%3D0.25"
        page.goto(f"{host.address}/lite/notebooks/index.html?path={place}")
        page.locator(f".explorer-{name} .lx-image").first.wait_for()
        assert page.locator(f".explorer-{name}").first.bounding_box()["width"] <= PHONE["width"]
        assert page.locator("#live").bounding_box()["height"] < 160
        page.locator(f".explorer-{name} .lx-code", has_text="X1=0.3").first.wait_for(
            state="attached"
        )
        assert "W5=0.25" in page.locator(f".explorer-{name} .lx-code").first.text_content()
        assert press(page, name, "X1", timeout=20_000)
        lite_page.run_all(page)
        assert lite_page.find_differences(page, EXAMPLE) == []


# What is not answered, or answered with this script; what the page believes; what it says.
OFFLINE = "Object.defineProperty(navigator, 'onLine', {get: () => false})"
NO_ROOM = "throw new RangeError('WebAssembly.Memory(): could not allocate memory')"
FAILURES = {
    "blocked": ("**/pyodide.*js", None, "", "cannot be reached"),
    "broken": ("**/pyodide-lock.json", None, "", "cannot be reached"),
    "no network": ("**/pyodide.*js", None, OFFLINE, "There is no network"),
    "no memory": ("**/pyodide.*js", NO_ROOM, "", "too little memory"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_what_does_not_come_is_told_in_one_sentence(name, chromium, host):
    stopped, script, belief, sentence = FAILURES[name]

    def answer(route):
        if script is None:
            route.abort()
        else:
            route.fulfill(body=script, content_type="text/javascript")

    with new_page(chromium, service_workers="block") as page:
        page.add_init_script(belief)
        page.context.route(stopped, answer)
        page.goto(f"{host.address}/lite/notebooks/index.html?path={FIRST}.ipynb")
        page.locator("#live.failed").wait_for()
        assert sentence in page.locator("#live p").text_content()
        assert page.locator("#live a").get_attribute("href").endswith("/index.html")


def test_a_device_with_little_memory_is_told_so_as_long_as_python_starts(chromium, host):
    with new_page(chromium) as page:
        page.add_init_script("Object.defineProperty(navigator, 'deviceMemory', {get: () => 1})")
        page.goto(f"{host.address}/lite/notebooks/index.html?path={FIRST}.ipynb")
        page.locator("#live p", has_text="seconds so far").wait_for()
        page.wait_for_timeout(1000)
        assert "little memory" in page.locator("#live p").text_content()


def test_an_old_browser_is_told_so(chromium, host):
    with new_page(chromium) as page:
        page.add_init_script("delete window.WebAssembly")
        page.goto(f"{host.address}/lite/notebooks/index.html?path={FIRST}.ipynb")
        assert "too old" in page.locator("#live").text_content()


def list_others():
    """The notebooks that no test above runs, all but one marked as long."""
    others = []
    for name in NAMES:
        if name not in (FIRST, EXAMPLE):
            others.append(pytest.param(name, marks=() if name == SOON else pytest.mark.long))
    return others


@pytest.mark.parametrize("name", list_others())
def test_every_other_notebook_runs_and_says_what_is_stored(name, chromium, host):
    with new_page(chromium) as page:
        page.goto(f"{host.address}/lite/lab/index.html?path={name}.ipynb")
        lite_page.wait_for_notebook(page, name)
        lite_page.wait_for_python(page)
        begun = time.time()
        lite_page.run_all(page, patience=600)
        print(f"{name}: Run All {time.time() - begun:.0f} s")
        assert lite_page.find_differences(page, name, patience=900) == []
        for explorer in explorers_in(name):
            assert picture(page, explorer)[1]


@pytest.mark.long
def test_stop_frees_a_page_whose_cell_never_ends(chromium, host):
    with new_page(chromium) as page:
        page.goto(f"{host.address}/lite/notebooks/index.html?path={FIRST}.ipynb")
        lite_page.wait_for_notebook(page, FIRST)
        lite_page.wait_for_python(page)
        lite_page.start_new_cell(page, "while True: pass")
        page.locator("#live button", has_text="Stop").click()
        page.locator(".jp-Dialog .jp-mod-accept").click()
        page.wait_for_function("document.documentElement.dataset.live == 'starting'")
        lite_page.wait_for_python(page)
        assert lite_page.run_new_cell(page, "6 * 7") == "42"


def test_the_public_edition_opens_its_notebooks(chromium, tmp_path):
    """Its packages cannot be had here, so Python does not start: the notebook is there all the
    same, and the kernel takes the worker that was made ahead.
    """
    site, _ = build_public(tmp_path)
    with serve(site) as host, new_page(chromium) as page:
        page.context.route("https://**", lambda route: route.abort())
        page.goto(f"{host.address}/lite/notebooks/index.html?path={EXAMPLE}.ipynb")
        lite_page.wait_for_notebook(page, EXAMPLE)
        assert page.locator(".jp-Cell").count() > 10
        page.locator("#live.failed").wait_for()
        assert "cdn.jsdelivr.net cannot be reached" in page.locator("#live p").text_content()
        names = [worker.url.partition("?")[0].rpartition("/")[2] for worker in page.workers]
        assert names == ["start.js"]


LOAD = """async ([core, lock, packages]) => {
  const {loadPyodide} = await import(`${core}pyodide.mjs`);
  const python = await loadPyodide({indexURL: core, lockFileURL: lock, packages});
  const version = await python.runPythonAsync('import lecture_lib; lecture_lib.__version__');
  return [version, Object.keys(python.loadedPackages)];
}"""


def test_the_core_of_the_public_edition_loads_our_wheels_from_the_lock(chromium, tmp_path):
    """npm has the core that readers get from Pyodide's address, and no packages: in their place
    stand wheels with nothing in them.
    """
    site, core = build_public(tmp_path)
    place = site / "lite" / "static" / "pyodide" / pairings.PUBLIC.pyodide
    shutil.copytree(core, site / "core", ignore=shutil.ignore_patterns("*.tgz"))
    replace_stock_packages(place)
    config = json.loads((site / "lite" / "jupyter-lite.json").read_text("utf-8"))
    kernel = config["jupyter-config-data"]["litePluginSettings"][pages.KERNEL]
    packages = kernel["loadPyodideOptions"]["packages"]
    with serve(site) as host, new_page(chromium) as page:
        page.goto(f"{host.address}/lite/live.css")
        address = f"{host.address}/lite/{place.relative_to(site / 'lite')}/{distribution.LOCK}"
        version, loaded = page.evaluate(LOAD, [f"{host.address}/core/", address, packages])
    assert version == lecture_lib.__version__
    assert {lock.write_plainly(name) for name in packages} <= set(loaded)


def replace_stock_packages(place):
    """Put empty wheels in the place of all packages that come from Pyodide's own address."""
    made = json.loads((place / distribution.LOCK).read_text("utf-8"))
    for name, package in made["packages"].items():
        if package["file_name"].startswith("https:"):
            wheel = wheels.write_empty_wheel(place, name.replace("-", "_"))
            made["packages"][name] |= {
                "file_name": wheel.name,
                "sha256": pairings.find_sha256(wheel),
            }
    (place / distribution.LOCK).write_text(json.dumps(made), "utf-8")
