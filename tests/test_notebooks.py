"""The stored notebooks: run, readable, small, linked, and free of dead widgets. (nbval runs them.)"""

import json
import re
import statistics
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).parent.parent / "notebooks"
NAMES = ("00_start_here", "01_single_layer_perceptron", "02_multilayer_perceptron", "03_backpropagation",
         "04_numeric_example", "05_vanishing_exploding_gradients", "06_remedies")
ITEMS = {"I": 5, "S": 20, "M": 10, "B": 36, "N": 19, "V": 20, "R": 8}


def read(name):
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)


def code(notebook):
    return [c for c in notebook.cells if c.cell_type == "code"]


def prose(notebook):
    return [c for c in notebook.cells if c.cell_type == "markdown"]


def test_the_sequence_is_whole():
    assert sorted(p.stem for p in FOLDER.glob("*.ipynb")) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_was_run_in_order_without_an_error(name):
    counts = [c.execution_count for c in code(read(name))]
    assert counts == list(range(1, len(counts) + 1))  # nbval does not look at a cell that was not run
    kinds = {o.output_type for c in code(read(name)) for o in c.outputs}
    assert "error" not in kinds and not any(o.get("name") == "stderr" for c in code(read(name)) for o in c.outputs)


@pytest.mark.parametrize("name", NAMES)
def test_stored_outputs_are_pictures_and_text_without_widget_state(name):
    text = (FOLDER / f"{name}.ipynb").read_text(encoding="utf-8")
    assert "widget-view" not in text and '"widgets"' not in text
    assert len(text.encode()) <= 500_000
    for cell in code(read(name)):
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                assert len(output["data"]["text/plain"]) > 20


@pytest.mark.parametrize("name", NAMES)
def test_code_cells_are_short(name):
    lengths = [len(c.source.strip().splitlines()) for c in code(read(name))]
    assert max(lengths) <= 12 and statistics.median(lengths) <= 4
    assert not any(re.search(r";\s*$|interact\(|sys\.path|^%|pyplot", c.source, re.M) for c in code(read(name)))


@pytest.mark.parametrize("name", NAMES)
def test_the_library_is_imported_before_numpy(name):
    lines = "\n".join(c.source for c in code(read(name))).splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("import numpy"))
    assert any(line.startswith("from lecture_lib") for line in lines[:first])  # it sets one BLAS thread


@pytest.mark.parametrize("name", NAMES)
def test_paragraphs_can_be_read_in_one_breath(name):
    for cell in prose(read(name)):
        for paragraph in re.split(r"\n\s*\n|\n(?=[-*0-9|])", cell.source):
            assert len(paragraph.split()) <= 120, paragraph[:80]


@pytest.mark.parametrize("name", NAMES)
def test_links_between_notebooks_lead_somewhere(name):
    source = "\n".join(c.source for c in prose(read(name)))
    targets = re.findall(r"\]\(([^)]+)\)", source)
    for target in targets:
        if not target.startswith(("http", "#")):
            assert (FOLDER / target.split("#")[0]).exists(), target
    if name != NAMES[-1]:
        assert f"{NAMES[NAMES.index(name) + 1]}.ipynb" in targets


@pytest.mark.parametrize("name", NAMES)
def test_each_notebook_has_an_explorer(name):
    assert any(re.search(r"^explorers\.\w+\(", c.source, re.M) for c in code(read(name)))


def test_every_explorer_is_used_in_a_notebook():
    from lecture_lib.explorers import EXPLORERS
    source = "\n".join(c.source for name in NAMES for c in code(read(name)))
    assert [n for n in EXPLORERS if f"explorers.{n}(" not in source] == []


def test_every_item_of_the_lecture_has_its_cell():
    tags = {t for name in NAMES for c in read(name).cells for t in c.metadata.get("tags", ())}
    wanted = {f"{letter}{i}" for letter, count in ITEMS.items() for i in range(1, count + 1)}
    assert sorted(wanted - tags) == []
    assert len(wanted) == 118


@pytest.mark.parametrize("name", NAMES)
def test_metadata_is_only_what_is_needed(name):
    stored = json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))
    assert set(stored["metadata"]) == {"kernelspec", "language_info"}
    assert all(set(cell["metadata"]) <= {"tags"} for cell in stored["cells"])
    assert all(len(cell["metadata"].get("tags", ())) <= 3 for cell in stored["cells"])
