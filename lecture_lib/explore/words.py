"""Words drawn once and kept as pixels, for text is what costs most in a picture (measured: more
than half of it).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg

MARGIN = 10  # pixels at the left of the paper
FINE = 64  # places of a word within a pixel


@dataclass(frozen=True)
class Ink:
    """What a word leaves on the paper."""

    cover: np.ndarray  # how much of each pixel, 0 to 255
    left: int  # of it, in pixels from where the word begins
    bottom: int  # of it, in pixels below the line on which the word stands


@lru_cache
def _get_paper(dpi):
    """Where a word is drawn once."""
    return RendererAgg(int(10 * dpi), int(dpi), dpi)


@lru_cache(8192)
def _draw_word(text, font, math, x, y, dpi):
    """The Ink of a word begun at (x, y) in parts of a pixel; None if it leaves none."""
    paper = _get_paper(dpi)
    base = int(dpi * 3 // 5)
    paper.clear()
    place = (MARGIN + x / FINE, base + y / FINE)
    paper.draw_text(paper.new_gc(), *place, text, font, 0, math)
    width, height, descent = _measure_word(text, font, math, dpi)
    top = max(0, base - int(height) - MARGIN)
    bottom = base + int(descent) + MARGIN
    right = int(width) + 2 * MARGIN
    cover = np.asarray(paper.buffer_rgba())[top:bottom, :right, 3]
    rows = np.flatnonzero(cover.any(axis=1))
    columns = np.flatnonzero(cover.any(axis=0))
    if not len(rows):
        return None
    part = cover[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Ink(part.copy(), left=columns[0] - MARGIN, bottom=top + rows[-1] + 1 - base)


@lru_cache(8192)
def _measure_word(text, font, math, dpi):
    """Its width, height and descent in pixels."""
    return _get_paper(dpi).get_text_width_height_descent(text, font, math)


class WordRenderer(RendererAgg):
    """Draws level text word by word, from the pixels that are kept of each word."""

    def get_text_width_height_descent(self, s, prop, ismath):
        """The size of a line of text; matplotlib calls it."""
        if ismath or " " not in s:
            return _measure_word(s, prop.copy(), ismath, self.dpi)
        words = s.split(" ")
        spaces = [" "] * (len(words) - 1)
        sizes = [_measure_word(word, prop.copy(), False, self.dpi) for word in words + spaces]
        widths, heights, descents = np.array(sizes).T
        ascent = (heights - descents).max()
        return widths.sum(), ascent + descents.max(), descents.max()

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        """A line of text; matplotlib calls it."""
        if angle:
            return super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
        font = prop.copy()
        bottom, y_part = divmod(round(FINE * y), FINE)
        space, _, _ = _measure_word(" ", font, False, self.dpi)
        for word in [s] if ismath else s.split(" "):
            left, x_part = divmod(round(FINE * x), FINE)
            ink = _draw_word(word, font, ismath, x_part, y_part, self.dpi)
            if ink is not None:
                place = (left + ink.left, bottom + ink.bottom)
                self._renderer.draw_text_image(ink.cover, *place, 0, gc)
            width, _, _ = _measure_word(word, font, ismath, self.dpi)
            x += width + space


class WordCanvas(FigureCanvasAgg):
    """A figure's canvas whose renderer is a WordRenderer, or another `kind` of it."""

    def __init__(self, figure, kind=WordRenderer):
        super().__init__(figure)
        self.kind = kind

    def get_renderer(self):
        """The renderer, made once."""
        if not hasattr(self, "renderer"):
            self.renderer = self.kind(*self.get_width_height(), self.figure.dpi)
        return self.renderer
