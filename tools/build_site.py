"""Build site/: the stored notebooks as static pages whose sliders move through states computed
ahead.

Pictures are kept in .site/ under a name made from the code and the settings that they come from, so
that a build after a change of words takes seconds. The site is written beside the old one and takes
its place when it is whole. Usage: python tools/build_site.py [--explorers NAME ...] [--out FOLDER]
(without: everything, into site/)
"""

import argparse
import json
import os
import shutil
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from lecture_lib.explorers import EXPLORERS
from static_site import pages, pictures, states

ROOT = Path(__file__).parent.parent
CACHE = ROOT / ".site"
# Do not change what a picture shows.
UNSEEN = {
    "page.py",
    "table.py",
    "check.py",
    "selftest.py",
    "exercise.py",
    "exercises.py",
}


def code_version():
    """A name for everything that pictures depend on: the library, how states are drawn, NumPy,
    matplotlib, Pillow.
    """
    files = [p for p in sorted((ROOT / "lecture_lib").rglob("*.py")) if p.name not in UNSEEN]
    digest = sha256("".join(map(version, ("numpy", "matplotlib", "pillow"))).encode())
    for path in (*files, Path(pictures.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def write(path, content):
    """The file whole or not at all."""
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_bytes(content if isinstance(content, bytes) else content.encode())
    os.replace(temporary, path)


@cache  # of this process
def _tools(name, used):
    """The plan and the painter of an explorer; plans hold functions, which do not travel between
    processes.
    """
    return states.plan(EXPLORERS[name], json.loads(used)), pictures.Painter(EXPLORERS[name])


def render(name, used, batch):
    """[(state, sentence, wide, tall)] of a batch; the pictures lie in the cache under the names
    returned.
    """
    (plan, painter) = _tools(name, used)
    done = []
    for index, settings, data in plan.records(batch):
        names = []
        for picture in painter.pictures(settings, data).values():
            names.append(sha256(picture).hexdigest()[:16])
            if not (path := CACHE / f"{names[-1]}.webp").exists():
                write(path, picture)
        done.append((index, plan.explorer.sentence(data), *names))
    return done


def cached(plan, code):
    """Where the states of a plan are listed once they are computed."""
    what = json.dumps(
        [plan.explorer.name, [(d.name, d.stops) for d in plan.dials], plan.runs], default=str
    )
    return CACHE / f"{plan.explorer.name}-{sha256((code + what).encode()).hexdigest()[:16]}.json"


def results(plans, used):
    """{explorer: {"file": name, "states": [(sentence, wide, tall)]}}: from the cache, or computed
    in all processes.
    """
    CACHE.mkdir(exist_ok=True)
    code = code_version()
    found = {}
    missing = {}
    for name, plan in plans.items():
        path = cached(plan, code)
        if path.exists():
            found[name] = {
                "file": path.stem,
                "states": json.loads(path.read_text(encoding="utf-8")),
            }
        else:
            missing[name] = plan
    total = sum(map(len, missing.values()))
    count = 0
    start = time.perf_counter()
    parts = {name: [] for name in missing}
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        jobs = {
            pool.submit(render, name, json.dumps(used.get(name, ())), batch): name
            for name, plan in missing.items()
            for batch in plan.batches()
        }
        for job in as_completed(jobs):
            name = jobs[job]
            parts[name] += job.result()
            count += len(job.result())
            if len(parts[name]) == len(missing[name]):
                path = cached(missing[name], code)
                write(
                    path, json.dumps([rest for _, *rest in sorted(parts[name])], ensure_ascii=False)
                )
                found[name] = {
                    "file": path.stem,
                    "states": json.loads(path.read_text(encoding="utf-8")),
                }
                seconds = time.perf_counter() - start
                print(f"{count:5d} of {total} states, {seconds:4.0f} s: {name}", flush=True)
    return found


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


def build(out, names=()):
    """Write the site into `out`; with `names`, only these explorers, and the pages that show no
    other.
    """
    notebooks = pages.read(ROOT / "notebooks")
    used = pages.shown(notebooks.values())
    plans = {
        name: states.plan(EXPLORERS[name], used.get(name, ()))
        for name in EXPLORERS
        if not names or name in names
    }
    ahead = results(plans, used)
    fresh = out.with_name(out.name + ".tmp")
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "pictures").mkdir(parents=True)
    (fresh / "states").mkdir()
    for result in ahead.values():
        text = json.dumps(result["states"], ensure_ascii=False, separators=(",", ":"))
        (fresh / "states" / f"{result['file']}.js").write_text(
            f"lecture({json.dumps(result['file'])},{text})", "utf-8"
        )
        for picture in {name for _, *both in result["states"] for name in both}:
            shutil.copyfile(CACHE / f"{picture}.webp", fresh / "pictures" / f"{picture}.webp")
    for file in ("math.woff", "MATH_FONT_LICENCE.md"):
        shutil.copyfile(pages.HERE / file, fresh / file)
    for picture in sorted((ROOT / "docs" / "pictures").glob("front_*")):
        shutil.copyfile(picture, fresh / picture.name)
    write_front_end(fresh)
    titles = [
        (pages.page_name(stem), pages.title(notebook)) for stem, notebook in notebooks.items()
    ]
    for stem, notebook in notebooks.items():
        if all(name in ahead for name in pages.shown([notebook])):
            html = pages.render(notebook, stem, titles, plans, ahead)
            (fresh / f"{pages.page_name(stem)}.html").write_text(html, "utf-8")
    old = out.with_name(out.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        os.replace(out, old)
    os.replace(fresh, out)
    shutil.rmtree(old, ignore_errors=True)
    return ahead


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--explorers", nargs="*", default=(), choices=[*EXPLORERS], metavar="NAME")
    parser.add_argument("--out", type=Path, default=ROOT / "site")
    given = parser.parse_args()
    start = time.perf_counter()
    ahead = build(given.out, given.explorers)
    files = [p for p in given.out.rglob("*") if p.is_file()]
    print(
        f"{given.out}: {sum(len(r['states']) for r in ahead.values())} states of {len(ahead)}"
        f" explorers, {sum(p.stat().st_size for p in files) / 1e6:.1f} MB in {len(files)} files,"
        f" {time.perf_counter() - start:.0f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
