"""The browser edition that the tests look at: built on a distribution of Pyodide from PyPI, for no
address outside is needed for it.
"""

import os
import re
import shutil

import build_lite
import pytest

from lite import distribution, pairings


def build_standin(folder):
    """Build the browser edition into `folder`/lite; skips where its parts are not to be had."""
    try:
        with pairings.hold_work():
            standin = distribution.fetch_standin()
            pairings.make_environment(pairings.STANDIN)
    except RuntimeError as error:
        pytest.skip(f"no distribution of Pyodide to test with: {error}")
    build_lite.build(folder / "lite", pairings.STANDIN, standin)
    return folder


def find_published():
    """The folder above a browser edition that is tested as it will be published, or None."""
    return os.environ.get("LECTURE_LITE_SITE")


def build_public(folder):
    """(folder with the public edition in lite/, folder with npm's core of its Pyodide); skips where
    its parts are not to be had.
    """
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed, which has Pyodide's lock file")
    try:
        build_lite.build(folder / "lite")
    except RuntimeError as error:
        pytest.skip(f"the packages of the public edition are not to be had: {error}")
    return folder, distribution.fetch_core(pairings.PUBLIC)


def find_other_packages(lock, official):
    """Names of packages whose file is not the one that the official lock file names."""
    known = official["packages"]
    others = []
    for name, package in lock["packages"].items():
        if name not in known or known[name]["sha256"] != package["sha256"]:
            others.append(name)
    return others


def find_links(page):
    """The files that a page names, as paths."""
    text = re.sub(r"<script.*?</script>", "", page.read_text("utf-8"), flags=re.S)
    links = re.findall(r'(?:href|src)="([^":#]+)"', text)
    return [(page.parent / link.partition("?")[0]).resolve() for link in links]
