"""What a state looks like: its picture in a wide and in a tall layout, as WebP."""

from io import BytesIO

from PIL import Image

from lecture_lib.explore.canvas import Canvas
from lecture_lib.explore.layout import stack_panels

TALL_DPI = 150


class Painter:
    """Draws the states of one explorer in both layouts, as WebP."""

    def __init__(self, explorer):
        self.wide = Canvas(explorer)
        self.tall = Canvas(stack_panels(explorer), TALL_DPI)

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
