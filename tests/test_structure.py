"""The library is layered and small: compute never loads plots, plots never load widgets."""

import ast
import io
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

import lecture_lib

PACKAGE = Path(lecture_lib.__file__).parent
MODULES = sorted(".".join(p.relative_to(PACKAGE.parent).with_suffix("").parts) for p in PACKAGE.rglob("*.py"))
NOT_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
DRAWING = ("lecture_lib.plots", "lecture_lib.canvas", "lecture_lib.explorers", "lecture_lib.live")


def loaded_by(module):
    code = f"import sys, {module}; print(' '.join(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize("module", [m for m in MODULES if "__init__" not in m and not m.startswith(DRAWING)])
def test_compute_loads_numpy_alone(module):
    assert not {"matplotlib", "ipywidgets", "PIL"} & set(loaded_by(module))


def test_plots_and_catalogue_load_no_widgets():
    loaded = loaded_by("lecture_lib.explorers")
    assert "ipywidgets" not in loaded and "matplotlib.pyplot" not in loaded


def test_only_live_imports_ipywidgets():
    users = [p.stem for p in PACKAGE.rglob("*.py") if "import ipywidgets" in p.read_text(encoding="utf-8")]
    assert users == ["live"]


def test_importing_the_package_loads_no_more_than_its_docstring_says():
    loaded = set(loaded_by("lecture_lib"))
    assert not {"matplotlib", "ipywidgets", "scipy"} & loaded


def lines_of_code(paths):
    """Lines that hold code: no blank ones, no comments, no docstrings."""
    count = 0
    for path in paths:
        source = path.read_text(encoding="utf-8")
        held = {line for token in tokenize.generate_tokens(io.StringIO(source).readline)
                if token.type not in NOT_CODE for line in range(token.start[0], token.end[0] + 1)}
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Expr) and isinstance(getattr(node.value, "value", None), str):
                held -= set(range(node.lineno, node.end_lineno + 1))
        count += len(held)
    return count


def test_the_library_stays_small():
    core = [p for p in PACKAGE.glob("*.py") if p.stem not in
            ("style", "canvas", "live", "explorer", "controls", "selftest", "data", "__init__")]
    questions = [p for p in PACKAGE.glob("exercises/*.py") if p.stem not in ("__init__", "exercise")]  # text, not code
    assert 500 < lines_of_code(core) < 1000
    assert 2000 < lines_of_code(set(PACKAGE.rglob("*.py")) - set(questions)) < 3700
