"""A stored notebook as a page: nbconvert, a template of ours, formulas as MathML, explorers with
native controls.
"""

from collections import Counter
from pathlib import Path

import set_address
from nbconvert import HTMLExporter

from .figures import write_figure
from .notebooks import find_title, name_live_page, name_page, read_call
from .prose import drop_colours, list_sections, make_reachable, write_prose

HERE = Path(__file__).parent
# What the moving picture shows, for those who cannot see it; the README has the same words.
FRONT = (
    "A slider makes a sigmoid network deeper, from 20 to 56 layers, and the gradient at its first "
    "layer becomes a thousandth and then a hundred-millionth of the last layer's. With ReLU and "
    "initial variance 2/n, a fifth of it still reaches the first of 56 layers."
)


def shows_explorer(cell):
    """Whether a cell shows an explorer."""
    return read_call(cell.source) is not None


def name_code(cell):
    """What stands above the folded code of a cell."""
    if shows_explorer(cell):
        return "code: the line that opens this explorer in a notebook"
    return "code"


def make_filters(stem, plans, ahead):
    """The functions that the template calls; an explorer that a page shows again gets a number
    behind its name.
    """
    counts = Counter()

    def write_explorer(cell):
        call = read_call(cell.source)
        name = call.explorer
        counts[name] += 1
        identity = name if counts[name] == 1 else f"{name}-{counts[name]}"
        return write_figure(plans[name], ahead[name], call.settings, identity, stem)

    return {
        "prose": write_prose,
        "explorer": write_explorer,
        "shows": shows_explorer,
        "plain": drop_colours,
        "code_title": name_code,
        "reachable": make_reachable,
    }


def describe_page(notebook, stem):
    """What the template knows about the page of a notebook."""
    address = set_address.read_address()
    return {
        "name": name_page(stem),
        "title": find_title(notebook),
        "toc": list_sections(notebook),
        "live": name_live_page(stem),
        "address": None if address is None else set_address.name_site(address),
        "front": FRONT,
    }


def write_page(notebook, stem, pages, plans, ahead):
    """The page of one notebook; `pages` are (name, title) of all, `ahead` what was computed."""
    exporter = HTMLExporter(
        template_name="lecture",
        extra_template_basedirs=[str(HERE)],
        filters=make_filters(stem, plans, ahead),
    )
    resources = {"page": describe_page(notebook, stem), "pages": pages}
    html, _ = exporter.from_notebook_node(notebook, resources=resources)
    return html
