"""A kept figure of which only what changed is drawn again: about 15 ms a picture instead of 400.

The frame (axes, ticks, labels) is drawn once and kept as pixels. Each new picture puts those pixels back,
draws the artists that `explorer.draw` added on top of them, and encodes the result. Text is what costs most: so
each word is drawn once and its pixels are kept. The figure never touches pyplot, so nothing stays open behind
the reader's back.
"""

import zlib
from functools import lru_cache
from io import BytesIO
from struct import pack
from textwrap import fill

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from PIL import Image

from . import style

DPI = 100
LARGE, SHARP = 685, 184  # pixels across, pixels an inch: shown 1252 wide, the smallest words are 24 high, 18 pt
_paper = lru_cache(lambda dpi: RendererAgg(10 * dpi, dpi, dpi))  # where a word is drawn once


@lru_cache(8192)
def _ink(text, font, math, x, y, dpi):
    """How much of each pixel `text` covers (0 to 255), begun at (x, y) in 64ths of a pixel; its left, its bottom."""
    paper, base = _paper(dpi), dpi * 3 // 5
    paper.clear()
    paper.draw_text(paper.new_gc(), 10 + x / 64, base + y / 64, text, font, 0, math)
    ink = np.asarray(paper.buffer_rgba())[..., 3]
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return None
    return ink[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1].copy(), columns[0] - 10, rows[-1] + 1 - base


@lru_cache(8192)
def _size(text, font, math, dpi):
    return _paper(dpi).get_text_width_height_descent(text, font, math)


class _Words(RendererAgg):
    """Draws level text word by word, from the pixels that are kept of each word."""

    def get_text_width_height_descent(self, s, prop, ismath):
        words = s.split(" ") if " " in s and not ismath else ()
        if not words:
            return _size(s, prop.copy(), ismath, self.dpi)
        sizes = np.array([_size(word, prop.copy(), False, self.dpi) for word in (*words, *" " * (len(words) - 1))])
        up, down = (sizes[:, 1] - sizes[:, 2]).max(), sizes[:, 2].max()
        return sizes[:, 0].sum(), up + down, down

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        if angle:
            return super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
        font, y = prop.copy(), round(64 * y)
        for word in [s] if ismath else s.split(" "):
            left = round(64 * x)
            if kept := _ink(word, font, ismath, left % 64, y % 64, self.dpi):
                self._renderer.draw_text_image(kept[0], left // 64 + kept[1], y // 64 + kept[2], 0, gc)
            x += _size(word, font, ismath, self.dpi)[0] + _size(" ", font, False, self.dpi)[0]


class _Agg(FigureCanvasAgg):
    def get_renderer(self):
        if not hasattr(self, "renderer"):
            self.renderer = _Words(*self.get_width_height(), self.figure.dpi)
        return self.renderer


class Canvas:
    """The one figure of one explorer; a `dpi` above DPI gives the same picture in finer pixels.

    A `large` one, for a lecture room, has its panels below one another, each as wide as the picture.
    """

    def __init__(self, explorer, dpi=None, large=False):
        self.explorer, self.large = explorer, large
        order = sorted(range(len(explorer.panels)), key=lambda k: (explorer.panels[k][0], -explorer.panels[k][1]))
        full = [explorer.panels[k][3] * explorer.size[1] for k in order]
        keeps = explorer.plays and max(full) > 390  # the graph whose units are pictures
        heights = [h if keeps else max(0.72 * h, 130) for h in full]  # sliders and one panel fit the screen
        self.size = (LARGE, round(sum(heights) + 95 * len(heights))) if large else explorer.size
        with matplotlib.rc_context(style.RC):
            self.figure = Figure(figsize=np.divide(self.size, DPI), dpi=dpi or (SHARP if large else DPI))
            self.agg = _Agg(self.figure)
            if large:
                rows = self.figure.subplots(len(order), 1, height_ratios=heights, squeeze=False)[:, 0]
                self.axes = [rows[order.index(k)] for k in range(len(order))]
                for ax in rows:
                    ax.set_title(" ", pad=24)  # room for a headline of two lines
                self.figure.set_layout_engine("constrained", h_pad=0.06, w_pad=0.1)
            else:
                self.axes = [self.figure.add_axes(panel) for panel in explorer.panels]
        self.key, self.background, self.fixed = None, None, set()
        self.bare = {child for _, child in self._children()}

    def _children(self, kept=()):
        return [(ax, child) for ax in self.axes for child in ax.get_children() if child not in kept]

    def _prepare(self, key, data):
        """Draw the frame and keep its pixels."""
        self.key = None
        while old := self._children(self.bare):  # ax.clear() would throw away the ticks, which cost most to make
            old[0][1].remove()  # and with it, perhaps, others
        for ax in self.axes:
            if "log" in (ax.get_xscale(), ax.get_yscale()):
                ax.set(xscale="linear", yscale="linear")
            ax.relim()
            ax.autoscale()
        self.explorer.frame(self.axes, data)
        for ax in self.axes:
            ax.autoscale(False)
        self.agg.draw()
        self.background = self.agg.copy_from_bbox(self.figure.bbox)
        self.fixed = {child for _, child in self._children()}
        self.key = key

    def pixels(self, settings, data):
        """The picture as an array (height, width, 3) of bytes."""
        key = tuple(settings[name] for name in self.explorer.frame_on)
        with matplotlib.rc_context(style.RC):
            for _ in range((1 + self.large) * (self.key != key)):  # large: again, knowing how large the axes became
                self._prepare(key, data)
            self.agg.restore_region(self.background)
            for ax in self.axes:
                ax.set_prop_cycle(None)  # or the first line's colour would depend on what was drawn before
            try:
                self.explorer.draw(self.axes, data)
                for text in (text for ax in self.axes for text in ax.texts if self.large):
                    text.set_wrap(not text.get_rotation())
                for ax, child in sorted(self._children(self.fixed), key=lambda pair: pair[1].get_zorder()):
                    ax.draw_artist(child)
            finally:
                for ax, child in self._children(self.fixed):
                    child.remove()
                    ax.containers.clear()  # bars would be kept there for ever
            return np.asarray(self.agg.buffer_rgba())[..., :3].copy()

    def png(self, settings, data):
        """The picture as PNG bytes."""
        return encode(self.pixels(settings, data))

    def still(self, settings, data, sentence):
        """The picture with its sentence below, as PNG bytes: for pages where nothing can change."""
        text = fill(sentence, 112)
        height = 26 + 19 * (text.count("\n") + 1)
        with matplotlib.rc_context(style.RC):
            strip = Figure(figsize=(self.explorer.size[0] / DPI, height / DPI), dpi=DPI)
            agg = FigureCanvasAgg(strip)
            strip.text(0.02, 0.55, text, fontsize=10.5, va="center", linespacing=1.35)
            agg.draw()
        return encode(np.concatenate([self.pixels(settings, data), np.asarray(agg.buffer_rgba())[..., :3]]), small=True)


def encode(pixels, small=False):
    """PNG bytes (RFC 2083), quickly: without the search for the best filter of each row, which takes encoders' time.

    Or `small`: in 256 colours a picture to be stored takes a third of the room.
    """
    if small:
        out, image = BytesIO(), Image.fromarray(pixels)
        image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        return out.getvalue()
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # the first byte of a row names its filter: none
    rows[:, 1:] = pixels.reshape(height, -1)
    chunks = ((b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows, 1)),
              (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data)) for name, data in chunks)
