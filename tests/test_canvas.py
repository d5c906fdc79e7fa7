"""The canvas: its text is matplotlib's, its PNG is what a decoder gives back."""

from io import BytesIO

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image, ImageFilter

from lecture_lib import canvas, style

TEXTS = ("AND: 1 of 4 samples misclassified", "To AV, 1.4\u00a0× 10⁻³⁴ (−0.5)", "fi ‖δ₁‖  two  spaces", "one\ntwo",
         r"$\partial E/\partial W_5$", "✗", "−", "— −")


def page(make):
    """Every text at odd places, in three alignments, with and without a box, upright and turned."""
    with matplotlib.rc_context(style.RC):
        figure = Figure(figsize=(10, 4), dpi=canvas.DPI)
        agg = make(figure)
        for i, text in enumerate(TEXTS):
            for j, (ha, va) in enumerate((("left", "top"), ("center", "center"), ("right", "baseline"))):
                figure.text(0.013 + 0.33 * j + 0.15 * (ha != "left"), 0.07 + 0.1137 * i, text, ha=ha, va=va,
                            fontweight=("normal", "bold")[i % 2], color=style.NEGATIVE, fontsize=9.5 + j,
                            bbox={"facecolor": "white", "pad": 0.8} if j == 1 else None, rotation=30 * (i == j))
        agg.draw()
        return np.asarray(agg.buffer_rgba()).astype(int)


def blurred(pixels):
    image = Image.fromarray(pixels[..., :3].astype(np.uint8)).filter(ImageFilter.BoxBlur(2))
    return np.asarray(image).astype(int)


def test_kept_words_look_like_matplotlibs_text():
    first, again, truth = page(canvas._Agg), page(canvas._Agg), page(FigureCanvasAgg)
    np.testing.assert_array_equal(first, again)
    allowed = 8  # roundings of half a shade
    if matplotlib.__version_info__ < (3, 11):  # these move words to whole pixels: look with half-closed eyes
        allowed, (first, truth) = 80, (blurred(first), blurred(truth))
    assert (np.ptp(truth[..., 0]) > 90) and np.abs(first - truth).max() <= allowed


@pytest.mark.parametrize("small", [False, True])
def test_a_decoder_gives_the_pixels_back(small):
    pixels = np.random.default_rng(0).integers(0, 256, (7, 5, 3), dtype=np.uint8)
    image = Image.open(BytesIO(canvas.encode(pixels, small)))
    image.verify()
    seen = np.asarray(Image.open(BytesIO(canvas.encode(pixels, small))).convert("RGB")).astype(int)
    assert np.abs(seen - pixels).max() <= (16 if small else 0)  # 256 colours lose a shade
