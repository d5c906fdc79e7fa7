"""Give the Jupyter of this environment the project's settings.

A notebook that its reader saved keeps the explorers' pictures, and shows them when it is opened
again, before any cell has run; and a page that nbconvert makes has the pictures' sentences.
"""

import shutil
import sys
from pathlib import Path

EXPLORE = Path(__file__).parents[1] / "lecture_lib" / "explore"
# What is copied, and where Jupyter looks for it below an environment.
PLACES = {
    EXPLORE / "lab_settings": Path("share", "jupyter", "lab", "settings", "overrides.d"),
    EXPLORE / "nbconvert_settings": Path("etc", "jupyter"),
}


def copy_settings(prefix=sys.prefix):
    """Copy the settings to where Jupyter looks for those of packages; returns the new files."""
    copied = []
    for settings, place in PLACES.items():
        there = Path(prefix) / place
        there.mkdir(parents=True, exist_ok=True)
        for file in sorted(settings.glob("*.json")):
            copied.append(shutil.copy(file, there / file.name))
    return copied


if __name__ == "__main__":
    copy_settings()
