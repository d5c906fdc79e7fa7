"""What depth does to a gradient: in the scalar chain, in real networks at their start, and in training.

Sizes are powers of ten (log10, with 0 as -320) unless said otherwise; the functions explain their records' fields.
"""

from collections import namedtuple
from functools import wraps

import numpy as np

from .. import data, optimisers, theory
from ..activations import ACTIVATIONS
from ..chain import first_gradient_by_depth, run_chain
from ..engine import Workspace
from ..initialisers import weight_variance
from ..network import backward, delta_sizes, forward, initialise, mlp, stack
from ..training import error_rate, train

DEPTHS = (4, 20, 56)  # the lecture's 20 and 56, and one that works
SEEDS, DRAWS, BINS = 20, 100_000, np.arange(-60.0, 20.5)
TYPICAL_WEIGHT, MEAN_WEIGHT = 0.529839354694838, 0.797884560802865  # exp(E ln |W|) and E |W| for W ~ N(0, 1)
TYPICAL_SIGMOID = 0.124282365  # exp(E ln |W F'|) far from the input of a sigmoid chain

LayerSizes = namedtuple("LayerSizes", "delta gradient")
Profile = namedtuple("Profile", "delta gradient theory typical update unmoved samples chaotic width activation "
                                "variance")
Race = namedtuple("Race", "runs epochs activation variance")
ChainView = namedtuple("ChainView", "gradients bound chain activation")
Draws = namedtuple("Draws", "bands mean counts rate typical bound above share depth activation")
Explosion = namedtuple("Explosion", "size delta losses activation")
log10 = lambda x: np.log10(np.maximum(x, 1e-320))
largest_slope = lambda activation: theory.SIGMOID_SLOPE_BOUND if activation == "sigmoid" else 1.0  # V12


def quiet(job):
    """The job with underflow allowed while it works: here it is the subject, not an accident."""
    advance, end = np.errstate(under="ignore")(next), object()

    @wraps(job)
    def parts(*args, **settings):
        work = job(*args, **settings)
        while (part := advance(work, end)) is not end:
            yield part
    return parts


def digits_net(depth, width, activation, variance, rng):
    """A net of `depth` weight layers for the digits (64 pixels, 10 linear outputs), and its random parameters."""
    net = mlp((64, *[width] * (depth - 1), 10), activation, "cross_entropy")
    return net, initialise(net, rng, variance)


def start(depth, width, activation, variance, seed, samples=128):
    """The digits network as `seed` draws it: (net, params, trace, back) for the first `samples` digits.

    64 pixels, depth - 1 hidden layers, 10 linear outputs into softmax cross-entropy; biases 0 but trainable.
    """
    digits, (net, params) = data.digits(), digits_net(depth, width, activation, variance, np.random.default_rng(seed))
    trace = forward(net, params, digits.x[:samples])
    return net, params, trace, backward(net, params, trace, digits.d[:samples])


def passes(depth, width, activation, variance, seeds, samples):
    """Of each seed's network: (params, workspace after its pass, log10 ||delta_l||, log10 ||dJ/dW_l||)."""
    digits, work = data.digits(), None
    for seed in seeds:
        net, params = digits_net(depth, width, activation, variance, np.random.default_rng(seed))
        work = work or Workspace(net, samples)
        _, delta = work.run(params, digits.x[:samples], digits.d[:samples])
        gradient = log10(np.array([np.linalg.norm(g) for g in work.gradient.W[1:]]))
        yield params, work, np.maximum(delta, -320), gradient


def layer_sizes(depth=20, width=32, activation="sigmoid", variance="1", seeds=(0,), samples=128):
    """The gradient that reaches each layer: ||delta_l|| and ||dJ/dW_l|| themselves, as arrays (seeds, L)."""
    found = list(passes(depth, width, activation, variance, seeds, samples))
    return LayerSizes(*(10.0 ** np.array([sizes[k] for sizes in found]) for k in (2, 3)))


@quiet
def gradient_profile(depth=20, width=32, activation="sigmoid", variance="1", gamma=0.1, seed=0):
    """Sizes by layer at the start, of one seed and then of twenty, beside mean-field `theory` (hidden layers), and
    for ReLU with 2/n what is `typical` at this width; else None.

    Of the first seed: `update` ||gamma dJ/dW_l|| / ||W_l||, and the share of W_1 `unmoved` by it bit for bit in
    (float32, float64). `chaotic`: the forward pass amplifies rounding. The largest nets get fewer `samples`.
    """
    samples, rows = int(np.clip(6e7 / (depth * width**2), 16, 128)), []
    s = width * weight_variance(variance, width, width)
    typical = np.log10(theory.he_relu_typical_factor(width)) if activation == "relu" and np.isclose(s, 2) else None
    chaotic = depth > 10 and activation in ("sigmoid", "tanh") and theory.fixed_point(activation, s)[1] > 1.2
    for params, work, *sizes in passes(depth, width, activation, variance, range(seed, seed + SEEDS), samples):
        if not rows:
            update = np.log10(gamma) + sizes[1] - log10(np.array([np.linalg.norm(w) for w in params.W[1:]]))
            unmoved = _unmoved(params.W[1], gamma * work.gradient.W[1])
            shape = log10(theory.gradient_profile(activation, [s] * (depth - 2), np.square(work.z[1]).mean()))
        rows.append(sizes)
        if len(rows) in (1, 5, 10, 15, SEEDS) or depth * width > 4000:
            delta, gradient = np.array(rows).swapaxes(0, 1)
            wide = np.median(delta[:, -2]) + shape
            narrow = None if typical is None else wide + typical * np.arange(depth - 1)[::-1]
            yield Profile(delta, gradient, wide, narrow, update, unmoved, samples, chaotic, width, activation,
                          variance)


def _unmoved(w, step):
    """The share of the weights that stay the same bit for bit after w - step, in float32 and in float64 (V18)."""
    with np.errstate(over="ignore"):
        return tuple(float((w.astype(t) - step.astype(t) == w.astype(t)).mean()) for t in (np.float32, np.float64))


def train_error(depth, width=32, activation="sigmoid", variance="1", optimiser="gd", gamma=0.05, epochs=20,
                batch=64, seed=0, pauses=False):
    """Yield (epoch, train error, test error, ||delta_1|| / ||delta_L||) for epoch 0, 1, ...; plain shares.

    A run that leaves the finite numbers yields its epoch with three nans and ends. `batch` None is all samples. With
    `pauses` it also yields None now and then, so that an epoch comes in slices.
    """
    digits, rule, rng = data.digits(), optimisers.OPTIMISERS[optimiser], np.random.default_rng(seed)
    net, params = digits_net(depth, width, activation, variance, rng)
    size, state = batch or len(digits.x), optimisers.start(rule, params)
    probe, work = Workspace(net, 128), Workspace(net, size)
    for epoch in range(epochs + 1):
        if epoch:
            order = rng.permutation(len(digits.x)) if batch else np.arange(size)
            for k, rows in enumerate(order[:len(order) // size * size].reshape(-1, size), 1):
                value, _ = work.run(params, digits.x[rows], digits.d[rows])
                params, state = optimisers.step(rule, params, work.gradient, state, gamma)
                if pauses and depth * k % 300 < depth:
                    yield None
        delta = probe.run(params, digits.x[:128], digits.d[:128], gradients=False)[1]
        if epoch and not np.isfinite([value, *(w.sum() for w in params.W[1:])]).all() or np.isnan(delta).any():
            yield epoch, np.nan, np.nan, np.nan
            return
        yield (epoch, error_rate(net, params, digits.x, digits.d),
               error_rate(net, params, digits.x_test, digits.d_test), 10 ** float(delta[0] - max(delta[-1], -300)))


@quiet
def depth_training(activation="sigmoid", variance="1", trained_width=32, gamma=0.05, seed=0, epochs=12):
    """Train 4, 20 and 56 layers, an epoch each at a time; `runs` has the rows of `train_error` by depth."""
    racers = {L: train_error(L, trained_width, activation, variance, "gd", gamma, epochs, 64, seed, True)
              for L in DEPTHS}
    rows = {L: [] for L in DEPTHS}
    for epoch in range(epochs + 1):
        for L, racer in racers.items():
            while (row := next(racer, ())) is None:
                yield None
            rows[L] += [row] * bool(row)
            if all(rows.values()) and (epoch or L == DEPTHS[-1]):
                yield Race({L: np.array(r) for L, r in rows.items()}, epochs, activation, variance)


def scalar_chain(depth=4, X=1.0, weights="random", W=1.0, activation="sigmoid", seed=0):
    """The chain with weights from N(0, 1) or all W ("equal"): dO/dW_k by layer, its `bound` at the largest F'."""
    drawn = np.random.default_rng(seed).standard_normal(depth)
    chain = run_chain(drawn if weights == "random" else np.full(depth, W), X, activation)
    later = np.append(log10(np.abs(chain.W[1:]) * largest_slope(activation)), 0.0)[::-1].cumsum()[::-1]
    bound = log10(np.abs(chain.before) * largest_slope(activation)) + later
    return ChainView(np.maximum(chain.log10_gradients(), -320), np.maximum(bound, -320), chain, activation)


@quiet
def chain_draws(depth=20, activation="sigmoid", std=1.0, X=1.0, seed=0):
    """|dO/dW_1| of 100,000 chains, W ~ N(0, std^2), in parts; a chain of depth L is the first L layers of 56.

    By depth: `bands` 5 %, 50 %, 95 %, and log10 of the `mean`; `counts` in BINS at `depth`. Plain numbers: `rate` the
    typical factor a layer, `typical` its exact value where it is known, `bound` the typical and the mean factor at the
    largest F'; the shares `above` of factors |W F'| > 1 and `share` of chains of that depth with |dO/dW_1| >= 1.
    """
    rng, logs, total, above = np.random.default_rng(seed), [], 0.0, 0
    slope, bands = std * largest_slope(activation), np.empty((3, 56))
    exact = {"sigmoid": TYPICAL_SIGMOID if std == 1 else None, "linear": TYPICAL_WEIGHT * std}.get(activation)
    for pieces in ([1000], [4500] * 2, *[[5000] * 6] * 3):
        for size in pieces:
            if logs:
                yield None
            new = first_gradient_by_depth(std * rng.standard_normal((size, 56)), X, activation)
            new = np.maximum(new, -5000).T  # -inf, a dead chain, would make differences nan
            total, above = total + (10**new).sum(axis=1), above + (np.diff(new, axis=0) > 0).sum()
            logs.append(new)
        count = sum(part.shape[1] for part in logs)
        places = [int(part * count) for part in (0.05, 0.5, 0.95)]
        for first in range(0, 56, 8):
            if len(logs) > 1:
                yield None
            some = np.hstack([part[first:first + 8] for part in logs])
            bands[:, first:first + 8] = np.maximum(np.partition(some, places, axis=1)[:, places].T, -320)
        at_depth = np.concatenate([part[depth - 1] for part in logs])
        rate = 0.0 if bands[1, -1] == -320 else float(10 ** ((bands[1, -1] - bands[1, 9]) / 46))
        yield Draws(bands.copy(), log10(total / count), np.histogram(np.clip(at_depth, -60, 20), BINS)[0], rate, exact,
                    (TYPICAL_WEIGHT * slope, MEAN_WEIGHT * slope), float(above / (55 * count)),
                    float((at_depth >= 0).mean()), depth, activation)


@quiet
def exploding(depth=10, trained_width=32, activation="relu", gain=4.0, gamma=0.05, seed=0):
    """A start with variance gain / n: rms z_l, ||delta_l||; plain `losses` of 60 steps, without and with clipping."""
    digits, losses = data.digits(), {"plain": [], "clipped": []}
    net, params, trace, back = start(depth, trained_width, activation, gain / trained_width, seed)
    size, delta = log10(np.array([delta_sizes([None, *trace.z[1:]]), delta_sizes(back.delta)]))
    runs = {name: train(net, params, digits.x, digits.d, gamma, "gd", 64, np.random.default_rng(seed), clip)
            for name, clip in (("plain", None), ("clipped", 1.0))}
    for k in range(60):
        for name, run in runs.items():
            losses[name] += [step.loss for step in (next(run, None),) if step]
        if k % 10 in (0, 9):
            yield Explosion(size, delta, {n: np.array(v) for n, v in losses.items()}, activation)


def nielsen(hidden, seeds=24):
    """||dJ/db_l|| of the hidden layers of Nielsen's networks at their start, one row a seed (his chapter 5).

    30 units a layer, sigmoid, W ~ N(0, 1/n), b ~ N(0, 1), 1,000 images with pixels from 0 to 1; J is the cross-entropy
    of sigmoid outputs, whose delta is the error out - d: a linear output with the target in - (out - d) has the same.
    """
    digits, net = data.digits(), mlp((64, *[30] * hidden, 10), output="linear")
    x = (digits.x[:1000] - digits.x.min()) / np.ptp(digits.x)
    rng = np.random.default_rng(0)
    params = stack([initialise(net, rng, "1/n", bias_variance=1.0) for _ in range(seeds)])
    trace = forward(net, params, x)
    target = trace.a[-1] - ACTIVATIONS["sigmoid"].f(trace.a[-1]) + digits.d[:1000]
    gradient = backward(net, params, trace, target).gradient
    return np.stack([np.linalg.norm(b, axis=(-2, -1)) for b in gradient.b[1:-1]], -1)
