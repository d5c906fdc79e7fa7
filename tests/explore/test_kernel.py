"""Who waits for a cell: a page in JupyterLab, a page in a browser of its own, or nobody."""

import asyncio
import signal
from types import SimpleNamespace

import pytest

from lecture_lib.explore import kernel
from lecture_lib.explorers import EXPLORERS


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


def test_an_interrupt_asks_the_page_moved_last_to_pause_its_sliders(monkeypatch):
    """The page moves a slider by itself; where nothing plays, an interrupt does what it did."""
    told = []

    async def scenario():
        views = [EXPLORERS["activation_slope"]() for _ in range(2)]
        for view in views:
            monkeypatch.setattr(view, "send", lambda content, view=view: told.append(view))
            view._hear({"kind": "move", "changes": {"x": 1.0}})
        told.clear()  # the answers to the moves
        await asyncio.sleep(3 * kernel.ANSWERED)
        signal.raise_signal(signal.SIGINT)
        await asyncio.sleep(0.1)
        return views

    before = signal.signal(signal.SIGINT, lambda *_: told.append("as before"))
    try:
        _, last = asyncio.run(scenario())
    finally:
        signal.signal(signal.SIGINT, before)
    assert told == ["as before", last]
