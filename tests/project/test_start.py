"""`python -m lecture_lib`: what `make lab` does, where there is no make."""

import os
import shutil
import stat
import subprocess
import sys

import pytest

import lecture_lib.__main__ as start
from shared.paths import ROOT

# A Python that writes down how it was called; as `-m venv` it makes such a Python.
FAKE = """#!/bin/sh
echo "$@" >> "{folder}/calls"
[ "$3" = fail ] && exit 3
exit 0
"""


def write_fake_python(path, folder):
    path.parent.mkdir(parents=True)
    path.write_text(FAKE.format(folder=folder), encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)


@pytest.fixture
def clone(tmp_path):
    """A clone with an environment that has a Python and is not yet filled."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "lecture_lib").mkdir()
    (tmp_path / start.FIRST).touch()
    for name in ("lecture_lib/__init__.py", "lecture_lib/__main__.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    write_fake_python(start.find_python(tmp_path, windows=False), tmp_path)
    return tmp_path


def run(clone, *arguments):
    """Start it where there is neither make nor a shell's help; returns what it did."""
    environment = {"PATH": "", "HOME": str(clone)}
    command = [sys.executable, "-m", "lecture_lib", *arguments]
    done = subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True)
    calls = clone / "calls"
    said = calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []
    calls.unlink(missing_ok=True)
    return done, said


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script")
def test_it_installs_once_and_passes_options_on(clone):
    done, said = run(clone, "--no-browser", "--port", "9000")
    assert done.returncode == 0 and done.stdout == start.SETTING_UP + "\n"
    pip, extension, settings, lab = said
    assert "-m pip install" in pip and "-r requirements.txt --editable ." in pip
    assert start.NEWS in extension and settings == "tools/set_up_lab.py"
    root = "--allow-root " if os.getuid() == 0 else ""
    assert lab == f"-m jupyter lab {root}--no-browser --port 9000 {start.FIRST}"
    done, said = run(clone)
    assert len(said) == 1 and said[0].startswith("-m jupyter lab") and done.stdout == ""
    stamp = clone / ".venv/lab.stamp"
    later = stamp.stat().st_mtime + 10
    os.utime(clone / "requirements.txt", (later, later))
    assert len(run(clone)[1]) == 4


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_is_answered_before_anything_is_installed(clone, option):
    done, said = run(clone, option)
    assert done.returncode == 0 and said == [] and start.SETTING_UP not in done.stdout
    assert done.stdout == start.__doc__.strip() + "\n"


def test_it_does_what_make_lab_does():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert start.SETTING_UP in makefile
    assert start.NEWS in makefile and str(start.FIRST) in makefile
    assert f"sys.version_info < {start.OLDEST}" in makefile


def test_windows_has_its_python_elsewhere(tmp_path):
    assert start.find_python(tmp_path, windows=True) == tmp_path / ".venv/Scripts/python.exe"


def test_what_is_missing_is_told_in_one_sentence(clone, monkeypatch):
    (clone / start.FIRST).unlink()
    done, said = run(clone)
    assert done.returncode == 1 and said == []
    assert done.stderr.startswith("There are no notebooks beside") and done.stderr.count("\n") == 1
    (clone / start.FIRST).touch()
    start.find_python(clone, windows=False).write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    done, _ = run(clone)
    assert done.stderr.startswith("The environment .venv could not be set up")
    monkeypatch.setattr(start.sys, "version_info", (3, 9, 1))
    assert start.main([]).startswith("Python 3.11 or newer is needed, but this is")


def test_the_steps_for_powershell_are_those_that_it_takes():
    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    for step in (
        "-m venv .venv",
        "-m pip install -r requirements.txt --editable .",
        f'-m jupyter labextension disable --level=sys_prefix "{start.NEWS}"',
        "tools/set_up_lab.py",
        f"-m jupyter lab {start.FIRST.as_posix()}",
    ):
        assert f"python {step}\n" in page
