"""Small images at places of a drawing, sent to the screen as they are."""

import numpy as np
from matplotlib.artist import Artist


class TileImages(Artist):
    """Square images (n, n, 4) of bytes around places in data units, the first row at the bottom.

    `imshow` would resample the ground between them as well: that took half the time of a picture.
    """

    def __init__(self, images, places, side, zorder):
        super().__init__()
        self.images = images
        self.places = places  # their middles
        self.side = side  # in data units
        self.set_zorder(zorder)

    def draw(self, renderer):
        """Draw them; matplotlib calls this."""
        fineness = renderer.get_image_magnification()
        pen = renderer.new_gc()
        for image, place in zip(self.images, self.places):
            corners = np.array([place, place]) + [[-self.side / 2], [self.side / 2]]
            (left, bottom), (right, top) = self.axes.transData.transform(corners).round()
            rows = find_points(len(image), round((top - bottom) * fineness))
            columns = find_points(len(image), round((right - left) * fineness))
            renderer.draw_image(pen, left, bottom, image[np.ix_(rows, columns)])
        pen.restore()


def find_points(points, pixels):
    """For each of so many pixels, which of the points 0, 1, ... it shows."""
    return np.arange(pixels) * points // pixels
