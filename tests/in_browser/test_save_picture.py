"""*Save picture* in JupyterLab: the browser downloads the file that Python wrote."""

import nbformat
import pytest

from lecture_lib.explore.picture_file import FORMATS, encode_picture
from lecture_lib.explorers import EXPLORERS
from shared.browser import lab_server, run_all

NEURON = EXPLORERS["neuron"]
CELL = "from lecture_lib import explorers\nexplorers.neuron()"


@pytest.mark.browser
def test_the_control_downloads_the_picture_that_is_shown(tmp_path, page):
    with lab_server(tmp_path) as address:
        meta = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        cells = [nbformat.v4.new_code_cell(CELL)]
        notebook = nbformat.v4.new_notebook(cells=cells, metadata=meta)
        nbformat.write(notebook, tmp_path / "notebooks" / "one_neuron.ipynb")
        assert run_all(page, address, "one_neuron") == []
        box = page.locator(".explorer-neuron").first
        box.locator(".lx-image").first.wait_for()
        button = box.get_by_role("button", name="save picture")
        assert button.get_attribute("aria-expanded") == "false"
        button.focus()
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        for format in FORMATS:
            with page.expect_download() as started:
                box.get_by_role("button", name=format.upper(), exact=True).click()
            assert started.value.suggested_filename == f"neuron.{format}"
            content = started.value.path().read_bytes()
            assert content == encode_picture(NEURON, NEURON.settings(), NEURON.data(), format)
        box.screenshot(path=tmp_path / "save.png")
        button.click()
        assert not box.get_by_role("button", name="PNG", exact=True).is_visible()
