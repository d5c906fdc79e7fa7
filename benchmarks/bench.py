"""Where this library stands: the same jobs, the same numbers, in one run, beside what people would
use instead.

`make bench` runs it in an environment of its own. Every peer first has to give the same gradients
(1e-9 of their norm); then all take turns, one thread, and the medians of the ratios to the bare
matrix products are printed. The first line names the machine, the last one the rows that are
behind. Tables of several machines are kept in docs/speed.md.
"""

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_ENABLE_X64"] = "1"
# Linux: one core for all of it, whatever threads a peer would start
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import subprocess
import sys
from dataclasses import dataclass

import numpy as np
import race
import torch
from machine import describe_machine
from race_additions import ADDITIONS, make_addition_race
from race_others import make_chain_race, make_one_sample_race, make_phase_race
from race_passes import make_job, make_pass_race, prepare_here
from race_training import make_digits_race, make_step_race

torch.set_num_threads(1)
ACTIVATIONS = ("sigmoid", "tanh", "relu")
# Depth, width, the aims: of the fastest peer, of the matrix products.
PASSES = ((20, 64, 0.95, 1.55), (56, 64, 0.95, 1.55), (20, 16, 0.65, 2.3), (56, 16, 0.65, 2.3))
# Depth, width, samples, the aim.
STEPS = ((20, 64, 128, 0.83), (6, 8, 128, 0.33))
DIGITS_DEPTHS = (4, 20)
SCALING_DEPTHS = (20, 50, 100, 200)
MODULES = ("lecture_lib.network", "numpy", "torch")
REPEATS = 5
# Prints seconds of an import, and the peak memory of the process in kB (Linux).
IMPORT = """
import time
begin = time.perf_counter()
import {module}
seconds = time.perf_counter() - begin
for line in open("/proc/self/status"):
    if line.startswith("VmHWM"):
        print(seconds, line.split()[1])
"""


def list_races():
    """All Races; each one is prepared, and its answers checked, when it is its turn."""
    for depth, width, aim, aim_of_products in PASSES:
        for activation in ACTIVATIONS:
            yield make_pass_race(depth, width, activation, aim, aim_of_products)
    for depth, width, samples, aim in STEPS:
        yield make_step_race(depth, width, samples, aim)
    for name in ADDITIONS:
        yield make_addition_race(name)
    for depth in DIGITS_DEPTHS:
        yield make_digits_race(depth)
    yield make_phase_race()
    yield make_chain_race()
    yield make_one_sample_race()


def print_table():
    """Hold all races; returns the sentences about those that miss an aim."""
    print(race.HEADING)
    behind = [race.hold(one) for one in list_races()]
    return [sentence for sentence in behind if sentence is not None]


def print_scaling():
    """How the time of a pass grows with the number of layers."""
    seconds = []
    for depth in SCALING_DEPTHS:
        runs = {"pass": prepare_here(make_job(depth, 32, "tanh"))}
        seconds.append(race.time_in_turns(runs, 1)["pass"])
    exponent, _ = np.polyfit(np.log(SCALING_DEPTHS), np.log(seconds), 1)
    print(
        f"\nCost grows like depth to the power {exponent:.2f} from 20 to 200 layers (target 1.1 at"
        " most)."
    )


@dataclass(frozen=True)
class Import:
    """What it takes to import a module in a fresh process."""

    seconds: float
    memory: float  # kB, of the whole process at its peak


def measure_import(module):
    """The Import of a module, once."""
    command = [sys.executable, "-c", IMPORT.format(module=module)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, memory = run.stdout.split()
    return Import(float(seconds), float(memory))


def print_imports():
    """The least of some imports, all modules taking turns, beside that of NumPy."""
    found = {module: [] for module in MODULES}
    for _ in range(REPEATS):
        for module in MODULES:
            found[module].append(measure_import(module))
    seconds = {}
    memory = {}
    for module, measured in found.items():
        seconds[module] = min(one.seconds for one in measured)
        memory[module] = min(one.memory for one in measured)
    ours, numpy, peer = MODULES
    print(
        "`import lecture_lib`, the network module included, takes"
        f" {seconds[ours] / seconds[numpy]:.2f} times as long as `import numpy` (target 1.5 at"
        f" most) and {memory[ours] / memory[numpy]:.2f} times its memory; `import torch`"
        f" {seconds[peer] / seconds[numpy]:.1f} times as long and"
        f" {memory[peer] / memory[numpy]:.1f} times the memory."
    )


def print_behind(behind):
    """The last line: which rows miss an aim."""
    if behind:
        print(f"\nBehind: {', '.join(behind)}.")
    else:
        print("\nNo row is behind.")


def main():
    """Print the machine, the table, and what is measured besides."""
    print(f"{describe_machine(('numpy', 'torch', 'jax', 'scikit-learn'))}\n")
    behind = print_table()
    print_scaling()
    print_imports()
    print_behind(behind)


if __name__ == "__main__":
    main()
