"""What a state looks like: its picture in a wide and in a tall layout, as WebP."""

from dataclasses import dataclass, replace
from io import BytesIO
from textwrap import fill

from PIL import Image

from lecture_lib.explore.canvas import Canvas

TALL_DPI = 150


@dataclass(frozen=True)
class Panel:
    """A rectangle of a picture in pixels, y from the bottom."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self):
        return self.x + self.width

    @property
    def top(self):
        return self.y + self.height


@dataclass(frozen=True)
class Margins:
    """Pixels around a panel of a narrow picture, for labels and headlines."""

    left: float
    right: float
    top: float
    bottom: float


def wrap_words(artist):
    """The same `frame` or `draw` for a narrow picture: long lines are wrapped, legends have at most
    two columns.
    """

    def run(axes, data):
        artist(axes, data)
        for ax in axes:
            wrap_legend(ax)
            for text in (*ax.texts, ax.xaxis.label):
                text.set_wrap(not text.get_rotation())

    return run


def wrap_legend(ax):
    """At most two columns, and lines of 32 characters; formulas stay whole."""
    legend = ax.get_legend()
    if not legend:
        return
    if legend._ncols > 2:
        ax.legend(loc=legend._loc, ncols=2, fontsize=9.5)
    for text in legend.get_texts():
        if "$" not in text.get_text():
            text.set_text(fill(text.get_text(), 32))


def find_margins(panel, panels, size):
    """What a panel had around it in the wide picture, as far as a narrow one has room for it."""
    width, height = size
    before = [other.right for other in panels if other.right <= panel.x + 1]
    behind = [other.x for other in panels if other.x >= panel.right - 1]
    above = [other.y for other in panels if other.y >= panel.top - 1 and other.x == panel.x]
    below = [other.top for other in panels if other.top <= panel.y + 1 and other.x == panel.x]

    left = panel.x - max(before) if before else min(panel.x, 168)
    if 20 <= left < 45:
        left = 45
    elif left >= 45:
        left = 85 if before else max(left, 85)
    right = max(min(min(behind, default=width) - panel.right, 45), 14)
    bottom = min(panel.y - max(below), 58) if below else panel.y
    if left > 30:
        bottom = max(bottom, 68)  # room for a label of two lines
    top = min(min(above) - panel.top, 40) if above else height - panel.top
    if top > 25:
        top = max(top, 76)  # room for a headline of three lines
    return Margins(left, right, top, bottom)


def find_height(panel, margins, explorer):
    """The height of a panel of a narrow picture; those of a picture with many are lower."""
    if len(explorer.panels) < 3 or margins.left < 30:
        return min(panel.height, explorer.narrow_panel_height)
    return min(panel.height, 190 if len(explorer.panels) < 5 else 160)


def tall(explorer):
    """The same explorer for a narrow screen: its panels below one another, each as wide as the
    screen.
    """
    width, height = explorer.size
    across = explorer.narrow_width
    panels = [Panel(x * width, y * height, w * width, h * height) for x, y, w, h in explorer.panels]
    order = sorted(range(len(panels)), key=lambda k: (panels[k].x, -panels[k].y))
    placed = [None] * len(panels)
    down = 0.0  # from the top of the picture
    for k in order:
        margins = find_margins(panels[k], panels, explorer.size)
        room = find_height(panels[k], margins, explorer)
        placed[k] = (margins.left, down + margins.top, across - margins.left - margins.right, room)
        down += margins.top + room + margins.bottom
    parts = [(x / across, 1 - (y + h) / down, w / across, h / down) for x, y, w, h in placed]
    return replace(
        explorer,
        panels=tuple(parts),
        size=(across, round(down)),
        frame=wrap_words(explorer.frame),
        draw=wrap_words(explorer.draw),
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
