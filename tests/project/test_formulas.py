"""Displayed formulas are held to the library: each has a label, its exact text, and a check at
random points.

A notebook writes `$$ ... $$` and below it `<!-- formula: name -->`. `formulas/notebook_NN.py` has
for each name the LaTeX text and a function that computes both sides of it (or, for a pure
definition, a sentence that says what it defines). Change a formula, and its check has to be looked
at again.
"""

import re

import nbformat
import pytest

from formulas import (
    notebook_01,
    notebook_02,
    notebook_03,
    notebook_04,
    notebook_05,
    notebook_06,
    notebook_07,
)
from shared.paths import NOTEBOOKS

CHECKED = {
    "01": notebook_01.FORMULAS,
    "02": notebook_02.FORMULAS,
    "03": notebook_03.FORMULAS,
    "04": notebook_04.FORMULAS,
    "05": notebook_05.FORMULAS,
    "06": notebook_06.FORMULAS,
    "07": notebook_07.FORMULAS,
}
ALL = [(number, name) for number, formulas in CHECKED.items() for name in formulas]


def plain(text):
    return "".join(text.split())


def displayed(number):
    """Pairs (LaTeX, label or None) of the notebook with that number."""
    (path,) = NOTEBOOKS.glob(f"{number}_*.ipynb")
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            pieces = cell.source.split("$$")
            assert len(pieces) % 2, f"an odd number of $$ in {cell.source[:60]}"
            for formula, after in zip(pieces[1::2], pieces[2::2]):
                label = re.match(r"\s*<!-- formula: ([a-z0-9-]+) -->", after)
                yield plain(formula), label and label[1]


@pytest.mark.parametrize("number", CHECKED)
def test_every_displayed_formula_is_the_one_that_was_checked(number):
    shown = list(displayed(number))
    assert [formula for formula, label in shown if label is None] == []
    assert {label: formula for formula, label in shown} == {
        n: plain(f) for n, (f, _) in CHECKED[number].items()
    }


@pytest.mark.parametrize(("number", "name"), ALL)
def test_both_sides_of_the_formula_agree(number, name):
    _, proof = CHECKED[number][name]
    if isinstance(proof, str):
        assert proof.startswith("defines ") and len(proof) > 20
    else:
        proof()
