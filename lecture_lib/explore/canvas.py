"""A kept figure of which only what changed is drawn again: about 15 ms per picture instead of 400.

The frame (axes, ticks, labels) is drawn once and kept as pixels (frame.py). Each new picture puts
those pixels back, draws the artists that `explorer.draw` added on top of them, and encodes the
result. Words come from `words`, where each is kept as pixels.
"""

from textwrap import fill

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from .drawing_settings import own_settings
from .frame import DPI, Frame
from .png import encode_png

# Of pictures that are stored: finer than the page, so that they are crisp on most screens, and a
# notebook of a dozen stays below 500 kB.
STILL_DPI = 160
LINE = 11.2  # characters an inch of a sentence below a still picture
# Work often begins and ends in different frames, and begins anew at each move: both are kept.
FRAMES = 2


class Canvas:
    """The figure of one explorer; a `dpi` above frame.DPI gives the same picture in finer pixels.

    A `large` one, for a lecture room, has its panels below one another, each as wide as the
    picture; a `dark` one is for a dark page.
    """

    def __init__(self, explorer, dpi=None, large=False, dark=False):
        self.explorer = explorer
        self.dpi = dpi
        self.large = large
        self.dark = dark
        self.frames = [self._make_frame()]  # the first is the one that is shown

    def _make_frame(self):
        with own_settings():
            return Frame(self.explorer, self.dpi, self.large, self.dark)

    @property
    def figure(self):
        """The figure that is shown."""
        return self.frames[0].figure

    @property
    def axes(self):
        """Its panels."""
        return self.frames[0].axes

    @property
    def agg(self):
        """What it is drawn on."""
        return self.frames[0].agg

    def pixels(self, settings, data):
        """The picture as an array (height, width, 3) of bytes."""
        return self.paint(settings, data)[..., :3].copy()

    def paint(self, settings, data):
        """The picture as an array (height, width, 4) of bytes, good until the next one is drawn."""
        with own_settings():
            frame = self._prepare_frame(settings, data)
            frame.restore()
            try:
                self.explorer.draw(frame.axes, data)
                frame.paint_new_artists()
            finally:
                frame.remove_new_artists()
        # Not before: where drawing fails, the page still shows the picture of the one before.
        self.frames.remove(frame)
        self.frames.insert(0, frame)
        return np.asarray(frame.agg.buffer_rgba())

    def _prepare_frame(self, settings, data):
        """The frame for these settings and data, drawn if it is not kept."""
        key = tuple(settings[name] for name in self.explorer.frame_depends_on)
        if self.explorer.window is not None:
            key += (self.explorer.window(data),)
        frame = self._find_frame(key)
        if frame.key != key:
            frame.draw(key, data)
        return frame

    def _find_frame(self, key):
        """The frame with this key, or else one that may be drawn again."""
        for frame in self.frames:
            if frame.key == key:
                return frame
        last = self.frames[-1]
        if last.key is not None and len(self.frames) < FRAMES:
            self.frames.append(self._make_frame())
        return self.frames[-1]

    def draw_and_leave(self, data):
        """Draw frame and data and leave both, for a figure that is written once; returns the
        [(axes, artist)] that lie above the frame, the lowest first.
        """
        with own_settings():
            self.frames[0].draw(None, data)
            self.explorer.draw(self.axes, data)
        return self.frames[0].list_new_artists()

    def find_readings(self, data):
        """[(x, y, text)] of all that can be read under the pointer in the picture painted last, of
        this data; places in parts of the picture, from its top left.
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
