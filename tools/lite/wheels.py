"""The wheels that the site publishes itself: this library, and what Pyodide does not have."""

import shutil
import sys
import zipfile

from .pairings import HERE, ROOT, WORK, clean_environment, find_sha256, run

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")


def fetch_wheels():
    """The pinned wheels of tools/lite/wheels.txt; pip refuses any whose sha256 is another one."""
    folder = WORK / f"wheels-{find_sha256(HERE / 'wheels.txt')[:12]}"
    if not folder.exists():
        fresh = folder.with_name(folder.name + ".tmp")
        shutil.rmtree(fresh, ignore_errors=True)
        everywhere = ("--platform", "any", "--only-binary", ":all:")
        pinned = ("--require-hashes", "--requirement", HERE / "wheels.txt")
        run(*PIP, "download", "--quiet", "--no-deps", *everywhere, *pinned, "--dest", fresh)
        fresh.rename(folder)
    return sorted(folder.glob("*.whl"))


def build_library():
    """The wheel of this library, built from the files as they are."""
    folder = WORK / "library"
    shutil.rmtree(folder, ignore_errors=True)
    source = folder / "source"
    names = ("pyproject.toml", "README.md", "LICENSE")
    source.mkdir(parents=True)
    for name in names:  # a copy: setuptools leaves a build folder behind, and old files in it
        shutil.copyfile(ROOT / name, source / name)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "lecture_lib", source / "lecture_lib", ignore=ignored)
    build = (*PIP, "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, source)
    run(*build, env=clean_environment())
    [wheel] = folder.glob("*.whl")
    return wheel


def find_kernel_wheels(extension):
    """The wheels of the kernel's own Python side in its lab extension, without the stubs that
    nothing here imports.
    """
    wheels = sorted(extension.rglob("*.whl"))
    return [wheel for wheel in wheels if not wheel.name.startswith("widgetsnbextension")]


def write_empty_wheel(folder, name):
    """A wheel without any module, for a package that the kernel asks for and does not need."""
    path = folder / f"{name}-0.0.0-py3-none-any.whl"
    about = f"{name}-0.0.0.dist-info"
    files = {
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.0.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{file},,\n" for file in (*files, f"{about}/RECORD"))
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in {**files, f"{about}/RECORD": record}.items():
            archive.writestr(zipfile.ZipInfo(file), text)
    return path
