"""Shared by the tests that drive a browser."""

import pytest

from shared.browser import browser


@pytest.fixture(scope="module")
def page():
    """A page of a browser that serves all tests of a file."""
    with browser() as page:
        yield page
