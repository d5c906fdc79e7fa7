"""The files around the library agree with each other."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
from packaging.requirements import Requirement

import lecture_lib
from lecture_lib import selftest
from lecture_lib.small_networks import worked_example
from shared.commands import needs
from shared.paths import ROOT

PINS = dict(
    line.split("==")
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").split()
    if "==" in line
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def number(version):
    return tuple(int(part) for part in version.split("."))


def test_the_packages_are_pinned_exactly():
    named = {"numpy", "matplotlib", "ipywidgets", "jupyterlab", "nbval"}
    assert set(PINS) == named | {"anywidget"}  # the explorers' page rests on it


def test_the_pins_lie_in_the_ranges_of_the_package():
    ranges = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    least = dict(entry.split(">=") for entry in ranges)
    assert all(number(PINS[name]) >= number(least[name]) for name in PINS)


def test_versions_agree():
    assert PROJECT["version"] == lecture_lib.__version__
    assert f"version: {lecture_lib.__version__}" in (ROOT / "CITATION.cff").read_text(
        encoding="utf-8"
    )
    assert f"## {lecture_lib.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_binder_has_the_same_pins_and_a_python_that_is_allowed():
    assert (ROOT / "binder/requirements.txt").read_text(encoding="utf-8").split() == [
        "-r",
        "../requirements.txt",
        "-e",
        ".[app]",
    ]
    runtime = re.fullmatch(
        r"python-(3\.\d+)\n", (ROOT / "binder/runtime.txt").read_text(encoding="utf-8")
    )
    assert number(runtime[1]) >= number(PROJECT["requires-python"].removeprefix(">="))


def test_contributing_fits_a_page():
    assert len((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()) <= 60


@needs("make")
def test_make_says_in_one_sentence_that_a_python_is_too_old(tmp_path):
    old = tmp_path / "old-python"
    old.write_text(
        '#!/bin/sh\nif [ "$1" = --version ]; then echo Python 3.9.1; else exit 1; fi\n',
        encoding="utf-8",
    )
    old.chmod(0o755)
    done = subprocess.run(
        ["make", "-C", ROOT, "--always-make", f"PYTHON={old}", ".venv/python.stamp"],
        capture_output=True,
        text=True,
    )
    assert (
        done.returncode != 0
        and "Python 3.11 or newer is needed" in done.stdout
        and "Python 3.9.1" in done.stdout
    )


@needs("make")
@pytest.mark.parametrize("writable", [True, False])
def test_make_leaves_a_home_directory_alone_that_may_not_be_written_to(writable, tmp_path):
    home = tmp_path if writable else tmp_path / "nowhere"
    done = subprocess.run(
        ["make", "-C", ROOT, "--eval", "home:; @echo home=$$HOME", "home"],
        capture_output=True,
        text=True,
        env={**os.environ, "HOME": str(home)},
    )
    assert f"home={home if writable else ROOT / '.venv/home'}" in done.stdout


def test_importing_sets_one_blas_thread():
    code = "import os, lecture_lib; print(os.environ['OPENBLAS_NUM_THREADS'])"
    env = {"PATH": ""}
    assert (
        subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True
        ).stdout.strip()
        == "1"
    )


def test_the_self_test_names_what_is_missing():
    assert selftest.problems() == []
    wanted = [Requirement("no-such-package>=1.0"), Requirement("numpy>=99.0")]
    missing, old = selftest.problems(wanted)
    assert {"numpy", "matplotlib", "ipywidgets", "anywidget", "jupyterlab"} == {
        r.name for r in selftest.needed()
    }
    assert "no-such-package: not installed" in missing and "99.0 or newer needed" in old
    assert all("pip install" in sentence for sentence in (missing, old))


def test_the_self_test_says_whether_the_example_is_right_and_not_what_it_gives(monkeypatch, capsys):
    selftest.report()
    printed = capsys.readouterr().out
    assert printed.endswith("the lecture's example: right\n") and "0.27" not in printed
    assert abs(selftest.ERROR - 0.5 * (0.01 - 0.751365) ** 2) < 1e-6
    monkeypatch.setattr(worked_example, "example", lambda: {"E": 0.3})
    selftest.report()
    assert "the lecture's example: wrong, 0.300000 and not" in capsys.readouterr().out


def test_in_a_browser_the_self_test_advises_what_can_be_done_there(monkeypatch, capsys):
    monkeypatch.setattr(selftest, "IN_BROWSER", True)
    wanted = [Requirement("no-such-package>=1.0"), Requirement("numpy>=99.0")]
    [missing] = selftest.problems(wanted)
    assert missing.startswith("no-such-package:") and "reload" in missing
    assert "pip" not in missing and selftest.problems() == []
    selftest.report()
    printed = capsys.readouterr().out
    assert "runs in this browser" in printed and "packages: all there" in printed


def test_a_browser_is_not_told_about_a_list_of_fonts():
    code = (
        "import sys; sys.platform = 'emscripten'; import lecture_lib, logging;"
        "print(logging.getLogger('matplotlib.font_manager').isEnabledFor(logging.WARNING))"
    )
    told = {code: "False", code.replace("'emscripten'", "'linux'"): "True"}
    for program, expected in told.items():
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
        assert done.stdout.strip() == expected, done.stderr


@pytest.mark.parametrize(
    "name", ["README.md", "LICENSE", "CHANGELOG.md", "CITATION.cff", "binder/start", ".ci/run"]
)
def test_expected_files_are_there(name):
    assert (ROOT / name).stat().st_size > 0


@needs("git")
@needs("sh")
def test_the_steps_keep_a_students_work_when_the_same_notebook_is_changed_on_both_sides(tmp_path):
    def git(*words, cwd):
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words],
            cwd=cwd,
            check=True,
            capture_output=True,
        )

    ours = tmp_path / "ours"
    name = "notebooks/04_numeric_example.ipynb"
    (ours / "notebooks").mkdir(parents=True)
    shutil.copy(ROOT / name, ours / name)
    git("init", "--quiet", ".", cwd=ours)
    git("add", ".", cwd=ours)
    git("commit", "--quiet", "-m", "first", cwd=ours)
    git("clone", "--quiet", ours, "student", cwd=tmp_path)
    first = (ours / name).read_text(encoding="utf-8")
    title = first.index('"# ') + 3
    for folder, word in ((ours, "OURS "), (tmp_path / "student", "MINE ")):
        (folder / name).write_text(first[:title] + word + first[title:], encoding="utf-8")
    git("commit", "--quiet", "-am", "a new version", cwd=ours)
    steps = re.search(
        r"## Keeping your work.*?((?:\n    [^\n]+)+)",
        (ROOT / "docs/install.md").read_text(encoding="utf-8"),
        re.S,
    )[1]
    subprocess.run(["sh", "-ec", steps], cwd=tmp_path / "student", check=True, capture_output=True)
    mine = re.search(r"cp -r notebooks (my_notebooks_\d{4}_\d\d_\d\d)\n", steps)[1]
    for path, word in ((name, "OURS "), (name.replace("notebooks", mine), "MINE ")):
        text = (tmp_path / "student" / path).read_text(encoding="utf-8")
        assert word in text and json.loads(text)["cells"] and "<<<<" not in text


def test_the_workflows_have_the_form_that_their_host_expects():
    files = sorted(map(str, (ROOT / ".github/workflows").glob("*.yml")))
    subprocess.run(
        [
            sys.executable,
            "-m",
            "check_jsonschema",
            "--builtin-schema",
            "vendor.github-workflows",
            *files,
        ],
        check=True,
        capture_output=True,
    )
    assert len(files) >= 2


@pytest.mark.parametrize(
    "path",
    [p for folder in ("lecture_lib", "tools", "tests") for p in (ROOT / folder).rglob("*.py")],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_every_text_file_is_read_and_written_as_utf_8_whatever_the_locale(path):
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", "")
        if name not in {"read_text", "write_text"}:
            continue
        said = [ast.unparse(argument) for argument in (*call.args, *call.keywords)]
        assert any("utf-8" in text for text in said), f"line {call.lineno}"


def test_scripts_keep_their_line_ends_in_a_clone_with_autocrlf(tmp_path):
    """Git would turn line ends into CRLF there, and a script with them does not start."""
    clone = ["git", "clone", "--quiet", "--no-hardlinks", "--config", "core.autocrlf=true"]
    subprocess.run([*clone, ROOT, tmp_path / "clone"], check=True, capture_output=True)
    for name in ("binder/start", "binder/postBuild", ".ci/run", "lecture_lib/network.py"):
        assert b"\r" not in (tmp_path / "clone" / name).read_bytes(), name
