"""A notebook that its reader ran and saved shows its pictures when it is opened again."""

import pytest

from lecture_lib.explorers import EXPLORERS
from shared.browser import (
    PICTURE,
    choose_command,
    lab_server,
    open_notebook,
    picture,
    press,
    rest,
    run_all,
    run_cell,
    scratch,
)

pytestmark = pytest.mark.browser

NAMES = ("neuron", "numeric_example", "guess_first_layer")


def end_all_kernels(address):
    for session in rest(address, "sessions"):
        rest(address, f"sessions/{session['id']}", "DELETE")


def test_a_saved_notebook_shows_its_pictures_the_next_day(tmp_path, page):
    with lab_server(tmp_path) as address:
        cells = [f"explorers.{name}()" for name in NAMES]
        scratch(tmp_path / "notebooks", "saved", "from lecture_lib import explorers", *cells)
        assert run_all(page, address, "saved") == []
        assert press(page, "neuron", "W1")
        sentences = {name: picture(page, name)[1] for name in NAMES}
        choose_command(page, "File", "docmanager:save")
        file = tmp_path / "notebooks" / "saved.ipynb"
        while '"widgets"' not in file.read_text(encoding="utf-8"):
            page.wait_for_timeout(100)
        end_all_kernels(address)

        open_notebook(page, address, "saved")
        for name in NAMES:
            assert picture(page, name)[1] == sentences[name]
        assert page.get_by_text("model not found").count() == 0

        run_cell(page, 0)
        neuron = EXPLORERS["neuron"]
        run_cell(page, 1)  # the page says so where nobody answers, and the cell brings it to life
        page.wait_for_function(
            "([selector, alt]) => document.querySelector(selector)?.alt === alt",
            arg=[PICTURE.format("neuron"), neuron.sentence(neuron.data())],
            timeout=120_000,
        )
        assert press(page, "neuron", "W1")
