"""The stored notebooks: run, readable, small, linked, and free of dead widgets. (nbval runs
them.)
"""

import json
import re
import statistics
from math import erfc
from pathlib import Path

import build_notebooks
import lecture_table
import nbformat
import numpy as np
import pytest

from lecture_lib.chain import run_chain
from lecture_lib.feedback import WAITING
from lecture_lib.small_networks.worked_example import example
from shared.notebooks import NAMES, code, prose, read
from shared.paths import NOTEBOOKS as FOLDER

NOTES = NAMES[-1]
ITEMS = {"I": 5, "S": 20, "M": 10, "B": 36, "N": 19, "V": 20, "R": 8}


def test_the_sequence_is_whole():
    assert sorted(p.stem for p in FOLDER.glob("*.ipynb")) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_was_run_in_order_without_an_error(name):
    counts = [c.execution_count for c in code(read(name))]
    # nbval does not look at a cell that was not run
    assert counts == list(range(1, len(counts) + 1))
    kinds = {o.output_type for c in code(read(name)) for o in c.outputs}
    assert "error" not in kinds and not any(
        o.get("name") == "stderr" for c in code(read(name)) for o in c.outputs
    )


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
def test_no_stored_check_has_been_answered(name):
    """They wait calmly, and no "Not yet" greets who opens the notebook."""
    cells = [c for c in code(read(name)) if re.search(r"^exercises\.", c.source, re.M)]
    said = [c.outputs[-1]["data"]["text/plain"] for c in cells]
    assert len(said) >= (2 if name == NOTES else 3) and set(said) == {WAITING}


@pytest.mark.parametrize("name", NAMES)
def test_code_cells_are_short(name):
    lengths = [len(c.source.strip().splitlines()) for c in code(read(name))]
    assert max(lengths) <= 12 and statistics.median(lengths) <= 4
    assert not any(
        re.search(r";\s*$|interact\(|sys\.path|^%|pyplot", c.source, re.M) for c in code(read(name))
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_library_is_imported_before_numpy(name):
    lines = "\n".join(c.source for c in code(read(name))).splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("import numpy"))
    # it sets one BLAS thread
    assert any(line.startswith("from lecture_lib") for line in lines[:first])


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
        if not target.startswith("http"):
            file, _, place = target.partition("#")
            assert not file or (FOLDER / file).exists(), target
            if place:
                sections = lecture_table.list_places(Path(file).stem or name)
                anchors = [lecture_table.name_anchor(section.heading) for section in sections]
                assert place in anchors, target
                assert not re.search(r"[$`*\"<>%]", place), target  # JupyterLab would not find it
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
    assert all(set(cell["metadata"]) <= {"tags", "slideshow"} for cell in stored["cells"])
    for cell in stored["cells"]:
        slips = [tag for tag in cell["metadata"].get("tags", ()) if tag[0] == "K"]
        assert len(slips) <= 3 and len(cell["metadata"].get("tags", ())) - len(slips) <= 3


def test_the_table_of_the_items_is_what_the_tags_say():
    cell = next(c for c in prose(read(NAMES[0])) if c.source.startswith(lecture_table.HEADING))
    assert cell.source == lecture_table.write_table(), "run: python tools/lecture_table.py"
    assert sorted(re.findall(r"\*\*(\w+)\*\*", cell.source)) == sorted(lecture_table.ITEMS)
    assert len(lecture_table.ITEMS) == sum(ITEMS.values())
    for item, home in lecture_table.HOME.items():
        assert re.search(rf"\[{re.escape(home)}\].*\*\*{item}\*\*", cell.source), item


def rows_of_the_notes():
    """(items, notebook, place, rest of the row) of every row of the tables on the lecture."""
    text = "\n".join(c.source for c in prose(read(NOTES)))
    return re.findall(r"^\| \[([^]]+)\]\((\w+)\.ipynb#([^)]+)\) in \d\d \| (.*) \|$", text, re.M)


def test_every_note_on_the_lecture_leads_to_a_section_about_its_item():
    text = "\n".join(c.source for c in prose(read(NOTES)))
    rows = rows_of_the_notes()
    tables = len(re.findall(r"^\|---", text, re.M))
    assert len(rows) == len(re.findall(r"^\| ", text, re.M)) - tables > 30
    for items, name, place, _ in rows:
        tags = set()
        for section in lecture_table.list_places(name):
            if lecture_table.name_anchor(section.heading) == place:
                tags.update(section.tags)
        assert tags & set(items.split(", ")), (items, name, place)


@pytest.mark.parametrize("name", NAMES)
def test_the_notes_count_nothing_and_have_no_numbers_of_their_own(name):
    text = "\n".join(c.source for c in prose(read(name)))
    assert not re.search(r"\bK\d+\b|slips", text)


def list_references(name):
    """(text before the references, the entries of the list) of a notebook."""
    text = "\n".join(c.source for c in prose(read(name)))
    before, _, after = text.partition("## References")
    return before, re.findall(r"^\* (.+)$", after, re.M)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_listed_is_named_where_it_is_used(name):
    before, entries = list_references(name)
    for entry in entries:
        if not entry.startswith("NPTEL"):  # the lecture itself
            authors = entry.partition(" (")[0]
            family = re.search(r"(?:[A-Z]\. )+([\w-]+)", authors)[1]
            assert family in before, entry


# Two articles of 1998 have a DOI that we could not look up.
UNLINKED = ("L. G. C. Hamey", "I. G. Sprinkhuizen-Kuyper")


@pytest.mark.parametrize("name", NAMES)
def test_each_reference_has_a_link_or_says_that_it_has_no_doi(name):
    for entry in list_references(name)[1]:
        if not entry.startswith(("NPTEL", *UNLINKED)):
            assert "](http" in entry or "no DOI" in entry, entry


def test_the_numbers_in_the_notes_are_computed():
    notes = {(items, rest) for items, _, _, rest in rows_of_the_notes()}
    v = example(gamma=0.5)
    W = np.random.default_rng(0).standard_normal((100_000, 4))
    above = {}  # X: the fraction of the chains in which the earlier gradient is the larger one
    for X in (1, 5, 20, 100):
        logs = run_chain(W, X).log10_gradients()
        above[X] = (logs[:, 0] > logs[:, 1]).mean()
    assert all(0.45 < above[X] < 0.55 for X in (5, 20, 100))
    for item, number in (
        ("N9", f"{v['target_minus_out']:.3f}"),
        ("N13", f"{v['W6_new']:.4f}"),
        ("N15", f"{v['dE_dout_H1']:.4f}"),
        ("V14", f"{1e6 * erfc(4 / np.sqrt(2)):.0f} of a million"),
        ("V16", f"in {100 * above[1]:.0f} % of the chains at $X = 1$"),
        ("V16", "in about half of them for large inputs"),
    ):
        assert any(items == item and number in rest for items, rest in notes), (item, number)


@pytest.mark.parametrize("when", ["execute", "write"])
def test_an_interrupted_build_leaves_the_old_notebook_whole(when, tmp_path, monkeypatch):
    path = tmp_path / "00_small.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")]), path)
    old = path.read_bytes()

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    def half_written(self, text, **options):
        with open(self, "w", encoding="utf-8") as file:
            file.write(text[: len(text) // 2])
        raise OSError("No space left on device")

    if when == "execute":
        monkeypatch.setattr(build_notebooks.NotebookClient, "execute", interrupted)
    else:
        monkeypatch.setattr(build_notebooks.NotebookClient, "execute", lambda self: None)
        monkeypatch.setattr(Path, "write_text", half_written)
    with pytest.raises((KeyboardInterrupt, OSError)):
        build_notebooks.build(path)
    assert path.read_bytes() == old
