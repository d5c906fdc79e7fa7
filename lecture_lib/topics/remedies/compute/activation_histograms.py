"""The outputs of some layers of a real network, counted: what of the signal is left on its way
forward (R2, R3, R4; after Glorot & Bengio 2010).
"""

from dataclasses import dataclass

import numpy as np

from lecture_lib import data
from lecture_lib.activations import activation as find_activation
from lecture_lib.bounds import largest_slope
from lecture_lib.network import forward, initialise, mlp
from lecture_lib.quiet import quiet

SAMPLES = 200  # digits
COLUMNS = 5  # hidden layers that are shown, at most
BINS = 41  # an odd number, so that one of them has 0 in its middle
NARROW = 4  # the narrow layers have this part of the units of the wide ones
SATURATED = 0.05  # an output is saturated where F' is below this part of its largest value
# What their outputs lie between.
BOUNDS = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}
# Times a power of ten: where the scale of all others may end.
STEPS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)


@dataclass(frozen=True)
class LayerOutputs:
    """All outputs of one hidden layer, those of every unit for every digit."""

    layer: int  # 1 is nearest the input
    inputs: int  # terms in each of its sums
    units: int  # outputs for each digit
    bins: np.ndarray  # (BINS,): the fraction of the outputs in each, without the saturated ones
    flat_bins: np.ndarray  # (BINS,): that of the saturated ones
    spread: float  # standard deviation of all outputs
    apart: float  # from digit to digit: the same of one unit, root mean square over the units
    flat: float  # fraction of the outputs that are saturated, or 0 in ReLU
    reach: float  # the farthest output from F(0)


@dataclass(frozen=True)
class ActivationHistograms:
    """Histograms of some layers on one scale."""

    layers: tuple  # of LayerOutputs, from the input to the output
    low: float  # where the scale begins
    high: float  # and where it ends
    rest: float  # F(0), what a unit gives whose sum is 0
    depth: int  # weight layers
    activation: str  # name of F
    variance: str  # rule of the initial weights
    shape: str  # "equal" or "in turn"


@quiet("under", "over", "invalid")
def compute_activation_histograms(
    depth=20, width=100, activation="tanh", variance="1/n", shape="equal", seed=0
):
    """The ActivationHistograms of an untrained digits network, for the first 200 digits.

    With the shape "in turn" every second hidden layer has a quarter of the units. Raises ValueError
    if the outputs leave float64.
    """
    net = mlp((64, *list_widths(depth, width, shape), 10), activation, "cross_entropy")
    params = initialise(net, np.random.default_rng(seed), variance)
    trace = forward(net, params, data.digits().x[:SAMPLES])
    shown = choose_layers(depth - 1)
    outputs = [trace.a[l] for l in shown]
    check_finite(outputs, activation, variance, depth)
    low, high = choose_scale(activation, outputs)
    return ActivationHistograms(
        layers=tuple(count_outputs(net, trace, l, low, high) for l in shown),
        low=low,
        high=high,
        rest=find_rest(activation),
        depth=depth,
        activation=activation,
        variance=variance,
        shape=shape,
    )


def check_finite(outputs, activation, variance, depth):
    """Raise ValueError if some of these arrays have left float64."""
    if not all(np.isfinite(a).all() for a in outputs):
        raise ValueError(
            f"activation was {activation}, with variance {variance} at depth {depth}; it must be "
            "one whose outputs float64 can hold."
        )


def find_rest(activation):
    """F(0)."""
    return float(find_activation(activation).f(np.zeros(1))[0])


def list_widths(depth, width, shape):
    """The units of each hidden layer."""
    widths = [width] * (depth - 1)
    if shape == "in turn":
        widths[1::2] = [max(width // NARROW, 1)] * len(widths[1::2])
    return tuple(widths)


def choose_layers(hidden):
    """The numbers of the layers that are shown: the first, the last, and three evenly between."""
    return tuple(int(l) for l in np.unique(np.linspace(1, hidden, COLUMNS).round()))


def choose_scale(activation, outputs):
    """(low, high) of the scale that holds these arrays of outputs: the bounds of the activation, or
    round numbers.
    """
    if activation in BOUNDS:
        return BOUNDS[activation]
    low = min(float(a.min()) for a in outputs)
    high = max(float(a.max()) for a in outputs)
    end = round_up(max(high, -low))
    if low >= 0:
        return 0.0, end
    if -low <= end / 5:  # a tail as short as that of leaky ReLU takes little room
        return -end / 5, end
    return -end, end


def round_up(size):
    """The next of STEPS times a power of ten; 1 for a size of 0."""
    if size == 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(size))
    return float(next(step * power for step in STEPS if size <= step * power * (1 + 1e-9)))


def count_outputs(net, trace, l, low, high):
    """The LayerOutputs of hidden layer `l` of a pass, counted on the scale from `low` to `high`."""
    F = net.activations[l]
    a = trace.a[l]
    flat = np.abs(F.df(trace.z[l])) < SATURATED * largest_slope(F.name)
    edges = np.linspace(low, high, BINS + 1)
    size = max(float(np.abs(a).max()), 1e-300)
    scaled = a / size  # so that no square leaves float64
    return LayerOutputs(
        layer=l,
        inputs=net.widths[l - 1],
        units=net.widths[l],
        bins=np.histogram(a[~flat], edges)[0] / a.size,
        flat_bins=np.histogram(a[flat], edges)[0] / a.size,
        spread=size * float(scaled.std()),
        apart=size * float(np.sqrt(scaled.var(axis=0).mean())),
        flat=float(flat.mean()),
        reach=float(np.abs(a - find_rest(F.name)).max()),
    )
