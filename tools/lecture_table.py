"""Write the table in notebook 00 that leads from each item of the lecture to its section, and back.

The cells of the notebooks carry the items as tags. An item's home is the section where most of its
cells stand, the first one of equals, or the one that HOME names; elsewhere in the table it appears
by its number alone. Usage: python tools/lecture_table.py
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "notebooks"
HEADING = "## From the lecture to the notebooks, and back"
# What the items of a letter are about, in order.
NAMES = {
    "I": (
        "backprop trains deep nets too; more layers promise more; in practice often less; the"
        " opposite: exploding; the order of topics"
    ),
    "S": (
        "the neuron's figure; the sum V; the output Y; what φ does to the size; vector form; the"
        " step; what the bias moves; what one line can separate; labelled pairs; random start;"
        " output for a sample; the update; desired minus actual; when to stop; the boundary found;"
        " only two answers; XOR; many solutions; some answers always wrong; more layers as the way"
        " out"
    ),
    "M": (
        "a layer between; the hidden map; made separable, RBF; the 3-2-1 network; the output; the"
        " nested formula; a hidden output; the cost J; target and output; training it"
    ),
    "B": (
        "two phases; forward; backward, deltas; why a gradient; the update rule; the learning rate"
        " γ; the sigmoid; its slope; why the sigmoid; the cost as a curve; the minus sign; γ too"
        " large; γ small; fast or accurate; the 4-3-2 network; its output; written out; the cost;"
        " two cases; chain rule at the output; a unit's input; the cost put in; δ of an output;"
        " chain rule at a hidden unit; δ of a hidden unit; the 2-3-2-1 network; first hidden layer;"
        " second hidden layer; the output; the error δ; back to layer 2; back to layer 1; new input"
        " weights; new layer-2 weights; new output weights; the error flows back"
    ),
    "N": (
        "the 2-2-1 network; inputs and target; the weights; in_H1; out_H1; out_H2; in_o; out_o; the"
        " error E; what W5 does to E; three factors; gradient of W5; W6 = 0.408; the hidden"
        " weights; ∂E/∂out_H1; slope of H1; ∂in_H1/∂W1; gradient of W1; all six weights"
    ),
    "V": (
        "the figure: 20 and 56 layers; training error; test error; why 56 fail; four neurons in a"
        " row; the arguments θ; why ∂O/∂W1; the chain rule; equation (1); equation (2); F' = F(1 −"
        " F); at most one quarter; random weights; a product below 1; more factors for early"
        " layers; (1) smaller than (2); the update with η; the weight stays; exploding; both from"
        " depth"
    ),
    "R": (
        "ReLU; suitable weights; variance 1/n; variance 2/n; variance 1 before; intelligent back"
        " propagation; why ReLU is popular; summary"
    ),
}
ITEMS = {
    f"{letter}{k}": name
    for letter, names in NAMES.items()
    for k, name in enumerate(names.split("; "), 1)
}
# Items whose home is another section than the one with most of their cells.
HOME = {
    "M2": "The hidden layer moves the points",
    "M3": "A learned map",
    "B36": "The update",
    "M8": "How wrong is the network? The cost J",
    "N19": "All six weights, in the right order",
    "V15": "More factors for earlier layers",
    "V20": "Both come from depth",
    "R2": "The second remedy: suitable initial weights",
}


EXPLANATION = (
    "This table lists every item of the lecture. The items are numbered in its order (I"
    " introduction, S single layer, M multilayer, B backpropagation, N numeric example, V"
    " vanishing gradients, R remedies). Each item is bold, with its name, in one section. A bare"
    " number marks a section where the item also comes up."
    " If JupyterLab opens a notebook at its top, come back and follow the"
    " link once more: it finds the section when the notebook is open."
)


@dataclass(frozen=True)
class Place:
    """A section of a notebook."""

    stem: str  # of the notebook's file
    heading: str
    tags: tuple  # of its cells, one after another


def name_anchor(heading):
    """What JupyterLab makes of a heading without formulas."""
    return heading.replace(" ", "-")


def find_heading(cell):
    """The last heading in a cell, or None."""
    if cell["cell_type"] != "markdown":
        return None
    headings = re.findall(r"^#+ (.+)$", "".join(cell["source"]), re.M)
    return headings[-1] if headings else None


def list_places(stem):
    """The Places of a notebook in order; a cell belongs to the last heading up to it."""
    notebook = json.loads((FOLDER / f"{stem}.ipynb").read_text(encoding="utf-8"))
    headings = []
    tags = []  # of each heading's cells
    for cell in notebook["cells"]:
        heading = find_heading(cell)
        if heading is not None:
            headings.append(heading)
            tags.append([])
        tags[-1] += cell["metadata"].get("tags", [])
    return [Place(stem, heading, tuple(own)) for heading, own in zip(headings, tags)]


def find_home(item, places):
    """The Place that HOME names, or where most of an item's cells stand."""
    named = [place for place in places if place.heading == HOME.get(item)]
    return max(named or places, key=lambda place: place.tags.count(item))


def write_row(place, homes):
    """The line of a Place, or None if it has no items; `homes` are the Places of all items."""
    own = []
    also = []
    for item, name in ITEMS.items():
        if homes[item] is place:
            own.append(f"**{item}** {name}")
        elif item in place.tags:
            also.append(item)
    if not own and not also:
        return None
    link = f"[{place.heading}]({place.stem}.ipynb#{name_anchor(place.heading)})"
    return f"| {place.stem[:2]} {link} | {' · '.join(own + also)} |"


def write_table():
    """The whole cell: every section with items, its own ones named."""
    places = []
    for path in sorted(FOLDER.glob("0[0-6]*.ipynb")):
        _, *sections = list_places(path.stem)  # the first one is the title
        places += sections
    homes = {item: find_home(item, places) for item in ITEMS}
    lines = [HEADING, "", EXPLANATION, "", "| section | items of the lecture |", "|---|---|"]
    for place in places:
        row = write_row(place, homes)
        if row is not None:
            lines.append(row)
    return "\n".join(lines)


def main():
    """Write the table into its cell of notebook 00."""
    path = FOLDER / "00_start_here.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if "".join(cell["source"]).startswith(HEADING):
            cell["source"] = write_table().splitlines(keepends=True)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
