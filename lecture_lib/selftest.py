"""Is this installation complete? One line a part, and what to do about a part that is not."""

from importlib.metadata import PackageNotFoundError, version

NEEDED = {
    "numpy": (2, 1),
    "matplotlib": (3, 10),
    "ipywidgets": (8, 1),
    "jupyterlab": (4, 2),
    "jupyterlab_widgets": (3, 0),
}


def problems(needed=NEEDED):
    """What is missing or too old, one sentence each; an empty list if all is well."""
    found = []
    for name, least in needed.items():
        wanted, have = ".".join(map(str, least)), "not installed"
        try:
            have = version(name)
            enough = tuple(int(part) for part in have.split(".")[:2]) >= least
        except PackageNotFoundError:
            enough = False
        if not enough:
            found += [
                f"{name}: {have}, {wanted} or newer needed: .venv/bin/python -m pip install -r"
                " requirements.txt"
            ]
    return found


def report():
    """Print whether the parts are there, the data can be read, and a network gives the right
    gradient.
    """
    from lecture_lib.small_networks.worked_example import example

    from .data import digits

    print("\n".join(problems()) or "packages: all there")
    print(f"handwritten digits: {len(digits().x) + len(digits().x_test):,} images")
    print(f"the lecture's error E: {example()['E']:.3f} (it should be 0.275)")
