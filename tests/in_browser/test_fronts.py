"""The same notebooks in the other places where widgets live, Notebook 7 and Voila, and axe-core on
what we put out.
"""

import pytest

from lecture_lib.explorers import EXPLORERS
from shared.browser import (
    PROMPTS,
    TOKEN,
    lab_server,
    picture,
    press,
    run_all,
)
from shared.notebooks import MUST_ANSWER, NAMES, explorers_in

pytestmark = [pytest.mark.browser, pytest.mark.long]


def explorers_answer(page, name):
    """Every explorer of the page shows a picture, and one of its controls changes it by a key."""
    for explorer in explorers_in(name):
        assert picture(page, explorer)[1]
        shown = [
            c.name for c in EXPLORERS[explorer].controls if c.name not in EXPLORERS[explorer].folded
        ]
        control = next((c for c in shown if c in MUST_ANSWER), shown[0])
        assert press(page, explorer, control, 20_000, sentence=EXPLORERS[explorer].live), (
            f"{explorer}: {control} changed nothing"
        )


@pytest.fixture(scope="module")
def front(request, tmp_path_factory):
    """The address of the front end that the test names: notebook or voila."""
    pytest.importorskip(request.param)
    with lab_server(tmp_path_factory.mktemp(request.param), app=request.param) as address:
        yield address


@pytest.mark.parametrize("front", ["notebook"], indirect=True)
@pytest.mark.parametrize("name", NAMES)
def test_notebook_7_runs_it(name, front, page):
    page.goto(f"{front}/notebooks/{name}.ipynb?token={TOKEN}")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=60_000)
    for menu, command in (("Edit", "editmenu:clear-all"), ("Run", "runmenu:run-all")):
        page.get_by_role("menuitem", name=menu, exact=True).click()
        page.locator(f'.lm-Menu-item[data-command="{command}"]').click()
    page.wait_for_function(rf"() => {PROMPTS}.every(text => /\[\d+\]/.test(text))", timeout=120_000)
    assert page.locator('.jp-OutputArea-output[data-mime-type*="error"]').all_text_contents() == []
    explorers_answer(page, name)


@pytest.mark.parametrize("front", ["voila"], indirect=True)
@pytest.mark.parametrize("name", NAMES)
def test_voila_shows_it_as_a_page_without_code(name, front, page):
    page.goto(f"{front}/voila/render/{name}.ipynb", timeout=180_000)
    for explorer in explorers_in(name):
        page.locator(f".explorer-{explorer} .lx-image").first.wait_for(timeout=120_000)
    assert not page.locator(".jp-CodeCell .jp-InputArea-editor").filter(visible=True).count()
    explorers_answer(page, name)


@pytest.fixture(scope="module", params=["JupyterLab Light", "JupyterLab Dark"])
def lab(request, tmp_path_factory):
    with lab_server(tmp_path_factory.mktemp("lab"), theme=request.param) as address:
        yield address


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_no_violation_in_what_we_put_out(name, lab, page):
    sync = pytest.importorskip("axe_playwright_python.sync_playwright")
    assert run_all(page, lab, name) == []
    for explorer in explorers_in(name):
        page.locator(f".explorer-{explorer} .lx-image").first.wait_for()
    page.wait_for_timeout(1000)
    ours = {"include": [[".lx"]]} if explorers_in(name) else {}
    found = sync.Axe().run(page, context=ours).response["violations"]
    assert not [(v["id"], v["nodes"][0]["html"][:200], len(v["nodes"])) for v in found]
