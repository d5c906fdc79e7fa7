"""Where the panels of a picture stand: side by side, pushed together, or below one another.

An explorer declares its picture for one width. For a smaller one the panels become narrower while
labels keep their room (`squeeze`); on a phone they stand below one another (`stack_panels`).
"""

from dataclasses import dataclass, replace
from textwrap import fill

from .labels import BESIDE, SPARE
from .style import HEADLINE

NAMED = 100  # pixels right of the last panel of a wide picture that are there for names of curves
NAMES = 126  # pixels that such names have in a narrow one
SMALLER = 10.3  # points of a headline where panels are pushed together
TICKS = 77  # pixels that are enough for ticks and one line of words at the left


def find_covered(panels):
    """The stretches [left, right] of the width that panels cover, in order."""
    covered = []
    for left, right in sorted((x, x + width) for x, _, width, _ in panels):
        if covered and left <= covered[-1][1] + 1e-9:
            covered[-1][1] = max(covered[-1][1], right)
        else:
            covered.append([left, right])
    return covered


def squeeze(explorer, across):
    """The same explorer `across` pixels wide: what panels cover shrinks, what is between them
    stays, and headlines are a little smaller.
    """
    width, height = explorer.size
    covered = find_covered(explorer.panels)
    inner = sum(right - left for left, right in covered) * width
    factor = (across - (width - inner)) / inner

    def move(place):
        """From a part of the old width to a part of the new one."""
        shrunk = sum(min(max(place - left, 0.0), right - left) for left, right in covered)
        return ((place - shrunk) + shrunk * factor) * width / across

    panels = []
    for x, y, w, h in explorer.panels:
        panels.append((move(x), y, move(x + w) - move(x), h))
    draw = shrink_headlines(explorer.draw)
    return replace(explorer, panels=tuple(panels), size=(across, height), draw=draw)


def shrink_headlines(artist):
    """The same `draw` with headlines of SMALLER points."""

    def run(axes, data):
        artist(axes, data)
        for ax in axes:
            for text in ax.texts:
                if text.get_gid() == HEADLINE:
                    text.set_fontsize(min(text.get_fontsize(), SMALLER))

    return run


@dataclass(frozen=True)
class Panel:
    """A rectangle of a picture in pixels, y from the bottom."""

    x: float  # its left end
    y: float  # its lower end
    width: float  # in pixels
    height: float  # in pixels

    @property
    def right(self):
        """Its right edge."""
        return self.x + self.width

    @property
    def top(self):
        """Its upper edge."""
        return self.y + self.height


@dataclass(frozen=True)
class Margins:
    """Pixels around a panel of a narrow picture, for labels and headlines."""

    left: float  # in pixels
    right: float  # in pixels
    top: float  # in pixels
    bottom: float  # in pixels


def wrap_words(artist):
    """The same `frame` or `draw` for a narrow picture: long lines are wrapped, legends have at most
    two columns, and what is spare is left out.
    """

    def run(axes, data):
        artist(axes, data)
        for ax in axes:
            wrap_legend(ax)
            ax.yaxis.labelpad = 1  # points
            for text in (*ax.texts, ax.xaxis.label):
                text.set_wrap(not text.get_rotation() and text.get_gid() != BESIDE)
                text.set_visible(text.get_visible() and text.get_gid() != SPARE)

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
        left = max(min(left, 105), 85) if before else max(left, 85)
    free = min(behind, default=width) - panel.right
    is_named = free >= NAMED and not behind
    right = max(min(free, NAMES if is_named else 45), 14)
    if is_named:
        left = TICKS
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


def stack_panels(explorer):
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
