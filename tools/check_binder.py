"""Build what binder/ describes in a fresh folder and open it: `make check-binder` (a download, and
Chromium).

Binder's builder needs Docker; this does what it does inside: the Python of runtime.txt, the
packages of requirements.txt, postBuild, and the start script around the server. Printed are the
size of the environment, the seconds until the first slider moves, and the memory of the one
student.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from shared import browser as front  # noqa: E402  the test helpers know JupyterLab's page
from shared.explorer_in_page import find_first_slider  # noqa: E402

ROOT = Path(__file__).parent.parent
PORT = 9358
ADDRESS = f"http://127.0.0.1:{PORT}"
FIRST = "00_start_here"
LONG = ("05_vanishing_exploding_gradients", "06_remedies")


def read_parents():
    """{id of a process: id of the one that started it} of all processes (Linux)."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text(encoding="utf-8")
        except OSError:
            continue  # it has just ended
        _, parent, *_ = text.rpartition(")")[2].split()
        parents[int(path.parent.name)] = int(parent)
    return parents


def find_family(process):
    """The ids of a process, its children, their children and so on."""
    parents = read_parents()
    family = set()
    found = {process}
    while found:
        family |= found
        found = {child for child, parent in parents.items() if parent in family} - family
    return family


def measure_memory(process):
    """Bytes held by a process and its children, what they share counted once (Linux)."""
    total = 0
    for member in find_family(process):
        text = Path(f"/proc/{member}/smaps_rollup").read_text(encoding="utf-8")
        kilobytes = int(re.search(r"Pss:\s+(\d+)", text)[1])
        total += 1024 * kilobytes
    return total


def measure_folder(folder):
    """Bytes of the files in a folder; what it only links to does not count."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return sum(path.stat().st_size for path in files)


def name_python():
    """The command of the Python that Binder takes, such as python3.12."""
    text = (ROOT / "binder/runtime.txt").read_text(encoding="utf-8")
    return text.strip().replace("-", "")


def is_installed(python):
    """Whether a command is the one of a Python that runs."""
    if shutil.which(python) is None:
        return False
    return subprocess.run([python, "--version"], capture_output=True).returncode == 0


def build_environment(python, clone, environment):
    """Clone the repository and install it into an environment of its own, as Binder does; returns
    the environment variables with which all else is started.
    """
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    begin = time.perf_counter()
    subprocess.run([python, "-m", "venv", environment], check=True)
    path = f"{environment}/bin:{os.environ['PATH']}"
    variables = {**os.environ, "PATH": path, "HOME": str(clone)}
    install = [environment / "bin/pip", "install", "--quiet", "-r", "binder/requirements.txt"]
    for command in (install, [clone / "binder/postBuild"]):
        subprocess.run(command, cwd=clone, env=variables, check=True)
    size = measure_folder(environment) / 1e6
    seconds = time.perf_counter() - begin
    print(f"environment: {python}, {size:.0f} MB, built in {seconds:.0f} s", flush=True)
    return variables


def start_server(clone, variables):
    """Start JupyterLab as Binder does; returns its process."""
    command = [
        clone / "binder/start",
        "jupyter",
        "lab",
        "--allow-root",
        "--no-browser",
        f"--port={PORT}",
        f"--IdentityProvider.token={front.TOKEN}",
    ]
    return subprocess.Popen(command, cwd=clone, env=variables, stderr=subprocess.DEVNULL)


def open_first_notebook(page, begin):
    """Open notebook 00, run it and move a slider; `begin` is when the server was started."""
    page.goto(f"{ADDRESS}/lab/tree/notebooks/{FIRST}.ipynb?token={front.TOKEN}")
    page.get_by_text("| Idle").wait_for(timeout=60_000)
    seconds = time.perf_counter() - begin
    print(f"{FIRST} open, kernel ready: {seconds:.1f} s after the server's start")
    front.choose_command(page, "Run", "runmenu:run-all")
    explorer, slider = find_first_slider(FIRST)
    assert front.press(page, explorer.name, slider.name), "the slider did not answer"
    print(f"first slider moved: {time.perf_counter() - begin:.1f} s")


def visit_notebooks(server, begin):
    """Run the first notebook and the longest ones in a browser, one at a time."""
    assert front.answers(f"{ADDRESS}/api?token={front.TOKEN}"), "the server did not start"
    with front.browser() as page:
        open_first_notebook(page, begin)
        for name in LONG:
            for kernel in front.rest(ADDRESS, "kernels"):
                front.rest(ADDRESS, f"kernels/{kernel['id']}", "DELETE")
            errors = front.run_all(page, ADDRESS, name, folder="notebooks/")
            held = measure_memory(server.pid) / 1e6
            print(f"{name}: {len(errors)} errors; server and kernel hold {held:.0f} MB")


def main():
    """Build the environment, start its server, visit the notebooks; returns what is missing."""
    python = name_python()
    if not is_installed(python):
        return f"{python}, which binder/runtime.txt names, is not on this machine."
    above = Path(tempfile.mkdtemp(prefix="binder"))
    clone = above / "home"
    variables = build_environment(python, clone, above / "env")
    begin = time.perf_counter()
    server = start_server(clone, variables)
    try:
        visit_notebooks(server, begin)
    finally:
        server.terminate()
        server.wait(20)
    shutil.rmtree(above)
    return None


if __name__ == "__main__":
    sys.exit(main())
