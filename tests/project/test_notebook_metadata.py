"""What nbconvert makes of a notebook that the tool has built: described pictures, a .py, slides."""

import os
import re
import shutil
import subprocess
import sys
from html import unescape

import build_notebooks
import nbformat
import pytest
from nbconvert import ScriptExporter, SlidesExporter
from notebook_metadata import SLIDE, arrange_slides, count_lines
from set_up_lab import copy_settings

from shared.paths import NOTEBOOKS

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
PICTURE = f"""from base64 import b64decode

class Picture:
    def _repr_png_(self):
        return b64decode("{PIXEL}")

    def __repr__(self):
        return "Two curves < 1, and one that is\\n\\"flat\\"."

Picture()"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A small notebook, run and stored by the tool."""
    path = tmp_path_factory.mktemp("books") / "99_small.ipynb"
    cells = [
        nbformat.v4.new_markdown_cell("# Small\n\nA notebook."),
        nbformat.v4.new_code_cell("1 + 1"),
        nbformat.v4.new_markdown_cell("## A picture"),
        nbformat.v4.new_code_cell(PICTURE),
        nbformat.v4.new_markdown_cell("### A detail"),
        nbformat.v4.new_markdown_cell("word " * 800),
        nbformat.v4.new_code_cell("print('done')"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    build_notebooks.build(path)
    return nbformat.read(path, as_version=4)


@pytest.mark.parametrize("template", ["lab", "classic", "basic"])
def test_a_picture_is_described_by_its_sentence(built, tmp_path, template):
    nbformat.write(built, tmp_path / "small.ipynb")
    copy_settings(tmp_path)  # as an environment that the project has set up
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "html", "--template", template, "small.ipynb"],
        cwd=tmp_path,
        env=os.environ | {"JUPYTER_CONFIG_PATH": str(tmp_path / "etc" / "jupyter")},
        check=True,
        capture_output=True,
    )
    page = (tmp_path / "small.html").read_text("utf-8")
    assert "No description has been provided" not in page
    (image,) = re.findall(r"<img[^>]*>", page)
    _, written = re.search(r"alt=([\"'])(.*?)\1", image).groups()
    assert unescape(written) == 'Two curves < 1, and one that is "flat".'
    described = built.cells[3].outputs[0].metadata["image/png"]
    assert described == {"alt": unescape(written)}


def test_a_script_is_python(built):
    text, resources = ScriptExporter().from_notebook_node(built)
    assert resources["output_extension"] == ".py"
    compile(text, "small.py", "exec")


def test_slides_begin_at_headings_and_hold_what_fits(built):
    types = [cell.metadata["slideshow"]["slide_type"] for cell in built.cells]
    # The picture does not fit below its heading and its source, nor the long prose below its own.
    assert types == ["slide", "-", "slide", "subslide", "subslide", "subslide", "subslide"]
    page, _ = SlidesExporter().from_notebook_node(built)
    assert len(re.findall("<section", page)) >= 5


def test_building_again_gives_the_same_bytes(built, tmp_path):
    path = tmp_path / "99_small.ipynb"
    nbformat.write(built, path)
    build_notebooks.build(path)
    first = path.read_bytes()
    shutil.copy(path, tmp_path / "99_again.ipynb")
    build_notebooks.build(path)
    assert path.read_bytes() == first


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_the_slides_of_every_notebook_are_of_a_size_that_can_be_shown(path):
    notebook = nbformat.read(path, as_version=4)
    arrange_slides(notebook)
    sizes = []
    for cell in notebook.cells:
        if cell.metadata["slideshow"]["slide_type"] != "-":
            sizes.append([])
        sizes[-1].append(count_lines(cell))
    assert len(sizes) > 8 or path.stem.startswith("08")
    too_large = [slide for slide in sizes if sum(slide) > SLIDE and len(slide) > 1]
    assert too_large == []
