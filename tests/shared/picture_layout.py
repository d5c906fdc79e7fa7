"""What a person would find wrong with a picture: words on a curve, pale words, an empty panel."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgb
from matplotlib.text import Annotation, Text

from lecture_lib.explore import style
from lecture_lib.explore.canvas import Canvas
from lecture_lib.explore.drawing_settings import own_settings
from lecture_lib.explore.frame import SHARP
from lecture_lib.explore.night import turn_color
from lecture_lib.explorers import EXPLORERS

SHRINK = 1.5  # pixels by which the box of a word is larger than its ink
CONTRAST = 4.5
DPI = 100
BETWEEN = 10  # pixels, at least, between words of neighbouring panels that stand in one line
CUT = 1.5  # pixels that a marker may lose at the edge of its panel
FAINT = 1.6  # contrast below which a line behind words is only a ground


@dataclass(frozen=True)
class Word:
    """A text of the picture, and the pixels (left, bottom, right, top) it takes."""

    text: str
    box: tuple
    artist: Text
    panel: object  # the axes it belongs to, or None


@cache
def compute_once(name, given, is_first=False):
    """The data of an explorer with settings `given`, pairs: training takes seconds. `is_first`
    gives what is shown before the work has been done.
    """
    explorer = EXPLORERS[name]
    if is_first:
        return next(explorer.parts(explorer.settings(**dict(given))))
    return explorer.data(**dict(given))


class Drawn:
    """A picture with all that was drawn still on its axes."""

    def __init__(self, explorer, dark=False, is_first=False, large=False, **given):
        settings = explorer.settings(**given)
        self.data = compute_once(explorer.name, tuple(sorted(given.items())), is_first)
        self.canvas = Canvas(explorer, SHARP if large else DPI, large=large, dark=dark)
        self.pixels = self.canvas.pixels(settings, self.data)
        with own_settings():
            explorer.draw(self.canvas.axes, self.data)
            self.canvas.frames[0].wrap_words()
            self.renderer = self.canvas.agg.get_renderer()
            self.words = self._find_words()

    def _find_words(self):
        words = []
        for artist in self.canvas.figure.findobj(Text):
            if not artist.get_visible() or not artist.get_text().strip() or not self._shows(artist):
                continue
            if isinstance(artist, Annotation):
                artist.update_positions(self.renderer)
            box = Text.get_window_extent(artist, self.renderer)
            edges = (box.x0 + SHRINK, box.y0 + SHRINK, box.x1 - SHRINK, box.y1 - SHRINK)
            words.append(Word(artist.get_text(), edges, artist, self._find_panel(artist)))
        return words

    def _find_panel(self, artist):
        for ax in self.canvas.axes:
            if artist in ax.findobj(Text):
                return ax
        return None

    def _shows(self, artist):
        return _is_shown(artist, self.canvas.axes)

    def find_overlapping_words(self):
        """Pairs of texts that lie on one another."""
        pairs = []
        for k, one in enumerate(self.words):
            for other in self.words[:k]:
                if _overlap(one.box, other.box):
                    pairs.append((one.text, other.text))
        return pairs

    def find_cut_words(self):
        """Texts that reach over the edge of the picture."""
        width, height = self.canvas.figure.bbox.size
        cut = []
        for word in self.words:
            left, bottom, right, top = word.box
            if left < 0 or bottom < 0 or right > width or top > height:
                cut.append(word.text)
        return cut

    def find_words_run_together(self):
        """Pairs of texts of two panels in one line with next to nothing between them."""
        pairs = []
        for k, one in enumerate(self.words):
            for other in self.words[:k]:
                if one.panel is other.panel or None in (one.panel, other.panel):
                    continue
                left, bottom, right, top = one.box
                wider = (left - BETWEEN, bottom, right + BETWEEN, top)
                if _overlap(wider, other.box):
                    pairs.append((one.text, other.text))
        return pairs

    def find_words_in_other_panels(self):
        """Texts that reach into a panel that is not theirs."""
        found = []
        for word in self.words:
            for ax in self.canvas.axes:
                if ax is word.panel or not ax.axison:
                    continue
                if _overlap(word.box, (ax.bbox.x0, ax.bbox.y0, ax.bbox.x1, ax.bbox.y1)):
                    found.append(word.text)
        return found

    def find_cut_markers(self):
        """(panel, place in pixels) of markers of which the edge of the panel takes a part."""
        cut = []
        for number, ax in enumerate(self.canvas.axes):
            for line in ax.lines:
                if not line.get_clip_on() or line.get_marker() in ("None", "", " ", None):
                    continue
                radius = line.get_markersize() / 2 * DPI / 72
                for x, y in _list_marked(line):
                    gaps = (x - ax.bbox.x0, ax.bbox.x1 - x, y - ax.bbox.y0, ax.bbox.y1 - y)
                    if -0.5 <= min(gaps) < radius - CUT:
                        cut.append((number, round(x), round(y)))
        return cut

    def find_words_on_curves(self):
        """(text, what lies under it) of texts on a curve or a point of data.

        A word with a box of its own covers what is below it, and may stand on it; so may one that
        says it belongs there, by gid "on".
        """
        found = []
        for word in self.words:
            if word.artist.get_bbox_patch() is not None or word.artist.get_gid() == "on":
                continue
            for places, kind in self._find_marks():
                if _holds_any(word.box, places):
                    found.append((word.text, kind))
        return found

    def _find_marks(self):
        """(places (n, 2) in pixels, what) of the curves and points of data, and of whatever other
        lines are strong enough to cross out a word.
        """
        marks = []
        for ax in self.canvas.axes:
            for line in ax.lines:
                if line.get_visible() and not _is_faint(line):
                    marks.append((_find_line_places(line), "a line"))
            for group in ax.collections:
                if isinstance(group, PathCollection) and group.get_gid() != "ground":
                    places = group.get_offset_transform().transform(group.get_offsets())
                    marks.append((np.asarray(places), "a point"))
        return marks

    def find_pale_words(self):
        """(text, contrast) of the words that are hard to read on what is behind them."""
        for word in self.words:
            word.artist.set_visible(False)
        with own_settings():
            self.canvas.agg.draw()
        ground = np.asarray(self.canvas.agg.buffer_rgba())[::-1, :, :3] / 255.0
        pale = []
        for word in self.words:
            word.artist.set_visible(True)
            left, bottom, right, top = (round(edge) for edge in word.box)
            behind = ground[max(bottom, 0) : max(top, 1), max(left, 0) : max(right, 1)]
            if not behind.size:
                continue
            commonest = np.median(behind.reshape(-1, 3), axis=0)
            commonest = _lay_box(word.artist, commonest, self.canvas.dark)
            color = _ink(word.artist, self.canvas.dark)
            contrast = style.contrast(color, commonest)
            if contrast < CONTRAST - 0.05:
                pale.append((word.text, round(contrast, 2)))
        return pale

    def measure_fill(self):
        """For each panel with data the part of its height that they take (of what is inside)."""
        fills = []
        for ax in self.canvas.axes:
            if not ax.axison:
                continue
            bottom, top = ax.bbox.y0, ax.bbox.y1
            heights = []
            for line in ax.lines:
                if line.get_gid() != "ground" and len(line.get_xdata()) > 0:
                    heights.append(_find_line_places(line)[:, 1])
            for artist in (*ax.collections, *ax.patches, *ax.images):
                if artist.get_gid() != "ground" and artist.get_clip_on():
                    box = artist.get_window_extent(self.renderer)
                    heights.append(np.array([box.y0, box.y1]))
            if not heights:
                fills.append(0.0)
                continue
            inside = np.clip(np.concatenate(heights), bottom, top)
            inside = inside[np.isfinite(inside)]
            fills.append(float(np.ptp(inside) / (top - bottom)))
        return fills


def _lay_box(artist, behind, dark):
    """The colour behind a text, with the box of its own over it if it has one."""
    patch = artist.get_bbox_patch()
    if patch is None:
        return behind
    *face, alpha = patch.get_facecolor()
    face = turn_color(tuple(face)) if dark else face
    return alpha * np.array(to_rgb(face)) + (1 - alpha) * behind


def _ink(artist, dark):
    """The colour in which a text is drawn."""
    color = to_rgb(artist.get_color())
    return turn_color(color) if dark else color


def _is_shown(artist, panels):
    """Whether its panel shows it: a tick outside the limits, or of axes that are off, is not."""
    for ax in panels:
        for axis in (ax.xaxis, ax.yaxis):
            if artist is axis.label:
                return ax.axison
            for tick in axis.get_major_ticks():
                if artist is tick.label1:
                    return ax.axison and _is_in_view(tick.get_loc(), axis)
                if artist is tick.label2:
                    return False
            for tick in axis.get_minor_ticks():
                if artist in (tick.label1, tick.label2):
                    return False
    return True


def _is_in_view(place, axis):
    low, high = sorted(axis.get_view_interval())
    near = 1e-9 * (low if axis.get_scale() == "log" else high - low)
    return low - near <= place <= high + near


def _find_line_places(line):
    """Places on a line, near enough to one another to meet every word, and its markers."""
    corners = line.get_transform().transform(line.get_xydata())
    corners = corners[np.isfinite(corners).all(axis=1)]
    if line.get_linestyle() in ("None", "", " ") or len(corners) < 2:
        return corners
    lengths = np.hypot(*np.diff(corners, axis=0).T)
    pieces = []
    for start, end, length in zip(corners, corners[1:], lengths):
        parts = np.linspace(0, 1, int(min(length, 4000) // 3) + 2)[:, None]
        pieces.append(start + parts * (end - start))
    return np.concatenate(pieces)


def _is_faint(line):
    """Whether a line is a ground so pale that words may stand on it."""
    if line.get_gid() != "ground":
        return False
    return style.contrast(line.get_color(), "white") < FAINT


def _list_marked(line):
    """The places (n, 2) in pixels of the markers of a line."""
    places = line.get_transform().transform(line.get_xydata())
    every = line.get_markevery()
    if isinstance(every, int):
        places = places[::every]
    return places[np.isfinite(places).all(axis=1)]


def _overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _holds_any(box, places):
    left, bottom, right, top = box
    inside = (places[:, 0] > left) & (places[:, 0] < right)
    inside &= (places[:, 1] > bottom) & (places[:, 1] < top)
    return bool(inside.any())
