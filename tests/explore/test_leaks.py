"""Two thousand moves of each explorer leave no memory, figures, threads or comms behind."""

import asyncio
import gc
import threading
from itertools import cycle, islice
from pathlib import Path

import comm
import matplotlib
import pytest

from lecture_lib.explore.controls import Choice
from lecture_lib.explorers import EXPLORERS

pytestmark = pytest.mark.long
MOVES, ALLOWED = 1000, 5e6  # moves in each half; bytes that the second half may add


def resident():
    """Bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1]) * 4096


def moves(explorer):
    """One control after the other to and fro between its default and a neighbour: what a reader
    does, for ever.
    """
    pairs = []
    for control in explorer.controls:
        if isinstance(control, Choice):
            other = next(
                (value for value in control.options if value != control.default), control.default
            )
        else:
            values = (
                control.grid()
                if control.log
                else (control.default - control.step, control.default + control.step)
            )
            other = next(
                v for v in values if control.low <= v <= control.high and v != control.default
            )
        pairs += [{control.name: other}, {control.name: control.default}]
    return cycle(pairs)


async def play(live, changes):
    for change in changes:
        live.set(**change)
        await asyncio.sleep(0)  # long work begins here, and is dropped by the next move


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("name", EXPLORERS)
def test_two_thousand_moves_leave_nothing_behind(name):
    async def run():
        live = EXPLORERS[name]()
        endless = moves(EXPLORERS[name])
        seen = []
        for _ in range(2):
            await play(live, islice(endless, MOVES))
            gc.collect()
            seen.append((resident(), threading.active_count(), len(comm.get_comm_manager().comms)))
        live._runner.cancel()
        return seen

    (before, threads, comms), after = asyncio.run(run())
    assert after[0] - before < ALLOWED, f"{(after[0] - before) / 1e6:.1f} MB more"
    assert after[1:] == (threads, comms)
    assert "matplotlib.pyplot" not in vars(matplotlib) or not matplotlib.pyplot.get_fignums()
