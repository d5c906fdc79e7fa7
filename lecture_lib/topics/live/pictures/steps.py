"""An axis of steps that grows with the run, and curves over it."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from ..compute.watching import END

MANTISSAS = (1, 1.5, 2, 3, 5, 7)
ROOM = 1.3  # of the axis to the steps taken, so that a name fits behind the end of a curve
ENDS = tuple(int(m * 10**e) for e in range(1, 6) for m in MANTISSAS)


def choose_end(n):
    """Where an axis for n steps ends: 10, 15, 20, 30, 50, 70, 100, and so on."""
    return next(end for end in ENDS if end >= ROOM * min(n, END))


def frame_steps(ax, end):
    """An axis of steps from 0 to `end`."""
    ticks = MaxNLocator(3, integer=True).tick_values(0, end)
    inside = [round(tick) for tick in ticks if 0 <= tick <= end]
    ax.set(xlim=(0, end), xlabel="step")
    ax.set_xticks(inside, [f"{tick:,}" for tick in inside])


def draw_over_time(ax, n, y, **look):
    """A curve over the steps n, with a point at its end; what leaves the axes is at their edge."""
    y = np.clip(np.nan_to_num(y, nan=1e300), *ax.get_ylim())
    ax.plot(n, y, **look)
    ax.plot(n[-1], y[-1], "o", color=look["color"], clip_on=False)
