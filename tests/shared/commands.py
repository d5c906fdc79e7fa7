"""Tests that start a command of the system are left out where it is not installed."""

import shutil

import pytest


def needs(command):
    """A mark for a test that starts `command`."""
    return pytest.mark.skipif(shutil.which(command) is None, reason=f"there is no {command} here")
