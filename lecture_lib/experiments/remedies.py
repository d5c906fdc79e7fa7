"""What the lecture's three remedies do: to a gradient at the start, and to training (sizes in log10)."""

from collections import namedtuple

import numpy as np

from .. import check, data, optimisers, theory
from ..initialisers import MENU
from ..network import Params, backward, forward, norm, stack
from ..training import error_rate, train
from .gradients import DEPTHS, digits_net, gradient_profile, log10, quiet, train_error

VARIANCES = np.geomspace(0.1, 1000, 49)  # n Var(W)
DEPTH_AXIS = np.arange(2, 57, 2)
PAIRS = tuple((F, v) for F in ("sigmoid", "tanh", "relu") for v in MENU)
Remedy = namedtuple("Remedy", "before after")
Duel = namedtuple("Duel", "runs depth activation variance optimiser gamma epochs")
Phases = namedtuple("Phases", "decades critical rate theory activation width seeds")
Grid = namedtuple("Grid", "errors epoch epochs optimiser gamma")
Attempt = namedtuple("Attempt", "wrong sentence settings")
Resilient = namedtuple("Resilient", "runs depth steps planned activation variance")


def remedy_profile(depth=20, width=32, activation="relu", variance="2/n", seed=0):
    """`gradient_profile` before, with sigmoid and variance 1, and after a remedy: the seeds are the same."""
    nets = (("sigmoid", "1"), (activation, variance))
    for both in zip(*(gradient_profile(depth, width, F, spread, seed=seed) for F, spread in nets)):
        yield Remedy(*both)


@quiet
def remedy_training(depth=20, activation="relu", variance="2/n", optimiser="gd", gamma=0.05, trained_width=32, seed=0,
                    epochs=20):
    """The lecture's network (A) against a remedy (B), an epoch each at a time; `runs` has the rows of `train_error`.

    Rprop takes all samples in each step, so its epoch is one step, and gamma is its first step.
    """
    racers = (train_error(depth, trained_width, epochs=epochs, seed=seed, pauses=True),
              train_error(depth, trained_width, activation, variance, optimiser, gamma, epochs,
                          None if optimiser == "rprop" else 64, seed, True))
    rows = ([], [])
    for _ in range(epochs + 1):
        for racer, kept in zip(racers, rows):
            while (row := next(racer, ())) is None:
                yield None
            kept += [row] * bool(row)
        yield Duel([np.array(kept) for kept in rows], depth, activation, variance, optimiser, gamma, epochs)


def phase_diagram(activation, width=64, variances=VARIANCES, depths=DEPTH_AXIS, seed=0, samples=16):
    """log10 ||delta_1|| / ||delta_last hidden|| of real networks, as an array (depths, variances); both ascend.

    `variances` are n Var(W). All nets use the same draw: W_l = sqrt(n Var(W)) G_l. One of depth L is the first L - 1
    hidden layers and the output layer; so one forward pass serves all depths, and their backward passes join on
    the way: delta has the axes (depths so far, variances, samples, units).
    """
    net, params = digits_net(max(depths), width, activation, "1/n", np.random.default_rng(seed))
    x, d = data.digits().x[:samples], data.digits().d[:samples]
    (_, *G, out), F, gain = params.W, net.activations[1], np.sqrt(variances)[:, None, None]
    z = [gain * (x @ G[0])]
    for g in G[1:]:
        z.append(gain * (F.f(z[-1]) @ g))
    delta, last = np.empty((0, *z[0].shape)), []
    for l in range(len(z) - 1, -1, -1):
        slope = F.df(z[l])
        if len(delta):
            delta = (delta @ G[l + 1].T) * (gain * slope)
        if l + 2 in depths:
            top = (net.cost.df(gain * (F.f(z[l]) @ out), d) @ out.T) * (gain * slope)
            delta, last = np.concatenate([delta, top[None]]), [*last, norm(top)]
    return (log10(norm(delta)) - log10(np.array(last)))[::-1]


@quiet
def phase_map(activation="sigmoid", width=64, seeds=2, seed=0):
    """`decades`, the median of `phase_diagram` over seeds, first in coarse columns; the factor a layer at the largest
    depth (`rate`) and sqrt(chi) of `theory`, both by VARIANCES; `critical` is the n Var(W) with chi = 1."""
    decades, columns = np.empty((len(DEPTH_AXIS), len(VARIANCES))), 10 if width <= 64 else 16
    samples = int(np.clip(1024 // width, 4, 16))
    predicted = np.sqrt([theory.fixed_point(activation, s)[1] for s in VARIANCES[::4].tolist()])
    for part in range(columns):
        found = []
        for k in range(seeds):
            found.append(phase_diagram(activation, width, VARIANCES[part::columns], seed=seed + k, samples=samples))
            middle = np.median(found, axis=0)
            if part == 0:
                decades[:] = np.repeat(middle, columns, axis=1)[:, :len(VARIANCES)]
            decades[:, part::columns] = middle
            yield Phases(decades.copy(), theory.critical_variance(activation),
                         10 ** (decades[-1] / (DEPTH_AXIS[-1] - 2)), predicted, activation, width, seeds)


def _cells(depth, activation, variances, optimiser, gamma, width, seed):
    """Nets of these variances as one stack: yield their training errors after epoch 0, 1, ..., and None in between."""
    digits, rule, drawn = data.digits(), optimisers.OPTIMISERS[optimiser], []
    for variance in variances:
        rng = np.random.default_rng(seed)
        net, params = digits_net(depth, width, activation, variance, rng)
        drawn.append(params)
    params = stack(drawn)
    state, size = optimisers.start(rule, params), len(digits.x) if optimiser == "rprop" else 64
    while True:
        tops, blocks = [], np.array_split(digits.x, max(1, depth // 14))
        for x in blocks:
            tops.append(forward(net, params, x).a[-1])
            if len(tops) < len(blocks):
                yield None
        top = np.concatenate(tops, axis=-2)
        wrong = (top.argmax(axis=-1) != digits.labels).mean(axis=-1)
        yield np.where(np.isfinite(top).all(axis=(-2, -1)), wrong, np.nan)
        order = np.arange(size) if optimiser == "rprop" else rng.permutation(len(digits.x))
        for k in range(len(digits.x) // size):
            x, d = (part[order[k * size:(k + 1) * size]] for part in (digits.x, digits.d))
            back = backward(net, params, forward(net, params, x), d)
            params, state = optimisers.step(rule, params, back.gradient, state, gamma)
            if depth * (k + 1) % 300 < depth:
                yield None


@quiet
def remedy_grid(optimiser="gd", gamma=0.05, epochs=3, trained_width=32, seed=0):
    """Training `errors` (pair of PAIRS, depth of DEPTHS) after `epochs` epochs, filling in epoch by epoch, each as
    `train_error` has it; nan where a run diverged, -1 where it has not begun. For Rprop an epoch is one step."""
    errors = np.full((len(PAIRS), len(DEPTHS)), -1.0)
    cells = 1 if optimiser == "rprop" else len(MENU)  # a step with all samples is a slice of its own
    racers = [(i, j, _cells(L, PAIRS[i][0], [v for _, v in PAIRS[i:i + cells]], optimiser, gamma, trained_width, seed))
              for j, L in enumerate(DEPTHS) for i in range(0, len(PAIRS), cells)]
    for epoch in range(epochs + 1):
        for i, j, racer in racers:
            while (found := next(racer)) is None:
                yield None
            errors[i:i + cells, j] = found
            whole = (i + cells) % len(MENU) == 0 or epoch == i == j == 0
            yield Grid(errors.copy(), epoch, epochs, optimiser, gamma) if whole else None


@quiet
def resilient(depth=20, activation="sigmoid", variance="1", steps=30, gamma=0.05, first_step=0.01, trained_width=32,
              seed=0):
    """Gradient descent and Rprop (from `first_step`) on the same net and the same 512 digits, step by step.

    `runs` are (log10 ||delta_l||, log10 ||change of W_l|| / ||W_l||, training errors so far) of each; where one
    diverges its sizes are the last finite ones, and its last error is nan.
    """
    net, params = digits_net(depth, trained_width, activation, variance, np.random.default_rng(seed))
    x, d = data.digits().x[:512], data.digits().d[:512]
    racers = [train(net, params, x, d, size, name) for name, size in (("gd", gamma), ("rprop", first_step))]
    errors, runs = [[error_rate(net, params, x, d)] for _ in racers], [None, None]
    for k in range(1, steps + 1):
        for i, record in enumerate(next(racer, None) for racer in racers):
            if record and record.diverged:
                errors[i].append(np.nan)
            elif record:
                errors[i].append(error_rate(net, record.params, x, d))
                sizes = (record.delta, record.update_ratio)
                runs[i] = [np.clip(log10(size), -320, 300) for size in sizes]
        yield Resilient([(*run, np.array(e)) for run, e in zip(runs, errors)], depth, k, steps, activation, variance)


def centred_sigmoid(params):
    """The parameters with which a sigmoid net computes what a tanh net computes with `params`.

    For sigma(x) = (1 + tanh(x / 2)) / 2. Of tanh at variance 1/n it makes W of variance 16/n and B_j = -1/2 sum_i W_ij
    between hidden layers (slip K62).
    """
    last = len(params.W) - 1
    W = [2.0 * (1 + (1 < l < last)) * w for l, w in enumerate(params.W[1:], 1)]
    b = [(1 + (l < last)) * b - (l > 1) * w.sum(axis=0, keepdims=True) / 2
         for l, (w, b) in enumerate(zip(W, params.b[1:]), 1)]
    return Params((None, *W), (None, *b))


def challenge(remedies, activation="sigmoid", variance="1", optimiser="gd", gamma=0.05, width=32, seeds=(0, 1, 2)):
    """Train 30 layers with a student's settings, as `train_error` does: 4 epochs, or 30 steps of Rprop.

    An Attempt: `wrong` is the median training error over `seeds` (1 for a run that diverged); the `sentence` has
    the goal and a signal. `remedies` "lecture" allows what the lecture names, and tanh; "any" every rule there is.
    """
    goal = {"lecture": 0.5, "any": 0.1}[check.one_of("remedies", remedies, ("lecture", "any"))]
    check.one_of("optimiser", optimiser, tuple(optimisers.OPTIMISERS) if remedies == "any" else ("gd", "rprop"))
    if remedies == "lecture":
        check.one_of("activation", activation, ("sigmoid", "tanh", "relu"))
        check.one_of("variance", variance, MENU)
    epochs, batch = (30, None) if optimiser == "rprop" else (4, 64)
    runs = [list(train_error(30, check.whole("width", width, 2, 100), activation, variance, optimiser,
                             check.number("gamma", gamma, above=0), epochs, batch, seed)) for seed in seeds]
    wrong = float(np.median([1.0 if np.isnan(run[-1][1]) else run[-1][1] for run in runs]))
    share = np.median([run[0][3] for run in runs])
    signal = ("Goal reached." if wrong < goal else "It diverged: shorter steps or smaller weights." if wrong == 1 else
              "The gradient has vanished before it reaches layer 1: repair that first." if share < 0.01 else
              "The gradient explodes on its way to layer 1: repair that first." if share > 100 else
              "The gradient arrives; now the learning: another γ, width or activation.")
    settings = f"{activation}, {variance}, {optimiser}, γ = {gamma:g}, width {width}"
    return Attempt(wrong, f"{wrong:.0%} wrong; goal: below {goal:.0%}. At the start layer 1 got {share:.1g} of the "
                   f"gradient of the last layer. {signal}", settings)
