"""Gradients by depth: the same powers of ten and the same three regimes behind all of these pictures."""

import numpy as np

from .. import style
from ..experiments.gradients import BINS, DEPTHS, log10

LOOK = {L: {"color": c, "marker": m} for L, c, m in zip(DEPTHS, ("#8C8C8C", "#56B4E9", "#5D3A9B"), "osD")}
RACERS = ({"color": style.CLASS[1]["color"], "marker": "x"}, {"color": style.ACCENT})  # plain and clipped
GUESSING = 0.9  # error of a network that gives every digit the same answer
FLOORS = (("float64", -15.95), ("float32", -7.22))  # log10 of half a unit in the last place
written = lambda decades: style.number(10.0**decades if decades > -300 else 0.0)
verdict = lambda decades: "vanishes" if decades < -1 else "explodes" if decades > 1 else "holds"
share = lambda part: ("none" if part == 0 else "all" if part == 1 else "over 99 %" if part > 0.99
                      else f"{100 * part:.2g} %")


def _decades(ax, low, high, last, xlabel, ylabel, regimes=True):
    """Powers of ten from low to high over 1..last; the regimes are named at the right, outside."""
    step = 10 if high - low > 40 else 5 if high - low > 15 else 2
    ax.set(xlim=(1 - 0.03 * last, last + 0.03 * last), ylim=(low, high), xlabel=xlabel, ylabel=ylabel)
    ax.set_xticks(np.unique(np.linspace(1, last, min(8, last)).round().astype(int)))
    ax.set_yticks(range(low, high + 1, step), [f"$10^{{{t}}}$" for t in range(low, high + 1, step)])
    for word, color, a, b in (("vanishes", style.VANISH, low, -1), ("holds", style.HOLD, -1, 1),
                              ("explodes", style.EXPLODE, 1, high)) if regimes else ():
        ax.axhspan(a, b, color=color, zorder=0)
        if b - a > (high - low) / 6:
            ax.text(1.012, (a + b) / 2, word, transform=ax.get_yaxis_transform(), rotation=90, va="center",
                    fontsize=9.5)


def _curve(ax, x, y, **look):
    """A curve in decades; where it leaves the picture it is folded to the edge and its exponent written."""
    low, high = ax.get_ylim()
    ax.plot(x, np.clip(y, low, high), **look)
    away = (high - low) / 50
    for at, over, edge, side in ((np.argmin(y), low - min(y), low + away, "bottom"),
                                 (np.argmax(y), max(y) - high, high - away, "top")):
        if over > 0:
            ax.text(x[at], edge, written(y[at]), va=side, ha="left" if x[at] < x[-1] else "right", fontsize=9.5)


def frame_chain(axes, data):
    L = len(data.gradients)
    _decades(axes[0], -8, 2, L, "layer $l$", "size of each factor", regimes=False)
    axes[0].set_xlim(0.5, L + 0.5)
    axes[0].axhline(0, color=style.INK, linewidth=0.8)
    bars = {"$X$ (first), then $W_l$": style.POSITIVE, "the same, below 0": style.NEGATIVE,
            "$F_l'$": style.ACTIVATION[data.activation]["color"]}
    style.key(axes[0], "lower left", {label: {"color": color, "linewidth": 5} for label, color in bars.items()},
              ncols=3, columnspacing=1.0, handlelength=1.0)
    _decades(axes[1], -60 if L > 8 else -8, 20 if L > 8 else 4, L, "layer $k$", r"$|\partial O/\partial W_k|$")
    style.key(axes[1], "lower right", {"bound: every $F'$ at its largest": style.THEORY})


def draw_chain(axes, data):
    chain, low = data.chain, axes[0].get_ylim()[0]
    layers = np.arange(1, len(data.gradients) + 1)
    look, width = style.ACTIVATION[data.activation], min(18, max(1.5, 110 / len(layers)))
    weights, side = np.append(chain.before[:1], chain.W[1:]), 0.2 if len(layers) > 3 else 0.1
    for x, values, colors, va in (
            (layers - side, weights, np.where(weights < 0, style.NEGATIVE, style.POSITIVE), "bottom"),
            (layers + side, chain.slope, look["color"], "top")):
        ends = np.clip(log10(np.abs(values)), low, 2)
        axes[0].vlines(x, 0, ends, colors=colors, linewidth=width)
        for at, end, value in zip(x, ends, values) if len(layers) <= 6 else ():  # weights above, slopes below their bar
            y = max(min(end, 1.6), 0) + 0.1 if va == "bottom" else min(max(end, low + 0.5), 0) - 0.1
            axes[0].text(at, y, style.number(value), ha="center", va=va, fontsize=9.5)
    _curve(axes[1], layers, data.gradients, **look)
    axes[1].plot(layers, np.clip(data.bound, *axes[1].get_ylim()), **style.THEORY)
    style.headline(axes[0], f"|∂O/∂W₁| = {written(data.gradients[0])}, the product of these")
    style.headline(axes[1], _first_of_last(data.gradients))


def _first_of_last(decades):
    """Layer 1 against the last layer, in words."""
    first, last, L = decades[0], decades[-1], len(decades)
    if last > -300:
        return f"Layer 1 gets {written(first - last)} {'of' if first < last else 'times'} layer {L}'s"
    return f"Layer 1 gets {written(first)}, layer {L} nothing"


def sentence_chain(data):
    first, last, L = data.gradients[0], data.gradients[-1], style.subscript(len(data.gradients))
    trend = f"towards layer 1 the gradient {verdict(first - last)}" if last > -300 else "some factor is 0"
    return (f"|∂O/∂W₁| is {written(first)} and |∂O/∂W{L}| is {written(last)}: {trend}. With every F′ at its largest "
            f"the first would be {written(data.bound[0])}.")


def frame_draws(axes, data):
    _decades(axes[0], -60, 20, data.bands.shape[1], "depth $L$", r"$|\partial O/\partial W_1|$", regimes=False)
    _decades(axes[1], -60, 20, 1, f"chains of depth {data.depth}", "", regimes=False)
    axes[1].set(xticks=[], xlim=(0, 1.1))
    axes[1].axhline(0, color=style.INK, linewidth=0.8)
    theory = "theory of the median, bound of the mean" if data.typical else "both at the largest $F'$"
    style.key(axes[0], "lower left", {
        "median, and where 90 % lie": {"color": style.ACTIVATION[data.activation]["color"]},
        "mean (of rare large ones)": {"color": style.GREY, "linewidth": 1}, theory: style.THEORY})
    axes[0].axvline(data.depth, color=style.PALE, linewidth=6, zorder=0)


def draw_draws(axes, data):
    look, depths = style.ACTIVATION[data.activation], np.arange(1, data.bands.shape[1] + 1)
    axes[0].fill_between(depths, *np.clip(data.bands[[0, 2]], -60, 20), color=look["color"], alpha=0.2, linewidth=0)
    axes[0].plot(depths, np.clip(data.mean, -60, 20), color=style.GREY, linewidth=1)
    _curve(axes[0], depths, data.bands[1], **look | {"marker": ""})
    begins = (data.bands[1, 2], data.mean[2])  # from layer 3 on
    for factor, begin in zip((data.typical or data.bound[0], data.bound[1]), begins):
        axes[0].plot(depths[2:], np.clip(begin + (depths[2:] - 3) * np.log10(factor), -60, 20), **style.THEORY)
    axes[1].stairs(data.counts / data.counts.max(), BINS, orientation="horizontal", fill=True, color=look["color"])
    style.headline(axes[0], f"A typical layer multiplies by {style.number(data.rate, 3)}"
                   if data.rate else "A typical chain is dead")
    style.headline(axes[1], f"median {written(data.bands[1, data.depth - 1])}")


def sentence_draws(data):
    exact = f" (theory: {style.number(data.typical, 3)})" if data.typical else ""
    typical = f"A typical layer multiplies the gradient by {style.number(data.rate, 3)}{exact}"
    dead = "Most chains are dead: one F′ is 0, and so is the gradient"
    return (f"{typical if data.rate else dead}. At depth {data.depth} the median |∂O/∂W₁| of {data.counts.sum():,} "
            f"chains is {written(data.bands[1, data.depth - 1])}; {share(data.share)} of them have 1 or more. "
            f"Above 1: {share(data.above)} of all factors |W F′|.")


def frame_profile(axes, data):
    L, look = data.delta.shape[1], style.ACTIVATION[data.activation]
    _decades(axes[0], -40, 20, L, "layer $l$   (the gradient comes back from the right: ←)", "size of the gradient")
    _decades(axes[1], -40, 20, L, "layer $l$", r"first step, $\gamma\|\partial J/\partial W_l\|\,/\,\|W_l\|$", False)
    wide = "mean-field theory" + (": does not hold for width ≤ 16" if data.width <= 16 else "")
    style.key(axes[0], "lower right", {
        r"$\|\delta_l\|$, median and 90 % of 20 seeds": look, wide: style.THEORY,
        r"$\|\partial J/\partial W_l\|$, median": {"color": style.GREY, "linewidth": 1}})
    axes[1].axhspan(-40, FLOORS[0][1], color=style.PALE, alpha=0.4, linewidth=0)
    for word, exponent in FLOORS:
        axes[1].axhline(exponent, color=style.GREY, linewidth=1, linestyle=":")
        axes[1].text(0.99, exponent - 0.6, f"too small for {word}", ha="right", va="top", fontsize=9.5,
                     transform=axes[1].get_yaxis_transform(), backgroundcolor="white")


def reach(ax, data, beside=None):
    """||delta_l|| of a Profile: median and band over its seeds, theory on top; the median by layer. `beside`: grey."""
    layers, look = np.arange(1, data.delta.shape[1] + 1), style.ACTIVATION[data.activation]
    low, middle, high = np.percentile(data.delta, (5, 50, 95), axis=0)
    ax.fill_between(layers, *np.clip((low, high), -40, 20), color=look["color"], alpha=0.25, linewidth=0)
    if beside is not None:
        ax.plot(layers, np.clip(beside, -40, 20), color=style.GREY, linewidth=1)
    _curve(ax, layers, middle, **look)
    ax.plot(layers[:-1], np.clip(data.theory, -40, 20), **style.THEORY, zorder=4)
    if data.typical is not None:
        ax.plot(layers[:-1], data.typical, **style.THEORY | {"linestyle": ":"}, zorder=4)
    return middle


def draw_profile(axes, data):
    middle, look = reach(axes[0], data, np.median(data.gradient, axis=0)), style.ACTIVATION[data.activation]
    _curve(axes[1], np.arange(1, len(middle) + 1), data.update, **look)
    style.headline(axes[0], f"{_first_of_last(middle)}: it {verdict(middle[0] - middle[-1])}"
                   if min(middle[0], middle[-1]) > -300 else _first_of_last(middle))
    style.headline(axes[1], f"Layer 1 unmoved in float32: {share(data.unmoved[0])}")


def finite_width(data):
    """What a finite width does to mean-field theory, in a sentence; nothing where it does nothing to tell of."""
    told = " Theory is for wide layers; it does not hold at width 16 or less." if data.width <= 16 else ""
    return told if data.typical is None else (
        f"{told} Mean field says that it holds; of one sample's gradient a typical net of this width keeps "
        f"{written(data.typical[0] - data.typical[-1])}, exp(−5/(4n)) a layer (dotted).")


def sentence_profile(data):
    first, last = np.median(data.delta, axis=0)[[0, -1]]
    floors = (f"The first step leaves {share(data.unmoved[0])} of the weights of layer 1 unmoved bit for bit in "
              f"float32, {share(data.unmoved[1])} in float64")
    notes = finite_width(data)
    if data.chaotic:
        notes += " This setting amplifies rounding: another correct program may differ in the early layers."
    return (f"‖δ‖ at layer 1 is {written(first)}, at layer {data.delta.shape[1]} {written(last)} "
            f"(median of {len(data.delta)} seeds): the gradient {verdict(first - last)}. {floors}.{notes}")


def frame_race(axes, data):
    for ax in axes:
        ax.set_xlim(-0.02 * data.epochs, 1.02 * data.epochs)
    axes[0].set(ylim=(0, 1), xlabel="epochs (passes through the training digits)", ylabel="share of errors")
    axes[0].axhline(GUESSING, color=style.GREY, linewidth=1, linestyle=":")
    style.note(axes[0], 0, GUESSING + 0.03, "guessing")
    looks = {f"{L} layers": look for L, look in LOOK.items()}
    style.key(axes[0], "lower left", looks | {"test error": style.DOTS | {"color": style.INK}}, ncols=2)
    _decades(axes[1], -40, 20, data.epochs, "epochs", r"$\|\delta_1\|\,/\,\|\delta_L\|$")
    axes[1].set(xticks=axes[0].get_xticks(), xlim=axes[0].get_xlim())


def draw_race(axes, data):
    for run, look in zip(data.runs.values(), LOOK.values()):
        epoch, train, test, ratio = run[np.isfinite(run[:, 1])].T
        axes[0].plot(epoch, test, **style.DOTS, color=look["color"])
        look = look | {"markevery": max(1, len(epoch) // 6)}
        axes[0].plot(epoch, train, **look)
        axes[1].plot(epoch, np.clip(log10(ratio), -40, 20), **look)
    style.headline(axes[0], "Training error: " + ", ".join(f"{L}: {_ending(r)}" for L, r in data.runs.items()))
    style.headline(axes[1], "Gradient, start: " + ", ".join(verdict(log10(r[0, 3])) for r in data.runs.values()))


def _ending(run, column=1):
    return f"{100 * run[-1, column]:.0f} %" if np.isfinite(run[-1, 1]) else "diverged"


def sentence_race(data):
    parts = [f"{L} layers {_ending(run)}" + f" (test {_ending(run, 2)})" * bool(np.isfinite(run[-1, 2])) +
             f", ‖δ₁‖/‖δ_L‖ at the start {style.number(run[0, 3])}" for L, run in data.runs.items()]
    return f"Training error after {int(max(r[-1, 0] for r in data.runs.values()))} epochs: {'; '.join(parts)}."


def frame_explosion(axes, data):
    L = len(data.delta)
    _decades(axes[0], -20, 40, L, "layer $l$", "root mean square")
    style.key(axes[0], "upper right", {r"sums $\|z_l\|$, forward": {"color": style.INK, "linewidth": 1},
                                       r"gradient $\|\delta_l\|$, backward": style.ACTIVATION[data.activation]})
    _decades(axes[1], -10, 40, 60, "step of training", "cost $J$", False)
    style.key(axes[1], "upper right", dict(zip(("plain", "gradient clipped to length 1"), RACERS)))


def draw_explosion(axes, data):
    layers = np.arange(1, len(data.delta) + 1)
    _curve(axes[0], layers, data.size, color=style.INK, linewidth=1)
    _curve(axes[0], layers, data.delta, **style.ACTIVATION[data.activation])
    for losses, look in zip(data.losses.values(), RACERS):
        finite = losses[np.isfinite(losses)]
        axes[1].plot(np.arange(1, len(finite) + 1), np.clip(log10(finite), -10, 40), **look,
                     markevery=[len(finite) - 1])
    style.headline(axes[0], f"{_first_of_last(data.delta)}: it {verdict(data.delta[0] - data.delta[-1])}")
    style.headline(axes[1], ", ".join(f"{name}: {_fate(losses)}" for name, losses in data.losses.items()))


def _fate(losses):
    return f"J = {style.number(losses[-1])}" if np.isfinite(losses[-1]) else f"diverged at step {len(losses)}"


def sentence_explosion(data):
    plain, clipped = data.losses.values()
    return (f"{_first_of_last(data.delta)}: the gradient {verdict(data.delta[0] - data.delta[-1])}. Plain gradient "
            f"descent: {_fate(plain)}; with the gradient clipped to length 1: {_fate(clipped)} "
            f"({len(clipped)} steps, J = {style.number(clipped[0])} at the first).")
