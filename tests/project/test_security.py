"""Nothing that a reader types is ever run, and Jupyter starts closed, as it is released."""

import ast
import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from importlib.metadata import metadata
from time import sleep

import pytest

from shared.paths import ROOT

RUNS_TEXT = {"eval", "exec", "compile", "__import__", "system", "popen", "load_module"}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "lecture_lib").rglob("*.py")), ids=lambda path: path.stem
)
def test_the_library_never_runs_text(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = {getattr(call.func, "id", getattr(call.func, "attr", "")) for call in calls}
    assert not named & RUNS_TEXT
    assert not any(
        word.arg == "allow_pickle" and word.value.value for call in calls for word in call.keywords
    )
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    # `python -m lecture_lib` starts pip and JupyterLab, by lists of words that no reader types.
    allowed = {"subprocess"} if path.stem == "__main__" else set()
    assert not imported & {"subprocess", "pickle", "socket", "urllib", "ctypes"} - allowed
    assert not any(word.arg == "shell" for call in calls for word in call.keywords)


def test_the_page_script_never_turns_text_into_markup_or_code():
    for path in (
        *(ROOT / "lecture_lib/explore/front_end").glob("*.js"),
        ROOT / "tools/static_site/site.js",
    ):
        script = path.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|Function\(", script
        )


def test_no_command_of_ours_opens_jupyter():
    for name in ("Makefile", "binder/start", "binder/postBuild", "docs/install.md", ".ci/run"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(
            r"token\s*=\s*['\"]|password\s*=|allow_origin|disable_check_xsrf|--ip", text
        )


def wait_until_refused(address):
    """The HTTP status with which an address refuses, once it answers at all."""
    for _ in range(100):
        with pytest.raises(urllib.error.URLError) as refused:
            urllib.request.urlopen(address, timeout=20)
        if isinstance(refused.value, urllib.error.HTTPError):  # not merely still starting
            break
        sleep(0.2)
    refused.value.close()
    return refused.value.code


def test_jupyter_asks_for_its_token_and_listens_on_loopback_alone(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = dict(os.environ)
    env |= {f"JUPYTER_{kind}_DIR": str(tmp_path) for kind in ("CONFIG", "DATA", "RUNTIME")}
    options = ("--allow-root", "--no-browser", f"--port={port}", str(tmp_path))
    command = [sys.executable, "-m", "jupyter", "lab", *options]
    server = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        found = None
        while not found:
            found = re.search(r"\?token=(\w{40,})", next(server.stderr))
        address = f"http://127.0.0.1:{port}/api/contents"
        assert wait_until_refused(address) == 403
        with urllib.request.urlopen(f"{address}?token={found[1]}", timeout=20) as answer:
            assert answer.status == 200
        with socket.socket() as other, pytest.raises(OSError):
            # it would answer if Jupyter listened on every address
            other.connect(("127.0.0.2", port))
    finally:
        server.terminate()
        server.communicate()


def test_the_readme_lists_the_licences_of_what_it_runs_on():
    text = (ROOT / "README.md").read_text(encoding="utf-8").lower()
    for name in ("numpy", "matplotlib", "ipywidgets", "jupyterlab", "nbval"):
        about = metadata(name)
        licence = " ".join(
            [
                about.get("License-Expression") or "",
                (about.get("License") or "")[:300],
                *(c for c in about.get_all("Classifier", []) if "License" in c),
            ]
        )
        kind = "Python Software Foundation" if name == "matplotlib" else "BSD"
        assert kind in licence and name in text[text.index("## source, licence") :]
