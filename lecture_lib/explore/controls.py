"""A control declares one setting of an explorer: its name, what it may be, where it starts, what it
means.

A declaration knows no widget: the notebook makes sliders from it, the tests sweep it, a page could
list it. The controls that several explorers share are at the end, so that the same thing has the
same name, range and order everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from lecture_lib import activations, check, initialisers, written
from lecture_lib.normalisation import NORMALISATIONS
from lecture_lib.optimisers import OPTIMISERS


@dataclass(frozen=True)
class Slider:
    """A number from `low` to `high`; whole if `low` is an int.

    A linear slider moves by `step`; with `log` it moves along round numbers, ten a decade (see
    `grid`), and any other value can be typed. `stops` are values worth computing ahead; `play` adds
    a play button.
    """

    name: str  # the setting that it is
    label: str  # what a person reads
    default: float  # where it starts
    low: float
    high: float
    step: float = 1
    help: str = ""  # what it means, for who points at it
    log: bool = False
    play: bool = False
    stops: tuple = ()

    @property
    def whole(self):
        """Whether it takes whole numbers alone."""
        return isinstance(self.low, int)

    def grid(self):
        """Where a log slider stops: 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten,
        default and stops.
        """
        values = {self.low, self.high, self.default, *self.stops}
        for exponent in range(-9, 10):
            for mantissa in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8):
                values.add(float(f"{mantissa}e{exponent}"))
        inside = sorted(value for value in values if self.low <= value <= self.high)
        if self.whole:
            return tuple(int(value) for value in inside if value == int(value))
        return tuple(float(value) for value in inside)

    def check(self, value):
        """The value as this control holds it; ValueError or TypeError in one sentence if it cannot
        be.
        """
        if isinstance(value, str):
            allowed = f"a number from {self.low:g} to {self.high:g}, such as 0.5, 0,5 or 1/2"
            value = written.read_number(self.label, value, allowed)
        if self.whole:
            return check.integer(self.label, value, self.low, self.high)
        value = check.real(self.label, value, self.low, self.high)
        value = float(f"{value:.4g}")
        if self.log:
            return value
        # Values below 1e-9 are treated as 0, since a division by them would overflow; 0.0 makes -0
        # a 0.
        return round(value, 9) + 0.0

    def samples(self):
        """Its smallest, default and largest value."""
        values = (self.check(self.low), self.default, self.check(self.high))
        return tuple(dict.fromkeys(values))


@dataclass(frozen=True)
class Choice:
    """One of `options`; `labels` are what a person reads, in the same order.

    With `free` = (low, high) another number may be typed, alone or over n, as in 3/n. `more()` are
    the pairs (label, option) that the reader has registered by then.
    """

    name: str  # the setting that it is
    label: str  # what a person reads
    default: str  # where it starts
    options: tuple
    labels: tuple = ()
    help: str = ""  # what it means, for who points at it
    free: tuple = ()
    more: Callable = tuple

    def shown(self):
        """Pairs (what a person reads, value)."""
        labels = self.labels or [str(option) for option in self.options]
        return (*zip(labels, self.options), *self.more())

    def allowed(self):
        """All values that are not free, in order."""
        return tuple(value for _, value in self.shown())

    def check(self, value):
        """The value if it is an option or a free one; one sentence (ValueError) otherwise."""
        if not self.free or check.is_listed(value, self.allowed()):
            return check.one_of(self.label, value, self.allowed())
        low, high = self.free
        number, over_n = initialisers.parse_variance(self.label, value, low, high)
        return f"{number:g}/n" if over_n else f"{number:g}"

    def samples(self):
        """Every option, and the ends of what is free."""
        if not self.free:
            return self.allowed()
        low, high = self.free
        return (*self.allowed(), f"{low:g}", f"{high:g}/n")


def list_labels(registry, names):
    """The labels of some entries of a registry."""
    return tuple(registry[name].label for name in names)


DEPTH = Slider(
    name="depth",
    label="depth",
    default=20,
    low=2,
    high=56,
    help="weight layers, from the input to the output",
    stops=(2, 4, 8, 16, 20, 32, 56),
)
WIDTH = Slider(
    name="width",
    label="width",
    default=32,
    low=2,
    high=256,
    help="units in every hidden layer",
    log=True,
    stops=(4, 16, 32, 64, 100, 128, 256),
)
TRAINED_WIDTH = replace(
    WIDTH,
    name="trained_width",
    label="width (trained)",
    high=64,
    stops=(8, 16, 32, 64),
    help="units in every hidden layer; at most 64, or training would be too slow to watch",
)
GAMMA = Slider(
    name="gamma",
    label="learning rate γ",
    default=0.1,
    low=0.001,
    high=10.0,
    help="how far a step goes along -gradient",
    log=True,
    stops=(0.01, 0.1, 1.0),
)
ACTIVATION = Choice(
    name="activation",
    label="activation",
    default="sigmoid",
    options=activations.MENU,
    labels=list_labels(activations.ACTIVATIONS, activations.MENU),
    help="the function F of the hidden units",
    more=activations.list_registered,
)
VARIANCE = Choice(
    name="variance",
    label="init variance",
    default="1",
    options=initialisers.MENU,
    help=(
        "variance of the initial weights; n counts the inputs of a unit; "
        "or type your own, such as 0.5 or 3/n"
    ),
    free=(1e-4, 1000.0),
    more=initialisers.list_registered,
)
OPTIMISER = Choice(
    name="optimiser",
    label="optimiser",
    default="gd",
    options=tuple(OPTIMISERS),
    labels=list_labels(OPTIMISERS, OPTIMISERS),
    help="what a step does with the gradient",
)
SKIP = Slider(
    name="alpha",
    label="skip strength α",
    default=0.0,
    low=0.0,
    high=1.0,
    step=0.01,
    help="the part of the previous layer's sums that is added; 0 is a plain network",
    stops=(0.0, 0.5, 0.8, 0.9, 0.95, 1.0),
)
NORMALISATION = Choice(
    name="normalisation",
    label="normalisation",
    default="none",
    options=NORMALISATIONS,
    help="over the batch or over the layer, before F",
)
GAIN = Slider(
    name="gain",
    label="gain n·Var(W)",
    default=2.0,
    low=0.1,
    high=1000.0,
    help="the variance of the weights, times the inputs of a hidden unit",
    log=True,
)
TARGET = Slider(
    name="target",
    label="target",
    default=0.5,
    low=0.0,
    high=1.0,
    step=0.01,
    help="what the output should be",
)
SEED = Slider(
    name="seed",
    label="seed",
    default=0,
    low=0,
    high=99,
    help="another seed, other random numbers",
    stops=(0, 1, 2),
)

# By the first letter of a name: what it is, and the end of its slider.
_NODE_BY_NODE = {"X": ("input", 3.0), "W": ("weight", 4.0), "B": ("bias", 4.0)}


def number(name, default, help=""):
    """The slider of an input X.., a weight W.. or a bias B.. of a network that is drawn node by
    node.
    """
    word, end = _NODE_BY_NODE[name[0]]
    return Slider(name, f"{word} {name}", default, low=-end, high=end, step=0.05, help=help)


def changed(control, **changes):
    """The same control with, say, another default: `changed(DEPTH, default=56)`."""
    return replace(control, **changes)
