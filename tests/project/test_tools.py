"""Tools and benchmarks, which `make test` does not run, use only what is there."""

import ast
import importlib
from dataclasses import dataclass
from types import ModuleType

import pytest

from shared.paths import ROOT

pytest.importorskip("fcntl", reason="the browser edition is built on Unix")

FOLDERS = ("tools", "benchmarks", "classroom")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
# Packages of ours, and files beside the one that imports them.
OURS = {"lecture_lib", "shared", "lite", "static_site", *(path.stem for path in FILES)}


@dataclass(frozen=True)
class Import:
    """One name that a file imports."""

    name: str  # in the file
    module: str  # that it comes from
    inside: str | None  # its name there; None for the module itself


def list_imports(tree, package):
    """The Imports of a file; `package` is its folder, where relative ones begin."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found.append(Import(alias.asname or alias.name, alias.name, None))
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                module = f"{package}.{module}".rstrip(".")
            for alias in node.names:
                found.append(Import(alias.asname or alias.name, module, alias.name))
    return found


def load(imported):
    """What an import gives; ImportError if it is not there."""
    module = importlib.import_module(imported.module)
    if imported.inside is None:
        return module
    if hasattr(module, imported.inside):
        return getattr(module, imported.inside)
    return importlib.import_module(f"{imported.module}.{imported.inside}")


def find_missing(source, package):
    """["line: module.name"] of the names that are used of modules of ours and are not there."""
    tree = ast.parse(source)
    modules = {}
    for imported in list_imports(tree, package):
        if imported.module.partition(".")[0] in OURS:
            value = load(imported)
            if isinstance(value, ModuleType):
                modules[imported.name] = value
    missing = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
            continue
        module = modules.get(node.value.id)
        if module is not None and not hasattr(module, node.attr):
            missing.append(f"{node.lineno}: {module.__name__}.{node.attr}")
    return missing


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_taken_from_files_of_ours_is_there(path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    source = path.read_text(encoding="utf-8")
    assert find_missing(source, path.parent.name) == []


def test_what_is_gone_is_found():
    source = "from shared import browser as front\nfront.press\nfront.no_such_command(1)\n"
    assert find_missing(source, "tools") == ["3: shared.browser.no_such_command"]
    with pytest.raises(ImportError):
        find_missing("from shared.browser import no_such_command", "tools")
