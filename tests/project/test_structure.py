"""The library is layered: compute never loads plots, plots never load widgets."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import lecture_lib

PACKAGE = Path(lecture_lib.__file__).parent
MODULES = sorted(
    ".".join(p.relative_to(PACKAGE.parent).with_suffix("").parts) for p in PACKAGE.rglob("*.py")
)

# Compute is everything outside these; it loads NumPy alone.
DRAWING = re.compile(
    r"lecture_lib\.(explorers|explore\..*|topics\.\w+\.(\w*explorers|pictures.*))|.*__init__"
)
COMPUTE = [m for m in MODULES if not DRAWING.fullmatch(m)]


def loaded_by(module):
    code = f"import sys, {module}; print(' '.join(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


@pytest.mark.parametrize("module", COMPUTE)
def test_compute_loads_numpy_alone(module):
    assert not {"matplotlib", "ipywidgets", "PIL"} & set(loaded_by(module))


def test_plots_and_catalogue_load_no_widgets():
    loaded = loaded_by("lecture_lib.explorers")
    assert "ipywidgets" not in loaded and "matplotlib.pyplot" not in loaded


def test_only_the_page_imports_ipywidgets():
    users = [
        p.stem
        for p in PACKAGE.rglob("*.py")
        if "import ipywidgets" in p.read_text(encoding="utf-8")
    ]
    assert sorted(users) == ["page"]


def test_the_reading_list_of_the_package_names_every_file_and_folder():
    names = {path.stem for path in PACKAGE.glob("*.py")}
    names |= {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    for name in names - {"__init__", "__main__"}:
        assert re.search(rf"\b{name}\b", lecture_lib.__doc__), name


def test_importing_the_package_loads_no_more_than_its_docstring_says():
    loaded = set(loaded_by("lecture_lib"))
    assert not {"matplotlib", "ipywidgets", "scipy"} & loaded
