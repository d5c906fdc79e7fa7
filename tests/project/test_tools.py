"""Tools and benchmarks, most of which no test runs, use only what is there."""

import ast
from dataclasses import dataclass

import pytest

from shared.paths import ROOT

FOLDERS = ("tools", "benchmarks", "classroom")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
# Where Python looks for files of ours, when one of these runs.
PLACES = (ROOT, ROOT / "tools", ROOT / "benchmarks", ROOT / "tests")


@dataclass(frozen=True)
class Import:
    """One name that a file imports."""

    name: str  # in the file
    module: str  # that it comes from
    inside: str | None  # its name there; None for the module itself
    line: int  # of the file


def list_imports(tree, package):
    """The Imports of a file; `package` is its folder, where relative ones begin."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name
                found.append(Import(name, alias.name, None, node.lineno))
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                module = f"{package}.{module}".rstrip(".")
            for alias in node.names:
                name = alias.asname or alias.name
                found.append(Import(name, module, alias.name, node.lineno))
    return found


def find_module(module):
    """The file of a module of ours; None if it is somebody else's."""
    for place in PLACES:
        path = place / module.replace(".", "/")
        for candidate in (path.with_suffix(".py"), path / "__init__.py"):
            if candidate.exists():
                return candidate
        if path.is_dir():
            return path  # a folder of modules without a file of its own
    return None


def list_names(path):
    """The names that a module has: what it defines or imports outside of its functions, and the
    modules in its folder if it is a package.
    """
    folder = path if path.is_dir() else path.parent
    is_package = path.is_dir() or path.name == "__init__.py"
    names = {"__doc__", "__file__"}
    if is_package:
        names |= {file.stem for file in folder.iterdir()}
    waiting = [] if path.is_dir() else ast.parse(path.read_text(encoding="utf-8")).body
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
            continue
        if isinstance(node, ast.alias):
            names.add(node.asname or node.name)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        waiting += ast.iter_child_nodes(node)
    return names


def find_missing(source, package):
    """["line: module.name"] of what is taken from modules of ours and is not there."""
    tree = ast.parse(source)
    modules = {}  # by their names in the file
    missing = []
    for imported in list_imports(tree, package):
        path = find_module(imported.module)
        if path is None:
            continue
        if imported.inside is None:
            modules[imported.name] = imported.module
            continue
        if imported.inside not in list_names(path):
            missing.append(f"{imported.line}: {imported.module}.{imported.inside}")
        inner = f"{imported.module}.{imported.inside}"
        if find_module(inner) is not None:
            modules[imported.name] = inner
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
            continue
        module = modules.get(node.value.id)
        if module is not None and node.attr not in list_names(find_module(module)):
            missing.append(f"{node.lineno}: {module}.{node.attr}")
    return missing


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_taken_from_files_of_ours_is_there(path):
    source = path.read_text(encoding="utf-8")
    assert find_missing(source, path.parent.name) == []


def test_what_is_gone_is_found():
    source = "from shared import browser as front\nfront.press\nfront.no_such_command(1)\n"
    assert find_missing(source, "tools") == ["3: shared.browser.no_such_command"]
    source = "import numpy\nfrom shared.browser import no_such_command, press\n"
    assert find_missing(source, "tools") == ["2: shared.browser.no_such_command"]
    source = "from . import dials\nfrom .dials import no_dial\ndials.no_dial\n"
    gone = "static_site.dials.no_dial"
    assert find_missing(source, "static_site") == [f"2: {gone}", f"3: {gone}"]
