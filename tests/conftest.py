"""Shared by all tests: those that drive a browser are skipped where there is none."""

import os

import pytest

from shared.browser import find_chromium


def pytest_collection_modifyitems(items):
    """Tests marked `browser` come first: they wait more than they compute, so that others fill the
    time. Without Chromium they are skipped; where one is asked for, that is an error.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
    if find_chromium() is not None:
        return
    driven = [item for item in items if item.get_closest_marker("browser")]
    if driven and os.environ.get("LECTURE_REQUIRE_BROWSER"):
        raise pytest.UsageError("No Chromium was found, and LECTURE_REQUIRE_BROWSER asks for one.")
    for item in driven:
        item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))
