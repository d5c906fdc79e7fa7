"""Write the table in notebook 00 that leads from each item of the lecture to its section, and back.

The cells of the notebooks carry the items as tags. An item's home is the section where most of its
cells stand, the first one of equals, or the one that HOME names; elsewhere in the table it appears
by its number alone. Usage: python tools/lecture_table.py
"""

import json
import re
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "notebooks"
HEADING = "## From the lecture to the notebooks, and back"
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


def anchor(heading):
    """What JupyterLab makes of a heading without formulas."""
    return heading.replace(" ", "-")


def sections(name):
    """[(heading, its cells' tags in a list)] of a notebook, in order; a cell belongs to its last
    heading.
    """
    found = []
    for cell in json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]:
        headings = (
            re.findall(r"^#+ (.+)$", "".join(cell["source"]), re.M)
            if cell["cell_type"] == "markdown"
            else []
        )
        if headings:
            found.append((headings[-1], []))
        found[-1][1].append(cell["metadata"].get("tags", []))
    return found


def table():
    """The whole cell: every section with items, its own ones named."""
    places = [
        (path.stem, heading, [tag for tags in cells for tag in tags if tag in ITEMS])
        for path in sorted(FOLDER.glob("0[0-6]*.ipynb"))
        for heading, cells in sections(path.stem)[1:]
    ]
    home = {
        item: max(places, key=lambda place: (place[1] == HOME.get(item), place[2].count(item)))
        for item in ITEMS
    }
    lines = [
        HEADING,
        "",
        (
            "This table lists every item of the lecture by its number in our map of the lecture (I"
            " introduction, S single layer, M multilayer, B backpropagation, N numeric example, V"
            " vanishing gradients, R remedies). A bold number with a name marks the section that"
            " says most about the item. A bare number marks a section where the item also comes up."
            " If JupyterLab opens a notebook at its top, come back and follow the"
            " link once more: it finds the section when the notebook is open."
        ),
        "",
        "| section | items of the lecture |",
        "|---|---|",
    ]
    for place in places:
        own = [f"**{item}** {ITEMS[item]}" for item in ITEMS if home[item] is place]
        also = [item for item in ITEMS if item in place[2] and home[item] is not place]
        if own or also:
            name, heading, _ = place
            lines.append(
                f"| {name[:2]} [{heading}]({name}.ipynb#{anchor(heading)}) |"
                f" {' · '.join(own + also)} |"
            )
    return "\n".join(lines)


def main():
    path = FOLDER / "00_start_here.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = next(c for c in notebook["cells"] if "".join(c["source"]).startswith(HEADING))
    cell["source"] = table().splitlines(keepends=True)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
