"""Words find a place where nothing else is."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from lecture_lib.explore import style
from lecture_lib.explore.drawing_settings import own_settings
from lecture_lib.explore.room import (
    choose_place,
    darken,
    find_pixels,
    follow_line,
    name_line,
    name_place,
)


@pytest.fixture
def ax():
    with own_settings():
        figure = Figure(figsize=(4, 3), dpi=100)
        FigureCanvasAgg(figure)
        ax = figure.add_axes((0.1, 0.1, 0.8, 0.8))
        ax.set(xlim=(0, 1), ylim=(0, 1))
        yield ax


def find_box(text):
    """left, bottom, right, top of a text in pixels."""
    box = text.get_window_extent(text.figure.canvas.get_renderer())
    return box.x0, box.y0, box.x1, box.y1


def covers(box, places):
    left, bottom, right, top = box
    x, y = places.T
    return ((x > left) & (x < right) & (y > bottom) & (y < top)).any()


@pytest.mark.parametrize("corners", [[(0.5, 0), (0.5, 1)], [(0, 0.3), (1, 0.8)], [(0, 1), (1, 0)]])
def test_names_lie_on_neither_lines_nor_points(ax, corners):
    rng = np.random.default_rng(0)
    points = rng.uniform(0.1, 0.9, (6, 2))
    line = follow_line(ax, corners)
    taken = np.concatenate([find_pixels(ax, points), line])
    for k, point in enumerate(points):
        taken = name_place(ax, point, f"p{k}", style.INK, taken)
    name_line(ax, corners, "line", style.INK, taken)
    boxes = [find_box(text) for text in ax.texts]
    assert len(boxes) == 7
    for k, box in enumerate(boxes):
        assert not covers(box, line)
        assert not covers(box, find_pixels(ax, points))
        for other in boxes[:k]:
            apart = box[0] >= other[2] or other[0] >= box[2] or box[1] >= other[3]
            assert apart or other[1] >= box[3]


def test_the_first_of_equally_good_places_is_taken(ax):
    centres = find_pixels(ax, [(0.3, 0.5), (0.7, 0.5)])
    nothing = np.empty((0, 2))
    np.testing.assert_array_equal(choose_place(ax, centres, (20, 10), nothing), centres[0])
    np.testing.assert_array_equal(choose_place(ax, centres, (20, 10), centres[:1]), centres[1])


def test_a_name_stays_inside_the_axes(ax):
    name_place(ax, (0.99, 0.5), "long name", style.INK, np.empty((0, 2)))
    assert find_box(ax.texts[0])[2] <= ax.bbox.x1


@pytest.mark.parametrize("look", style.CLASS, ids=["pink", "orange"])
def test_words_on_the_regions_can_be_read(look):
    for ground in style.CLASS_FILL:
        assert style.contrast(darken(look["color"]), ground) > 6
