"""A kept figure of which only what changed is drawn again: about 15 ms a picture instead of 400.

The frame (axes, ticks, labels) is drawn once and kept as pixels. Each new picture puts those pixels back,
draws the artists that `explorer.draw` added on top of them, and encodes the result. Text is what costs most: so
each word is drawn once and its pixels are kept. The figure never touches pyplot, so nothing stays open behind
the reader's back.
"""

from textwrap import fill

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from . import style
from .png import encode_png
from .words import WordCanvas

DPI = 100
LARGE = 685
SHARP = 184  # pixels across, pixels an inch: shown 1252 wide, the smallest words are 24 high, 18 pt


class Canvas:
    """The one figure of one explorer; a `dpi` above DPI gives the same picture in finer pixels.

    A `large` one, for a lecture room, has its panels below one another, each as wide as the picture.
    """

    def __init__(self, explorer, dpi=None, large=False):
        self.explorer, self.large = explorer, large
        order = sorted(
            range(len(explorer.panels)),
            key=lambda k: (explorer.panels[k][0], -explorer.panels[k][1]),
        )
        full = [explorer.panels[k][3] * explorer.size[1] for k in order]
        heights = [
            h if explorer.keeps_panel_heights else max(0.72 * h, 130) for h in full
        ]  # sliders and one panel fit the screen
        self.size = (LARGE, round(sum(heights) + 95 * len(heights))) if large else explorer.size
        with matplotlib.rc_context(style.RC):
            self.figure = Figure(
                figsize=np.divide(self.size, DPI), dpi=dpi or (SHARP if large else DPI)
            )
            self.agg = WordCanvas(self.figure)
            if large:
                rows = self.figure.subplots(len(order), 1, height_ratios=heights, squeeze=False)[
                    :, 0
                ]
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
        while old := self._children(
            self.bare
        ):  # ax.clear() would throw away the ticks, which cost most to make
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
        key = tuple(settings[name] for name in self.explorer.frame_depends_on)
        with matplotlib.rc_context(style.RC):
            for _ in range(
                (1 + self.large) * (self.key != key)
            ):  # large: again, knowing how large the axes became
                self._prepare(key, data)
            self.agg.restore_region(self.background)
            for ax in self.axes:
                ax.set_prop_cycle(
                    None
                )  # or the first line's colour would depend on what was drawn before
            try:
                self.explorer.draw(self.axes, data)
                for text in (text for ax in self.axes for text in ax.texts if self.large):
                    text.set_wrap(not text.get_rotation())
                for ax, child in sorted(
                    self._children(self.fixed), key=lambda pair: pair[1].get_zorder()
                ):
                    ax.draw_artist(child)
            finally:
                for ax, child in self._children(self.fixed):
                    child.remove()
                    ax.containers.clear()  # bars would be kept there for ever
            return np.asarray(self.agg.buffer_rgba())[..., :3].copy()

    def png(self, settings, data):
        """The picture as PNG bytes."""
        return encode_png(self.pixels(settings, data))

    def still(self, settings, data, sentence):
        """The picture with its sentence below, as PNG bytes: for pages where nothing can change."""
        text = fill(sentence, 112)
        height = 26 + 19 * (text.count("\n") + 1)
        with matplotlib.rc_context(style.RC):
            strip = Figure(figsize=(self.explorer.size[0] / DPI, height / DPI), dpi=DPI)
            agg = FigureCanvasAgg(strip)
            strip.text(0.02, 0.55, text, fontsize=10.5, va="center", linespacing=1.35)
            agg.draw()
        return encode_png(
            np.concatenate([self.pixels(settings, data), np.asarray(agg.buffer_rgba())[..., :3]]),
            small=True,
        )
