"""Check the library and the notebooks on several Pythons, each with pinned, oldest allowed and
newest dependencies.

Usage: python tools/matrix.py [--pythons 3.11 3.12 ...] [--sets pinned oldest newest] [-- PYTEST
ARGUMENTS] Every pair gets an environment of its own in .matrix/, made by uv, which finds the
Pythons of this machine and knows the oldest version that a range allows and a Python can run.
Strict nbval on the pinned set, --nbval-lax elsewhere; browser and long tests are left to `make
test` and `make test-long`.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")  # what NumPy supports
EDITABLE = ["--editable", ".[test]"]
SETS = {
    "pinned": ["-r", "requirements.txt", *EDITABLE],
    "oldest": [
        "--resolution",
        "lowest-direct",
        "--only-binary",
        ":all:",
        *EDITABLE,
        "pyparsing>=3.1,<3.3",
    ],  # Matplotlib 3.10 meets deprecation warnings in younger ones
    "newest": ["--upgrade", *EDITABLE],
}
SHOWN = ("numpy", "matplotlib", "ipywidgets", "jupyterlab", "nbval")
CHECKS = [
    "-m",
    "pytest",
    "-q",
    "-n",
    "2",
    "--dist",
    "loadfile",
    "-m",
    "not long and not browser",
    "--nbval-current-env",
    "--nbval-sanitize-with",
    "tests/nbval_sanitize.cfg",
    "tests",
    "notebooks",
]


def run(*command, **options):
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, text=True, capture_output=True, **options
    )


def has(uv, python):
    return run(uv, "python", "find", "--no-python-downloads", python).returncode == 0


def check(uv, python, name, more):
    """One row of the table: versions, how the tests ended, seconds, size of the environment."""
    folder = ROOT / ".matrix" / f"{python}-{name}"
    inside = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    for step in (
        (uv, "venv", "--clear", "--no-python-downloads", "--python", python, folder),
        (uv, "pip", "install", "--python", inside, *SETS[name]),
    ):
        done = run(*step)
        if done.returncode:
            return (
                False,
                f"{python:7s}{name:8s}not installed: {done.stderr.strip().splitlines()[-1]}",
            )
    frozen = run(uv, "pip", "freeze", "--python", inside).stdout.split()
    listed = dict(line.split("==") for line in frozen if "==" in line)
    begin = time.perf_counter()
    done = run(
        inside,
        *CHECKS,
        "--nbval" if name == "pinned" else "--nbval-lax",
        *more,
        env={
            **os.environ,
            **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
        },
    )
    (folder / "tests.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    ended = re.sub(r"^=* ?| ?=*$", "", (done.stdout.strip().splitlines() or ["no output"])[-1])
    size = (
        sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink()) / 1e6
    )
    versions = " ".join(f"{package} {listed.get(package, '?')}" for package in SHOWN)
    return (
        done.returncode == 0,
        (
            f"{python:7s}{name:8s}{ended} ({time.perf_counter() - begin:.0f} s, {size:.0f} MB) "
            f"with {versions}"
        ),
    )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pythons", nargs="*", default=PYTHONS)
    parser.add_argument("--sets", nargs="*", default=[*SETS], choices=[*SETS])
    parser.add_argument("more", nargs="*", help="arguments for pytest, after --")
    given = parser.parse_args()
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    good = True
    for python in given.pythons:
        if not has(uv, python):
            print(f"{python:7s}not on this machine", flush=True)
            continue
        for name in given.sets:
            passed, row = check(uv, python, name, given.more)
            good &= passed
            print(row, flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
