"""Which states of an explorer are computed ahead.

A plan gives every control a dial with a few stops (see dials.py); its states are all combinations,
numbered with the last dial running fastest. What has no dial stays at its default, and the page
says so. An explorer that is played becomes recorded runs: one dial chooses the run, one scrubs
through its steps.
"""

from dataclasses import dataclass
from itertools import islice
from math import prod

from lecture_lib.explore.controls import Choice

from .dials import Dial, choose_stops, make_dial

# The dials of a recorded run.
RUN = "run"
STEP = "step"


@dataclass(frozen=True)
class Plan:
    """An explorer with its dials."""

    explorer: object
    dials: tuple
    runs: dict  # the settings of recorded runs by name; empty if it is not played

    def __len__(self):
        return prod(len(dial.stops) for dial in self.dials)

    def values(self, index):
        """{dial: value} of a state."""
        found = {}
        for dial in reversed(self.dials):
            index, place = divmod(index, len(dial.stops))
            found[dial.name] = dial.stops[place]
        return {dial.name: found[dial.name] for dial in self.dials}

    def settings(self, index):
        """The settings of the explorer in a state; of a recorded run, those it began with."""
        values = self.values(index)
        if self.runs:
            begun = self.runs[values.pop(RUN)]
            del values[STEP]
            values = {**begun, **values}
        return self.explorer.settings(**values)

    def index(self, **values):
        """The state with these values, the dials not named where they start; None if it is not
        among the stops.
        """
        index = 0
        for dial in self.dials:
            value = values.pop(dial.name, dial.stops[dial.start])
            if value not in dial.stops:
                return None
            index = index * len(dial.stops) + dial.stops.index(value)
        fixed = self.explorer.defaults
        for name, value in values.items():
            if fixed.get(name) != value:
                return None
        return index

    def batches(self, size=12):
        """Lists of states to compute together: the steps of one run, or a handful with the same
        axes.
        """
        order = list(range(len(self)))
        if self.runs:
            size = len(self) // len(self.runs)
        else:
            order.sort(key=self.list_axes)
        return [order[begin : begin + size] for begin in range(0, len(self), size)]

    def list_axes(self, index):
        """The settings that the axes depend on, as text."""
        settings = self.settings(index)
        return [str(settings[name]) for name in self.explorer.frame_depends_on]

    def records(self, batch):
        """(state, settings, data) of each state of a batch."""
        if self.runs:
            yield from self.record_run(batch)
            return
        for index in batch:
            settings = self.settings(index)
            yield index, settings, self.explorer.data(**settings)

    def record_run(self, batch):
        """(state, settings, data) of each state of one run; a run that diverges ends early, and its
        last step stays.
        """
        by_step = {}
        for index in batch:
            by_step.setdefault(self.values(index)[STEP], []).append(index)
        begun = self.settings(batch[0])
        run = self.explorer.compute(**begun)
        last = self.explorer.preview_steps - 1
        at = -1
        for step in sorted(by_step):
            wanted = min(step, last)
            at += take_steps(run, wanted - at)
            if at < wanted:  # it has ended, so another one goes as far as it came
                last = at
                run = self.explorer.compute(**begun)
                take_steps(run, last + 1)
            for index in by_step[step]:
                yield index, self.settings(index), run.send(self.find_views(index))

    def find_views(self, index):
        """{live control: value} of a state: what can change while a run goes on."""
        live = self.explorer.live_controls
        return {name: value for name, value in self.values(index).items() if name in live}


def take_steps(run, count):
    """Go on with a run by so many steps; returns how many there were."""
    return sum(1 for _ in islice(run, count))


def plan(explorer, used=()):
    """The plan of an explorer; `used` are the settings with which notebooks show it."""
    if explorer.live:
        return plan_runs(explorer)
    return plan_sliders(explorer, used)


def plan_sliders(explorer, used):
    """The plan of an explorer whose every state is computed by itself."""
    values = {}
    for settings in (*explorer.presets.values(), *used):
        for name, value in settings.items():
            values.setdefault(name, set()).add(value)
    stops = choose_stops(explorer, values)
    dials = []
    for control in explorer.controls:
        if len(stops[control.name]) > 1:
            dials.append(make_dial(control, stops[control.name]))
    return Plan(explorer, tuple(dials), runs={})


def plan_runs(explorer):
    """The plan of an explorer that is played: its presets as recorded runs."""
    runs = tuple(explorer.presets)
    help_of_run = "settings of the network"
    dials = [Dial(RUN, "recorded run", help_of_run, stops=runs, shown=runs, start=0)]
    for control in explorer.controls:
        if control.name in explorer.live_controls and isinstance(control, Choice):
            dials.append(make_dial(control, control.options))
    steps = list_steps(explorer.preview_steps - 1)
    dials.append(
        Dial(
            name=STEP,
            label=STEP,
            help="of training",
            stops=steps,
            shown=tuple(map(str, steps)),
            start=len(steps) - 1,
            slides=True,
            plays=True,
        )
    )
    return Plan(explorer, tuple(dials), explorer.presets)


def list_steps(last):
    """The steps at which a run is shown: evenly spread, and more of the first ones."""
    steps = {0}
    for k in range(6):
        steps.add(round(last ** (k / 5)))
        steps.add(round(last * k / 5))
    return tuple(sorted(steps))
