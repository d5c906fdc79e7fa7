"""What a student waits for: imports, the first picture of each notebook, and Run All.

`make bench-start` prints a row for each notebook: seconds from the start of its kernel until that
is ready, until the first picture is there, and until all cells have run, and its three slowest
cells. With COMMANDS="test site" it times these make targets as well; they are run as they are, so
what has been set up before is not set up again.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
MODULES = ("numpy", "lecture_lib.network", "lecture_lib.explorers")
REPEATS = 5


@dataclass(frozen=True)
class Cell:
    """A cell that has run."""

    seconds: float
    line: str  # its first one


class Timing:
    """When what happened in a notebook: seconds since its kernel was asked for.

    It is no frozen record: nbclient tells what happens while the notebook runs, and it is noted
    then.
    """

    def __init__(self):
        self.begin = time.perf_counter()
        self.ready = None  # when the kernel answered
        self.picture = None  # when the first picture was there; None if there is none
        self.cells = []  # the Cells that have run
        self.started = 0.0  # when the cell that runs was started

    def now(self):
        """Seconds since the beginning."""
        return time.perf_counter() - self.begin

    def start_cell(self, cell, cell_index):
        """A cell begins to run; the first one can only when the kernel is ready."""
        self.started = self.now()
        if self.ready is None:
            self.ready = self.started

    def end_cell(self, cell, cell_index, execute_reply):
        """A cell has run."""
        now = self.now()
        line, *_ = cell.source.splitlines() or [""]
        self.cells.append(Cell(now - self.started, line))
        if self.picture is None and has_picture(cell):
            self.picture = now


def has_picture(cell):
    """Whether a cell shows an image or an explorer."""
    for output in cell.get("outputs", ()):
        for kind in output.get("data", {}):
            if kind.startswith("image/") or "widget-view" in kind:
                return True
    return False


def run_notebook(path):
    """The Timing of Run All in a fresh kernel; the file stays as it is."""
    timing = Timing()
    client = NotebookClient(
        nbformat.read(path, as_version=4),
        timeout=600,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_execute=timing.start_cell,
        on_cell_executed=timing.end_cell,
    )
    client.execute()
    return timing


def write_row(name, timing):
    """The row of a notebook that has just run."""
    total = timing.now()
    picture = "none" if timing.picture is None else f"{timing.picture:.1f}"
    slowest = sorted(timing.cells, key=lambda cell: cell.seconds, reverse=True)[:3]
    named = "; ".join(f"`{cell.line[:50]}` {cell.seconds:.1f}" for cell in slowest)
    return f"| {name} | {timing.ready:.1f} | {picture} | {total:.1f} | {named} |"


def print_notebooks():
    """A row for each notebook."""
    print("| notebook | kernel ready, s | first picture, s | Run All, s | slowest cells |")
    print("|---|---|---|---|---|")
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        timing = run_notebook(path)
        print(write_row(path.stem, timing), flush=True)


def measure_import(module):
    """Seconds that an import takes in a fresh process."""
    code = f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return float(run.stdout)


def print_imports():
    """The shortest of some imports in fresh processes, the modules taking turns."""
    seconds = {module: [] for module in MODULES}
    for _ in range(REPEATS):
        for module in MODULES:
            seconds[module].append(measure_import(module))
    for module in MODULES:
        print(f"`import {module}`: {min(seconds[module]):.2f} s")


def print_commands(targets):
    """How long `make` takes for each target."""
    for target in targets:
        begin = time.perf_counter()
        run = subprocess.run(["make", target], cwd=ROOT, capture_output=True, text=True)
        ended = "" if run.returncode == 0 else f" (ended with code {run.returncode})"
        print(f"`make {target}`: {time.perf_counter() - begin:.0f} s{ended}", flush=True)


def main():
    """Print all three; the targets of make stand on the command line."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    print_imports()
    print()
    print_notebooks()
    print()
    print_commands(sys.argv[1:])


if __name__ == "__main__":
    main()
