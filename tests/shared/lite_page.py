"""A notebook of the browser edition in a page: wait for Python, run cells, read what they say."""

import re
import time

from .notebooks import code, read

PATIENCE = 420  # seconds: Python starts in a browser, perhaps beside other tests
WIDGET = "jupyterapp.shell.currentWidget"
CELLS = f"{WIDGET}.content.widgets.filter(cell => cell.model.type == 'code')"
SOURCES = f"{CELLS}.map(cell => cell.model.sharedModel.getSource())"
OUTPUTS = f"{CELLS}.map(cell => cell.model.sharedModel.getOutputs())"
# What the self-test says in a browser only.
SELF_TEST = re.compile(r"^Python runs in this browser.*\n", re.M)


def wait_for_notebook(page, name):
    """Wait until the notebook is open and drawn."""
    page.wait_for_function(
        f"name => window.jupyterapp && {WIDGET}?.context?.isReady"
        f" && {WIDGET}.content.widgets.length > 1 && {WIDGET}.context.path == name",
        arg=f"{name}.ipynb",
    )


def wait_for_python(page):
    """Wait until the bar says that Python is ready; returns the sentences that stood there."""
    said = []
    end = time.time() + PATIENCE
    while time.time() < end:
        sentence = page.locator("#live p").text_content()
        if sentence and sentence not in said:
            said.append(sentence)
        state = page.evaluate("document.documentElement.dataset.live")
        if state == "failed":
            raise AssertionError(sentence)
        if state == "ready":
            return [*said, page.locator("#live p").text_content()]
        page.wait_for_timeout(200)
    raise AssertionError(f"Python did not start in {PATIENCE} seconds: {said[-1:]}")


def run_all(page, patience=PATIENCE):
    """Press Run all in the bar, and wait until every cell has a number."""
    page.evaluate(f"{CELLS}.forEach(cell => cell.model.clearExecution?.())")
    page.evaluate(f"{CELLS}.forEach(cell => {{ cell.model.executionCount = null; }})")
    page.locator("#live button", has_text="Run all").click()
    page.wait_for_function(
        f"{CELLS}.every(cell => cell.model.executionCount > 0)", timeout=1000 * patience
    )


NEW_CELL = f"""async ([source, waits]) => {{
  const {{content}} = {WIDGET}, commands = jupyterapp.commands;
  content.activeCellIndex = content.widgets.length - 1;
  await commands.execute('notebook:insert-cell-below');
  content.activeCell.model.sharedModel.setSource(source);
  const done = commands.execute('notebook:run-cell');
  if (waits) await done;
}}"""


def start_new_cell(page, source):
    """Write a cell below the last one and start it, without waiting for its end."""
    page.evaluate(NEW_CELL, [source, False])


def run_new_cell(page, source):
    """Write a cell below the last one, run it, and return the text of its result."""
    page.evaluate(NEW_CELL, [source, True])
    page.wait_for_function(f"{CELLS}.at(-1).model.executionCount > 0")
    return read_texts(page.evaluate(OUTPUTS)[-1])


def read_sources(page):
    """The sources of the code cells."""
    return page.evaluate(SOURCES)


def wait_until_kept(page):
    """Wait until the page has saved the notebook by itself."""
    page.wait_for_function(f"!{WIDGET}.context.model.dirty")


def read_texts(outputs):
    """What outputs say in words, as stored in a notebook: printed lines and results."""
    texts = []
    for output in outputs:
        if output["output_type"] == "error":
            texts.append(f"{output['ename']}: {output['evalue']}")
            continue
        text = output.get("text", output.get("data", {}).get("text/plain", ""))
        texts.append(text if isinstance(text, str) else "".join(text))
    return SELF_TEST.sub("", "".join(texts)).strip()


def find_differences(page, name, patience=120):
    """[(number of the code cell, stored text, text in the page)] where they differ.

    Long work shows a first answer at once and goes on, so an explorer's sentence may come later.
    """
    stored = [read_texts(cell.outputs) for cell in code(read(name))]
    end = time.time() + patience
    while True:
        found = [read_texts(outputs) for outputs in page.evaluate(OUTPUTS)]
        shown = page.locator(".lx-sentence").all_text_contents()
        different = [
            (number, wanted, got)
            for number, (wanted, got) in enumerate(zip(stored, found))
            if wanted != got and wanted not in shown
        ]
        if not different or time.time() > end:
            return different
        page.wait_for_timeout(500)
