"""The code is written for readers: no construct in it that makes them stop."""

import inspect

import pytest

from lecture_lib.explorers import EXPLORERS
from shared.paths import ROOT
from shared.readable import findings

FOLDERS = ("lecture_lib", "tools", "benchmarks", "classroom", "tests")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
# Explorers that share their pictures with others.
SHARED = {"live_training", "live_duel", "live_point"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_makes_a_reader_stop(path):
    assert findings(path) == []


@pytest.mark.parametrize("name", [n for n in EXPLORERS if not n.startswith("guess_")])
def test_an_explorer_has_one_name_in_all_its_parts(name):
    explorer = EXPLORERS[name]
    parts = {"compute": explorer.compute}
    if name not in SHARED:
        parts |= {"frame": explorer.frame, "draw": explorer.draw, "sentence": explorer.sentence}
    for part, function in parts.items():
        function = inspect.unwrap(function)
        assert function.__name__ == f"{part}_{name}"
        folder = "compute" if part == "compute" else "pictures"
        assert function.__module__.endswith(f".{folder}.{name}")
