"""Words drawn once and kept as pixels."""

from functools import lru_cache

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg

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
    return (
        ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].copy(),
        columns[0] - 10,
        rows[-1] + 1 - base,
    )


@lru_cache(8192)
def _size(text, font, math, dpi):
    return _paper(dpi).get_text_width_height_descent(text, font, math)


class WordRenderer(RendererAgg):
    """Draws level text word by word, from the pixels that are kept of each word."""

    def get_text_width_height_descent(self, s, prop, ismath):
        words = s.split(" ") if " " in s and not ismath else ()
        if not words:
            return _size(s, prop.copy(), ismath, self.dpi)
        sizes = np.array(
            [
                _size(word, prop.copy(), False, self.dpi)
                for word in (*words, *" " * (len(words) - 1))
            ]
        )
        up, down = (sizes[:, 1] - sizes[:, 2]).max(), sizes[:, 2].max()
        return sizes[:, 0].sum(), up + down, down

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        if angle:
            return super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
        font, y = prop.copy(), round(64 * y)
        for word in [s] if ismath else s.split(" "):
            left = round(64 * x)
            if kept := _ink(word, font, ismath, left % 64, y % 64, self.dpi):
                self._renderer.draw_text_image(
                    kept[0], left // 64 + kept[1], y // 64 + kept[2], 0, gc
                )
            x += _size(word, font, ismath, self.dpi)[0] + _size(" ", font, False, self.dpi)[0]


class WordCanvas(FigureCanvasAgg):
    def get_renderer(self):
        if not hasattr(self, "renderer"):
            self.renderer = WordRenderer(*self.get_width_height(), self.figure.dpi)
        return self.renderer
