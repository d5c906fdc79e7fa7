"""A picture has the same bytes whatever the reader has set for figures of their own."""

import warnings

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from lecture_lib.explore.canvas import Canvas, draw_caption
from lecture_lib.explore.frame import DPI
from lecture_lib.explorers import EXPLORERS

HOSTILE = {
    "text by LaTeX, which is not there": {"text.usetex": True},
    "a hand-drawn look": {"path.sketch": (1, 100, 2)},
    "another font": {"font.family": "serif", "font.size": 20, "mathtext.fontset": "stix"},
    "another size": {
        "figure.dpi": 37,
        "savefig.dpi": 300,
        "savefig.bbox": "tight",
        "figure.constrained_layout.use": True,
    },
    "thick lines": {
        "lines.linewidth": 9,
        "lines.marker": "s",
        "patch.force_edgecolor": True,
        "path.simplify_threshold": 1.0,
        "lines.antialiased": False,
    },
    "other axes": {
        "axes.grid": True,
        "axes.xmargin": 0.3,
        "axes.unicode_minus": False,
        "axes.formatter.limits": (-1, 1),
        "axes.autolimit_mode": "round_numbers",
        "xtick.minor.visible": True,
    },
    "other images": {
        "image.cmap": "hot",
        "image.origin": "lower",
        "image.interpolation": "bilinear",
        "image.aspect": "auto",
        "pcolor.shading": "nearest",
    },
    "other words": {
        "text.color": "red",
        "axes.labelcolor": "red",
        "text.hinting": "none",
        "mathtext.default": "bf",
        "text.parse_math": False,
        "text.antialiased": False,
    },
}
STYLES = ("dark_background", "classic", "ggplot")

QUICK = {"neuron", "gradient_profile", "phase_map", "resilient", "jacobian", "live_network"}


def every(name):
    """Some explorers in the everyday tests, all of them in the long ones."""
    return pytest.param(name, marks=[] if name in QUICK else [pytest.mark.long])


def first_part(explorer, settings):
    return next(part for part in explorer.parts(settings) if part is not None)


def draw_anew(explorer, settings, data):
    """The pixels of a new canvas, and those of a sentence below it."""
    pixels = Canvas(explorer).pixels(settings, data)
    return pixels, draw_caption("One sentence, 2 × 10⁻³.", pixels.shape[1], DPI)


def assert_same(found, expected, told):
    for pixels, wanted in zip(found, expected, strict=True):
        assert np.array_equal(pixels, wanted), told


@pytest.mark.parametrize("name", [every(name) for name in EXPLORERS])
def test_pictures_do_not_depend_on_the_readers_settings(name):
    explorer = EXPLORERS[name]
    settings = explorer.settings()
    data = first_part(explorer, settings)
    expected = draw_anew(explorer, settings, data)
    for told, values in HOSTILE.items():
        with matplotlib.rc_context(values):
            again = draw_anew(explorer, settings, data)
        assert_same(again, expected, told)
    for style in STYLES:
        with plt.style.context(style):
            again = draw_anew(explorer, settings, data)
        assert_same(again, expected, style)


def test_the_readers_settings_are_back_afterwards():
    explorer = EXPLORERS["neuron"]
    with matplotlib.rc_context({"lines.linewidth": 9, "text.usetex": True}):
        before = dict(matplotlib.rcParams)
        explorer.still()
        assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize("name", sorted(QUICK))
def test_pictures_are_drawn_under_strict_warnings_and_errors(name):
    explorer = EXPLORERS[name]
    settings = explorer.settings()
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        data = first_part(explorer, settings)
        strict = draw_anew(explorer, settings, data)
    assert_same(strict, draw_anew(explorer, settings, first_part(explorer, settings)), "strict")
