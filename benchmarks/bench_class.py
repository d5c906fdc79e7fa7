"""A class on one machine: students who log in, run notebook 05 and move its sliders, on a real
JupyterHub.

`make bench-class STUDENTS="10 30 45 60"` takes these numbers of students in turn, each with a fresh
Hub. They arrive one after another over ARRIVE seconds, log in as a browser does, start their server
and a kernel, and run all cells as JupyterLab sends them. When the last one is through, all move
sliders for MOVE seconds: a key press to another value, the wait for the new picture, a time to
think. A student never moves on before the answer, so a slow machine also gets fewer moves. The
students run on the same machine and their share of it is printed; browsers, which draw, do not.
"""

import argparse
import asyncio
import os
import platform
import re
import statistics
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from class_hub import KINDS, Hub, read_busy
from class_student import Student

ARRIVE = 120  # seconds
MOVE = 120  # seconds
THINK = 1  # seconds, the mean
TOO_LATE = 1200  # seconds after which nobody waits for a notebook any more
MB = 2**20
PACKAGES = (
    "jupyterhub",
    "jupyterlab",
    "jupyter_server",
    "ipykernel",
    "ipywidgets",
    "numpy",
    "matplotlib",
)


@dataclass(frozen=True)
class Moment:
    """What had been spent at one moment."""

    processes: list  # Processes of the class
    own: float  # seconds of the processor that the students took, who are this process
    busy: float  # seconds of the processor that anything on the machine took
    time: float  # seconds


def take_moment(hub):
    """The Moment of now."""
    return Moment(hub.list_processes(), time.process_time(), read_busy(), time.monotonic())


async def arrive(student, wait):
    """Wait for so many seconds, come and open the notebook."""
    try:
        await asyncio.sleep(wait)
        await asyncio.wait_for(student.open(), TOO_LATE)
    except Exception as error:  # counted, and the others go on
        student.errors.append(f"could not open: {error!r}")


async def hold_lesson(hub, students, given):
    """All come and then move their sliders; the Moments before and after that."""
    count = len(students)
    await asyncio.gather(*(arrive(s, given.arrive * s.number / count) for s in students))
    here = [student for student in students if student.opened]
    first = take_moment(hub)
    await asyncio.gather(*(student.move(given.move, given.think) for student in here))
    last = take_moment(hub)
    for student in here:
        await student.leave()
    return first, last


async def measure(number, given):
    """One row of the table, {heading: cell}, with so many students."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        hub = Hub(folder)
        try:
            await hub.wait()
            students = [Student(i, hub.url, hub.password) for i in range(number)]
            first, last = await hold_lesson(hub, students, given)
        finally:
            hub.stop()
    errors = [error for student in students for error in student.errors]
    for error in errors[:5]:
        print("   ", error[:300].replace("\n", " "), flush=True)
    return {
        "students": number,
        **describe_opening(students, first),
        **describe_answers(students),
        "errors": len(errors),
        **describe_memory(number, last),
        **describe_work(number, first, last),
    }


# -- parts of the row


def describe_opening(students, first):
    """How long it took until the notebook had run."""
    opened = [student.opened for student in students if student.opened] or [0]
    spent = sum(process.cpu for process in first.processes if process.kind != "hub")
    return {
        "open, s": f"{statistics.median(opened):.0f}",
        "slowest": f"{max(opened):.0f}",
        "CPU s to open": f"{spent / len(students):.0f}",
    }


def describe_answers(students):
    """How long it took from a move to its picture."""
    answers = sorted(1000 * answer for student in students for answer in student.answers)
    shown = answers or [0]
    return {
        "moves": len(answers),
        "median, ms": f"{statistics.median(shown):.0f}",
        "95 %": f"{shown[int(0.95 * len(answers))]:.0f}",
        "worst": f"{max(shown):.0f}",
    }


def describe_memory(number, last):
    """What the processes of the class hold."""
    pss = dict.fromkeys(KINDS, 0)
    rss = dict.fromkeys(KINDS, 0)
    for process in last.processes:
        pss[process.kind] += process.pss / MB
        rss[process.kind] += process.rss / MB
    each = f"{pss['kernel'] / number:.0f} + {pss['server'] / number:.0f}"
    return {
        "MB a student, PSS: kernel + server": each,
        "RSS": f"{rss['kernel'] / number:.0f} + {rss['server'] / number:.0f}",
        "in all, GB PSS": f"{sum(pss.values()) / 1024:.1f}",
    }


def describe_work(number, first, last):
    """Who took the processors while sliders were moved, as so many processors on average."""
    spent = dict.fromkeys(KINDS, 0)
    for process in last.processes:
        spent[process.kind] += process.cpu
    for process in first.processes:
        spent[process.kind] -= process.cpu
    seconds = last.time - first.time
    own = last.own - first.own
    other = last.busy - first.busy - own - sum(spent.values())
    return {
        "cores a student": f"{(spent['kernel'] + spent['server']) / seconds / number:.3f}",
        "Hub and proxy": f"{spent['hub'] / seconds:.2f}",
        "these students": f"{own / seconds:.2f}",
        "other work": f"{other / seconds:.2f}",
    }


# -- the run


def read_arguments():
    """What was given on the command line."""
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("students", nargs="*", type=int, default=[30])
    ask.add_argument("--arrive", type=float, default=ARRIVE, help="seconds over which they come")
    ask.add_argument("--move", type=float, default=MOVE, help="seconds for which they move sliders")
    ask.add_argument(
        "--think",
        type=float,
        default=THINK,
        help="mean seconds between an answer and the next move",
    )
    return ask.parse_args()


def describe_machine():
    """The processors, the memory and the versions of packages, in one line."""
    memory = Path("/proc/meminfo").read_text(encoding="utf-8")
    gigabytes = int(re.search(r"MemTotal: +(\d+)", memory)[1]) / MB
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    name = cpu[1] if cpu else platform.machine()
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    return (
        f"{os.cpu_count()} cores ({name}), {gigabytes:.0f} GB, Python {platform.python_version()},"
        f" {versions}."
    )


def main():
    """Print the machine, what the students do, and a row for each number of students."""
    given = read_arguments()
    print(
        f"{describe_machine()}\nThey arrive evenly over {given.arrive:g} s, open notebook 05 and"
        f" run all of it; then all move sliders for {given.move:g} s, {given.think / 2:g} to"
        f" {1.5 * given.think:g} s after each answer (seed: the student's number).\n"
    )
    for turn, number in enumerate(given.students):
        load = os.getloadavg()[0]
        row = asyncio.run(measure(number, given)) | {"load before": f"{load:.1f}"}
        if turn == 0:
            print(f"| {' | '.join(row)} |\n|{'---|' * len(row)}")
        print(f"| {' | '.join(map(str, row.values()))} |", flush=True)


if __name__ == "__main__":
    main()
