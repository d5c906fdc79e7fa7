"""Run in Pyodide by compile.mjs: put compiled code in the place of the Python files in /work that
the list of first modules names. Below /work stand the unpacked archives, each in its folder.
"""

import py_compile
import sys
from pathlib import Path

WORK = Path("/work")
STDLIB = "python_stdlib.zip"
# Packages whose functions readers look up: they keep their docstrings.
DOCUMENTED = ("numpy", "matplotlib")


def find_place(archive):
    """Where Pyodide puts the files of an archive: error messages name them so."""
    major, minor = sys.version_info[:2]
    if archive == STDLIB:
        return Path(f"/lib/python{major}{minor}.zip")
    return Path(f"/lib/python{major}.{minor}/site-packages")


def compile_file(path):
    """Put compiled code in the place of a file."""
    archive, *parts = path.relative_to(WORK).parts
    py_compile.compile(
        path,
        path.with_suffix(".pyc"),
        find_place(archive).joinpath(*parts),
        doraise=True,
        optimize=0 if parts[0] in DOCUMENTED else 2,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    path.unlink()


def compile_first(names):
    """Compile the files with these names."""
    for path in sorted(WORK.rglob("*.py")):
        if path.relative_to(WORK).as_posix().partition("/")[2] in names:
            compile_file(path)
