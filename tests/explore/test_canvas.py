"""The canvas: its text is matplotlib's, its PNG is what a decoder gives back."""

from dataclasses import replace
from io import BytesIO
from itertools import islice

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image, ImageFilter

from lecture_lib.explore import style
from lecture_lib.explore.canvas import Canvas
from lecture_lib.explore.drawing_settings import own_settings
from lecture_lib.explore.frame import DPI
from lecture_lib.explore.png import encode_png
from lecture_lib.explore.words import WordCanvas
from lecture_lib.explorers import EXPLORERS

TEXTS = (
    "AND: 1 of 4 samples misclassified",
    "To AV, 1.4\u00a0× 10⁻³⁴ (−0.5)",
    "fi ‖δ₁‖  two  spaces",
    "one\ntwo",
    r"$\partial E/\partial W_5$",
    "✗",
    "−",
    "— −",
)


def page(make):
    """Every text at odd places, in three alignments, with and without a box, upright and turned."""
    with own_settings():
        figure = Figure(figsize=(10, 4), dpi=DPI)
        agg = make(figure)
        for i, text in enumerate(TEXTS):
            for j, (ha, va) in enumerate(
                (("left", "top"), ("center", "center"), ("right", "baseline"))
            ):
                x = 0.013 + 0.33 * j
                figure.text(
                    x if ha == "left" else x + 0.15,
                    0.07 + 0.1137 * i,
                    text,
                    ha=ha,
                    va=va,
                    fontweight=("normal", "bold")[i % 2],
                    color=style.NEGATIVE,
                    fontsize=9.5 + j,
                    bbox={"facecolor": "white", "pad": 0.8} if j == 1 else None,
                    rotation=30 if i == j else 0,
                )
        agg.draw()
        return np.asarray(agg.buffer_rgba()).astype(int)


def blurred(pixels):
    image = Image.fromarray(pixels[..., :3].astype(np.uint8)).filter(ImageFilter.BoxBlur(2))
    return np.asarray(image).astype(int)


def test_kept_words_look_like_matplotlibs_text():
    first, again, truth = page(WordCanvas), page(WordCanvas), page(FigureCanvasAgg)
    np.testing.assert_array_equal(first, again)
    allowed = 8  # roundings of half a shade
    # These move words to whole pixels: look with half-closed eyes
    if matplotlib.__version_info__ < (
        3,
        11,
    ):
        allowed = 80
        (first, truth) = (blurred(first), blurred(truth))
    assert (np.ptp(truth[..., 0]) > 90) and np.abs(first - truth).max() <= allowed


@pytest.mark.parametrize("small", [False, True])
def test_a_decoder_gives_the_pixels_back(small):
    pixels = np.random.default_rng(0).integers(0, 256, (7, 5, 3), dtype=np.uint8)
    image = Image.open(BytesIO(encode_png(pixels, small)))
    image.verify()
    seen = np.asarray(Image.open(BytesIO(encode_png(pixels, small))).convert("RGB")).astype(int)
    assert np.abs(seen - pixels).max() <= (16 if small else 7)  # 256 colours lose a shade


@pytest.mark.parametrize("name", ["gradient_profile", "phase_map", "live_network"])
def test_the_few_colours_of_a_picture_are_those_that_were_drawn(name):
    """On average they are within one step of 255, 99 in 100 within 16, none beyond 64; white is
    white.
    """
    explorer = EXPLORERS[name]
    settings = explorer.settings()
    pixels = Canvas(explorer).pixels(settings, next(explorer.parts(settings)))
    seen = np.asarray(Image.open(BytesIO(encode_png(pixels))).convert("RGB")).astype(int)
    apart = np.abs(seen - pixels).max(axis=2)
    assert apart.max() <= 64 and np.percentile(apart, 99) <= 16 and np.mean(apart) < 1
    assert (seen[-1, -1] == 255).all()


def test_two_frames_are_kept_and_the_one_shown_last_longest():
    explorer = EXPLORERS["live_training"]  # whose axis of steps grows
    settings = explorer.settings()
    parts = explorer.compute(**settings)
    early, later, latest = (next(islice(parts, count, None)) for count in (5, 60, 400))
    drawn = []
    watched = replace(
        explorer, frame=lambda axes, data: drawn.append(data.n) or explorer.frame(axes, data)
    )
    canvas = Canvas(watched)
    for data in (early, later, early, later, early, latest, early, later):
        kept = canvas.pixels(settings, data)
        np.testing.assert_array_equal(kept, Canvas(explorer).pixels(settings, data))
    assert drawn == [early.n, later.n, latest.n, later.n] and len(canvas.frames) == 2


def test_a_frame_drawn_again_has_the_ticks_of_a_new_one():
    explorer = EXPLORERS["live_training"]
    pictures = []
    for before in ("digits", "moons"):
        canvas = Canvas(explorer)
        for name in (before, "moons"):
            canvas.frames[0].key = None
            settings = explorer.settings(data=name)
            pixels = canvas.pixels(settings, next(explorer.parts(settings)))
        assert len(canvas.frames) == 1
        pictures.append(pixels)
    np.testing.assert_array_equal(*pictures)


@pytest.mark.parametrize("failing", ["frame", "draw"])
def test_a_picture_that_fails_leaves_the_axes_of_the_one_that_is_shown(failing):
    explorer = EXPLORERS["gradient_profile"]
    states = []
    for depth in (20, 40):
        settings = explorer.settings(depth=depth)
        states.append((settings, next(explorer.parts(settings))))

    def fail(axes, data):
        if data.delta.shape[-1] == 40:
            raise RuntimeError("no picture")
        getattr(explorer, failing)(axes, data)

    canvas = Canvas(replace(explorer, **{failing: fail}))
    shown = canvas.pixels(*states[0])
    before = canvas.find_readings(states[0][1])
    with pytest.raises(RuntimeError):
        canvas.pixels(*states[1])
    assert canvas.find_readings(states[0][1]) == before
    np.testing.assert_array_equal(canvas.pixels(*states[0]), shown)


@pytest.mark.parametrize("presets", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", EXPLORERS)
def test_large_pictures_can_be_read_from_the_back_of_a_room(name, presets, monkeypatch):
    """At 1252 of 1280 pixels: every word 24 pixels (18 pt) or more, whole, and on no other
    panel.
    """
    explorer = EXPLORERS[name]
    words = []

    def watched(ax, artist, draw=Figure.draw_artist):
        draw(large.figure, artist)
        shown = [
            t
            for t in artist.findobj(matplotlib.text.Text)
            if t.get_text().strip() and t.get_visible()
        ]
        words.extend((ax, text, text.get_window_extent(large.agg.get_renderer())) for text in shown)

    for settings in list(explorer.presets.values())[:3] if presets else [{}]:
        large = Canvas(explorer, large=True)
        words.clear()
        monkeypatch.setattr(matplotlib.axes.Axes, "draw_artist", watched)
        settings = explorer.settings(**settings)
        shape = large.pixels(settings, next(explorer.parts(settings))).shape
        frame = [
            text for ax in large.axes if ax.axison for text in ax.findobj(matplotlib.text.Text)
        ]
        whole = [(ax, ax.get_tightbbox(large.agg.get_renderer())) for ax in large.axes]
        sizes = [text.get_fontsize() for text in [text for _, text, _ in words] + frame]
        assert min(sizes) * large.figure.dpi / 72 * 1252 / shape[1] >= 24
        for ax, box in [(ax, box) for ax, _, box in words] + whole:
            assert (
                box.x0 >= -1 and box.y0 >= -1 and box.x1 <= shape[1] + 1 and box.y1 <= shape[0] + 1
            ), (settings, box)
            assert not any(box.overlaps(other.bbox) for other in large.axes if other is not ax), (
                settings,
                box,
            )
