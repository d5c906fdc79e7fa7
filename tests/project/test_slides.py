"""The slides of `make slides`: every explorer is there, nothing is cut off, keys turn them."""

import re
from base64 import b64decode

import build_slides
import pytest
from bs4 import BeautifulSoup

from lecture_lib.explorers import EXPLORERS
from shared.browser import browser
from shared.paths import ROOT
from static_site.notebooks import list_calls, read_notebooks

NOTEBOOKS = read_notebooks(ROOT / "notebooks")
QUICK = "00_start_here"
SMALLEST = 24  # pixels of a word on a screen of 1280 x 720, which is 18 pt


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The slides of one notebook."""
    out = tmp_path_factory.mktemp("slides")
    build_slides.main([f"notebooks/{QUICK}.ipynb", "--out", str(out)])
    return out


@pytest.mark.parametrize("stem", NOTEBOOKS)
def test_every_explorer_of_a_notebook_has_its_slide_in_order(stem):
    slides = build_slides.list_slides(NOTEBOOKS[stem])
    shown = [(slide.explorer, slide.settings) for slide in slides]
    asked = [pair for pair in shown if pair[1].get("answer") != "shown"]
    assert asked == [(call.explorer, call.settings) for call in list_calls(NOTEBOOKS[stem])]
    for place, (name, settings) in enumerate(shown):
        if "answer" in EXPLORERS[name].defaults and settings.get("answer") != "shown":
            assert shown[place + 1] == (name, {**settings, "answer": "shown"})
    text = "".join(cell.source for cell in NOTEBOOKS[stem].cells)
    assert all(f"# {slide.section}\n" in text for slide in slides if "$" not in text)


@pytest.mark.parametrize("stem", NOTEBOOKS)
def test_the_title_slide_says_what_the_notebook_is_for(stem):
    page = BeautifulSoup(build_slides.write_title_slide(NOTEBOOKS[stem]), "html.parser")
    assert page.h1.get_text() in NOTEBOOKS[stem].cells[0].source
    assert len(page.find_all("li")) == 4 or len(page.p.get_text()) > 100
    assert "minutes" not in page.get_text() and "Previous:" not in page.get_text()


def test_a_slide_has_question_picture_and_sentence_and_needs_no_network(folder):
    html = (folder / f"{QUICK}.html").read_text(encoding="utf-8")
    page = BeautifulSoup(html, "html.parser")
    first, valley, asked, shown = page.find_all("section")
    assert first.h1.get_text() == "Start here"
    explorer = EXPLORERS["gradient_descent"]
    assert valley.h2.get_text() == explorer.question
    assert valley.p.get_text() == explorer.sentence(explorer.data()) == valley.img["alt"]
    kind, _, picture = valley.img["src"].partition(",")
    assert kind == "data:image/svg+xml;base64" and b"</svg>" in b64decode(picture)
    assert asked.p.get_text() == build_slides.ASK
    assert shown.p.get_text().startswith("What came out: ")
    assert "Your guess" not in asked.img["alt"] + shown.img["alt"]
    assert not re.search(r'(?:src|href)="(?!data:)', html) and "url(" not in html


def test_an_unknown_notebook_is_told(capsys, tmp_path):
    with pytest.raises(SystemExit):
        build_slides.main(["99_nothing", "--out", str(tmp_path / "slides")])
    told = capsys.readouterr().err
    assert "there is no notebook 99_nothing; take one of 00_start_here, " in told
    assert not (tmp_path / "slides").exists()


FIT = """() => [...document.querySelectorAll('section')].map(slide => ({
  over: Math.max(slide.scrollHeight - slide.clientHeight, slide.scrollWidth - slide.clientWidth),
  words: Math.min(...[...slide.querySelectorAll('h1, h2, p, li')].map(
    e => parseFloat(getComputedStyle(e).fontSize))),
  picture: slide.querySelector('img')?.naturalWidth ?? 1,
  high: slide.querySelector('img')?.clientHeight ?? 9999,
}))"""


def look_at(path, width, height):
    """Nothing of the slides is cut off, no word is small, and every picture is there and large."""
    with browser(width, height) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        page.wait_for_function("[...document.images].every(e => e.complete)")
        unit = min(width / 1280, height / 720)
        for slide in page.evaluate(FIT):
            assert slide["over"] <= 1
            assert slide["words"] >= SMALLEST * unit
            assert slide["picture"] > 0 and slide["high"] >= 380 * unit
        assert all(url.startswith(("file:", "data:")) for url in asked)


@pytest.mark.browser
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1024, 768)])
def test_nothing_is_cut_off_on_a_projector(folder, size):
    look_at(folder / f"{QUICK}.html", *size)


@pytest.mark.browser
def test_keys_and_a_remote_turn_the_slides(folder):
    with browser(1280, 720) as page:
        page.goto((folder / f"{QUICK}.html").as_uri())
        for key, slide in (
            ("PageDown", 2),
            ("ArrowRight", 3),
            ("Space", 4),
            ("ArrowRight", 4),
            ("PageUp", 3),
            ("Shift+Space", 2),
            ("Home", 1),
            ("ArrowLeft", 1),
            ("End", 4),
        ):
            page.keyboard.press(key)
            page.wait_for_function(
                "n => Math.abs(document.getElementById(n).getBoundingClientRect().top) < 2",
                arg=str(slide),
            )
            assert page.evaluate("location.hash") == f"#{slide}"
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.wait_for_function(
            "Math.abs(document.getElementById('4').getBoundingClientRect().top) < 2"
        )


@pytest.mark.browser
def test_axe_finds_nothing(folder):
    from axe_playwright_python.sync_playwright import Axe

    with browser(1280, 720) as page:
        page.goto((folder / f"{QUICK}.html").as_uri())
        assert Axe().run(page).response["violations"] == []


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize("stem", NOTEBOOKS)
def test_nothing_is_cut_off_on_any_slide(stem, tmp_path):
    build_slides.main([stem, "--out", str(tmp_path)])
    look_at(tmp_path / f"{stem}.html", 1280, 720)
