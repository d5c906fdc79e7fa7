"""Pictures that leave as files: read back, the same on every day, and nothing half-written."""

import io
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zlib
from base64 import b64encode
from functools import cache
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from PIL import Image

from lecture_lib.explore import picture_file
from lecture_lib.explore.canvas import Canvas
from lecture_lib.explorers import EXPLORERS
from shared.browser import browser

PROFILE = EXPLORERS["gradient_profile"]
SETTINGS = PROFILE.settings(depth=12, width=16)
DATA = PROFILE.data(depth=12, width=16)
SVG = "{http://www.w3.org/2000/svg}"
ABOUT = "{http://purl.org/dc/elements/1.1/}"
# Between them: lines, bands, maps, networks, arrows, words that look for a place.
KINDS = ("gradient_profile", "loss_surface", "perceptron_training", "derivation", "jacobian")


@cache
def encode(format):
    return picture_file.encode_picture(PROFILE, SETTINGS, DATA, format)


def saved(tmp_path, name, **more):
    path = PROFILE.save(tmp_path / name, depth=12, width=16, **more)
    return path.read_bytes()


@pytest.mark.parametrize("name", ["figure.png", "figure.svg", "figure.PDF"])
def test_a_picture_is_saved_with_the_settings_that_were_given(name, tmp_path):
    assert saved(tmp_path, name) == encode(name[-3:].lower())
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_png_has_twice_the_pixels_and_says_what_it_shows():
    image = Image.open(io.BytesIO(encode("png")))
    assert image.size == (2 * PROFILE.size[0], 2 * PROFILE.size[1])
    assert np.array_equal(np.asarray(image), Canvas(PROFILE, 200).pixels(SETTINGS, DATA))
    assert image.text["Title"] == PROFILE.question
    assert image.text["Description"] == PROFILE.sentence(DATA)


def test_the_letters_of_an_svg_are_outlines_and_nothing_is_fetched():
    svg = encode("svg").decode()
    root = ET.fromstring(svg)
    width, height = PROFILE.size
    assert root.get("viewBox") == f"0 0 {0.72 * width:g} {0.72 * height:g}"
    assert not list(root.iter(f"{SVG}text")) and "@font-face" not in svg
    links = re.findall(r'href="([^"]*)"', svg)
    assert links and all(link.startswith("#") for link in links)
    assert root.find(f".//{ABOUT}title").text == PROFILE.question
    assert root.find(f".//{ABOUT}description").text == PROFILE.sentence(DATA)


def test_a_pdf_is_one_page_with_its_fonts_inside():
    pdf = encode("pdf")
    width, height = PROFILE.size
    assert pdf.startswith(b"%PDF-1.4") and pdf.rstrip().endswith(b"%%EOF")
    assert pdf.count(b"/Type /Page ") == 1
    assert f"/MediaBox [ 0 0 {0.72 * width:g} {0.72 * height:g} ]".encode() in pdf
    fonts = pdf.count(b"/Type /FontDescriptor")
    assert fonts and pdf.count(b"/FontFile2") == fonts
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S)
    drawn = max((zlib.decompress(part) for part in streams if part[:1] == b"x"), key=len)
    assert len(drawn) > 10_000


@pytest.mark.parametrize("format", picture_file.FORMATS)
def test_the_same_settings_give_the_same_bytes_in_another_process(format, tmp_path):
    code = (
        "import sys; from lecture_lib import explorers;"
        "explorers.gradient_profile.save(sys.argv[1], depth=12, width=16)"
    )
    path = tmp_path / f"other.{format}"
    env = {**os.environ, "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "86400"}
    subprocess.run([sys.executable, "-c", code, path], check=True, env=env)
    assert path.read_bytes() == encode(format)
    assert not re.search(rb"CreationDate|dc:date", path.read_bytes())


@pytest.mark.parametrize("kind", [str, Path])
def test_a_tilde_is_the_home_directory(kind, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))  # on Windows
    assert PROFILE.save(kind("~/figure.png"), depth=12, width=16) == tmp_path / "figure.png"
    assert (tmp_path / "figure.png").read_bytes() == encode("png")
    with pytest.raises(ValueError, match="which exists already"):
        PROFILE.save(kind("~/figure.png"))


@pytest.mark.parametrize(
    ("path", "kind", "sentence"),
    [
        ("figure.jpg", ValueError, "figure.jpg'; it must end in .png, .svg or .pdf"),
        ("figure", ValueError, "figure'; it must end in .png, .svg or .pdf"),
        ("nowhere/figure.svg", ValueError, "nowhere must exist"),
        ("~nobody-here/figure.svg", ValueError, "the folder ~nobody-here must exist"),
        ("folder.svg", ValueError, "which is a folder"),
        ("old.svg", ValueError, "which exists already; take another name or say overwrite=True"),
        (3, TypeError, "path was 3; it must be a file name"),
        ("a\0b.png", ValueError, "which has a null character; it must be a file name"),
        ("x" * 300 + ".png", ValueError, "cannot be written (File name too long)"),
        ("\ud800.png", ValueError, "encoding lacks a letter of its name"),
    ],
)
def test_a_path_that_will_not_do_is_told_in_one_sentence_and_nothing_is_written(
    path, kind, sentence, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.svg").mkdir()
    (tmp_path / "old.svg").write_text("mine", encoding="utf-8")
    with pytest.raises(kind, match=re.escape(sentence)) as told:
        PROFILE.save(path)
    assert str(told.value).endswith(".") and "\n" not in str(told.value)
    assert (tmp_path / "old.svg").read_text(encoding="utf-8") == "mine"
    assert sorted(os.listdir(tmp_path)) == ["folder.svg", "old.svg"]


def test_a_file_is_overwritten_where_that_is_asked_for(tmp_path):
    (tmp_path / "old.png").write_text("mine", encoding="utf-8")
    assert saved(tmp_path, "old.png", overwrite=True) == encode("png")


def test_a_bad_setting_and_a_full_disk_leave_no_file(tmp_path, monkeypatch):
    with pytest.raises(ValueError, match="depth was 99"):
        PROFILE.save(tmp_path / "figure.svg", depth=99)
    (tmp_path / "old.svg").write_text("mine", encoding="utf-8")

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(picture_file.Path, "replace", refuse)
    with pytest.raises(ValueError, match=r"cannot be written \(No space left on device\)"):
        picture_file.write_whole(tmp_path / "old.svg", b"new")
    assert os.listdir(tmp_path) == ["old.svg"]
    assert (tmp_path / "old.svg").read_text(encoding="utf-8") == "mine"


def test_a_python_without_pdf_fonts_says_so(monkeypatch):
    def fail(*_, **more):
        raise ImportError("No module named 'fontTools'", name="fontTools")

    monkeypatch.setattr("matplotlib.figure.Figure.savefig", fail)
    with pytest.raises(ValueError, match="format was 'pdf', for which this Python lacks fontTools"):
        picture_file.encode_picture(PROFILE, SETTINGS, DATA, "pdf")


def test_the_page_is_sent_the_file_of_what_it_shows(tmp_path, monkeypatch):
    view = PROFILE(depth=12, width=16)
    sent = []
    monkeypatch.setattr(view, "send", lambda told, buffers=None: sent.append((told, buffers)))
    for format, mime in picture_file.FORMATS.items():
        view._on_message(view, {"kind": "save", "format": format}, [])
        told, (content,) = sent.pop()
        assert told == {"kind": "file", "name": f"gradient_profile.{format}", "type": mime}
        assert content == encode(format)
    view._on_message(view, {"kind": "save", "format": "exe"}, [])
    assert not sent and "it must be one of png, svg, pdf" in view._state["message"]
    assert view.save(tmp_path / "shown.svg").read_bytes() == encode("svg")


def darkness(content, size):
    """How dark a picture is, by cells of 4 x 4 pixels of the page."""
    cells = (size[0] // 4, size[1] // 4)
    image = Image.open(io.BytesIO(content)).convert("L").resize(cells, Image.Resampling.BOX)
    return 255.0 - np.asarray(image, float)


def average(cells, side=6):
    """The mean of each square of `side` x `side` cells."""
    rows, columns = (length // side for length in cells.shape)
    whole = cells[: rows * side, : columns * side]
    return whole.reshape(rows, side, columns, side).mean(axis=(1, 3))


@pytest.mark.browser
def test_a_browser_draws_the_svg_as_the_screen_has_it():
    with browser(*PROFILE.size) as page:
        for name in KINDS:
            explorer = EXPLORERS[name]
            settings = explorer.settings()
            data = explorer.data()
            svg = picture_file.encode_picture(explorer, settings, data, "svg")
            width, height = explorer.size
            page.set_viewport_size({"width": width, "height": height})
            page.set_content(
                f'<body style="margin:0"><img style="width:{width}px;display:block" '
                f'src="data:image/svg+xml;base64,{b64encode(svg).decode()}">'
            )
            page.wait_for_function("document.images[0].naturalWidth")
            seen = darkness(page.screenshot(), explorer.size)
            wanted = darkness(Canvas(explorer, 100).png(settings, data), explorer.size)
            assert np.abs(seen - wanted).mean() < 4.0, name
            # No part is missing: nowhere is one dark and the other one white.
            assert np.abs(average(seen) - average(wanted)).max() < 25, name


@pytest.mark.parametrize("overwrite", ["no", None, 2, [True]])
def test_overwrite_is_true_or_false(overwrite, tmp_path):
    (tmp_path / "old.png").write_text("mine", encoding="utf-8")
    with pytest.raises(TypeError, match="^overwrite was .*; it must be True or False.$"):
        PROFILE.save(tmp_path / "old.png", overwrite=overwrite)
    assert (tmp_path / "old.png").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError, OSError(5, "I/O error")])
def test_a_write_that_stops_leaves_nothing(stop, tmp_path, monkeypatch):
    def interrupt(*_):
        raise stop

    monkeypatch.setattr(picture_file.Path, "replace", interrupt)
    with pytest.raises((KeyboardInterrupt, MemoryError, ValueError)):
        picture_file.write_whole(tmp_path / "new.png", b"new")
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes and links")
def test_a_file_keeps_its_mode_and_a_link_stays_one(tmp_path):
    mask = os.umask(0o027)
    try:
        picture_file.write_whole(tmp_path / "new.png", b"new")
    finally:
        os.umask(mask)
    assert (tmp_path / "new.png").stat().st_mode & 0o777 == 0o640
    for mode in (0o600, 0o664):
        (tmp_path / "new.png").chmod(mode)
        picture_file.write_whole(tmp_path / "new.png", b"newer")
        assert (tmp_path / "new.png").stat().st_mode & 0o777 == mode
    (tmp_path / "link.png").symlink_to("new.png")
    picture_file.write_whole(tmp_path / "link.png", b"through")
    assert (tmp_path / "link.png").is_symlink()
    assert (tmp_path / "new.png").read_bytes() == b"through"


@pytest.mark.parametrize(
    "error", [PermissionError(13, "Permission denied"), OSError(36, "Too long")]
)
def test_a_place_that_cannot_be_looked_at_is_told(error, tmp_path, monkeypatch):
    def refuse(*_, **more):
        raise error

    monkeypatch.setattr(picture_file.Path, "is_dir", refuse)
    with pytest.raises(ValueError, match=f"cannot be written \\({error.strerror}\\)\\.$") as told:
        PROFILE.save(tmp_path / "figure.png")
    assert str(told.value).startswith("path was ")


def test_letters_that_a_system_has_not_are_told(tmp_path):
    code = r"from lecture_lib import explorers; explorers.neuron.save('\u00f6.png')"
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    # Such a Python cannot read the address of a project in a folder with an umlaut, either.
    env = {**os.environ, **plain, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=tmp_path, capture_output=True, check=False
    )
    last = done.stderr.decode("ascii", "replace").strip().splitlines()[-1]
    assert done.returncode == 0 or last.startswith("ValueError: path was "), last


@pytest.mark.parametrize("format", ["svg", "pdf"])
@pytest.mark.parametrize("family", ["ps.fonttype", "pdf.compression", "svg.fonttype"])
def test_the_bytes_do_not_depend_on_the_readers_settings(family, format):
    theirs = {"ps.fonttype": 42, "pdf.compression": 1, "svg.fonttype": "none"}[family]
    with matplotlib.rc_context({family: theirs}):
        assert picture_file.encode_picture(PROFILE, SETTINGS, DATA, format) == encode(format)
