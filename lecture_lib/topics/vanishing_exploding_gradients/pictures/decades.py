"""Gradients by depth: the same powers of ten and the same three regimes in all pictures."""

import numpy as np

from lecture_lib.explore import style

GUESSING = 0.9  # error of a network that gives every digit the same answer
written = lambda decades: style.number(10.0**decades if decades > -300 else 0.0)
verdict = lambda decades: "vanishes" if decades < -1 else "explodes" if decades > 1 else "holds"
share = lambda part: (
    "none"
    if part == 0
    else "all"
    if part == 1
    else "over 99 %"
    if part > 0.99
    else f"{100 * part:.2g} %"
)


def frame_decades(ax, low, high, last, xlabel, ylabel, regimes=True):
    """Powers of ten from low to high over 1..last; the regimes are named at the right, outside."""
    step = 10 if high - low > 40 else 5 if high - low > 15 else 2
    ax.set(
        xlim=(1 - 0.03 * last, last + 0.03 * last), ylim=(low, high), xlabel=xlabel, ylabel=ylabel
    )
    ax.set_xticks(np.unique(np.linspace(1, last, min(8, last)).round().astype(int)))
    ax.set_yticks(range(low, high + 1, step), [f"$10^{{{t}}}$" for t in range(low, high + 1, step)])
    for word, color, a, b in (
        (
            ("vanishes", style.VANISH, low, -1),
            ("holds", style.HOLD, -1, 1),
            ("explodes", style.EXPLODE, 1, high),
        )
        if regimes
        else ()
    ):
        ax.axhspan(a, b, color=color, zorder=0)
        if b - a > (high - low) / 6:
            ax.text(
                1.012,
                (a + b) / 2,
                word,
                transform=ax.get_yaxis_transform(),
                rotation=90,
                va="center",
                fontsize=9.5,
            )


def draw_curve(ax, x, y, **look):
    """A curve in decades; where it leaves the picture it is folded to the edge and its exponent written."""
    low, high = ax.get_ylim()
    ax.plot(x, np.clip(y, low, high), **look)
    away = (high - low) / 50
    for at, over, edge, side in (
        (np.argmin(y), low - min(y), low + away, "bottom"),
        (np.argmax(y), max(y) - high, high - away, "top"),
    ):
        if over > 0:
            ax.text(
                x[at],
                edge,
                written(y[at]),
                va=side,
                ha="left" if x[at] < x[-1] else "right",
                fontsize=9.5,
            )


def first_of_last(decades):
    """Layer 1 against the last layer, in words."""
    first, last, L = decades[0], decades[-1], len(decades)
    if last > -300:
        return (
            f"Layer 1 gets {written(first - last)} {'of' if first < last else 'times'} layer {L}'s"
        )
    return f"Layer 1 gets {written(first)}, layer {L} nothing"
