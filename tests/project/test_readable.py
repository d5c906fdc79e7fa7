"""The code is written for readers: no construct in it that makes them stop."""

import ast
import inspect
import re

import lecture_table
import pytest

from lecture_lib.explorers import EXPLORERS
from shared.paths import ROOT
from shared.readable import fields_without_comment, findings

FOLDERS = ("lecture_lib", "tools", "benchmarks", "classroom", "tests")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
# Explorers that share their pictures with others.
SHARED = {"live_training", "live_duel", "live_point"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_makes_a_reader_stop(path):
    assert findings(path) == []


@pytest.mark.parametrize(
    "source",
    [
        "x = 1 if a else 2 if b else 3",
        "f(x := 1)",
        "for x in (y,):\n    pass",
        "x = text * (y > 0)",
        "x = text * (not y)",
        "from other import _name",
        "a, b = f(1), []",
        "f(\n    1,\n)  # why",
        "x = (\n    1  # why\n)\n",
    ],
)
def test_what_makes_a_reader_stop_is_found(source, tmp_path):
    path = tmp_path / "file.py"
    path.write_text(source, encoding="utf-8")
    assert len(findings(path)) == 1


@pytest.mark.parametrize("name", [n for n in EXPLORERS if not n.startswith("guess_")])
def test_an_explorer_has_one_name_in_all_its_parts(name):
    explorer = EXPLORERS[name]
    parts = {"compute": explorer.compute}
    if name not in SHARED:
        parts |= {"frame": explorer.frame, "draw": explorer.draw, "sentence": explorer.sentence}
        optional = {"window": explorer.window, "readings": explorer.readings}
        parts |= {part: function for part, function in optional.items() if function is not None}
    for part, function in parts.items():
        function = inspect.unwrap(function)
        assert function.__name__ == f"{part}_{name}"
        folder = "compute" if part == "compute" else "pictures"
        assert function.__module__.endswith(f".{folder}.{name}")


LIBRARY = [path for path in FILES if "lecture_lib" in path.parts]
# Explorer.frame, draw, sentence, window and readings say what the functions with these names are.
PICTURES = ("frame_", "draw_", "sentence_", "window_", "readings_")


@pytest.mark.parametrize("item", lecture_table.ITEMS)
def test_every_item_of_the_lecture_is_found_by_a_search(item):
    assert any(re.search(rf"\b{item}\b", path.read_text(encoding="utf-8")) for path in LIBRARY)


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_field_of_a_record_says_what_it_is(path):
    assert list(fields_without_comment(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "field, count",
    [
        ("a: int  # the first", 0),
        ("# the first\n    a: int", 0),
        ("b: int = 1", 0),
        ("a: int", 1),
        ('c: str = "#"  # a colour', 0),
    ],
)
def test_a_field_without_a_comment_is_found(field, count):
    record = f'@dataclass(frozen=True)\nclass A:\n    """With a `b`."""\n\n    {field}\n'
    assert len(list(fields_without_comment(record))) == count


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_and_no_function_is_too_long_to_be_read_at_once(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 250
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 30, node.name


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: str(path.relative_to(ROOT)))
def test_everything_public_has_a_docstring(path):
    module = ast.parse(path.read_text(encoding="utf-8"))
    public = [module] if module.body else []
    for node in module.body:
        if isinstance(node, ast.ClassDef):
            public += [node, *(n for n in node.body if isinstance(n, ast.FunctionDef))]
        if isinstance(node, ast.FunctionDef):
            public.append(node)
    for node in public:
        name = getattr(node, "name", "module")
        is_private = name.startswith("_")
        is_picture = "pictures" in path.parts and name.startswith(PICTURES)
        assert is_private or is_picture or ast.get_docstring(node), name
