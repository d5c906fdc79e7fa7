"""The lecture's network beside the same one with a remedy: gradients, training, the map of both, and Rprop's steps."""

import numpy as np
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.patches import Rectangle

from .. import style
from ..activations import ACTIVATIONS
from ..experiments.gradients import DEPTHS, log10
from ..experiments.remedies import DEPTH_AXIS, PAIRS, VARIANCES
from ..initialisers import MENU
from ..optimisers import OPTIMISERS
from .gradients import GUESSING, _curve, _decades, finite_width, reach, verdict, written

# gradient descent or the lecture's network, and what is put in its place
BEFORE, AFTER = {"color": "#8C8C8C", "marker": "o"}, {"color": "#CC79A7", "marker": "D"}
LEVELS = (-40, -20, -10, -5, -2, -1, 1, 2, 5, 10, 20, 40)
REGIMES = ListedColormap(("#08306b", "#2161a8", "#4a90c8", "#86b9dc", "#c3daee", "#e3f2e6",
                          "#fbdcc8", "#f5b48f", "#e8875a", "#c9562c", "#8f3410"))
ERRORS = ListedColormap(("#2f7d5b", "#6aa886", "#a9cdb8", "#dcebe2", "#f1ede6", "#efdccb", "#eac7ab"))
WRONG = (0, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 1)
LAYER = "layer $l$   (the gradient comes back from the right: ←)"
named = lambda F, variance: f"{ACTIVATIONS[F].label}, variance {variance}"
percent = lambda error: "diverged" if np.isnan(error) else f"{100 * error:.0f} %"


def frame_profile(axes, data):
    narrow = " (does not hold for width ≤ 16)" if data.after.width <= 16 else ""
    for ax, net in zip(axes, data):
        _decades(ax, -40, 20, net.delta.shape[1], LAYER, r"size of the gradient, $\|\delta_l\|$")
        label = f"{named(net.activation, net.variance)}: median, 90 %"
        style.key(ax, "lower right", {label: style.ACTIVATION[net.activation],
                                      f"mean-field theory{narrow}": style.THEORY})


def draw_profile(axes, data):
    for ax, net, when in zip(axes, data, ("Before", "After")):
        first, *_, last = reach(ax, net)
        style.headline(ax, f"{when}: layer 1 gets {written(first - last)} of layer {net.delta.shape[1]}'s")


def sentence_profile(data):
    kept = [np.subtract(*np.median(net.delta, axis=0)[[0, -1]]) for net in data]
    said = [(named(net.activation, net.variance), written(k), verdict(k)) for net, k in zip(data, kept)]
    n, L = data.after.delta.shape
    text = "Before ({}) layer 1 gets {} of layer {L}'s gradient: it {}. After ({}) {}: it {} (medians of {n} seeds)."
    return text.format(*said[0], *said[1], L=L, n=n) + finite_width(data.after)


def _errors(ax, steps, xlabel):
    ax.set(xlim=(-0.02 * steps, steps), ylim=(-0.02, 1.0), xlabel=xlabel, ylabel="training error")
    ax.locator_params(axis="x", integer=True, nbins=6)
    ax.set_yticks((0, 0.2, 0.4, 0.6, 0.8, 1.0), ("0", "20 %", "40 %", "60 %", "80 %", "100 %"))
    ax.axhline(GUESSING, color=style.PALE, linewidth=1)
    style.note(ax, steps, GUESSING + 0.05, "guessing", ha="right", va="bottom")


def _told(data):
    first = "first step" if data.optimiser == "rprop" else "γ ="
    return f"{named(data.activation, data.variance)}, {OPTIMISERS[data.optimiser].label}, {first} {data.gamma:g}"


def frame_training(axes, data):
    _errors(axes[0], data.epochs, "passes through the training digits (epochs)")
    _decades(axes[1], -40, 20, data.epochs, "epochs", r"$\|\delta_1\|\,/\,\|\delta_L\|$")
    axes[1].set_xlim(-0.02 * data.epochs, data.epochs)
    style.key(axes[0], "lower left", {"A: sigmoid, variance 1, gradient descent, γ = 0.05": BEFORE,
                                      f"B: {_told(data)}": AFTER}, bbox_to_anchor=(-0.01, 1.08), borderpad=0)


def draw_training(axes, data):
    for rows, look in zip(data.runs, (BEFORE, AFTER)):
        axes[0].plot(rows[:, 0], rows[:, 1], markersize=4, **look)
        _curve(axes[1], rows[:, 0], np.where(np.isnan(rows[:, 3]), 20, log10(rows[:, 3])), markersize=4, **look)
        if np.isnan(rows[-1, 1]):
            style.note(axes[0], rows[-1, 0], 0.97, "diverged", color=look["color"], fontweight="bold")
    a, b = (percent(rows[-1, 1]) for rows in data.runs)
    style.headline(axes[0], f"Wrong at depth {data.depth}: A {a}, B {b}")
    style.headline(axes[1], f"B at the start: {_ratio(data.runs[1])}")


def _ratio(rows):
    start = log10(rows[0, 3])
    return f"{written(start)}, {verdict(start)}"


def sentence_training(data):
    a, b = data.runs
    return (f"Training error at depth {data.depth} after {max(a[-1, 0], b[-1, 0]):.0f} epochs: A (sigmoid, variance 1, "
            f"gradient descent) {percent(a[-1, 1])}; B ({_told(data)}) {percent(b[-1, 1])}. Share of the gradient that "
            f"reached layer 1 at the start: A {_ratio(a)}; B {_ratio(b)}.")


def frame_phases(axes, data):
    ax, rate = axes
    for panel in axes:
        panel.set(xscale="log", xlim=(0.09, 1100), xlabel="n Var(W)")
        panel.set_xticks((0.1, 1, 10, 100, 1000), ("0.1", "1", "10", "100", "1000"))
        panel.minorticks_off()
    ax.set(ylim=(1, 57), ylabel="depth $L$", yticks=(2, 10, 20, 30, 40, 56))
    for i, level in enumerate(LEVELS[:-1]):  # the key, below the map
        ax.add_patch(Rectangle((i / 11, -0.3), 1 / 11, 0.05, transform=ax.transAxes, color=REGIMES(i), clip_on=False))
        word = f"$10^{{{level}}}$" if i in (1, 3, 5, 6, 8, 10) else ""
        ax.text(i / 11, -0.32, word, transform=ax.transAxes, ha="center", va="top", fontsize=9.5)
    rate.set(yscale="log", ylim=(0.05, 40), ylabel="factor a layer")
    rate.set_yticks((0.1, 1, 10), ("0.1", "1", "10"))
    rate.minorticks_off()
    rate.axhline(1, color=style.GREY, linewidth=0.8)
    style.key(rate, "upper left" if data.critical > 10 else "lower right", {
        f"{ACTIVATIONS[data.activation].label}, depth 56": style.ACTIVATION[data.activation],
        r"theory $\sqrt{\chi}$ (wide layers)": style.THEORY})


def draw_phases(axes, data):
    ax, rate = axes
    edges = np.geomspace(VARIANCES[0], VARIANCES[-1], 2 * len(VARIANCES) - 1)[1::2]
    ax.pcolormesh((0.09, *edges, 1100), (*DEPTH_AXIS - 1, 57), data.decades, cmap=REGIMES,
                  norm=BoundaryNorm(LEVELS, len(LEVELS) - 1, clip=True))
    for panel in axes:
        panel.axvline(data.critical, **style.THEORY)
    for s, label in ((1, "1/n"), (2, "2/n"), (data.width, "1")):
        ax.plot(s, 54, "v", color=style.INK, markersize=6)
        ax.text(s * (0.85 if s == 1 else 1.2), 54, label, ha="right" if s == 1 else "left", va="center", fontsize=9.5,
                bbox={"facecolor": "white", "alpha": 0.75, "linewidth": 0, "pad": 1})
    rate.plot(VARIANCES, data.rate, **style.ACTIVATION[data.activation] | {"marker": ""})
    rate.plot(VARIANCES[::4], data.theory, **style.THEORY)
    style.headline(ax, f"The gradient holds near n Var(W) = {data.critical:.4g}")
    style.headline(rate, f"1/n: × {_at(data, 1)} a layer, 2/n: × {_at(data, 2)}")


def _at(data, s):
    return style.number(np.interp(np.log(s), np.log(VARIANCES), data.rate))


def sentence_phases(data):
    seeds = "one seed" if data.seeds == 1 else f"median of {data.seeds} seeds"
    narrow = " (which does not hold for width ≤ 16)" if data.width <= 16 else ""
    return (f"{ACTIVATIONS[data.activation].label}, width {data.width}, {seeds}: theory{narrow} says that the gradient "
            f"holds at n Var(W) = {data.critical:.4g}. At depth 56 a layer multiplies it by {_at(data, 1)} with "
            f"variance 1/n, by {_at(data, 2)} with 2/n and by {_at(data, data.width)} with variance 1.")


def frame_grid(axes, data):
    ax, last = axes[0], len(PAIRS)
    ax.set(xlim=(0, len(DEPTHS)), ylim=(last, 0))
    ax.xaxis.tick_top()
    ax.set_xticks(np.arange(len(DEPTHS)) + 0.5, (f"depth {DEPTHS[0]}", *DEPTHS[1:]))
    ax.set_yticks(np.arange(last) + 0.5, [named(F, v) for F, v in PAIRS])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    axes[1].set_axis_off()


def draw_grid(axes, data):
    ax = axes[0]
    ax.pcolormesh(np.ma.masked_where(np.isnan(data.errors) | (data.errors < 0), data.errors), cmap=ERRORS,
                  norm=BoundaryNorm(WRONG, len(WRONG) - 1), edgecolors="white", linewidth=2)
    for (i, j), error in np.ndenumerate(data.errors):
        text = "…" if error < 0 else percent(error)
        style.note(ax, j + 0.5, i + 0.5, text, ha="center", color="white" if 0 <= error < 0.05 else style.INK)
    for row in range(len(MENU), len(PAIRS), len(MENU)):
        ax.axhline(row, color=style.INK, linewidth=0.8)
    best = ["best at depth {}:\n{}, {}".format(L, *_best(data, j)) for j, L in enumerate(DEPTHS)]
    for y, text in zip((0.9, 0.65, 0.4, 0.15), (f"after {data.epoch} of {data.epochs} epochs", *best)):
        axes[1].text(0, y, text, fontsize=10.5)


def _best(data, j):
    errors = np.where((data.errors[:, j] >= 0), data.errors[:, j], np.nan)
    if np.isnan(errors).all():
        return "all diverged" if np.isnan(data.errors[:, j]).all() else "not begun", "…"
    i = int(np.nanargmin(errors))
    return (named(*PAIRS[i]), percent(errors[i])) if errors[i] < 0.75 else ("none yet", "over 75 %")


def sentence_grid(data):
    how = f"Rprop from first step {data.gamma:g}" if data.optimiser == "rprop" else (
        f"{OPTIMISERS[data.optimiser].label} with γ = {data.gamma:g}")
    best = ["depth {}: {} ({})".format(L, *_best(data, j)) for j, L in enumerate(DEPTHS)]
    lost = f" {int(np.isnan(data.errors).sum())} of 27 runs diverged." if np.isnan(data.errors).any() else ""
    return f"Training error after {data.epoch} epochs of {how}; the best at {'; '.join(best)}.{lost}"


def frame_resilient(axes, data):
    _decades(axes[0], -40, 20, data.depth, "layer $l$", r"size of the gradient, $\|\delta_l\|$", False)
    _decades(axes[1], -16, 4, data.depth, "layer $l$", r"change of the weights, $\|\Delta W_l\|\,/\,\|W_l\|$", False)
    _errors(axes[2], data.planned, "step")
    style.key(axes[0], "lower right", {"gradient descent": BEFORE, "Rprop": AFTER})


def draw_resilient(axes, data):
    layers = np.arange(1, data.depth + 1)
    for (delta, change, errors), look in zip(data.runs, (BEFORE, AFTER)):
        for ax, values in zip(axes, (delta, change)):
            _curve(ax, layers, values, markersize=4, **look)
        axes[2].plot(np.arange(len(errors)), errors, color=look["color"])
        if np.isnan(errors[-1]):
            style.note(axes[2], len(errors) - 1, 0.97, "diverged", color=look["color"], fontweight="bold")
    (delta, change, errors), (_, moved, faster) = data.runs
    style.headline(axes[0], f"Layer 1 gets {written(delta[0] - delta[-1])} of the last")
    style.headline(axes[1], f"W₁: {written(change[0])} against {written(moved[0])}")
    style.headline(axes[2], f"{percent(errors[-1])} against {percent(faster[-1])}")


def sentence_resilient(data):
    (delta, change, errors), (_, moved, faster) = data.runs
    ends = [percent(e[-1]) for e in (errors, faster)]
    return (f"{named(data.activation, data.variance)}, depth {data.depth}, step {data.steps}: with gradient descent "
            f"layer 1 gets {written(delta[0] - delta[-1])} of the last layer's gradient, and W₁ changes by "
            f"{written(change[0])} of its size. Rprop changes it by {written(moved[0])}. Training error: gradient "
            f"descent {ends[0]}, Rprop {ends[1]}.")
