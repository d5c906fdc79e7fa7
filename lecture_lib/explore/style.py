"""How everything looks: the colours that have one meaning in all figures.

Okabe-Ito colours, which stay apart for colour-blind eyes; a dash or a marker always says the same
as a colour.
"""

from functools import lru_cache

import numpy as np
from matplotlib.colors import to_hex, to_rgb

from lecture_lib.activations import REGISTERED

INK = "#222222"
GREY = "#666666"
PALE = "#d9d9d9"
THEORY = {"color": "#111111", "linestyle": (0, (4, 3)), "linewidth": 1.2}
DOTS = {"linestyle": ":", "linewidth": 1.3}
ACCENT = "#0072B2"  # the thing to look at when no meaning below applies
HIGHLIGHT = "#F0E442"  # what a step uses
LIT = "#fff7b0"  # what it computes

# Of activations that the reader registers, in turn.
OWN = (
    {"color": "#A6266E", "linestyle": (0, (2, 1)), "marker": "p"},
    {"color": "#6B5B00", "linestyle": (0, (7, 2, 2, 2)), "marker": "<"},
    {"color": "#3B4CC0", "linestyle": (0, (1, 2)), "marker": ">"},
    {"color": "#A04000", "linestyle": (0, (4, 1, 1, 1, 1, 1)), "marker": "X"},
    {"color": "#00707A", "linestyle": (0, (8, 1)), "marker": "d"},
    {"color": "#555555", "linestyle": (0, (3, 3)), "marker": "H"},
)


class Looks(dict):
    """How the line of each activation looks; one that the reader registered has one of OWN."""

    def __missing__(self, name):
        """The look of an activation that is not listed; KeyError if there is no such activation."""
        if name not in REGISTERED:
            raise KeyError(name)
        return OWN[REGISTERED.index(name) % len(OWN)]


ACTIVATION = Looks(
    {
        "step": {"color": "#56B4E9", "linestyle": "-", "marker": "s"},
        "sigmoid": {"color": "#0072B2", "linestyle": "-", "marker": "o"},
        "tanh": {"color": "#E69F00", "linestyle": (0, (6, 2)), "marker": "^"},
        "relu": {"color": "#009E73", "linestyle": (0, (3, 1.5)), "marker": "D"},
        "leaky_relu": {"color": "#7CC8A6", "linestyle": (0, (5, 1, 1, 1)), "marker": "v"},
        "linear": {"color": "#7A7A7A", "linestyle": (0, (1, 1)), "marker": "x"},
        "elu": {"color": "#004D40", "linestyle": "-.", "marker": "P"},
        "gelu": {"color": "#8C510A", "linestyle": "-.", "marker": "*"},
        "selu": {"color": "#5D3A9B", "linestyle": "-.", "marker": "h"},
    }
)
# Classes 0 and 1.
CLASS = (
    {"color": "#CC79A7", "marker": "o"},
    {"color": "#D55E00", "marker": "^"},
)
CLASS_FILL = ("#f5e3ed", "#fbe3d3")
# The sign of a weight; a negative one is dashed as well.
POSITIVE = "#1F8A8A"
NEGATIVE = "#7B1550"
# Backgrounds of the three regimes.
VANISH = "#eef3fb"
HOLD = "#edf7ef"
EXPLODE = "#fdf0ea"

HEADLINE = "headline"  # gid of the words above a panel
READABLE = 4.5  # contrast that words need (WCAG 2, level AA)


def luminance(color):
    """Relative luminance of a colour, 0 (black) to 1 (white), as WCAG 2 defines it."""
    rgb = np.array(to_rgb(color))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def contrast(a, b):
    """The contrast of two colours, 1 to 21, as WCAG 2 defines it."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def mix(color, other, part):
    """The colour `part` of the way from one to the other."""
    a = np.array(to_rgb(color))
    b = np.array(to_rgb(other))
    return to_hex(a + (b - a) * part)


@lru_cache
def word_color(color):
    """The colour, as dark as words in it must be to be read on white and on the pale regimes."""
    dark = to_hex(color)
    for part in np.arange(0.0, 1.0, 0.02):
        dark = mix(color, INK, part)
        if contrast(dark, EXPLODE) >= READABLE + 0.1:
            break
    return dark


_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def subscript(text):
    """The text with its digits as subscripts: W₁₂."""
    return str(text).translate(_SUBSCRIPT)


def number(value, digits=2):
    """A number as a person writes it: 0.0554, 1,200, 6.7 × 10⁻⁶, and words for what is not
    finite.
    """
    value = float(value)
    if not np.isfinite(value):
        return name_infinity(value)
    if value == 0:
        return "0"
    rounded = f"{value:.{digits - 1}e}"  # 9.99 is in the next decade
    exponent = int(rounded.partition("e")[2])
    if -4 < exponent < 5:
        decimals = max(digits - 1 - exponent, 0)
        return f"{value:,.{decimals}f}".replace("-", "−")
    return power(np.log10(abs(value)), digits, negative=value < 0)


def name_infinity(value):
    """What is not finite, in words."""
    if np.isnan(value):
        return "not a number"
    return "infinite" if value > 0 else "minus infinite"


def power(log10, digits=2, negative=False):
    """10**log10 in writing, for exponents of any size: 1.4 × 10⁻³⁴; 0 for -inf."""
    if log10 == -np.inf:
        return "0"
    if not np.isfinite(log10):
        return name_infinity(log10)
    exponent = int(np.floor(log10))
    mantissa = f"{10.0 ** (log10 - exponent):.{digits - 1}f}"
    if float(mantissa) >= 10:  # rounded up into the next decade
        mantissa = f"{1:.{digits - 1}f}"
        exponent += 1
    sign = "−" if negative else ""
    return f"{sign}{mantissa}\u00a0×\u00a010{str(exponent).translate(_SUPERSCRIPT)}"


def headline(ax, text):
    """A title that may change with every picture: written above the axes, at the left."""
    look = {"fontsize": 11.5, "fontweight": "bold", "va": "bottom", "ha": "left", "gid": HEADLINE}
    text = text.replace("× ", "×\N{NO-BREAK SPACE}")  # a factor is not broken over two lines
    return ax.text(0, 1.03, text, transform=ax.transAxes, **look)


def key(ax, loc, looks, **options):
    """A legend of `looks`, {label: how its line looks}, for what is drawn later."""
    for label, look in looks.items():
        ax.plot([], [], label=label, **look)
    ax.legend(loc=loc, **{"fontsize": 9.5, **options})


def note(ax, x, y, text, **options):
    """Small grey text at data coordinates."""
    look = {"color": GREY, "fontsize": 9.5, "va": "center"}
    return ax.text(x, y, text, **{**look, **options})


def samples(ax, x, labels, **options):
    """The samples x (m, 2) of class 0 and 1, each class in its colour and with its marker."""
    for label, look in enumerate(CLASS):
        of_class = x[labels == label]
        ax.plot(*of_class.T, linestyle="", markeredgecolor="white", **look, **options)
