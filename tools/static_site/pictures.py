"""What a state looks like: its picture in a wide and in a tall layout, as WebP."""

from dataclasses import replace
from io import BytesIO
from textwrap import fill

from PIL import Image

from lecture_lib.explore.canvas import Canvas

TALL_DPI = 150


def _narrow(artist):
    """The same `frame` or `draw` for a narrow picture: long lines are wrapped, legends have at most
    two columns.
    """

    def run(axes, data):
        artist(axes, data)
        for ax in axes:
            legend = ax.get_legend()
            if legend and legend._ncols > 2:
                ax.legend(loc=legend._loc, ncols=2, fontsize=9.5)
            for text in legend.get_texts() if legend else ():
                if "$" not in text.get_text():
                    text.set_text(fill(text.get_text(), 32))
            for text in (*ax.texts, ax.xaxis.label):
                text.set_wrap(not text.get_rotation())

    return run


def tall(explorer):
    """The same explorer for a narrow screen: its panels below one another, each as wide as the
    screen.
    """
    (width, height), across = explorer.size, explorer.narrow_width
    pixels = [(x * width, y * height, w * width, h * height) for x, y, w, h in explorer.panels]
    order = sorted(range(len(pixels)), key=lambda k: (pixels[k][0], -pixels[k][1]))
    placed, at = {}, 0.0
    for k in order:
        x, y, w, h = pixels[k]
        before = [px + pw for px, _, pw, _ in pixels if px + pw <= x + 1]
        after = min((px for px, _, _, _ in pixels if px >= x + w - 1), default=width)
        over = [py for px, py, _, _ in pixels if py >= y + h - 1 and px == x]
        under = [py + ph for px, py, _, ph in pixels if py + ph <= y + 1 and px == x]
        left, right = x - max(before) if before else min(x, 168), max(min(after - x - w, 45), 14)
        left = left if left < 20 else 45 if left < 45 else max(left, 85) if not before else 85
        bottom = min(y - max(under), 58) if under else y
        top = min(min(over) - y - h, 40) if over else height - y - h
        top = max(top, 76) if top > 25 else top  # room for a headline of three lines
        bottom = max(bottom, 68) if left > 30 else bottom  # and for a label of two
        h = min(
            h,
            (
                explorer.narrow_panel_height
                if len(pixels) < 3 or left < 30
                else 190
                if len(pixels) < 5
                else 160
            ),
        )
        placed[k] = (left, at + top, across - left - right, h)
        at += top + h + bottom
    panels = tuple(
        (x / across, 1 - (y + h) / at, w / across, h / at)
        for x, y, w, h in (placed[k] for k in range(len(pixels)))
    )
    return replace(
        explorer,
        panels=panels,
        size=(across, round(at)),
        frame=_narrow(explorer.frame),
        draw=_narrow(explorer.draw),
    )


class Painter:
    """Draws the states of one explorer in both layouts, as WebP."""

    def __init__(self, explorer):
        self.wide = Canvas(explorer)
        self.tall = Canvas(tall(explorer), TALL_DPI)

    def pictures(self, settings, data):
        """{"w": wide, "t": tall}."""
        return {
            name: webp(canvas.pixels(settings, data))
            for name, canvas in (("w", self.wide), ("t", self.tall))
        }


def webp(pixels):
    """The picture in at most 64 colours, lossless."""
    out = BytesIO()
    image = Image.fromarray(pixels).quantize(
        64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    image.convert("RGB").save(out, "WEBP", lossless=True, quality=30, method=2)
    return out.getvalue()
