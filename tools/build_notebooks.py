"""Run every notebook and store its outputs: the same bytes each time, written whole or not at all.

Stored are pictures and text, and what other programs need to know about them; widget state is left
out, for without a kernel it shows as an error.
Usage: python tools/build_notebooks.py [notebooks/NN_name.ipynb ...]
"""

import os
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from notebook_metadata import KERNEL, arrange_slides, describe_pictures

ROOT = Path(__file__).parent.parent
VIEW = "application/vnd.jupyter.widget-view+json"


def build(path):
    """Execute one notebook and replace it; an error in a cell stops here and leaves the file as it
    was.
    """
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata = nbformat.from_dict(KERNEL)
    client = NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    notebook.metadata = nbformat.from_dict(KERNEL)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"{path.stem[:2]}-{number:03d}"
        cell.metadata = {"tags": cell.metadata.tags} if cell.metadata.get("tags") else {}
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(VIEW, None)
    describe_pictures(notebook)
    arrange_slides(notebook)
    nbformat.validate(notebook)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    os.replace(temporary, path)


def main():
    """Build the notebooks that the command line names, or all."""
    for path in map(Path, sys.argv[1:] or sorted(map(str, (ROOT / "notebooks").glob("*.ipynb")))):
        start = time.perf_counter()
        build(path)
        seconds = time.perf_counter() - start
        print(f"{path.name}: {seconds:.1f} s, {path.stat().st_size // 1024} kB", flush=True)


if __name__ == "__main__":
    main()
