"""How a page looks, and which picture fits it."""

from dataclasses import dataclass

from lecture_lib import check

from .canvas import Canvas
from .frame import DPI, LARGE
from .layout import squeeze, stack_panels

STACKED = 700  # pixels of the page below which panels stand below one another
SHRUNK = 0.96  # times its own size that a picture may shrink: its smallest words stay 9.5 pt
LARGEST = 1.3  # times its own size that a picture is drawn at most, outside a lecture room
FINEST = 3.0  # pixels of the screen a pixel of the page


@dataclass(frozen=True)
class Look:
    """What a page tells about itself."""

    width: int = 850  # of the place for the picture, in pixels of the page
    ratio: float = 1.0  # pixels of the screen a pixel of the page
    dark: bool = False  # whether its ground is dark
    large: bool = False  # whether the explorer fills the screen of a lecture room


def read_look(told):
    """The Look that a page tells as a dictionary; ValueError or TypeError if it is none."""
    return Look(
        width=check.integer("width", told.get("width"), 1, 20_000),
        ratio=check.real("ratio", told.get("ratio"), 0.1, FINEST),
        dark=bool(told.get("dark")),
        large=bool(told.get("large")),
    )


def make_canvas(explorer, look):
    """A canvas with as many pixels as the picture has on that screen."""
    if look.large:
        dpi = DPI * look.ratio * look.width / LARGE
        return Canvas(explorer, dpi, large=True, dark=look.dark)
    fitted = explorer
    if look.width < STACKED:
        fitted = stack_panels(explorer)
    elif look.width < SHRUNK * explorer.size[0]:
        fitted = squeeze(explorer, max(look.width, explorer.squeezed_width))
    zoom = min(look.width / fitted.size[0], LARGEST)
    return Canvas(fitted, DPI * look.ratio * zoom, dark=look.dark)


def find_shown_size(canvas, look):
    """(width, height) of the picture in pixels of the page."""
    width, height = canvas.agg.get_width_height()
    return width / look.ratio, height / look.ratio
