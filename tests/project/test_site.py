"""The static site: which states are computed ahead, the pages, and in a real browser every control
of them.

`make test` builds the pages of notebooks 00 and 04; the test of the whole site runs in `make
test-long`.
"""

import re
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

import build_site
import nbformat
import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure
from matplotlib.text import Text

from lecture_lib.explore.layout import stack_panels
from lecture_lib.explorers import EXPLORERS
from shared.browser import FLAGS, find_chromium
from shared.paths import ROOT
from static_site import pages, states
from static_site.notebooks import collect_settings, find_title, name_page, read_notebooks
from static_site.prose import write_all_prose

NOTEBOOKS = read_notebooks(ROOT / "notebooks")
USED = collect_settings(NOTEBOOKS.values())
PLANS = {name: states.plan(EXPLORERS[name], USED.get(name, ())) for name in EXPLORERS}
SMALLEST = 9.5  # points; the letters of a word, not its exponents
# The explorers of the pages that `make test` builds.
QUICK = tuple(collect_settings([NOTEBOOKS["00_start_here"], NOTEBOOKS["04_numeric_example"]]))


# -- which states


@pytest.mark.parametrize("name", EXPLORERS)
def test_states_are_numbered_one_by_one_and_few_enough(name):
    plan = PLANS[name]
    assert 12 <= len(plan) <= 500 and sum(map(len, plan.batches()), 0) == len(plan)
    for index in range(0, len(plan), 7):
        assert plan.index(**plan.values(index)) == index
        if not plan.runs:
            assert plan.explorer.settings(**plan.values(index)) == plan.settings(index)
    assert plan.settings(plan.index()) == plan.explorer.settings(
        **(plan.runs and plan.runs[plan.dials[0].stops[0]])
    )


@pytest.mark.parametrize("name", EXPLORERS)
def test_what_the_notebooks_show_is_among_the_states(name):
    for settings in USED[name]:
        assert PLANS[name].index(**settings) is not None
    if not PLANS[name].runs:
        assert all(
            PLANS[name].index(**settings) is not None
            for settings in EXPLORERS[name].presets.values()
        )


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_stop_is_a_value_of_its_control_in_order(name):
    controls = {c.name: c for c in EXPLORERS[name].controls}
    for dial in PLANS[name].dials:
        assert len(set(dial.stops)) == len(set(dial.shown)) == len(dial.stops) > 1
        if dial.name in controls and dial.name != states.STEP:
            control = controls[dial.name]
            assert [control.check(stop) for stop in dial.stops] == list(dial.stops)
            assert dial.stops[dial.start] == control.default
        if dial.slides:
            assert list(dial.stops) == sorted(dial.stops)


def test_a_recorded_run_is_the_run_of_the_explorer():
    plan = PLANS["live_point"]
    batch = plan.batches()[2]
    assert plan.values(batch[0])["run"] == "too large"  # it diverges, and its last picture stays
    recorded = {index: data for index, _, data in plan.records(batch)}
    assert sorted(recorded) == list(batch)
    for index in (batch[0], batch[-1]):
        values = plan.values(index)
        work = plan.explorer.compute(**plan.settings(index))
        *_, data = islice(work, values["step"] + 1)
        assert plan.explorer.sentence(recorded[index]) == plan.explorer.sentence(data)


@pytest.mark.parametrize("name", EXPLORERS)
def test_panels_of_a_tall_picture_lie_inside_it_and_apart(name):
    tall = stack_panels(EXPLORERS[name])
    for k, (x, y, w, h) in enumerate(tall.panels):
        assert 0 <= x < x + w <= 1 and 0 <= y < y + h <= 1 and w * tall.size[0] > 200
        assert all(y >= b + d or b >= y + h for a, b, c, d in tall.panels[:k])


@pytest.mark.parametrize("name", EXPLORERS)
def test_no_word_of_a_picture_is_smaller_than_the_layouts_allow(name):
    explorer = stack_panels(EXPLORERS[name])
    figure = Figure()
    axes = [figure.add_axes(panel) for panel in explorer.panels]
    data = next(explorer.parts(explorer.settings()))
    explorer.frame(axes, data)
    explorer.draw(axes, data)
    sizes = {
        text.get_text(): text.get_fontsize() for text in figure.findobj(Text) if text.get_text()
    }
    assert sizes and min(sizes.values()) >= SMALLEST, min(sizes.items(), key=lambda item: item[1])


# -- prose


@pytest.mark.parametrize("stem", NOTEBOOKS)
def test_every_formula_becomes_mathml_and_every_link_a_page(stem):
    soup = BeautifulSoup(write_all_prose(NOTEBOOKS[stem]), "html.parser")
    formulas = soup.find_all("math")
    assert (
        len(formulas)
        >= sum(c.source.count("$") for c in NOTEBOOKS[stem].cells if c.cell_type == "markdown") / 4
    )
    for formula in formulas:
        assert "\\" not in formula.get_text() and not formula.find("merror"), formula.get_text()
    assert "$" not in re.sub(r"<code>.*?</code>", "", soup.get_text(), flags=re.S)
    targets = {p: contents_ids(p) for p in NOTEBOOKS}
    for link in soup.find_all("a", href=True):
        file, _, place = unquote(link["href"]).partition("#")
        if not file.startswith("http"):
            source = next(s for s in NOTEBOOKS if f"{name_page(s)}.html" == file) if file else stem
            assert not place or place in targets[source], link["href"]


def contents_ids(stem):
    soup = BeautifulSoup(write_all_prose(NOTEBOOKS[stem]), "html.parser")
    return {tag["id"] for tag in soup.find_all(id=True)}


def test_a_build_that_fails_leaves_the_old_site_whole(tmp_path, monkeypatch):
    out = tmp_path / "site"
    out.mkdir()
    (out / "index.html").write_text("old", encoding="utf-8")
    monkeypatch.setattr(
        build_site.shutil, "copyfile", lambda *_: (_ for _ in ()).throw(OSError("disk full"))
    )
    monkeypatch.setattr(build_site, "compute_ahead", lambda *_: {})
    with pytest.raises(OSError, match="disk full"):
        build_site.build(out, ("neuron",))
    assert (out / "index.html").read_text(encoding="utf-8") == "old"


# -- the pages in a browser


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return built(tmp_path_factory.mktemp("quick") / "site", "--explorers", *QUICK)


@pytest.fixture(scope="module")
def whole_site(tmp_path_factory):
    return built(tmp_path_factory.mktemp("whole") / "site")


def built(out, *more):
    subprocess.run(
        [sys.executable, "tools/build_site.py", "--out", str(out), *more], cwd=ROOT, check=True
    )
    return out


@contextmanager
def opened(site, name, width=1200, script=True, address="", block=None, **options):
    """A page of the site, opened from its folder; what goes wrong in it is collected in
    `page.faults`. It asks for little motion, for the moving picture of the front page keeps a busy
    machine busy.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=script,
            reduced_motion="reduce",
            **options,
        )
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.faults = []
        page.asked = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "console",
            lambda message: page.faults.append(message.text) if message.type == "error" else None,
        )
        page.on("request", lambda request: page.asked.append(request.url))
        if block:
            page.route(block, lambda route: route.abort())
        page.goto(f"{(site / name).as_uri()}.html{address}")
        yield page
        chromium.close()


def figure(page, name):
    return page.locator(f"#{name}")


def arrives(page, name, state):
    page.wait_for_function(
        "([name, state]) => document.getElementById(name).dataset.state == state",
        arg=[name, str(state)],
        timeout=20_000,
    )


def truth(plan, index):
    """The sentence of a state as the library computes it now."""
    if not plan.runs:
        return plan.explorer.sentence(plan.explorer.data(**plan.settings(index)))
    work = plan.explorer.compute(**plan.settings(index))
    *_, data = islice(work, plan.values(index)["step"] + 1)
    return plan.explorer.sentence(data)


def put(box, dial, place):
    """Move a control of the page to one of its stops, its first or its last."""
    control = box.locator(f".control-{dial.name}")
    if dial.slides:
        control.locator("input").press("End" if place else "Home")
    elif control.locator("select").count():
        control.locator("select").select_option(index=place)
    elif find_place(box, dial) != place:
        control.locator("button").click()


def find_place(box, dial):
    """At which of its stops a control of the page stands."""
    control = box.locator(f".control-{dial.name}")
    if dial.slides:
        return int(control.locator("input").input_value())
    if control.locator("select").count():
        return control.locator("select").evaluate("list => list.selectedIndex")
    standing = control.locator("button").get_attribute("data-next")
    return 1 - dial.stops.index(standing)


def sweep(page):
    """Move every control of every explorer of the page to its ends; sentence, alt and picture must
    be the state's.
    """
    for box in page.locator(".explorer").all():
        name, identity = box.get_attribute("data-explorer"), box.get_attribute("id")
        plan = PLANS[name]
        for dial in plan.dials:
            for place in (0, len(dial.stops) - 1):
                put(box, dial, place)
                places = [find_place(box, d) for d in plan.dials]
                state = plan.index(**{d.name: d.stops[k] for d, k in zip(plan.dials, places)})
                assert places[plan.dials.index(dial)] == place
                arrives(page, identity, state)
                told = truth(plan, state)
                # Not its image: the next picture may just take its place
                box.locator(".lx-stage").scroll_into_view_if_needed()
                page.wait_for_function(
                    "([box, told]) => box.querySelector('.lx-image').alt == told"
                    " && box.querySelector('.lx-image').naturalWidth > 0"
                    " && box.querySelector('.lx-sentence').textContent == told",
                    arg=[box.element_handle(), told],
                )
                code = box.locator(".lx-code").text_content()
                if not plan.runs:
                    assert plan.explorer.settings(
                        **eval(f"dict({code.split('(', 1)[1][:-1]})")
                    ) == plan.settings(state)
    assert page.faults == [] and all(url.startswith(("file://", "data:")) for url in page.asked)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["index", "04_numeric_example"])
def test_every_control_moves_to_its_ends_and_tells_the_truth(site, name):
    with opened(site, name) as page:
        sweep(page)


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize("stem", NOTEBOOKS)
def test_every_page_of_the_whole_site(whole_site, stem):
    files = [p for p in whole_site.rglob("*") if p.is_file()]
    assert sum(p.stat().st_size for p in files) <= 80e6
    with opened(whole_site, name_page(stem)) as page:
        sweep(page)
    for scheme, width in (("light", 1200), ("dark", 360)):
        with opened(whole_site, name_page(stem), width=width, color_scheme=scheme) as page:
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    return [(v["id"], v["nodes"][0]["html"][:150]) for v in Axe().run(page).response["violations"]]


@pytest.mark.browser
@pytest.mark.parametrize("scheme, width", [("light", 1200), ("dark", 360)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(site, scheme, width):
    for name in ("index", "04_numeric_example"):
        with opened(site, name, width=width, color_scheme=scheme) as page:
            assert page.title() and page.locator("html").get_attribute("lang") == "en"
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_formulas_have_their_font_and_lowered_indices(site):
    with opened(site, "04_numeric_example") as page:
        page.evaluate("document.fonts.ready")
        assert page.evaluate(
            "document.fonts.check('16px \\'lecture math\\'') && document.fonts.size == 1"
        )
        lowered = page.evaluate(
            """[...document.querySelectorAll('msub')].filter(e => e.checkVisibility()).map(e =>
            e.children[1].getBoundingClientRect().bottom
            - e.children[0].getBoundingClientRect().bottom)"""
        )
        assert len(lowered) > 20 and min(lowered) > 1


@pytest.mark.browser
def test_an_address_opens_its_state_and_a_wrong_one_the_nearest(site):
    script = "<script>window.hurt=1</script>"
    for address, stop, told in (
        ("updates=1000&gamma=1", {"updates": 1000, "gamma": 1.0}, ""),
        ("updates=10%2C000", {"updates": 10_000}, ""),
        ("updates=900", {"updates": 1000}, "900 was not computed ahead; the nearest is 1,000"),
        ("updates=-5", {}, "has no value"),
        ("updates=", {}, "has no value"),
        ("speed=3", {}, "no control"),
        (f"gamma={script}&{script}=1", {}, script),
        ("updates=%zz", {}, "no value"),
    ):
        with opened(site, "04_numeric_example", address=f"#numeric_training?{address}") as page:
            plan = PLANS["numeric_training"]
            arrives(page, "numeric_training", plan.index(**{"updates": 10_000, **stop}))
            page.wait_for_function(
                "told => document.querySelector('#numeric_training .lx-message').textContent"
                ".includes(told)",
                arg=told,
            )
            assert page.evaluate("window.hurt === undefined")
            assert page.faults == []


@pytest.mark.browser
def test_a_move_is_kept_in_the_address(site):
    with opened(site, "04_numeric_example") as page:
        figure(page, "numeric_training").locator(".control-updates input").press("Home")
        arrives(page, "numeric_training", PLANS["numeric_training"].index(updates=1))
        address = page.url
        live = figure(page, "numeric_training").locator(".live a").get_attribute("href")
    assert "#numeric_training?updates=1&" in address
    assert "updates=1" in parse_qs(urlsplit(live).query)["set"][0].split("&")
    with opened(site, "04_numeric_example", address="#" + address.partition("#")[2]) as page:
        arrives(page, "numeric_training", PLANS["numeric_training"].index(updates=1))


@pytest.mark.browser
def test_without_scripts_and_without_pictures_the_sentence_is_there(site):
    with opened(site, "04_numeric_example", script=False) as page:
        box = figure(page, "numeric_training")
        assert box.locator("input").count() == 0
        assert (
            "10,000" in box.locator(".lx-image").get_attribute("alt")
            and box.locator("noscript").count()
        )
    with opened(site, "04_numeric_example", block="**/pictures/*") as page:
        box = figure(page, "numeric_training")
        box.locator(".control-updates input").press("Home")
        arrives(page, "numeric_training", PLANS["numeric_training"].index(updates=1))
        page.wait_for_function(
            "document.querySelector('#numeric_training .lx-message').textContent"
            ".includes('is missing')"
        )
        assert box.locator(".lx-sentence").is_visible()
        assert not box.locator(".lx-image").is_visible()
    with opened(site, "04_numeric_example", block="**/states/*") as page:
        box = figure(page, "numeric_training")
        box.locator(".control-updates input").press("Home")
        page.wait_for_function(
            "document.querySelector('#numeric_training .lx-message').textContent.includes('loaded')"
        )


@pytest.mark.browser
def test_words_are_legible_on_a_phone_and_nothing_jumps(site):
    with opened(site, "04_numeric_example", width=360) as page:
        for name in ("numeric_example", "numeric_training"):
            box = figure(page, name)
            box.scroll_into_view_if_needed()
            shown = (
                box.locator(".lx-image").bounding_box()["width"]
                / stack_panels(EXPLORERS[name]).size[0]
            )
            assert SMALLEST * 100 / 72 * shown >= 11
            height = box.bounding_box()["height"]
            for key in ("Home", "End"):
                box.locator("[type=range]").first.press(key)
                page.wait_for_timeout(400)
                assert abs(box.bounding_box()["height"] - height) < 1


@pytest.mark.browser
def test_a_preset_a_touch_and_a_later_move_win(site):
    with opened(site, "04_numeric_example", width=360, has_touch=True) as page:
        box = figure(page, "numeric_training")
        plan = PLANS["numeric_training"]
        box.get_by_role("button", name="one update").tap()
        arrives(page, "numeric_training", plan.index(updates=1))
        slider = box.locator(".control-updates input")
        for _ in range(3):
            slider.press("ArrowRight")  # the states on the way need not be shown
        state = plan.index(updates=plan.dials[0].stops[3])
        arrives(page, "numeric_training", state)
        page.wait_for_timeout(300)
        assert box.get_attribute("data-state") == str(state)
        assert slider.get_attribute("aria-valuetext") == plan.dials[0].shown[3]


# -- the front page, paper, and frames of other pages


def test_the_front_page_has_the_moving_picture_and_a_preview(site, monkeypatch):
    html = (site / "index.html").read_text(encoding="utf-8")
    page = BeautifulSoup(html, "html.parser")
    sources = [tag["srcset"] for tag in page.select(".front source")]
    for name in (*sources, page.select_one(".front img")["src"]):
        assert (site / name).read_bytes() == (ROOT / "docs/pictures" / name).read_bytes()
    assert page.select_one(".front img")["alt"] == pages.FRONT
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"# {page.select_one('.what b').get_text().removesuffix('.')}\n" in readme
    cards = page.select(".gallery a")
    assert [card["href"] for card in cards] == [f"{stem}.html" for stem in NOTEBOOKS][1:]
    for stem, card in zip([*NOTEBOOKS][1:], cards):
        assert card.get_text() == find_title(NOTEBOOKS[stem])
        for name in (card.img["src"], card.source["srcset"]):
            assert name.startswith(stem)
            assert (site / name).read_bytes() == (ROOT / "docs/pictures" / name).read_bytes()
    assert page.find("meta", property="og:title")["content"].startswith("Start here")
    assert page.find("meta", property="og:description")
    other = (site / "04_numeric_example.html").read_text(encoding="utf-8")
    assert "front_light" not in other and "gallery" not in other
    monkeypatch.setattr(pages.set_address, "read_address", lambda: "ada/gradients")
    notebook = NOTEBOOKS["08_lecture_notes"]
    notebook = notebook.copy() | {"cells": notebook.cells[:1]}
    told = BeautifulSoup(
        pages.write_page(nbformat.from_dict(notebook), "08_lecture_notes", [], {}, {}),
        "html.parser",
    )
    image = told.find("meta", property="og:image")["content"]
    assert image == "https://ada.github.io/gradients/front_light.png"


A4 = (718, 1010)  # pixels of the page inside margins of 1 cm


@pytest.mark.browser
def test_a_page_prints_with_whole_figures_and_folded_answers(site):
    with opened(site, "04_numeric_example", width=A4[0]) as page:
        page.locator(".lx-image").first.wait_for()
        page.emulate_media(media="print")
        figures = page.locator(".explorer")
        for k in range(figures.count()):
            assert figures.nth(k).bounding_box()["height"] < A4[1]
            style = figures.nth(k).evaluate("e => getComputedStyle(e).breakInside")
            assert style == "avoid"
        assert not page.locator(".lx-panel:visible, .lx-tools:visible, header:visible").count()
        assert page.locator("details[open]").count() == 0
        assert not page.locator("details.code:visible").count()
        assert page.locator("details:not(.code):visible").count()
        pdf = page.pdf(format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "1cm"))
        assert pdf.startswith(b"%PDF") and pdf.count(b"/Subtype /Image") >= figures.count()
    with opened(site, "04_numeric_example", address="?answers") as page:
        page.locator(".lx-image").first.wait_for()
        assert page.locator("details:not([open])").count() == 0
        page.emulate_media(media="print")
        cut = "[...document.querySelectorAll('pre')].filter(e => e.scrollWidth > e.clientWidth)"
        assert page.locator("pre").count() > 10 and page.evaluate(cut) == []


@pytest.mark.browser
def test_a_dark_page_prints_dark_on_white(site):
    with opened(site, "04_numeric_example", width=A4[0], color_scheme="dark") as page:
        page.locator(".lx-image").first.wait_for()
        page.emulate_media(media="print", color_scheme="dark")
        look = "e => [getComputedStyle(e).color, getComputedStyle(e).filter]"
        ink = page.locator("body").evaluate(look)
        assert ink == ["rgb(29, 29, 31)", "none"]
        assert page.locator(".lx-image").first.evaluate(look)[1] == "none"


FRAME = """<link rel="icon" href="data:,"><iframe sandbox="allow-scripts" width="900" height="700"
src="04_numeric_example.html?embed#numeric_training"></iframe>"""


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder to every page, as GitHub Pages does, and says nothing of it."""

    def log_message(self, *_):
        pass

    def end_headers(self):
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()


@contextmanager
def served(folder):
    """The address of a folder on a web server of its own."""
    handler = partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.browser
def test_an_explorer_stands_alone_in_a_sandboxed_frame(site):
    outside = site / "frame.html"
    outside.write_text(FRAME, encoding="utf-8")
    with opened(site, "index") as page, served(site) as address:
        page.set_default_timeout(20_000)
        page.goto(f"{address}frame.html")
        frame = page.frame_locator("iframe")
        image = frame.locator(".lx-image").first
        image.wait_for()
        assert frame.locator("body > *").count() == 1
        before = image.get_attribute("src")
        frame.locator("input[type=range]").first.press("ArrowLeft")
        frame.locator(f".lx-image:not([src='{before}'])").first.wait_for()
    outside.unlink()
    assert page.faults == []
