"""Build site/lite/: the notebooks in JupyterLite, where Python runs in the reader's browser.

Packages come from Pyodide's own address; with --self-hosted FOLDER, which holds a distribution of
Pyodide, everything lies in the site itself and no reader needs another network address. With
--standin that distribution is one from PyPI, which the tests use.
--check builds nothing and says what is missing, before a long build.
Usage: python tools/build_lite.py [--check] [--out FOLDER] [--self-hosted FOLDER | --standin]
"""

import argparse
import json
import shutil
import sys
import time
from pathlib import Path
from urllib.parse import urljoin

from lite import distribution, lock, pages, pairings, slim, wheels

ROOT = Path(__file__).parent.parent
LOCK_FOLDER = "static/pyodide/{version}"
UNKNOWN_BYTES = 500_000  # of a package that stays at Pyodide's own address
COMPRESSED = 0.65  # of the unpacked bytes


def build_pages(python, out):
    """Let JupyterLite write its part of the site into `out`."""
    source = out.with_name(out.name + ".source")
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir(parents=True)
    pages.make_source(source)
    start = "from jupyterlite_core.app import main; main()"
    command = (python, "-c", start, "build", "--output-dir", out.resolve())
    pairings.run(*command, cwd=source, env=pairings.clean_environment())
    shutil.rmtree(source)


def write_wheels(out, wheels):
    """Copy wheels to addresses that change with their content; returns {wheel: address}, seen from
    the lock file.
    """
    addresses = {}
    for wheel in wheels:
        place = f"wheels/{pairings.find_sha256(wheel)[:12]}/{wheel.name}"
        (out / "static" / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(wheel, out / "static" / place)
        addresses[wheel] = f"../../{place}"
    return addresses


def write_lock(out, pairing, folder, python, self_hosted):
    """Write lock file and wheels into the site; returns (lock file, address of Python's standard
    library seen from it).
    """
    place = out / LOCK_FOLDER.format(version=pairing.pyodide)
    stock = distribution.read_lock(folder)
    if self_hosted:
        distribution.check_files(folder, stock)
        held = distribution.copy_distribution(folder, stock, place)
        base = ""
    else:
        held = list(stock["packages"])
        base = distribution.CDN.format(version=pairing.pyodide)
    extension = out / pages.EXTENSION
    ours = [wheels.build_library(), *wheels.fetch_wheels(), *wheels.find_kernel_wheels(extension)]
    empty = pairings.WORK / "empty"
    empty.mkdir(parents=True, exist_ok=True)
    spared = [wheels.write_empty_wheel(empty, name) for name in lock.POSTPONED]
    addresses = {wheel: str(wheel) for wheel in ours} | write_wheels(out, spared)
    made = lock.make_lock(stock, held, base, ours, spared, addresses.get)
    library = write_start(out, folder, made)
    place.mkdir(parents=True, exist_ok=True)
    (place / distribution.LOCK).write_text(json.dumps(made, sort_keys=True), "utf-8")
    named = {package["file_name"] for package in made["packages"].values()}
    for wheel in place.glob("*.whl"):
        if wheel.name not in named:
            wheel.unlink()
    return made, library


def write_start(out, folder, made):
    """Write smaller archives of what Python needs at its start, and name them in the lock file;
    returns the address of the standard library's, seen from the lock file.
    """
    packages = made["packages"]
    needed = {name: packages[name] for name in lock.find_needs(packages, lock.START)}
    found = distribution.find_archives(folder, needed)
    if "ipython" in found:  # its smaller copy does without prompt_toolkit
        packages["ipython"]["depends"].remove("prompt_toolkit")
        found.pop("prompt-toolkit", None)
    library = folder / slim.STDLIB
    smaller = slim.slim_archives([*found.values(), library], folder)
    addresses = write_wheels(out, smaller.values())
    for name, archive in found.items():
        sha256 = pairings.find_sha256(smaller[archive])
        packages[name] |= {"file_name": addresses[smaller[archive]], "sha256": sha256}
    return addresses[smaller[library]]


def list_first(made, place, core, folder, library):
    """The addresses of what Python needs at its start, seen from the root of the site; `place` is
    the folder of the lock file and `core` that of Pyodide, whose files are in `folder` too.
    """
    asm = "pyodide.asm.mjs" if (folder / "pyodide.asm.mjs").exists() else "pyodide.asm.js"
    first = [core + name for name in ("pyodide.asm.wasm", distribution.START, asm)]
    first.append(urljoin(place, library))
    for name in lock.find_needs(made["packages"], lock.START):
        first.append(urljoin(place, made["packages"][name]["file_name"]))
    return first


def describe_build(out, first, folder, worker, self_hosted):
    """What the bar in the pages knows about this build; `folder` holds the core of Pyodide."""
    sizes = []
    for address in first:
        here = out / address
        path = here if here.exists() else folder / address.rpartition("/")[2]
        sizes.append(path.stat().st_size if path.exists() else UNKNOWN_BYTES)
    return {
        "bytes": sum(sizes),
        "megabytes": round(COMPRESSED * sum(sizes) / 1e6),
        "host": "" if self_hosted else "cdn.jsdelivr.net",
        "first": first,
        "worker": worker,
    }


def build(out, pairing=pairings.PUBLIC, folder=None):
    """Write the browser edition into `out`; `folder` holds the distribution of a self-hosted one.

    The pages are written beside the old ones and take their place when they are whole.
    """
    with pairings.hold_work():
        return build_held(out, pairing, folder)


def build_held(out, pairing, folder):
    """What build does while no other process builds."""
    python = pairings.make_environment(pairing)
    pairings.check_version(pairing, pairings.read_kernel(python))
    self_hosted = folder is not None
    place = f"./{LOCK_FOLDER.format(version=pairing.pyodide)}/"
    core = place if self_hosted else distribution.CDN.format(version=pairing.pyodide)
    fresh = out.with_name(out.name + ".tmp")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.parent.mkdir(parents=True, exist_ok=True)
    build_pages(python, fresh)
    folder = folder or distribution.fetch_core(pairing)
    made, library = write_lock(fresh, pairing, folder, python, self_hosted)
    options = {
        "lockFileURL": place + distribution.LOCK,
        "stdLibURL": urljoin(place, library),
        "packages": pages.choose_start(made["packages"]),
    }
    worker = pages.find_worker(fresh)
    pages.configure(fresh, options, worker)
    pages.add_early(fresh, {"core": core, "start": distribution.START, "options": options})
    first = list_first(made, place, core, folder, library)
    finish_pages(fresh, pairing, describe_build(fresh, first, folder, worker, self_hosted))
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)
    return made


def finish_pages(out, pairing, told):
    """Add notebooks, bar and cache to what JupyterLite wrote."""
    pages.list_notebooks(sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")), out)
    pages.add_bar(out, told)
    cdn = distribution.CDN.format(version=pairing.pyodide)
    fixed = [cdn, "./static/wheels/"]
    if not told["host"]:
        fixed.append(f"./{LOCK_FOLDER.format(version=pairing.pyodide)}/")
    pages.add_cache(out, fixed, f"lecture-pyodide-{pairing.pyodide}")
    pages.write_front_page(out)
    pages.remove_leftovers(out)


def check_needs(given):
    """RuntimeError or ValueError for what is missing before anything is built."""
    if given.self_hosted:
        distribution.read_lock(given.self_hosted)
    elif not given.standin:
        distribution.check_npm(pairings.PUBLIC)


def build_as_asked(given):
    """Build the edition that the options ask for."""
    if given.standin:
        with pairings.hold_work():
            folder = distribution.fetch_standin()
        build(given.out, pairings.STANDIN, folder)
    else:
        build(given.out, pairings.PUBLIC, given.self_hosted)


def main():
    """Build, or only check; returns an exit status, or what is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--out", type=Path, default=ROOT / "site" / "lite")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--self-hosted", type=Path, metavar="FOLDER")
    where.add_argument("--standin", action="store_true")
    given = parser.parse_args()
    start = time.perf_counter()
    try:
        check_needs(given)
        if given.check:
            return 0
        build_as_asked(given)
    except (RuntimeError, ValueError) as error:
        return str(error)
    files = [path for path in given.out.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    seconds = time.perf_counter() - start
    print(f"{given.out}: {size:.1f} MB in {len(files)} files, {seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
