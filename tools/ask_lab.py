"""Start `make lab` and ask it for notebook 00; `make test-bare` runs this without a network.

Usage, in the folder of the project: python tools/ask_lab.py (nothing is printed if all is well)
"""

import json
import re
import subprocess
import time
import urllib.request

PORT = 9357
NOTEBOOK = f"http://127.0.0.1:{PORT}/api/contents/00_start_here.ipynb"
ATTEMPTS = 60


def start_lab():
    """(the process of `make lab`, the token that JupyterLab asks for)."""
    command = ["make", "lab", f"LAB_ARGS=--no-browser --port {PORT}"]
    lab = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    for line in lab.stderr:
        found = re.search(r"token=(\w+)", line)
        if found:
            return lab, found[1]
    raise RuntimeError("make lab ended before it told its address")


def read_notebook(token):
    """The stored notebook as JupyterLab gives it out, a dictionary."""
    for _ in range(ATTEMPTS):
        try:
            with urllib.request.urlopen(f"{NOTEBOOK}?token={token}", timeout=30) as page:
                return json.load(page)["content"]
        except OSError:  # it tells its address before it listens
            time.sleep(0.5)
    raise RuntimeError("JupyterLab does not answer")


def main():
    """Ask, and end JupyterLab again."""
    lab, token = start_lab()
    try:
        assert read_notebook(token)["cells"]
    finally:
        lab.terminate()


if __name__ == "__main__":
    main()
