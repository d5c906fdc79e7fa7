"""Is this installation complete? One line per part, and what to do about a part that is not."""

import sys
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement

IN_BROWSER = sys.platform == "emscripten"  # the page brings Python and packages of its own
ERROR = 0.274811  # of the lecture's example, which is not printed: notebook 04 asks for it
REPAIR = ".venv/bin/python -m pip install -r requirements.txt"


def needed():
    """What the library needs to run and be shown: the requirements of its own package."""
    wanted = []
    for line in requires("lecture-lib"):
        requirement = Requirement(line)
        in_lab = requirement.marker is None or requirement.marker.evaluate({"extra": "lab"})
        if in_lab and requirement.name != "nbval":  # a tool of the tests
            wanted.append(requirement)
    return wanted


def problems(requirements=None):
    """What is missing or too old, one sentence each; an empty list if all is well.

    In a browser nobody can install: there only what is missing counts, and the page is loaded anew.
    """
    if IN_BROWSER:
        return find_missing(requirements or needed())
    found = []
    for requirement in requirements or needed():
        have = installed_version(requirement.name)
        if have is None or not requirement.specifier.contains(have, prereleases=True):
            least = str(requirement.specifier).removeprefix(">=")
            found.append(
                f"{requirement.name}: {have or 'not installed'}, {least} or newer needed: {REPAIR}"
            )
    return found


def find_missing(requirements):
    """One sentence for each package of the library that did not come into the browser."""
    wanted = [r.name for r in requirements if r.marker is None]  # not JupyterLab: the page is one
    return [
        f"{name}: did not come into this browser; reload the page when there is network"
        for name in wanted
        if installed_version(name) is None
    ]


def installed_version(name):
    """The version of an installed package, or None."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def report():
    """Print whether the parts are there, the data can be read, and the example comes out right."""
    from .data import digits
    from .small_networks.worked_example import example

    if IN_BROWSER:
        print("Python runs in this browser; nothing is installed, and your changes stay here")
    images = len(digits().x) + len(digits().x_test)
    print("\n".join(problems()) or "packages: all there")
    print(f"handwritten digits: {images:,} images")
    error = example()["E"]
    told = "right" if abs(error - ERROR) < 1e-6 else f"wrong, {error:.6f} and not {ERROR}"
    print(f"the lecture's example: {told}")
