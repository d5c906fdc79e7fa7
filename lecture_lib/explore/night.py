"""Pictures for a dark page: the same drawing, each colour with its lightness turned round.

Nothing that is drawn knows of it: the renderer changes each colour as it is used.
"""

from functools import lru_cache

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase

from .words import WordRenderer

GROUND = 0x11 / 255  # what white becomes
INK = 0xE6 / 255  # what black becomes


def turn_lightness(rgb):
    """Colours (..., 3) between 0 and 1 with their lightness turned round; hue and chroma stay.

    max + min is twice the lightness of HLS, and 1 - max - min moves all three channels alike.
    """
    rgb = np.asarray(rgb, float)
    ends = rgb.max(axis=-1, keepdims=True) + rgb.min(axis=-1, keepdims=True)
    return GROUND + (INK - GROUND) * (rgb + 1.0 - ends)


@lru_cache(4096)
def _turn_one(rgb):
    return tuple(turn_lightness(rgb).tolist())


def turn_color(color):
    """One colour (r, g, b) or (r, g, b, alpha) for the dark; None stays None."""
    if color is None:
        return None
    red, green, blue, *alpha = (float(part) for part in color)
    return (*_turn_one((red, green, blue)), *alpha)


def turn_colors(colors):
    """Each of several colours for the dark, as an array."""
    if not len(colors):
        return colors
    return np.array([turn_color(color) for color in colors])


def turn_image(image):
    """An image (height, width, 4) of bytes for the dark."""
    image = np.asarray(image)
    dark = np.round(255 * turn_lightness(image[..., :3] / 255.0)).astype(np.uint8)
    return np.concatenate([dark, image[..., 3:]], axis=-1)


class NightContext(GraphicsContextBase):
    """The pen of a NightRenderer: whatever colour it is given, it draws the one for the dark."""

    def set_foreground(self, fg, isRGBA=False):
        """Set the colour; matplotlib calls it."""
        super().set_foreground(fg, isRGBA)
        self._rgb = turn_color(self._rgb)

    def set_alpha(self, alpha):
        """Set how opaque it is; matplotlib calls it, and its own method sets the colour again."""
        red, green, blue, *_ = self._rgb
        super().set_alpha(alpha)
        self._rgb = (red, green, blue, self._rgb[3])


class NightRenderer(WordRenderer):
    """Draws as WordRenderer does, in the colours of a dark page."""

    def new_gc(self):
        """A pen; matplotlib calls it."""
        return NightContext()

    def draw_path(self, gc, path, transform, rgbFace=None):
        """A path; matplotlib calls it."""
        super().draw_path(gc, path, transform, turn_color(rgbFace))

    def _update_methods(self):
        """matplotlib copies these methods from its renderer in C++; they get the colours for the
        dark.
        """
        super()._update_methods()
        draw_markers = self._renderer.draw_markers
        draw_collection = self._renderer.draw_path_collection
        draw_mesh = self._renderer.draw_quad_mesh
        draw_image = self._renderer.draw_image

        def draw_night_markers(gc, marker, transform, path, place, face=None):
            draw_markers(gc, marker, transform, path, place, turn_color(face))

        def draw_night_collection(gc, *arguments, **more):
            *place, faces, edges = arguments[:7]
            draw_collection(
                gc, *place, turn_colors(faces), turn_colors(edges), *arguments[7:], **more
            )

        def draw_night_mesh(gc, *arguments):
            *place, faces, smooth, edges = arguments
            draw_mesh(gc, *place, turn_colors(faces), smooth, turn_colors(edges))

        def draw_night_image(gc, x, y, image):
            draw_image(gc, x, y, turn_image(image))

        self.draw_markers = draw_night_markers
        self.draw_path_collection = draw_night_collection
        self.draw_quad_mesh = draw_night_mesh
        self.draw_image = draw_night_image
