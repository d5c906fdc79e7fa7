"""A kept figure of which only what changed is drawn again: about 15 ms per picture instead of 400.

The frame (axes, ticks, labels) is drawn once and kept as pixels. Each new picture puts those pixels
back, draws the artists that `explorer.draw` added on top of them, and encodes the result. Words
come from `words`, where each is kept as pixels. The figure never touches pyplot, so nothing stays
open behind the reader's back.
"""

from textwrap import fill

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from .drawing_settings import own_settings
from .labels import BESIDE
from .night import NightRenderer
from .png import encode_png
from .words import WordCanvas, WordRenderer

DPI = 100
# Of pictures that are stored: finer than the page, so that they are crisp on most screens, and a
# notebook of a dozen stays below 500 kB.
STILL_DPI = 160
# A large picture has so many pixels across and so many per inch: shown 1252 wide, its smallest
# words are 24 high, 18 pt.
LARGE = 685
SHARP = 184
LINE = 11.2  # characters an inch of a sentence below a still picture


class Canvas:
    """The one figure of one explorer; a `dpi` above DPI gives the same picture in finer pixels.

    A `large` one, for a lecture room, has its panels below one another, each as wide as the
    picture; a `dark` one is for a dark page.
    """

    def __init__(self, explorer, dpi=None, large=False, dark=False):
        self.explorer = explorer
        self.large = large
        self.dark = dark
        self.readings = []  # see _find_readings
        self.frame_key = None  # the settings of the frame that is kept
        self.background = None  # its pixels
        self.frame_artists = set()
        with own_settings():
            if large:
                self._arrange_large(dpi or SHARP)
            else:
                self._arrange(dpi or DPI)
        self.bare_artists = {artist for _, artist in self._list_artists()}

    def _make_figure(self, size, dpi):
        self.size = size
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
            if "log" in (ax.get_xscale(), ax.get_yscale()):
                ax.set(xscale="linear", yscale="linear")
            ax.relim()
            ax.autoscale()

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
        self._remove_new_artists()

    def _draw_frame(self, data):
        """Draw the frame and keep its pixels."""
        self.frame_key = None
        self._clear_frame()
        self.explorer.frame(self.axes, data)
        for ax in self.axes:
            ax.autoscale(False)
        self.agg.draw()
        self.background = self.agg.copy_from_bbox(self.figure.bbox)
        self.frame_artists = {artist for _, artist in self._list_artists()}

    def pixels(self, settings, data):
        """The picture as an array (height, width, 3) of bytes."""
        return self.paint(settings, data)[..., :3].copy()

    def paint(self, settings, data):
        """The picture as an array (height, width, 4) of bytes, good until the next one is drawn."""
        key = tuple(settings[name] for name in self.explorer.frame_depends_on)
        if self.explorer.window is not None:
            key += (self.explorer.window(data),)
        with own_settings():
            if self.frame_key != key:
                if self.large:
                    self._settle_layout(data)
                self._draw_frame(data)
                self.frame_key = key
            self.agg.restore_region(self.background)
            for ax in self.axes:
                # Or the first line's colour would depend on what was drawn before.
                ax.set_prop_cycle(None)
            try:
                self.explorer.draw(self.axes, data)
                self._paint_new_artists()
                self.readings = self._find_readings(data)
            finally:
                self._remove_new_artists()
            return np.asarray(self.agg.buffer_rgba())

    def _paint_new_artists(self):
        """Draw what `explorer.draw` added, the lowest first."""
        self.wrap_words()
        for ax, artist in self._list_new_artists():
            ax.draw_artist(artist)

    def wrap_words(self):
        """Let what `explorer.draw` wrote on a large picture take a second line at its edge."""
        for _, artist in self._list_new_artists():
            if self.large and isinstance(artist, Text):
                artist.set_wrap(not artist.get_rotation())

    def _list_new_artists(self):
        """[(axes, artist)] that `explorer.draw` added, the lowest first."""
        new = self._list_artists(without=self.frame_artists)
        return sorted(new, key=lambda pair: pair[1].get_zorder())

    def draw_and_leave(self, data):
        """Draw frame and data and leave both, for a figure that is written once; returns the
        [(axes, artist)] that lie above the frame, the lowest first.
        """
        with own_settings():
            self._draw_frame(data)
            self.explorer.draw(self.axes, data)
        return self._list_new_artists()

    def _find_readings(self, data):
        """[(x, y, text)] of all that can be read under the pointer; places in parts of the
        picture, from its top left.
        """
        if self.explorer.readings is None:
            return []
        width, height = self.figure.bbox.size
        found = []
        for reading in self.explorer.readings(data):
            ax = self.axes[reading.panel]
            x = np.clip(reading.x, *sorted(ax.get_xlim()))
            y = np.clip(reading.y, *sorted(ax.get_ylim()))
            places = ax.transData.transform(np.column_stack([x, y]))
            for (across, up), text in zip(places.tolist(), reading.texts):
                found.append((round(across / width, 4), round(1 - up / height, 4), text))
        return found

    def find_point(self, panel, across, down):
        """(x, y) in the data units of a panel, of a place in parts of the picture; a place beside
        the panel is taken at its edge.
        """
        ax = self.axes[panel]
        width, height = self.figure.bbox.size
        place = (across * width, (1 - down) * height)
        x, y = ax.transData.inverted().transform(place)
        x = np.clip(x, *sorted(ax.get_xlim()))
        y = np.clip(y, *sorted(ax.get_ylim()))
        return float(x), float(y)

    def find_box(self, panel):
        """Where a panel is: (left, top, right, bottom) in parts of the picture."""
        width, height = self.figure.bbox.size
        box = self.axes[panel].bbox
        return (box.x0 / width, 1 - box.y1 / height, box.x1 / width, 1 - box.y0 / height)

    def _remove_new_artists(self):
        for ax, artist in self._list_artists(without=self.frame_artists):
            artist.remove()
            ax.containers.clear()  # bars would be kept there for ever

    def png(self, settings, data):
        """The picture as PNG bytes."""
        return encode_png(self.paint(settings, data))

    def still(self, settings, data, sentence):
        """The picture with its sentence below, as PNG bytes: for pages where nothing can change."""
        picture = self.pixels(settings, data)
        caption = draw_caption(sentence, picture.shape[1], self.figure.dpi)
        return encode_png(np.concatenate([picture, caption]), small=True)


def draw_caption(sentence, width, dpi):
    """A sentence as an array (height, width, 3) of bytes, in as many lines as it needs."""
    across = width / dpi  # inches
    text = fill(sentence, round(LINE * across))
    height = (26 + 19 * (text.count("\n") + 1)) / DPI
    with own_settings():
        strip = Figure(figsize=(across, height), dpi=dpi)
        agg = FigureCanvasAgg(strip)
        strip.text(0.02, 0.55, text, fontsize=10.5, va="center", linespacing=1.35)
        agg.draw()
    return np.asarray(agg.buffer_rgba())[..., :3]
