"""Build site/: the stored notebooks as static pages whose sliders move through states computed
ahead.

The site is written beside the old one and takes its place when it is whole; the states that were
computed are kept (see static_site/ahead.py). Usage: python tools/build_site.py
[--explorers NAME ...] [--out FOLDER] (without: everything, into site/)
"""

import argparse
import json
import os
import shutil
import sys
import time
from dataclasses import astuple
from pathlib import Path

from lecture_lib.explorers import EXPLORERS
from static_site import pages, states
from static_site.ahead import CACHE, compute_ahead
from static_site.notebooks import collect_settings, find_title, name_page, read_notebooks

ROOT = Path(__file__).parent.parent


def write_front_end(folder):
    """The explorers' script and style, the same as in the notebooks, with the states as their
    source.

    One plain script, for a page that is opened from a folder can load no module.
    """
    front_end = ROOT / "lecture_lib" / "explore" / "front_end"
    explorer = (front_end / "explorer.js").read_text("utf-8").replace("export function", "function")
    source = (pages.HERE / "site.js").read_text("utf-8")
    style = (front_end / "explorer.css").read_text("utf-8")
    script = f"(() => {{\n'use strict';\n{explorer}\n{source}}})();\n"
    (folder / "site.js").write_text(script, "utf-8")
    page = (pages.HERE / "site.css").read_text("utf-8")
    (folder / "site.css").write_text(f"{page}\n{style}", "utf-8")


def write_states(folder, ahead):
    """Write the states {explorer: Ahead} as scripts, and copy their pictures."""
    (folder / "pictures").mkdir()
    (folder / "states").mkdir()
    for computed in ahead.values():
        rows = [astuple(state) for state in computed.states]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        script = f"lecture({json.dumps(computed.file)},{text})"
        (folder / "states" / f"{computed.file}.js").write_text(script, "utf-8")
        for state in computed.states:
            for name in (state.wide, state.tall):
                copy_picture(name, folder / "pictures")


def copy_picture(name, folder):
    """Copy a picture from the cache, if it is not there yet: many states have the same one."""
    path = folder / f"{name}.webp"
    if not path.exists():
        shutil.copyfile(CACHE / path.name, path)


def copy_files(folder):
    """Copy what does not depend on states: the font of formulas, the pictures of the README."""
    for name in ("math.woff", "MATH_FONT_LICENCE.md"):
        shutil.copyfile(pages.HERE / name, folder / name)
    for picture in sorted((ROOT / "docs" / "pictures").iterdir()):
        shutil.copyfile(picture, folder / picture.name)


def write_pages(folder, notebooks, plans, ahead):
    """Write the page of every notebook {stem: notebook} whose explorers are all computed."""
    titles = [(name_page(stem), find_title(notebook)) for stem, notebook in notebooks.items()]
    for stem, notebook in notebooks.items():
        if set(collect_settings([notebook])) <= set(ahead):
            html = pages.write_page(notebook, stem, titles, plans, ahead)
            (folder / f"{name_page(stem)}.html").write_text(html, "utf-8")


def replace_folder(old, fresh):
    """Let a fresh folder take the place of an old one."""
    aside = old.with_name(old.name + ".old")
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        os.replace(old, aside)
    os.replace(fresh, old)
    shutil.rmtree(aside, ignore_errors=True)


def build(out, names=()):
    """Write the site into `out`; with `names`, only these explorers, and the pages that show no
    other. Returns {explorer: Ahead}.
    """
    notebooks = read_notebooks(ROOT / "notebooks")
    used = collect_settings(notebooks.values())
    plans = {}
    for name in names or EXPLORERS:
        plans[name] = states.plan(EXPLORERS[name], used.get(name, ()))
    ahead = compute_ahead(plans, used)
    fresh = out.with_name(out.name + ".tmp")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    write_states(fresh, ahead)
    copy_files(fresh)
    write_front_end(fresh)
    write_pages(fresh, notebooks, plans, ahead)
    replace_folder(out, fresh)
    return ahead


def main():
    """Build the site and say how large it is."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--explorers", nargs="*", default=(), choices=[*EXPLORERS], metavar="NAME")
    parser.add_argument("--out", type=Path, default=ROOT / "site")
    given = parser.parse_args()
    start = time.perf_counter()
    ahead = build(given.out, given.explorers)
    count = sum(len(computed.states) for computed in ahead.values())
    files = [path for path in given.out.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    seconds = time.perf_counter() - start
    print(
        f"{given.out}: {count} states of {len(ahead)} explorers, {size:.1f} MB in {len(files)}"
        f" files, {seconds:.0f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
