"""The states of explorers, computed ahead in all processes and kept in .site/.

Pictures and lists of states lie there under names made from the code and the settings that they
come from, so that a build after a change of words takes seconds.
"""

import json
import os
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import astuple, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from lecture_lib.explorers import EXPLORERS

from . import pictures, states

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".site"
# Do not change what a picture shows.
UNSEEN = {
    "page.py",
    "questions.py",
    "table.py",
    "check.py",
    "selftest.py",
    "exercise.py",
    "exercises.py",
}


@dataclass(frozen=True)
class State:
    """What an explorer shows in one state."""

    sentence: str
    wide: str  # the name of its picture in the wide layout
    tall: str  # and in the tall one


@dataclass(frozen=True)
class Ahead:
    """What was computed ahead for an explorer."""

    file: str  # the name of the list of its states
    states: tuple  # of State, by their numbers


# -- the files that are kept


def hash_code():
    """A name for everything that pictures depend on: the library, how states are drawn, NumPy,
    matplotlib, Pillow.
    """
    paths = sorted((ROOT / "lecture_lib").rglob("*.py"))
    seen = [p for p in paths if p.name not in UNSEEN and p.parent.name != "exercises"]
    versions = [version(package) for package in ("numpy", "matplotlib", "pillow")]
    digest = sha256("".join(versions).encode())
    for path in (*seen, Path(pictures.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def name_list(plan, code):
    """Where the states of a plan are listed once they are computed; `code` is from hash_code."""
    stops = [(dial.name, dial.stops) for dial in plan.dials]
    what = json.dumps([plan.explorer.name, stops, plan.runs], default=str)
    digest = sha256((code + what).encode()).hexdigest()[:16]
    return CACHE / f"{plan.explorer.name}-{digest}.json"


def write_file(path, content):
    """Write bytes to a file, whole or not at all."""
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_bytes(content)
    os.replace(temporary, path)


def write_list(path, found):
    """Write the list of states {number: State}."""
    rows = [astuple(found[index]) for index in sorted(found)]
    write_file(path, json.dumps(rows, ensure_ascii=False).encode())


def read_list(path):
    """The Ahead that a list of states holds."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return Ahead(path.stem, tuple(State(*row) for row in rows))


def keep_picture(picture):
    """Write the bytes of a picture to the cache; returns its name, which depends on them alone."""
    name = sha256(picture).hexdigest()[:16]
    path = CACHE / f"{name}.webp"
    if not path.exists():
        write_file(path, picture)
    return name


# -- the work


@cache  # of this process
def make_tools(name, used):
    """The plan and the painter of an explorer; plans hold functions, which do not travel between
    processes. `used` are the settings with which notebooks show it, in JSON.
    """
    explorer = EXPLORERS[name]
    return states.plan(explorer, json.loads(used)), pictures.Painter(explorer)


def render_batch(name, used, batch):
    """{number: State} of a batch of states, whose pictures are kept."""
    plan, painter = make_tools(name, used)
    found = {}
    for index, settings, data in plan.records(batch):
        drawn = painter.pictures(settings, data)
        wide = keep_picture(drawn["w"])
        tall = keep_picture(drawn["t"])
        found[index] = State(plan.explorer.sentence(data), wide, tall)
    return found


def compute_missing(plans, paths, used):
    """Compute all states of some plans, in all processes, and write their lists to `paths`."""
    total = sum(map(len, plans.values()))
    count = 0
    start = time.perf_counter()
    found = {name: {} for name in plans}
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        jobs = {}
        for name, plan in plans.items():
            shown = json.dumps(used.get(name, ()))
            for batch in plan.batches():
                jobs[pool.submit(render_batch, name, shown, batch)] = name
        for job in as_completed(jobs):
            name = jobs[job]
            found[name] |= job.result()
            count += len(job.result())
            if len(found[name]) == len(plans[name]):
                write_list(paths[name], found[name])
                seconds = time.perf_counter() - start
                print(f"{count:5d} of {total} states, {seconds:4.0f} s: {name}", flush=True)


def compute_ahead(plans, used):
    """{explorer: Ahead} of {explorer: plan}: from the cache, or computed."""
    CACHE.mkdir(exist_ok=True)
    code = hash_code()
    paths = {name: name_list(plan, code) for name, plan in plans.items()}
    missing = {name: plan for name, plan in plans.items() if not paths[name].exists()}
    compute_missing(missing, paths, used)
    return {name: read_list(path) for name, path in paths.items()}
