"""Which states of an explorer are computed ahead.

A plan gives every control a dial with a few stops; its states are all combinations, numbered with
the last dial running fastest. The stops are the values that notebooks and presets use and, as far
as the explorer's `states_ahead` allow, those that the control declares; what finds no room stays at
its default, and the page says so. An explorer that is played becomes recorded runs: one dial
chooses the run, one scrubs through its steps.
"""

from dataclasses import dataclass
from itertools import islice
from math import prod

from lecture_lib.explore.controls import Choice, Slider

RUN, STEP = "run", "step"


@dataclass(frozen=True)
class Dial:
    """A control of the page: its `stops` in order, how they are `shown`, and the stop where it
    starts.
    """

    name: str
    label: str
    help: str
    stops: tuple
    shown: tuple
    start: int
    slides: bool = False
    log: bool = False
    plays: bool = False


def _thin(values, most):
    """At most `most` of the values, evenly spread, with both ends."""
    if len(values) <= most:
        return tuple(values)
    return tuple(values[round(k * (len(values) - 1) / (most - 1))] for k in range(most))


def _levels(control, used):
    """Lists of stops, each one richer than the one before; the first holds what is used."""
    if isinstance(control, Choice):
        extra = tuple(v for v in used if v not in control.options)
        return [
            tuple(v for v in (*control.options, *extra) if v in used),
            (*control.options, *extra),
        ]
    if control.log:
        grid = control.grid()
    else:
        count = round((control.high - control.low) / control.step)
        grid = tuple(control.check(control.low + k * control.step) for k in range(count + 1))
    declared = control.stops or grid
    if control.play and len(grid) <= 18:  # steps of an explanation: none can be left out
        return [grid]
    sizes = (5, 11, 21) if control.play else (3, 5, 7)
    return [
        tuple(sorted(used)),
        *(tuple(sorted({*used, *_thin(declared, size)})) for size in sizes),
    ]


def stops(explorer, used):
    """{control: its stops}: from what is used upwards, one control after the other, while the
    states fit the limit.
    """
    limit = explorer.states_ahead
    levels = {c.name: _levels(c, {c.default, *used.get(c.name, ())}) for c in explorer.controls}
    order = sorted(
        explorer.controls,
        key=lambda c: (
            c.name in explorer.folded,
            isinstance(c, Slider),
            not getattr(c, "play", False),
        ),
    )
    chosen = {c.name: 0 for c in explorer.controls}

    def lists(level):
        return {name: levels[name][level[name]] for name in level}

    def size(level):
        return prod(map(len, lists(level).values()))

    # Too many already: the least important ones stay at their default
    for control in reversed(order):
        if size(chosen) > limit:
            levels[control.name].insert(0, (control.default,))
    for rank in range(1, 5):
        for control in order:
            richer = {**chosen, control.name: min(rank, len(levels[control.name]) - 1)}
            if size(richer) <= limit:
                chosen = richer
    return lists(chosen)


def written(control, value):
    """A value as the page shows it."""
    if isinstance(control, Choice):
        return dict(map(reversed, control.shown())).get(value, str(value))
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _dial(control, values):
    slides = isinstance(control, Slider)
    return Dial(
        control.name,
        control.label,
        control.help,
        values,
        tuple(written(control, v) for v in values),
        values.index(control.default),
        slides,
        slides and control.log,
        slides and control.play,
    )


@dataclass(frozen=True)
class Plan:
    """An explorer with its dials; `runs` are the settings of recorded runs by name, if it is
    played.
    """

    explorer: object
    dials: tuple
    runs: dict

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
            values = {
                **self.runs[values[RUN]],
                **{k: v for k, v in values.items() if k not in (RUN, STEP)},
            }
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
        return index if all(fixed.get(name) == value for name, value in values.items()) else None

    def batches(self, size=12):
        """Lists of states to compute together: the steps of one run, or a handful with the same
        axes.
        """
        order, size = (
            (range(len(self)), len(self) // len(self.dials[0].stops))
            if self.runs
            else (
                sorted(
                    range(len(self)),
                    key=lambda i: [
                        str(self.settings(i)[n]) for n in self.explorer.frame_depends_on
                    ],
                ),
                size,
            )
        )
        return [list(order[k : k + size]) for k in range(0, len(self), size)]

    def records(self, batch):
        """(state, settings, data) of each state of a batch."""
        if not self.runs:
            yield from (
                (i, self.settings(i), self.explorer.data(**self.settings(i))) for i in batch
            )
            return
        start = self.explorer.compute, self.settings(batch[0])
        # a run that diverges ends early
        last = sum(1 for _ in islice(start[0](**start[1]), self.explorer.preview_steps)) - 1
        work = start[0](**start[1])
        at = -1
        by_step = {}
        for i in batch:
            by_step.setdefault(min(self.values(i)[STEP], last), []).append(i)
        for step in sorted(by_step):
            for _ in islice(work, step - at):
                at += 1
            for i in by_step[step]:
                views = {
                    k: v for k, v in self.values(i).items() if k in self.explorer.live_controls
                }
                yield i, self.settings(i), work.send(views)


def plan(explorer, used=()):
    """The plan of an explorer; `used` are the settings with which notebooks show it."""
    if not explorer.live:
        values = {}
        for settings in (*explorer.presets.values(), *used):
            for name, value in settings.items():
                values.setdefault(name, set()).add(value)
        chosen = stops(explorer, values)
        return Plan(
            explorer,
            tuple(_dial(c, chosen[c.name]) for c in explorer.controls if len(chosen[c.name]) > 1),
            {},
        )
    runs = explorer.presets
    last = explorer.preview_steps - 1
    steps = tuple(
        sorted(
            {
                0,
                *(round(last ** (k / 5)) for k in range(6)),
                *(round(last * k / 5) for k in range(6)),
            }
        )
    )
    views = tuple(
        _dial(c, c.options)
        for c in explorer.controls
        if c.name in explorer.live_controls and isinstance(c, Choice)
    )
    return Plan(
        explorer,
        (
            Dial(RUN, "recorded run", "settings of the network", tuple(runs), tuple(runs), 0),
            *views,
            Dial(
                STEP,
                STEP,
                "of training",
                steps,
                tuple(map(str, steps)),
                len(steps) - 1,
                True,
                plays=True,
            ),
        ),
        runs,
    )
