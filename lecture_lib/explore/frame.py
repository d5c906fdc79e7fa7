"""A figure with the frame of a picture (axes, ticks, labels), drawn once and kept as pixels."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.text import Text

from .labels import BESIDE
from .night import NightRenderer
from .words import WordCanvas, WordRenderer

DPI = 100
# A large picture has so many pixels across and so many per inch: shown 1252 wide, its smallest
# words are 24 high, 18 pt.
LARGE = 685
SHARP = 184


class Frame:
    """The figure of an explorer; see canvas.Canvas for what it is made for.

    It never touches pyplot, so nothing stays open behind the reader's back.
    """

    def __init__(self, explorer, dpi, large, dark):
        self.explorer = explorer
        self.large = large
        self.dark = dark
        self.key = None  # what the frame that is kept was drawn for
        self.background = None  # its pixels
        self.frame_artists = set()
        if large:
            self._arrange_large(dpi or SHARP)
        else:
            self._arrange(dpi or DPI)
        self.bare_artists = {artist for _, artist in self._list_artists()}

    def _make_figure(self, size, dpi):
        self.figure = Figure(figsize=np.divide(size, DPI), dpi=dpi)
        self.agg = WordCanvas(self.figure, NightRenderer if self.dark else WordRenderer)

    def _arrange(self, dpi):
        """Panels where the explorer has them."""
        self._make_figure(self.explorer.size, dpi)
        self.axes = [self.figure.add_axes(panel) for panel in self.explorer.panels]

    def _arrange_large(self, dpi):
        """Panels below one another: from left to right, and where two are one over the other from
        the top.
        """
        panels = self.explorer.panels
        order = sorted(range(len(panels)), key=lambda k: (panels[k][0], -panels[k][1]))
        heights = [self._find_large_height(panels[k]) for k in order]
        self._make_figure((LARGE, round(sum(heights) + 95 * len(heights))), dpi)
        grid = self.figure.subplots(len(order), 1, height_ratios=heights, squeeze=False)
        rows = grid[:, 0]
        self.axes = [rows[order.index(k)] for k in range(len(order))]
        for ax in rows:
            ax.set_title(" ", pad=24)  # room for a headline of two lines

    def _find_large_height(self, panel):
        """The height of a panel of a large picture, so that sliders and one panel fit the
        screen.
        """
        height = panel[3] * self.explorer.size[1]
        if self.explorer.keeps_panel_heights:
            return height
        return max(0.72 * height, 130)

    def _list_artists(self, without=()):
        """[(axes, artist)] of all that is on the axes but `without`."""
        found = []
        for ax in self.axes:
            found += [(ax, artist) for artist in ax.get_children() if artist not in without]
        return found

    def _clear_frame(self):
        """Bare axes again. ax.clear() would throw away the ticks, which cost most to make."""
        old = self._list_artists(without=self.bare_artists)
        while old:
            _, artist = old[0]
            artist.remove()  # and with it, perhaps, others
            old = self._list_artists(without=self.bare_artists)
        for ax in self.axes:
            ax.set(xscale="linear", yscale="linear")  # with the ticks of a new axis
            ax.relim()
            ax.autoscale()

    def draw(self, key, data):
        """Draw the frame for this data, which is that of all data with the same key."""
        self.key = None  # until it is whole
        if self.large:
            self._settle_layout(data)
        self._draw_frame(data)
        self.key = key

    def _settle_layout(self, data):
        """Place the panels of a large picture so that labels, and names that stand beside a panel
        (labels.BESIDE), have room; then leave them there.
        """
        self.figure.set_layout_engine("constrained", h_pad=0.08, w_pad=0.1)
        self._draw_frame(data)
        self._draw_frame(data)  # again, knowing how large the axes became
        self.explorer.draw(self.axes, data)
        for _, artist in self._list_artists(without=self.frame_artists):
            artist.set_in_layout(artist.get_gid() == BESIDE)
        self.agg.draw()
        self.figure.set_layout_engine("none")
        self.remove_new_artists()

    def _draw_frame(self, data):
        """Draw the frame and keep its pixels."""
        self._clear_frame()
        self.explorer.frame(self.axes, data)
        for ax in self.axes:
            ax.autoscale(False)
        self.agg.draw()
        self.background = self.agg.copy_from_bbox(self.figure.bbox)
        self.frame_artists = {artist for _, artist in self._list_artists()}

    def restore(self):
        """The frame alone, as it was drawn."""
        self.agg.restore_region(self.background)
        for ax in self.axes:
            # Or the first line's colour would depend on what was drawn before.
            ax.set_prop_cycle(None)

    def paint_new_artists(self):
        """Draw what `explorer.draw` added, the lowest first."""
        self.wrap_words()
        for ax, artist in self.list_new_artists():
            ax.draw_artist(artist)

    def wrap_words(self):
        """Let what `explorer.draw` wrote on a large picture take a second line at its edge."""
        for _, artist in self.list_new_artists():
            if self.large and isinstance(artist, Text):
                artist.set_wrap(not artist.get_rotation())

    def list_new_artists(self):
        """[(axes, artist)] that `explorer.draw` added, the lowest first."""
        new = self._list_artists(without=self.frame_artists)
        return sorted(new, key=lambda pair: pair[1].get_zorder())

    def remove_new_artists(self):
        """The axes without what `explorer.draw` added."""
        for ax, artist in self._list_artists(without=self.frame_artists):
            artist.remove()
            ax.containers.clear()  # bars would be kept there for ever
