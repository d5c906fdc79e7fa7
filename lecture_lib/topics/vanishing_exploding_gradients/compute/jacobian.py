"""A nudge of the first layer going forward, beside the gradient coming back, over several seeds."""

from dataclasses import dataclass

import numpy as np

from lecture_lib import data, theory
from lecture_lib.digits_networks.nets import check_held, digits_net
from lecture_lib.initialisers import weight_variance
from lecture_lib.jacobian import forward_decades, forward_spread
from lecture_lib.network import backward, delta_sizes, forward
from lecture_lib.powers_of_ten import log10_floored, make_finite
from lecture_lib.quiet import quiet

SEEDS = 9
SHOWN_AFTER = (1, 3, SEEDS)  # seeds after which a picture of a large network is worth drawing
LARGE = 2000  # depth times width from which on a picture is drawn before all seeds are done
WORK = 2e7  # multiplications of a forward pass that one network may take
PIXEL = 36  # of the 64: one near the middle, which no digit of the first ones leaves empty


@dataclass(frozen=True)
class BothWays:
    """What a nudge of layer 1 still is at each layer, and what of the gradient comes back to it."""

    forward: np.ndarray  # (seeds, L): log10 size of the nudge over its size at layer 1
    back: np.ndarray  # (seeds, L): log10 ||delta_l|| over ||delta_L||
    theory_forward: np.ndarray  # (L,): mean field, for very wide layers
    theory_back: np.ndarray  # (L,)
    spread: np.ndarray  # (seeds, L - 1): how far apart the digits are in each hidden layer
    signal: np.ndarray  # (seeds, L - 1): log10 size of the outputs over that of hidden layer 1
    threads: np.ndarray  # (L - 1, samples): the digits of the first seed, in one direction
    labels: np.ndarray  # (samples,): which digit each is
    nudged: str  # "weight" or "input"
    activation: str  # of the hidden layers, by name
    variance: str  # the rule of the initial weights
    width: int  # units in every hidden layer


@quiet("under", "over", "invalid")
def compute_jacobian(
    depth=20, width=32, activation="sigmoid", variance="1", nudged="weight", seed=0
):
    """Yield a BothWays of the networks of `seed` and the eight seeds after it, before training
    (V13, V15, V20).

    Nudged is one weight of layer 1, or one pixel of the input; both are followed as derivatives,
    so the nudge is as small as can be. The largest networks get fewer digits.
    """
    samples = int(np.clip(WORK / (depth * width**2), 32, 128))
    rows = []
    for number in range(SEEDS):
        rng = np.random.default_rng(seed + number)
        row = measure_both_ways(depth, width, activation, variance, nudged, rng, samples)
        rows.append(row)
        if len(rows) not in SHOWN_AFTER and depth * width <= LARGE:
            continue
        if len(rows) in SHOWN_AFTER:
            yield collect_rows(rows, width, activation, variance, nudged)
        else:
            yield None


@dataclass(frozen=True)
class OneNetwork:
    """Both ways for one network; the fields are rows of those of BothWays."""

    forward: np.ndarray  # (L,)
    back: np.ndarray  # (L,)
    spread: np.ndarray  # (L - 1,)
    signal: np.ndarray  # (L - 1,)
    threads: np.ndarray  # (L - 1, samples)
    first_mean_square: float  # of the sums of layer 1


def measure_both_ways(depth, width, activation, variance, nudged, rng, samples):
    """The OneNetwork of the digits network that `rng` draws, on the first `samples` digits."""
    digits = data.digits()
    net, params = digits_net(depth, width, activation, variance, rng)
    trace = forward(net, params, digits.x[:samples])
    delta = delta_sizes(backward(net, params, trace, digits.d[:samples]).delta)
    nudge = nudge_of_layer_1(params, trace, nudged)
    check_held(delta, activation, variance, depth)
    back = log10_floored(np.array(delta))
    hidden = trace.a[1:-1]
    signal = log10_floored(np.array([np.sqrt(np.square(a).mean()) for a in hidden]))
    return OneNetwork(
        forward=forward_decades(net, params, trace, nudge),
        back=back - back[-1],
        spread=forward_spread(trace)[1:-1],
        signal=signal - signal[0],
        threads=follow_samples(hidden),
        first_mean_square=np.square(trace.z[1]).mean(),
    )


def nudge_of_layer_1(params, trace, nudged):
    """The change of the sums of layer 1, (m, n_1), for a unit change of one pixel, or of the weight
    from that pixel to one unit.

    The unit is the one whose sum is nearest to 0 on average, so that it is not switched off.
    """
    pixel = trace.a[0][:, [PIXEL]]
    if nudged == "input":
        return np.ones_like(pixel) * params.W[1][PIXEL]
    unit = np.abs(trace.z[1].mean(axis=0)).argmin()
    nudge = np.zeros_like(trace.z[1])
    nudge[:, [unit]] = pixel
    return nudge


def follow_samples(hidden):
    """Where each sample lies in each hidden layer, along one direction, relative to the size of the
    outputs: (layers, samples).

    In layer 1 it is the direction in which the samples differ most; in every later layer the one
    that best goes on with the order of the layer before.
    """
    threads = []
    for a in hidden:
        centred = a - a.mean(axis=0)
        size = np.sqrt(np.square(a).sum(axis=1).mean())
        if threads:
            direction = centred.T @ threads[-1]
        else:
            direction = np.linalg.svd(centred, full_matrices=False)[2][0]
        length = np.linalg.norm(direction)
        if size == 0 or length == 0:
            threads.append(np.zeros(len(a)))
            continue
        threads.append(centred @ (direction / length) / size)
    return np.array(threads)


def predict(profile, activation, variances, q1):
    """A profile of `theory` in decades."""
    return make_finite(log10_floored(profile(activation, variances, q1)))


def collect_rows(rows, width, activation, variance, nudged):
    """The OneNetworks of several seeds as one BothWays, with theory beside them."""
    first = rows[0]
    depth = len(first.forward)
    variances = [width * weight_variance(variance, width, width)] * (depth - 1)
    q1 = first.first_mean_square
    return BothWays(
        forward=np.array([row.forward for row in rows]),
        back=np.array([row.back for row in rows]),
        theory_forward=predict(theory.nudge_profile, activation, variances, q1),
        theory_back=predict(theory.gradient_profile, activation, variances, q1),
        spread=np.array([row.spread for row in rows]),
        signal=np.array([row.signal for row in rows]),
        threads=first.threads,
        labels=data.digits().labels[: first.threads.shape[1]],
        nudged=nudged,
        activation=activation,
        variance=variance,
        width=width,
    )
