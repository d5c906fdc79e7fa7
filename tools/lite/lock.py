"""The lock file: it tells Pyodide which wheel holds a module, so that a cell's import loads it.

Pyodide's own lock file gets entries for our wheels, and loses what a first picture does not need.
"""

import re

from .pairings import find_sha256

# What our wheels import, and which packages these imports are in.
OURS = {
    "anywidget": (["anywidget"], ["ipywidgets", "psygnal", "typing-extensions"]),
    "comm": (["comm"], ["traitlets"]),
    "ipykernel": (["ipykernel"], []),
    "ipywidgets": (["ipywidgets"], ["comm", "ipython", "traitlets"]),
    "lecture-lib": (
        ["lecture_lib"],
        ["numpy", "matplotlib", "contourpy", "pillow", "packaging", "ipywidgets", "anywidget"],
    ),
    "piplite": (["piplite"], ["micropip"]),
    "psygnal": (["psygnal"], []),
    "pyodide-kernel": (["pyodide_kernel"], ["comm", "ipykernel", "ipython"]),
    "typing-extensions": (["typing_extensions"], []),
}
# Packages that others name as needed but whose absence they bear, with what is lost.
NOT_AT_START = {
    "matplotlib": {
        "fonttools",  # files in PDF and PostScript
        "pytz",  # dates in time zones
        "matplotlib-pyodide",  # a window of pyplot's own
    },
    "ipython": {"jedi"},  # a second opinion on completions
}
# The kernel asks for these at its start; it gets wheels without a module, and a cell that imports
# one of them still gets the real one.
POSTPONED = ("jedi", "ssl")
# What one or another version of the kernel asks for besides, in its own spelling.
KERNEL_ASKS_FOR = (*POSTPONED, "sqlite3", "pyodide_kernel")
# What is loaded before the first cell runs: the kernel, and all that a first picture needs.
START = (
    *("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "ipython"),
    *("numpy", "matplotlib", "ipywidgets", "anywidget", "lecture-lib"),
)


def find_package_name(wheel):
    """The name of the package in a wheel, as lock files write it."""
    return write_plainly(wheel.name.split("-")[0])


def write_plainly(name):
    """A package's name in the one spelling that lock files sort by: prompt-toolkit."""
    return re.sub(r"[-_.]+", "-", name).lower()


def describe_wheel(wheel, address, imports, depends):
    """The entry of a lock file for a wheel that lies at an address."""
    return {
        "name": find_package_name(wheel),
        "version": wheel.name.split("-")[1],
        "file_name": address,
        "sha256": find_sha256(wheel),
        "install_dir": "site",
        "package_type": "package",
        "imports": imports,
        "depends": depends,
        "unvendored_tests": False,
    }


def drop_needs(packages):
    """Remove what a first picture does not need from what packages depend on."""
    for name, dropped in NOT_AT_START.items():
        package = packages[name]
        package["depends"] = [need for need in package["depends"] if need not in dropped]


def postpone(packages, empty_wheels, address_of):
    """Give the kernel empty wheels for what it asks for; the real ones keep their modules."""
    for wheel in empty_wheels:
        name = find_package_name(wheel)
        real = packages.pop(name, None)
        if real is not None:
            packages[f"{name}-module"] = {**real, "name": f"{name}-module"}
        packages[name] = describe_wheel(wheel, address_of(wheel), [], [])
    for package in packages.values():  # who really needs one of them needs the real one
        package["depends"] = [rename_need(need, packages) for need in package["depends"]]


def rename_need(name, packages):
    """The name under which the real package stands."""
    real = f"{name}-module"
    return real if real in packages else name


def make_lock(stock, held, base, wheels, empty_wheels, address_of):
    """The lock file of the site, a dictionary.

    `stock` is Pyodide's lock file and `held` the names of its packages that can be had, below the
    address `base`. `wheels` are ours; `address_of(wheel)` is where one lies, seen from the lock.
    """
    packages = {}
    for name in held:
        package = stock["packages"][name]
        packages[name] = {**package, "file_name": base + package["file_name"]}
    drop_needs(packages)
    postpone(packages, empty_wheels, address_of)
    for wheel in wheels:
        name = find_package_name(wheel)
        imports, depends = OURS[name]
        packages[name] = describe_wheel(wheel, address_of(wheel), imports, depends)
    check_needs(packages)
    return {**stock, "packages": dict(sorted(packages.items()))}


def check_needs(packages):
    """ValueError if what is loaded at the start needs a package that the lock does not know."""
    for name in find_needs(packages, START):
        if name not in packages:
            raise ValueError(f"the package {name} is needed at the start and is not in the lock")


def find_needs(packages, names):
    """The names of packages that are loaded with these, in the order in which they are found."""
    found = []
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found.append(name)
            waiting += map(write_plainly, packages.get(name, {}).get("depends", []))
    return found
