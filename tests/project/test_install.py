"""A wheel and an sdist of the library, each installed into an empty environment of its own, show an
explorer.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile

import pytest

from shared.paths import ROOT

SHOW = """
import lecture_lib
from pathlib import Path
from lecture_lib import explorers
assert "site-packages" in lecture_lib.__file__, lecture_lib.__file__
for name, given in (("gradient_profile", {"depth": 30}), ("live_training", {"data": "digits"})):
    png, sentence = explorers.EXPLORERS[name].still(**given)
    assert png.startswith(b"\\x89PNG") and len(sentence) > 40
live = explorers.gradient_profile(depth=8)
live.set(activation="relu")
assert "relu" in live.code and "image/png" in live._repr_mimebundle_()
"""
pytestmark = pytest.mark.long


def run(*command, cwd):
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    """What `pip wheel` and the build backend make of a clean copy of the sources."""
    copy, out = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("dist")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    shutil.copytree(
        ROOT / "lecture_lib", copy / "lecture_lib", ignore=shutil.ignore_patterns("__pycache__")
    )
    run(sys.executable, "-m", "venv", out / "builder", cwd=copy)
    builder = out / "builder" / "bin" / "python"
    run(builder, "-m", "pip", "install", "--quiet", "build", cwd=copy)
    run(builder, "-m", "build", "--outdir", out, copy, cwd=copy)
    return {path.suffix: path for path in out.iterdir() if path.suffix in (".whl", ".gz")}


def test_both_hold_data_pages_and_licences(archives):
    with zipfile.ZipFile(archives[".whl"]) as archive:
        wheel = archive.namelist()
    with tarfile.open(archives[".gz"]) as archive:
        source = archive.getnames()
    for names in (wheel, source):
        for part in (
            "data_files/digits.npz",
            "data_files/xor_long_training.npz",
            "data_files/DIGITS_LICENCE.md",
            "explore/front_end/explorer.css",
            "explore/front_end/explorer.js",
            "LICENSE",
        ):
            assert any(name.endswith(part) for name in names), part
    assert not any("tests" in name or "notebooks" in name for name in wheel)


@pytest.mark.parametrize("kind", [".whl", ".gz"])
def test_it_installs_into_an_empty_environment_and_shows_an_explorer(archives, kind, tmp_path):
    run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    python = tmp_path / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", archives[kind], cwd=tmp_path)
    run(python, "-W", "error", "-c", SHOW, cwd=tmp_path)
