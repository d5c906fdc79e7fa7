"""`make class` as students meet it: https, a login, notebooks of their own, live sliders, a server
that rests.

A real JupyterHub with the project's configuration and a certificate of its own making, and real
browsers.
"""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from lecture_lib.explorers import EXPLORERS
from shared.browser import answers, browser, free_port, lab_settings, run_all
from shared.browser import choose_command as choose
from shared.explorer_in_page import ERRORS, find, move
from shared.notebooks import NAMES
from shared.paths import ROOT

HUB = ROOT / ".class/stamp"
PASSWORD = "the password of a test"
IDLE = 40  # seconds until a server rests
ACTIVE = 60  # seconds of moving sliders
NAME, OTHER = NAMES[5], NAMES[1]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.skipif(
        not HUB.exists(), reason="`make .class/stamp` installs JupyterHub and its proxy"
    ),
    pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl here"),
]


def make_certificate(folder):
    """cert.pem and key.pem of this machine, good for two days."""
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    command += " -keyout key.pem -out cert.pem"
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """(address, folder of the students) of a running class with https."""
    folder = tmp_path_factory.mktemp("class")
    port = free_port()
    make_certificate(folder)
    env = {
        **os.environ,
        "CLASS_PASSWORD": PASSWORD,
        "CLASS_DATA": f"{folder}/data",
        "CLASS_PORT": str(port),
        "CLASS_CERT": f"{folder}/cert.pem",
        "CLASS_KEY": f"{folder}/key.pem",
        "CLASS_IDLE": str(IDLE),
        "CLASS_AS_ROOT": "1",
    }
    for student in ("ada", "bob"):
        lab_settings(folder / "data/students" / student / ".jupyter")
    with open(folder / "log", "w", encoding="utf-8") as log:
        options = {"stdout": log, "stderr": subprocess.STDOUT, "start_new_session": True}
        make = subprocess.Popen(["make", "class"], cwd=ROOT, env=env, **options)
    try:
        has_started = answers(f"http://127.0.0.1:{port + 1}/hub/api", 60)
        assert has_started, (folder / "log").read_text(encoding="utf-8")[-2000:]
        yield f"https://127.0.0.1:{port}", folder / "data/students"
    finally:
        os.killpg(make.pid, signal.SIGINT)
        make.wait(60)


def come(chromium, hub, name):
    """Log in and arrive in the first notebook; returns the page, and what its console said of
    errors.
    """
    window = chromium.new_context(
        ignore_https_errors=True, viewport={"width": 1500, "height": 1000}
    )
    page = window.new_page()
    said = []
    page.on(
        "websocket",
        lambda socket: said.extend([] if socket.url.startswith("wss://") else [socket.url]),
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(hub)
    assert page.url.startswith(hub) and "/hub/login" in page.url
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("[type=submit]").click()
    page.wait_for_url(f"{hub}/user/{name}/lab/tree/notebooks/{NAMES[0]}.ipynb", timeout=120_000)
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    return page, said


def runs(page, hub):
    """Whether this student's server runs, as the Hub's own page tells it."""
    page.goto(f"{hub}/hub/home")
    page.locator("#start").wait_for()
    return "Start" not in page.locator("#start").text_content()


def work_in_turns(address, students):
    """Move a slider of each student in turn, longer than an idle server lives; returns (page, box,
    explorer) of each.
    """
    work = []
    for (name, (page, _)), notebook in zip(students.items(), (NAME, OTHER)):
        assert run_all(page, f"{address}/user/{name}", notebook, folder="notebooks/") == []
        explorer = EXPLORERS["gradient_profile" if notebook == NAME else "decision_boundary"]
        work.append((page, find(page, explorer), explorer))
    end = time.time() + ACTIVE
    moves = 0
    while time.time() < end:
        for page, box, explorer in work:
            moves += bool(move(page, box, explorer))
    assert moves >= 20
    return work


def write_and_save(page):
    """Write into the first cell, and save the notebook."""
    page.locator(".jp-MarkdownCell .jp-MarkdownOutput").first.dblclick()
    page.locator(".jp-MarkdownCell .cm-content").first.press_sequentially("Ada was here. ")
    page.keyboard.press("Control+Enter")
    choose(page, "File", "docmanager:save")
    page.wait_for_function("() => !document.querySelector('.jp-mod-dirty')")


def wait_until_it_rests(page, address, folder):
    """Wait until Ada's server has ended, and with it all that it had started."""
    assert runs(page, address)
    end = time.time() + 5 * IDLE
    while runs(page, address):
        assert time.time() < end
        page.wait_for_timeout(2000)
    processes = Path("/proc").glob("[0-9]*")
    assert not [p for p in processes if f"{folder}/ada".encode() in environment(p)]


def find_work_again(page, address):
    """Start Ada's server again: her words are there, and the sliders move."""
    page.goto(f"{address}/hub/spawn")
    page.wait_for_url(f"{address}/user/ada/lab/**", timeout=120_000)
    assert run_all(page, f"{address}/user/ada", NAME, folder="notebooks/") == []
    first = page.locator(".jp-MarkdownCell .jp-MarkdownOutput").first
    assert "Ada was here." in first.text_content()
    explorer = EXPLORERS["gradient_profile"]
    move(page, find(page, explorer), explorer)


def test_two_students_a_pause_and_their_work_again(hub):
    address, folder = hub
    with browser() as first:
        chromium = first.context.browser
        students = {name: come(chromium, address, name) for name in ("ada", "bob")}
        work = work_in_turns(address, students)
        write_and_save(students["ada"][0])
        assert [page.locator(ERRORS).all_text_contents() for page, *_ in work] == [[], []]
        assert [said for _, said in students.values()] == [[], []]
        kept = {name: page.context.storage_state() for name, (page, _) in students.items()}
        for page, _ in students.values():
            page.context.close()  # the window is closed, nobody logs out

        back = chromium.new_context(ignore_https_errors=True, storage_state=kept["ada"]).new_page()
        wait_until_it_rests(back, address, folder)
        find_work_again(back, address)
    first_cells = {}
    for name in ("ada", "bob"):
        text = (folder / name / f"notebooks/{NAME}.ipynb").read_text(encoding="utf-8")
        first_cells[name] = "".join(json.loads(text)["cells"][0]["source"])
    assert "Ada was here." in first_cells["ada"] and "Ada was here." not in first_cells["bob"]


def environment(process):
    try:
        return (process / "environ").read_bytes()
    except OSError:  # it has just ended
        return b""
