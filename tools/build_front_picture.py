"""Build docs/pictures: the moving picture of the front page and a thumbnail of each notebook.

Each frame is what the library draws for one place of the slider, with the controls drawn above it;
nothing is retouched. Every picture is there for light and for dark pages. The same code gives the
same bytes. Usage: python tools/build_front_picture.py
"""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from PIL import Image, ImageOps

from lecture_lib.explore import style
from lecture_lib.explore.canvas import Canvas
from lecture_lib.explore.drawing_settings import own_settings
from lecture_lib.explore.frame import DPI
from lecture_lib.explore.night import NightRenderer
from lecture_lib.explore.words import WordCanvas, WordRenderer
from lecture_lib.explorers import EXPLORERS

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
THEMES = {"light": False, "dark": True}  # whether a picture is for a dark page
SHARP = 1.5  # pixels of the moving picture for a pixel of the page
STRIP = 84  # height of the controls above it, in pixels of the page
PROFILE = EXPLORERS["gradient_profile"]
DRAGGED = tuple(range(20, 57, 3))
QUICK = 130  # milliseconds of a frame while the slider is dragged
SLOW = 1800  # of one that is looked at


@dataclass(frozen=True)
class Frame:
    """One frame of the moving picture."""

    settings: dict  # of the explorer
    duration: int  # milliseconds
    held: str = ""  # the name of the control that is held


def list_frames():
    """The story: a sigmoid network becomes deeper, then ReLU with variance 2/n, and back."""
    frames = [Frame({"depth": 20}, SLOW)]
    for depth in DRAGGED[1:]:
        frames.append(Frame({"depth": depth}, QUICK, "depth"))
    frames.append(Frame({"depth": 56}, SLOW))
    for depth in reversed(DRAGGED):
        settings = {"depth": depth, "activation": "relu", "variance": "2/n"}
        held = "depth" if depth < 56 else "choices"
        frames.append(Frame(settings, SLOW if depth == 56 else QUICK, held))
    return frames + [Frame(frames[-1].settings, SLOW)]


def draw_controls(settings, held, dark):
    """The question and the controls that move, as an array (height, width, 3) of bytes."""
    with own_settings():
        size = np.array([PROFILE.size[0], STRIP])
        figure = Figure(figsize=size / DPI, dpi=SHARP * DPI)
        agg = WordCanvas(figure, NightRenderer if dark else WordRenderer)
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set(xlim=(0, size[0]), ylim=(size[1], 0))
        ax.axis("off")
        ax.text(14, 20, PROFILE.question, fontsize=12.5, fontweight="bold", va="center")
        _draw_slider(ax, settings["depth"], held == "depth")
        shown = dict(map(reversed, _find_control("activation").shown()))[settings["activation"]]
        _draw_choice(ax, 460, "activation", shown, held == "choices")
        _draw_choice(ax, 680, "init variance", settings["variance"], held == "choices")
        agg.draw()
        return np.asarray(agg.buffer_rgba())[..., :3].copy()


def _find_control(name):
    return next(control for control in PROFILE.controls if control.name == name)


def _draw_slider(ax, value, held):
    control = _find_control("depth")
    left, right, y = 16, 420, 70
    at = left + (right - left) * (value - control.low) / (control.high - control.low)
    ax.text(left, 48, control.label, color=style.GREY, va="center")
    ax.text(right, 48, value, fontweight="bold", va="center", ha="right")
    ax.plot([left, right], [y, y], color=style.PALE, linewidth=3, solid_capstyle="round")
    ax.plot([left, at], [y, y], color=style.ACCENT, linewidth=3, solid_capstyle="round")
    if held:
        ax.plot(at, y, "o", color=style.ACCENT, markersize=18, alpha=0.25, markeredgewidth=0)
    ax.plot(at, y, "o", color=style.ACCENT, markersize=11, markeredgecolor="white")


def _draw_choice(ax, left, label, shown, held):
    edge = style.ACCENT if held else style.GREY
    look = {"facecolor": "none", "edgecolor": edge, "linewidth": 2.0 if held else 1.0}
    ax.text(left, 48, label, color=style.GREY, va="center")
    ax.add_patch(FancyBboxPatch((left + 4, 62), 172, 14, boxstyle="round,pad=4", **look))
    ax.text(left + 8, 69.5, shown, va="center", fontweight="bold" if held else "normal")


def draw_frame(frame, canvas):
    """A frame as an array (height, width, 3) of bytes, drawn with a canvas of the explorer."""
    settings = PROFILE.settings(**frame.settings)
    picture = canvas.pixels(settings, PROFILE.data(**frame.settings))
    controls = draw_controls(settings, frame.held, canvas.dark)
    return np.concatenate([controls, picture])


def encode_moving(frames, dark):
    """(the moving picture as WebP bytes, its first frame as PNG bytes)."""
    canvas = Canvas(PROFILE, SHARP * DPI, dark=dark)
    images = [Image.fromarray(draw_frame(frame, canvas)) for frame in frames]
    moving = BytesIO()
    images[0].save(
        moving,
        "WEBP",
        save_all=True,
        append_images=images[1:],
        duration=[frame.duration for frame in frames],
        loop=0,
        lossless=True,
        quality=90,
        method=4,
    )
    return moving.getvalue(), encode_still(images[0])


def encode_still(image):
    """An image as PNG bytes of 256 colours."""
    out = BytesIO()
    few = image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


@dataclass(frozen=True)
class Thumbnail:
    """What stands for a notebook in the table of notebooks."""

    explorer: str  # one that the notebook shows
    panel: int  # of the explorer's panels
    settings: dict = field(default_factory=dict)
    # (left, top, right, bottom) as fractions of the picture, where a panel is not the right part.
    part: tuple = ()


THUMBNAILS = {
    "00_start_here": Thumbnail("gradient_descent", 0),
    "01_single_layer_perceptron": Thumbnail("perceptron_training", 0, {"shown": 3}),
    "02_multilayer_perceptron": Thumbnail("hidden_space", 0),
    "03_backpropagation": Thumbnail("backprop_player", 0, {"step": 4}),
    "04_numeric_example": Thumbnail("numeric_example", 0),
    "05_vanishing_exploding_gradients": Thumbnail("gradient_profile", 0),
    "06_remedies": Thumbnail("phase_map", 0, {"activation": "tanh"}),
    "07_what_came_after": Thumbnail("skip_map", 0),
    "08_lecture_notes": Thumbnail(
        "guess_spoken_size", 0, {"mine": 8.0, "answer": "shown"}, (0.455, 0, 0.795, 0.77)
    ),
}
SMALL = (360, 200)  # pixels of a thumbnail, shown at half that size
MARGIN = 4  # pixels of the page around a panel


def draw_thumbnail(thumbnail, dark):
    """The panel or the part of an explorer's picture as an image of the size SMALL."""
    explorer = EXPLORERS[thumbnail.explorer]
    settings = explorer.settings(**thumbnail.settings)
    canvas = Canvas(explorer, 2 * DPI, dark=dark)
    image = Image.fromarray(canvas.pixels(settings, explorer.data(**thumbnail.settings)))
    ground = image.getpixel((0, 0))
    edges = np.array(thumbnail.part or canvas.find_box(thumbnail.panel)) * (image.size * 2)
    edges += 2 * MARGIN * np.array([-1, -1, 1, 1])
    edges = np.clip(edges.round().astype(int), 0, image.size * 2)
    panel = image.crop(edges.tolist())
    return ImageOps.pad(panel, SMALL, Image.Resampling.LANCZOS, color=ground)


def build():
    """Write all pictures to docs/pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for theme, dark in THEMES.items():
        moving, still = encode_moving(list_frames(), dark)
        (PICTURES / f"front_{theme}.webp").write_bytes(moving)
        (PICTURES / f"front_{theme}.png").write_bytes(still)
        for notebook, thumbnail in THUMBNAILS.items():
            content = encode_still(draw_thumbnail(thumbnail, dark))
            (PICTURES / f"{notebook}_{theme}.png").write_bytes(content)


if __name__ == "__main__":
    build()
    for path in sorted(PICTURES.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
