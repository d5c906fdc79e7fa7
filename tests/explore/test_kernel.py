"""Who waits for a cell: a page in JupyterLab, a page in a browser of its own, or nobody."""

from types import SimpleNamespace

import pytest

from lecture_lib.explore import kernel


def answering(**metadata):
    """Something that knows the message it answers, as a shell or a kernel does."""
    return SimpleNamespace(get_parent=lambda: {"metadata": metadata})


SHELLS = {
    "none": (None, False),
    "plain": (SimpleNamespace(), False),
    "lab": (answering(cellId="a1"), True),
    "program": (answering(), False),
    "browser": (SimpleNamespace(kernel=answering(cellId="a1")), True),
    "program in a browser": (SimpleNamespace(kernel=answering()), False),
    "shell before kernel": (SimpleNamespace(kernel=answering(cellId="a1"), **vars(answering())), 0),
}


@pytest.mark.parametrize("name", SHELLS)
def test_a_page_names_the_cell_that_it_waits_for(name, monkeypatch):
    shell, is_watched = SHELLS[name]
    monkeypatch.setattr(kernel, "get_ipython", lambda: shell)
    assert kernel.is_watched() == is_watched
