"""The dials of an explorer whose states are computed ahead, and the stops that each of them has.

The stops are the values that notebooks and presets use and, as far as the explorer's `states_ahead`
allow, those that the control declares; what finds no room stays at its default.
"""

from dataclasses import dataclass
from math import prod

from lecture_lib.explore.controls import Choice, Slider

# How many stops a slider gets, from the poorest list to the richest.
SIZES = (3, 5, 7)
SIZES_PLAYED = (5, 11, 21)
EXPLANATION = 18  # steps of a slider that is played, at most, for all of them to be stops


@dataclass(frozen=True)
class Dial:
    """A control of the page."""

    name: str
    label: str
    help: str
    stops: tuple  # the values that it can take, in order
    shown: tuple  # these as the page writes them
    start: int  # the place among the stops at which it begins
    slides: bool = False  # whether it is a slider, or a list to choose from
    log: bool = False  # whether its slider is a logarithmic one
    plays: bool = False  # whether it has a play button


def thin_out(values, most):
    """At most `most` of the values, evenly spread, with both ends."""
    if len(values) <= most:
        return tuple(values)
    last = len(values) - 1
    places = [round(k * last / (most - 1)) for k in range(most)]
    return tuple(values[place] for place in places)


def list_levels(control, used):
    """Lists of stops, each one richer than the one before; the first holds what is used, a set."""
    if isinstance(control, Choice):
        extra = [value for value in used if value not in control.options]
        options = (*control.options, *extra)
        return [tuple(option for option in options if option in used), options]
    grid = list_grid(control)
    if control.play and len(grid) <= EXPLANATION:
        return [grid]
    sizes = SIZES_PLAYED if control.play else SIZES
    levels = [tuple(sorted(used))]
    for size in sizes:
        richer = used | set(thin_out(control.stops or grid, size))
        levels.append(tuple(sorted(richer)))
    return levels


def list_grid(slider):
    """All values of a slider."""
    if slider.log:
        return slider.grid()
    count = round((slider.high - slider.low) / slider.step)
    return tuple(slider.check(slider.low + k * slider.step) for k in range(count + 1))


def rank_controls(explorer):
    """The controls, the most important first: those in view before those that are folded away, and
    of each lists, then sliders that are played, then the others.
    """
    in_view = [control for control in explorer.controls if control.name not in explorer.folded]
    folded = [control for control in explorer.controls if control.name in explorer.folded]
    ranked = []
    for controls in (in_view, folded):
        sliders = [control for control in controls if isinstance(control, Slider)]
        ranked += [control for control in controls if isinstance(control, Choice)]
        ranked += [slider for slider in sliders if slider.play]
        ranked += [slider for slider in sliders if not slider.play]
    return ranked


def take_levels(levels, chosen):
    """{control: its stops} where `levels` has the lists of each, and `chosen` says which."""
    return {name: levels[name][place] for name, place in chosen.items()}


def count_states(levels, chosen):
    """How many combinations of stops there are."""
    return prod(map(len, take_levels(levels, chosen).values()))


def choose_stops(explorer, used):
    """{control: its stops}: from what is used upwards, one control after the other, while the
    states fit the limit.
    """
    levels = {}
    for control in explorer.controls:
        values = {control.default, *used.get(control.name, ())}
        levels[control.name] = list_levels(control, values)
    chosen = dict.fromkeys(levels, 0)
    ranked = rank_controls(explorer)
    # Too many already: the least important ones stay at their default
    for control in reversed(ranked):
        if count_states(levels, chosen) > explorer.states_ahead:
            levels[control.name].insert(0, (control.default,))
    for rank in range(1, 5):
        for control in ranked:
            place = min(rank, len(levels[control.name]) - 1)
            richer = {**chosen, control.name: place}
            if count_states(levels, richer) <= explorer.states_ahead:
                chosen = richer
    return take_levels(levels, chosen)


def write_value(control, value):
    """A value as the page shows it."""
    if isinstance(control, Choice):
        labels = {option: label for label, option in control.shown()}
        return labels.get(value, str(value))
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def make_dial(control, stops):
    """The dial of a control that can take these values."""
    slides = isinstance(control, Slider)
    return Dial(
        name=control.name,
        label=control.label,
        help=control.help,
        stops=stops,
        shown=tuple(write_value(control, stop) for stop in stops),
        start=stops.index(control.default),
        slides=slides,
        log=slides and control.log,
        plays=slides and control.play,
    )
