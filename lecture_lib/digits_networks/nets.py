"""Networks for the handwritten digits, and the gradient of each layer at their start."""

from dataclasses import dataclass

import numpy as np

from lecture_lib import check, data
from lecture_lib.architecture import MAX_DEPTH
from lecture_lib.network import backward, forward, initialise, mlp
from lecture_lib.powers_of_ten import FLOOR, log10_floored
from lecture_lib.residual_pass import make_pass


@dataclass(frozen=True)
class Added:
    """What came after the lecture, added to a network; nothing by default."""

    skip: float = 0.0  # alpha, the strength of the skip connections
    normalisation: str = "none"  # or "batch" or "layer"
    inner_variance: str | None = None  # of layers 2 to L - 1, if it is another one


PLAIN = Added()


@dataclass(frozen=True)
class LayerSizes:
    """The gradient that reaches each layer of some networks."""

    delta: np.ndarray  # (networks, L): ||delta_l||, root mean square over the samples
    gradient: np.ndarray  # (networks, L): ||dJ/dW_l||


@dataclass(frozen=True)
class InitialGradient:
    """The gradient of one network before training, in decades by layer (L,)."""

    params: object  # network.Params
    passes: object  # the fast pass, after its pass, and until the next network's
    delta: np.ndarray  # log10 ||delta_l||
    gradient: np.ndarray  # log10 ||dJ/dW_l||


def digits_net(depth, width, activation, variance, rng, added=PLAIN):
    """(net, its random parameters): `depth` weight layers for the digits, 64 pixels to 10 linear
    outputs.

    The outputs go into softmax cross-entropy; biases start at 0 but are trained. `added` is what
    came after the lecture. Raises TypeError or ValueError for a setting that is not allowed.
    """
    depth = check.integer("depth", depth, 1, MAX_DEPTH)
    if not isinstance(added, Added):
        raise TypeError(f"added was {check.shorten(added)}; it must be Added, as Added(skip=1.0).")
    widths = (64, *[width] * (depth - 1), 10)
    how = {"skip": added.skip, "normalisation": added.normalisation}
    net = mlp(widths, activation, "cross_entropy", **how)
    return net, initialise(net, rng, variance, inner_variance=added.inner_variance)


def initial_backprop(depth, width, activation, variance, seed, samples=128):
    """(net, params, trace, backprop) of the digits network that `seed` draws, for the first
    `samples` digits.
    """
    digits = data.digits()
    samples = check.integer("samples", samples, 1, len(digits.x))
    rng = np.random.default_rng(check.seed("seed", seed))
    net, params = digits_net(depth, width, activation, variance, rng)
    trace = forward(net, params, digits.x[:samples])
    return net, params, trace, backward(net, params, trace, digits.d[:samples])


def check_held(numbers, activation, variance, depth):
    """Raise ValueError if a network has numbers that are none: its sums have left float64."""
    if np.isnan(numbers).any():
        raise ValueError(
            f"activation was {activation}, with variance {variance} at depth {depth}; it must be "
            "one whose sums float64 can hold."
        )


def initial_gradients(depth, width, activation, variance, seeds, samples, added=PLAIN):
    """Yield an InitialGradient for the digits network of each seed, for the first `samples`
    digits; ValueError if its sums leave float64.
    """
    digits = data.digits()
    samples = check.integer("samples", samples, 1, len(digits.x))
    passes = None
    for seed in check.seeds("seeds", seeds):
        rng = np.random.default_rng(seed)
        net, params = digits_net(depth, width, activation, variance, rng, added)
        if passes is None:
            passes = make_pass(net, samples)
        _, delta = passes.run(params, digits.x[:samples], digits.d[:samples])
        check_held(delta, activation, variance, depth)
        gradient = np.array([np.linalg.norm(g) for g in passes.gradient.W[1:]])
        yield InitialGradient(
            params=params,
            passes=passes,
            delta=np.maximum(delta, FLOOR),
            gradient=log10_floored(gradient),
        )


def layer_sizes(depth=20, width=32, activation="sigmoid", variance="1", seeds=(0,), samples=128):
    """The LayerSizes of the digits networks of `seeds` before training (I5, V13)."""
    found = list(initial_gradients(depth, width, activation, variance, seeds, samples))
    with np.errstate(over="ignore", under="ignore"):
        return LayerSizes(
            delta=10.0 ** np.array([start.delta for start in found]),
            gradient=10.0 ** np.array([start.gradient for start in found]),
        )
