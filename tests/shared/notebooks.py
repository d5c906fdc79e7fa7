"""The stored notebooks as the tests read them."""

import re

import nbformat

from .paths import NOTEBOOKS

NAMES = (
    "00_start_here",
    "01_single_layer_perceptron",
    "02_multilayer_perceptron",
    "03_backpropagation",
    "04_numeric_example",
    "05_vanishing_exploding_gradients",
    "06_remedies",
    "07_what_came_after",
    "08_lecture_notes",
)
# Where one of these controls is in view, a test moves it and waits for another picture.
MUST_ANSWER = {"depth", "gamma", "activation", "variance"}


def read(name):
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def code(notebook):
    return [c for c in notebook.cells if c.cell_type == "code"]


def prose(notebook):
    return [c for c in notebook.cells if c.cell_type == "markdown"]


def explorers_in(name):
    source = "\n".join(c.source for c in code(read(name)))
    return list(dict.fromkeys(re.findall(r"^explorers\.(\w+)\([^)]*\)$", source, re.M)))
