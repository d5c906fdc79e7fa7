"""A real JupyterLab in a real Chromium, for tests and for looking at pages.

The notebooks are copied first, so that nothing a browser does reaches the stored ones.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

from shared.paths import NOTEBOOKS

TOKEN = "test"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium():
    """The path of a Chromium or Chrome on this machine, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((path for path in map(shutil.which, names) if path), None)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def answers(address, seconds=90):
    """Whether a server that was just started answers within this time."""
    end = time.time() + seconds
    while time.time() < end:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return True
        except OSError:
            time.sleep(0.2)
    return False


def lab_settings(home, theme="JupyterLab Light"):
    """Write what JupyterLab is to be like for a user whose configuration is `home`; returns the
    folder it is in.
    """
    settings = home / "lab" / "user-settings" / "@jupyterlab"
    for path, text in {
        # Render cells off screen too.
        "notebook-extension/tracker.jupyterlab-settings": '{"windowingMode": "none"}',
        "apputils-extension/themes.jupyterlab-settings": f'{{"theme": "{theme}"}}',
        "apputils-extension/notification.jupyterlab-settings": (
            '{"fetchNews": "false", "checkForUpdates": false}'
        ),
    }.items():
        (settings / path).parent.mkdir(parents=True, exist_ok=True)
        (settings / path).write_text(text, encoding="utf-8")
    return settings


@contextmanager
def lab_server(folder, theme="JupyterLab Light", app="lab"):
    """JupyterLab (or `app`: notebook, voila) on copies of the notebooks in `folder`; yields its
    address.
    """
    home = folder / "home"
    port = free_port()
    settings = lab_settings(home, theme)
    shutil.copytree(
        NOTEBOOKS, folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    env = {
        **os.environ,
        **{f"JUPYTER_{kind}_DIR": str(home) for kind in ("CONFIG", "DATA", "RUNTIME")},
        "JUPYTERLAB_SETTINGS_DIR": str(settings.parent),
        "IPYTHONDIR": str(home / "ipython"),
    }
    root = str(folder / "notebooks")
    what = (
        ["voila", root]
        if app == "voila"
        else [
            "jupyter",
            app,
            "--allow-root",
            f"--IdentityProvider.token={TOKEN}",
            f"--ServerApp.root_dir={root}",
            "--LabApp.expose_app_in_browser=True",  # for tests that call its commands
        ]
    )
    command = [sys.executable, "-m", *what, "--no-browser", f"--port={port}"]
    with open(folder / "server.log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(command, env=env, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        if not answers(address if app == "voila" else f"{address}/api?token={TOKEN}"):
            raise RuntimeError((folder / "server.log").read_text(encoding="utf-8")[-2000:])
        yield address
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def browser(width=1500, height=1000, ratio=1):
    """A page of a headless Chromium, with so many pixels of the screen a pixel of the page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        size = {"width": width, "height": height}
        page = chromium.new_page(viewport=size, device_scale_factor=ratio)
        page.set_default_timeout(60_000)
        yield page
        chromium.close()


PROMPTS = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(e => e.textContent)"


def choose_command(page, menu, command):
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.locator(f'.lm-Menu-item[data-command="{command}"]').click()


def run_all(page, address, name, timeout=120_000, folder=""):
    """Open a notebook in a workspace of its own, run all cells, wait until none is busy; returns
    the error texts.
    """
    page.goto(f"{address}/lab/workspaces/{name}/tree/{folder}{name}.ipynb?token={TOKEN}&reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    # The status bar; menus do nothing before the kernel answers
    page.get_by_text("| Idle").wait_for(timeout=60_000)
    # Stored prompts would look like a finished run
    choose_command(page, "Edit", "editmenu:clear-all")
    page.wait_for_function(f"() => {PROMPTS}.every(text => text === '[ ]:')")
    choose_command(page, "Run", "runmenu:run-all")
    page.wait_for_function(rf"() => {PROMPTS}.every(text => /\[\d+\]/.test(text))", timeout=timeout)
    return page.locator('.jp-OutputArea-output[data-mime-type*="error"]').all_text_contents()


def open_notebook(page, address, name):
    """Open a notebook in a workspace of its own without running it, and wait for its kernel."""
    page.goto(f"{address}/lab/workspaces/{name}/tree/{name}.ipynb?token={TOKEN}&reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.get_by_text("| Idle").wait_for(timeout=60_000)


def run_again(page, restart=False, timeout=120_000):
    """Run all cells of the open notebook, whose outputs are still there; wait until every output is
    a new one.
    """
    page.locator(".jp-Notebook .jp-OutputArea-output").evaluate_all(
        "all => all.forEach(e => e.dataset.old = true)"
    )
    choose_command(page, "Run", "runmenu:restart-and-run-all" if restart else "runmenu:run-all")
    if restart:
        page.locator(".jp-Dialog .jp-mod-accept").click()
    page.wait_for_function(
        rf"() => {PROMPTS}.every(text => /\[\d+\]/.test(text))"
        " && !document.querySelector('[data-old]')",
        timeout=timeout,
    )


def rest(address, path, method="GET", body=None):
    """Ask the server's REST interface; returns what it answers."""
    request = urllib.request.Request(
        f"{address}/api/{path}?token={TOKEN}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or "null")


def scratch(folder, name, *sources):
    """Write a notebook with these cells; returns its name."""
    import nbformat

    meta = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=meta), folder / f"{name}.ipynb")
    return name


def run_cell(page, at):
    """Run code cell number `at` of the notebook in front by Ctrl+Enter; returns the cell."""
    cell = page.locator(".jp-Notebook:visible .jp-CodeCell").nth(at)
    cell.scroll_into_view_if_needed()
    cell.locator(".jp-InputPrompt").click()
    page.keyboard.press("Control+Enter")
    return cell


PICTURE = ".explorer-{} .lx-image"


def picture(page, explorer):
    """(source, alt) of the picture an explorer shows, once it is complete."""
    image = page.locator(PICTURE.format(explorer)).first
    image.wait_for()
    page.wait_for_function(
        "selector => document.querySelector(selector).naturalWidth > 0",
        arg=PICTURE.format(explorer),
    )
    return image.get_attribute("src"), image.get_attribute("alt")


def press(page, explorer, control, timeout=10_000, sentence=False):
    """Move one control by a key; True if the picture changed, or with `sentence` its sentence: a
    learning rate of a paused training tells in the picture only when it goes on.
    """
    before = picture(page, explorer)
    box = page.locator(f".explorer-{explorer} .control-{control}").first
    handle = box.locator("input[type=range]")
    button = box.locator(".lx-reveal")
    if button.count():  # what came out, which stays shut until it is asked for
        button.first.click()
        return wait_for_another(page, explorer, before, timeout, sentence)
    target = handle.first if handle.count() else box.locator("select").first
    target.scroll_into_view_if_needed()
    target.focus()
    # One of them, at an end
    keys = ("ArrowRight", "ArrowLeft") if handle.count() else ("ArrowDown", "ArrowUp")
    for key in keys:
        page.keyboard.press(key)
        if wait_for_another(page, explorer, before, timeout / 2, sentence):
            return True
    return False


def wait_for_another(page, explorer, before, timeout, sentence):
    """Whether the explorer shows another picture than `before`, (source, alt), within so many
    milliseconds, or with `sentence` another sentence.
    """
    try:
        page.wait_for_function(
            "([selector, old, sentence]) => [document.querySelector(selector)]"
            ".some(image => image.src !== old[0] || sentence && image.alt !== old[1])",
            arg=[PICTURE.format(explorer), before, sentence],
            timeout=timeout,
        )
    except Exception:
        return False
    return True
