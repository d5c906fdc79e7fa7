"""Smaller and quicker archives of what Python needs at its start: without the files that no picture
opens, and with compiled code, which a browser would otherwise make anew at every visit.

Compiled code takes more bytes than its source, so only the files of first_modules.txt are compiled:
those that are read until the first picture of notebook 00.
"""

import fnmatch
import hashlib
import shutil
import tempfile
import zipfile
from pathlib import Path

from .pairings import HERE, WORK, find_sha256, run

STDLIB = "python_stdlib.zip"
MADE_BY = ("slim.py", "compile.mjs", "compile_files.py", "first_modules.txt")
FONTS = "matplotlib/mpl-data/fonts"
EVERYWHERE = ("*/tests/*", "*.pyi", "*.pxd", "*.h", "*.a", "*/sphinxext/*")
EVERYWHERE += ("*.data/*", "*.dist-info/RECORD")
# Files that are left out, beside those of EVERYWHERE.
UNNEEDED = {
    "anywidget": ("anywidget/labextension/*", "anywidget/nbextension/*"),  # JupyterLab has them
    "matplotlib": (
        f"{FONTS}/afm/*",
        f"{FONTS}/pdfcorefonts/*",
        f"{FONTS}/ttf/DejaVuSerif*",
        f"{FONTS}/ttf/DejaVuSans*BoldOblique.ttf",
        f"{FONTS}/ttf/DejaVuSansMono*",
        f"{FONTS}/ttf/STIX*Bol*.ttf",
        f"{FONTS}/ttf/STIXGeneralItalic.ttf",
        "matplotlib/mpl-data/images/*",
        "matplotlib/mpl-data/sample_data/*",
    ),
    "numpy": ("numpy/f2py/*",),
    "pillow": ("PIL/_imagingft.*", "PIL/_webp.*", "PIL/_avif.*"),
    "pygments": ("pygments/lexers/*",),
    "python_dateutil": ("*/dateutil-zoneinfo.tar.gz",),
}
# Files that stay although a pattern above fits.
NEEDED = {
    "pygments": tuple(
        f"pygments/lexers/{name}.py" for name in ("__init__", "_mapping", "python", "special")
    )
}
# IPython 8 and 9.12 load all of prompt_toolkit for the sake of this function, for terminals alone.
EMBED = "from .terminal.embed import embed\n"
EMBED_WHEN_CALLED = """def embed(**options):
    from .terminal.embed import embed as real_embed

    return real_embed(**options)


"""


def check_node():
    """RuntimeError if Node.js is not there, which compiles."""
    if shutil.which("node") is None:
        raise RuntimeError("The browser edition needs Node.js with npm; install both first.")


def slim_archives(archives, core):
    """{archive: its smaller copy}, made where there is none yet; the Pyodide in the folder `core`
    compiles.
    """
    slim = {archive: find_slim(archive, core) for archive in archives}
    missing = [archive for archive in archives if not slim[archive].exists()]
    if missing:
        check_node()
        with tempfile.TemporaryDirectory() as folder:
            for archive in missing:
                unpack_needed(archive, Path(folder) / archive.name)
            run("node", HERE / "compile.mjs", core, folder)
            for archive in missing:
                pack(Path(folder) / archive.name, slim[archive])
    return slim


def find_slim(archive, core):
    """Where the smaller copy of an archive is kept."""
    made_of = [archive, core / STDLIB, *(HERE / name for name in MADE_BY)]
    hashes = "".join(map(find_sha256, made_of))
    return WORK / "slim" / hashlib.sha256(hashes.encode()).hexdigest()[:12] / archive.name


def is_needed(package, name):
    """Whether a file of a package stays."""
    if name in NEEDED.get(package, ()):
        return True
    dropped = (*EVERYWHERE, *UNNEEDED.get(package, ()))
    return not any(fnmatch.fnmatch(name, pattern) for pattern in dropped)


def unpack_needed(archive, folder):
    """Unpack the files of an archive that stay."""
    package = archive.name.split("-")[0].lower()
    with zipfile.ZipFile(archive) as files:
        needed = [name for name in files.namelist() if is_needed(package, name)]
        files.extractall(folder, needed)
    if package == "ipython":
        start = folder / "IPython" / "__init__.py"
        text = start.read_text("utf-8")
        start.write_text(text.replace(EMBED, EMBED_WHEN_CALLED), "utf-8")


def pack(folder, archive):
    """Pack the files below a folder, the same bytes each time."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    fresh = archive.with_suffix(".tmp")
    with zipfile.ZipFile(fresh, "w") as files:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix())
                files.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    fresh.rename(archive)
