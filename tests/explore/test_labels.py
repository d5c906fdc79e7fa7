"""Names beside lines are moved apart, within their room, and keep the order of the lines."""

import numpy as np
import pytest

from lecture_lib.explore.labels import spread_apart, spread_within


@pytest.mark.parametrize("seed", range(20))
def test_names_are_apart_in_their_room_and_in_the_order_of_the_lines(seed):
    rng = np.random.default_rng(seed)
    places = rng.uniform(-40, 140, 5)  # some lines end below the room, some above it
    moved = spread_within(places, 10, 0, 100)
    order = np.argsort(places)
    assert np.diff(moved[order]).min() > 10 - 1e-9
    assert moved.min() > 5 - 1e-9 and moved.max() < 95 + 1e-9


def test_names_that_do_not_touch_stay():
    places = np.array([70.0, 20.0, 45.0])
    np.testing.assert_array_equal(spread_apart(places, 10), places)
    np.testing.assert_array_equal(spread_within(places, 10, 0, 100), places)
