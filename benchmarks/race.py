"""A race of contenders that do the same job: they take turns, and a row tells the times."""

import time
from dataclasses import dataclass

import numpy as np

OURS = "this library"
PEERS = ("torch", "jax", "sklearn", "autograd", "micrograd")
COLUMNS = (OURS, "reference", *PEERS)
# What a unit that has an aim is, in words.
UNITS = {"bare": "the products", "plain": "the plain network"}
HEADING = (
    "| job | unit, ms | this library | its reference | torch | JAX jit | scikit-learn |"
    " autograd | micrograd | ours / fastest peer | aim |\n|" + "---|" * 11
)


@dataclass(frozen=True)
class Race:
    """One job, and who does it."""

    name: str
    runs: dict  # {contender: a function that does the job once}
    unit: str  # the contender whose time is the unit of the row
    aim: float  # the largest ratio to the fastest peer that is aimed at
    aim_of_unit: float | None = None  # the largest ratio to the unit that is aimed at
    seconds: float = 1.5  # for one contender; several take less each


def time_in_turns(runs, seconds):
    """{contender: median time in seconds}, all taking turns for about `seconds` together.

    It is the processor's time for this process: what others do on the machine counts less.
    """
    for run in runs.values():
        run()
    times = {name: [] for name in runs}
    end = time.perf_counter() + seconds * len(runs) ** 0.5
    while time.perf_counter() < end or min(map(len, times.values())) < 3:
        for name, run in runs.items():
            start = time.process_time()
            run()
            times[name].append(time.process_time() - start)
    return {name: float(np.median(taken)) for name, taken in times.items()}


def find_fastest_peer(times):
    """The peer with the smallest time."""
    peers = [name for name in PEERS if name in times]
    return min(peers, key=times.get)


def list_missed(race, times):
    """The aims that are missed, in words."""
    ours = times[OURS]
    best = find_fastest_peer(times)
    missed = []
    if ours / times[best] > race.aim:
        missed.append(f"{ours / times[best]:.2f} of {best}, aim {race.aim}")
    if race.aim_of_unit is not None and ours / times[race.unit] > race.aim_of_unit:
        unit = UNITS[race.unit]
        missed.append(f"{ours / times[race.unit]:.2f} of {unit}, aim {race.aim_of_unit}")
    return missed


def write_row(race, times):
    """The row of the table: each contender in units, ours against the fastest peer, the aims."""
    unit = times[race.unit]
    best = find_fastest_peer(times)
    cells = [race.name, f"{unit * 1e3:.2f}"]
    for name in COLUMNS:
        cells.append(f"{times[name] / unit:.2f}" if name in times else "")
    cells.append(f"{times[OURS] / times[best]:.2f} ({best})")
    aims = [race.aim] if race.aim_of_unit is None else [race.aim, race.aim_of_unit]
    cells.append(", ".join(map(str, aims)))
    return f"| {' | '.join(cells)} |"


def hold(race):
    """Hold a race and print its row; returns a sentence if it misses an aim, else None."""
    times = time_in_turns(race.runs, race.seconds)
    print(write_row(race, times), flush=True)
    missed = list_missed(race, times)
    return f"{race.name} ({'; '.join(missed)})" if missed else None
