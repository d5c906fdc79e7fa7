"""What the static site reads off the stored notebooks, and how it names its pages."""

import ast
import re
from dataclasses import dataclass

import nbformat

FIRST = "index"  # notebook 00 is the front page


@dataclass(frozen=True)
class Call:
    """The line of a cell that shows an explorer: `explorers.name(...)`."""

    explorer: str  # its name
    settings: dict  # that the line gives


def read_notebooks(folder):
    """{stem: notebook} of all stored notebooks, in order."""
    paths = sorted(folder.glob("[0-9]*.ipynb"))
    return {path.stem: nbformat.read(path, as_version=4) for path in paths}


def name_page(stem):
    """The name of a notebook's page, without its ending."""
    return FIRST if stem.startswith("00") else stem


def name_live_page(stem, explorer=""):
    """Where the browser edition opens a notebook, at one of its explorers if that is named."""
    place = f"&show={explorer}" if explorer else ""
    return f"lite/notebooks/index.html?path={stem}.ipynb{place}"


def find_title(notebook):
    """The heading of a notebook."""
    return re.search(r"^# (.+)$", notebook.cells[0].source, re.M)[1]


def read_call(source):
    """The Call that is the last line of a cell; None if it shows no explorer."""
    if "explorers." not in source:
        return None
    last = ast.parse(source).body[-1]
    node = getattr(last, "value", None)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    if getattr(node.func.value, "id", "") != "explorers":
        return None
    settings = {word.arg: ast.literal_eval(word.value) for word in node.keywords}
    return Call(node.func.attr, settings)


def list_calls(notebook):
    """The Calls of a notebook, in order."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    calls = [read_call(cell.source) for cell in cells]
    return [call for call in calls if call is not None]


def collect_settings(notebooks):
    """{explorer: the settings with which the notebooks show it, a list}."""
    found = {}
    for notebook in notebooks:
        for call in list_calls(notebook):
            found.setdefault(call.explorer, []).append(call.settings)
    return found
