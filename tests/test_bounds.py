"""The bounds of slopes and of a chain's gradient."""

import pytest
from mpmath import mp

from lecture_lib import bounds
from lecture_lib.activations import ACTIVATIONS


def test_bounds():
    assert pytest.approx(float(mp.lambertw(mp.exp(-1))), rel=1e-11) == bounds.POSITIVE_CHAIN_BOUND
    assert ACTIVATIONS["sigmoid"].df(0.0) == bounds.SIGMOID_SLOPE_BOUND
