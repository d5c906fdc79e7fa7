"""The stored notebooks: run, readable, small, linked, and free of dead widgets. (nbval runs
them.)
"""

import json
import re
import statistics
from pathlib import Path

import build_notebooks
import lecture_table
import nbformat
import numpy as np
import pytest

from lecture_lib import explorers
from lecture_lib.small_networks.worked_example import example, repeat
from shared.notebooks import NAMES, code, prose, read
from shared.paths import NOTEBOOKS as FOLDER

ITEMS = {"I": 5, "S": 20, "M": 10, "B": 36, "N": 19, "V": 20, "R": 8}
SLIPS = [f"K{k}" for k in range(1, 67)]
# These are the transcript's. The others change what a student computes or believes, or leave it
# open, and need a note.
TRANSCRIPT = {f"K{k}" for k in (1, 3, 8, 15, 19, 23, 24, 26, 27, 29, 33, 44, 45, 48, 56, 57)}


def test_the_sequence_is_whole():
    assert sorted(p.stem for p in FOLDER.glob("*.ipynb")) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_was_run_in_order_without_an_error(name):
    counts = [c.execution_count for c in code(read(name))]
    assert counts == list(
        range(1, len(counts) + 1)
    )  # nbval does not look at a cell that was not run
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
    assert any(
        line.startswith("from lecture_lib") for line in lines[:first]
    )  # it sets one BLAS thread


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
                headings = [
                    heading for heading, _ in lecture_table.sections(Path(file).stem or name)
                ]
                assert place in map(lecture_table.anchor, headings), target
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
    assert cell.source == lecture_table.table(), "run: python tools/lecture_table.py"
    assert sorted(re.findall(r"\*\*(\w+)\*\*", cell.source)) == sorted(lecture_table.ITEMS)
    assert len(lecture_table.ITEMS) == sum(ITEMS.values())
    for item, home in lecture_table.HOME.items():
        assert re.search(rf"\[{re.escape(home)}\].*\*\*{item}\*\*", cell.source), item


def slip_rows():
    """{slip: its row in the tables of notebook 07}, and the slips in the order of their rows."""
    found = re.findall(
        r"^\| (K\d+) \| (.*)$", "\n".join(c.source for c in prose(read(NAMES[-1]))), re.M
    )
    return dict(found), [slip for slip, _ in found]


def test_every_slip_has_one_row_and_the_row_leads_to_its_section():
    rows, order = slip_rows()
    assert sorted(order, key=SLIPS.index) == SLIPS
    misheard = next(c.source for c in prose(read(NAMES[-1])) if c.source.startswith("### Misheard"))
    assert set(re.findall(r"^\| (K\d+)", misheard, re.M)) == TRANSCRIPT
    for slip, row in rows.items():
        items, name, place = re.match(r"\[([^]]+)\]\((\w+)\.ipynb#([^)]+)\)", row).groups()
        tags = {
            tag
            for heading, cells in lecture_table.sections(name)
            if lecture_table.anchor(heading) == place
            for cell in cells
            for tag in cell
        }
        assert slip in tags or slip in TRANSCRIPT and tags & set(items.split(", ")), (
            slip,
            name,
            place,
        )


def test_every_slip_that_counts_has_a_kind_note_at_its_place():
    notes = [
        (c.metadata.get("tags", ()), c.source) for name in NAMES[1:-1] for c in prose(read(name))
    ]
    for slip in SLIPS:
        if slip not in TRANSCRIPT:
            said = [source for tags, source in notes if slip in tags]
            assert any("lecture" in source for source in said) or said and slip == "K59", (
                slip
            )  # K59 is a trap of plots


def test_the_numbers_in_the_slip_tables_are_computed():
    rows = slip_rows()[0]
    v = example()
    error = {
        biases: repeat(10_000, biases=biases)[0][-1] for biases in ("frozen", "separate", "shared")
    }
    many, blobs = (
        explorers.EXPLORERS[name].data(**settings)
        for name, settings in (
            ("many_solutions", {}),
            ("perceptron_training", {"data": "overlapping blobs", "shown": 400}),
        )
    )
    # nbval has run notebook 02
    stuck = re.search(
        r"2 hidden units: +(\d+ of 20)", str([c.outputs for c in code(read(NAMES[2]))])
    )[1]
    rounded = [f"{v[k]:.3f}" for k in ("out_H2", "in_o", "E", "dout_o_din_o", "W6_new")] + [
        f"{v['dE_dW1']:.4f}"
    ]
    for slip, number in {
        "K12": f"from {many.margins[0]:.4f} to {many.margins[-1]:.2f}, best {many.best:.2f}",
        "K13": f"{40 - blobs.wrong.min()} of 40",
        "K14": stuck,
        "K19": f"{1 / (1 + np.exp(-1)):.3f}",
        "K36": f"{v['dE_dB1_H1']:.4f} + {v['dE_dB1_H2']:.4f} = {v['dE_dB1_shared']:.4f}",
        "K37": ", ".join(rounded),
        "K38": f"{v['target_minus_out']:.3f}",
        "K39": f"{v['dE_dW6']:.4f}",
        "K40": f"{v['dE_dout_H1']:.4f}",
        "K41": " to ".join(f"{error['frozen'] / error[b]:.0f}" for b in ("separate", "shared")),
        "K42": f"{v['dE_dout_o']:+.3f}",
        "K43": f"{v['delta_o'] * v['W5_new']:.4f}$ instead of ${v['dE_dout_H1']:.4f}",
    }.items():
        assert number in rows[slip], (slip, number)


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
