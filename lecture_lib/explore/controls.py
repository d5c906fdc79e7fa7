"""A control declares one setting of an explorer: its name, what it may be, where it starts, what it means.

A declaration knows no widget: the notebook makes sliders from it, the tests sweep it, a page could list it.
The controls that several explorers share are at the end, so that the same thing has the same name, range
and order everywhere.
"""

from dataclasses import dataclass, replace

from lecture_lib import activations, check, initialisers
from lecture_lib.optimisers import OPTIMISERS


@dataclass(frozen=True)
class Slider:
    """A number from `low` to `high`; whole if `low` is an int.

    A linear slider moves by `step`; with `log` it moves along round numbers, ten a decade (see `grid`), and any
    other value can be typed. `stops` are values worth computing ahead; `play` adds a play button.
    """

    name: str
    label: str
    default: float
    low: float
    high: float
    step: float = 1
    help: str = ""
    log: bool = False
    play: bool = False
    stops: tuple = ()

    @property
    def whole(self):
        return isinstance(self.low, int)

    def grid(self):
        """Where a log slider stops: 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten, default and stops."""
        rungs = {
            float(f"{m}e{e}") for e in range(-9, 10) for m in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
        }
        values = rungs | {self.low, self.high, self.default, *self.stops}
        inside = sorted(v for v in values if self.low <= v <= self.high)
        return (
            tuple(int(v) for v in inside if v == int(v))
            if self.whole
            else tuple(map(float, inside))
        )

    def check(self, value):
        """The value as this control holds it; one sentence (ValueError, TypeError) if it cannot be."""
        if isinstance(value, str):
            try:
                value = float(value)
            except ValueError:
                allowed = f"from {self.low:g} to {self.high:g}"
                raise ValueError(
                    f"{self.label} was {value!r}; it must be a number {allowed}."
                ) from None
        if self.whole:
            return check.integer(self.label, value, self.low, self.high)
        value = float(f"{check.real(self.label, value, self.low, self.high):.4g}")
        return (
            value if self.log else round(value, 9) + 0.0
        )  # nobody means 1e-300, and a division by it overflows

    def samples(self):
        """Its smallest, default and largest value."""
        return tuple(dict.fromkeys((self.check(self.low), self.default, self.check(self.high))))


@dataclass(frozen=True)
class Choice:
    """One of `options`; `labels` are what a person reads, in the same order.

    With `free` = (low, high) another number may be typed, alone or over n, as in 3/n.
    """

    name: str
    label: str
    default: str
    options: tuple
    labels: tuple = ()
    help: str = ""
    free: tuple = ()

    def shown(self):
        """Pairs (what a person reads, value)."""
        return tuple(zip(self.labels or map(str, self.options), self.options))

    def check(self, value):
        """The value if it is an option or a free one; one sentence (ValueError) otherwise."""
        if not self.free or value in self.options:
            return check.one_of(self.label, value, self.options)
        number, over_n = initialisers.parse_variance(self.label, value, *self.free)
        return f"{number:g}/n" if over_n else f"{number:g}"

    def samples(self):
        """Every option, and the ends of what is free."""
        return (*self.options, *(f"{end:g}{over}" for end, over in zip(self.free, ("", "/n"))))


def _labels(registry, names):
    return tuple(registry[name].label for name in names)


DEPTH = Slider(
    "depth",
    "depth",
    20,
    2,
    56,
    1,
    "weight layers, from the input to the output",
    stops=(2, 4, 8, 16, 20, 32, 56),
)
WIDTH = Slider(
    "width",
    "width",
    32,
    2,
    256,
    help="units in every hidden layer",
    log=True,
    stops=(4, 16, 32, 64, 100, 128, 256),
)
TRAINED_WIDTH = replace(
    WIDTH,
    name="trained_width",
    label="width (trained)",
    high=64,
    help="units in every hidden layer; at most 64, or training would be too slow to watch",
)
GAMMA = Slider(
    "gamma",
    "learning rate γ",
    0.1,
    0.001,
    10.0,
    help="how far a step goes along -gradient",
    log=True,
    stops=(0.01, 0.1, 1.0),
)
ACTIVATION = Choice(
    "activation",
    "activation",
    "sigmoid",
    activations.MENU,
    _labels(activations.ACTIVATIONS, activations.MENU),
    "the function F of the hidden units",
)
VARIANCE = Choice(
    "variance",
    "init variance",
    "1",
    initialisers.MENU,
    (),
    "variance of the initial weights; n counts the inputs of a unit; or type your own, as 0.5 or 3/n",
    free=(1e-4, 1000.0),
)
OPTIMISER = Choice(
    "optimiser",
    "optimiser",
    "gd",
    tuple(OPTIMISERS),
    _labels(OPTIMISERS, OPTIMISERS),
    "what a step does with the gradient",
)
GAIN = Slider(
    "gain",
    "gain n·Var(W)",
    2.0,
    0.1,
    1000.0,
    help="2 holds the gradient of a wide ReLU net",
    log=True,
)
TARGET = Slider("target", "target", 0.5, 0.0, 1.0, 0.01, "what the output should be")
SEED = Slider("seed", "seed", 0, 0, 99, 1, "another seed, other random numbers", stops=(0, 1, 2))


_NODE_BY_NODE = {"X": ("input", 3.0), "W": ("weight", 4.0), "B": ("bias", 4.0)}


def number(name, default, help=""):
    """The slider of an input X.., a weight W.. or a bias B.. of a network that is drawn node by node."""
    word, end = _NODE_BY_NODE[name[0]]
    return Slider(name, f"{word} {name}", default, -end, end, 0.05, help)


def changed(control, **changes):
    """The same control with, say, another default: `changed(DEPTH, default=56)`."""
    return replace(control, **changes)
