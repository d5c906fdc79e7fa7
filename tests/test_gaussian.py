"""Means over a normal distribution, against quadrature in high precision."""

import numpy as np
import pytest
from mpmath import mp, mpf

from lecture_lib import gaussian
from lecture_lib.activations import ACTIVATIONS
from shared.slow_twin import EXACT

EVERY = pytest.mark.parametrize("activation", ACTIVATIONS)


@EVERY
@pytest.mark.parametrize("q", (1e-6, 0.3, 1.0, 40.0, 1e4))
@pytest.mark.parametrize("part", (0, 1), ids=("f", "df"))
def test_gaussian_mean_equals_quadrature_in_high_precision(activation, q, part):
    F = ACTIVATIONS[activation]
    got = gaussian.gaussian_mean(lambda x: np.square((F.f, F.df)[part](x)), q)
    with mp.workdps(18):
        root = mp.sqrt(mpf(q))
        exact = EXACT[activation][part]
        cuts = sorted(
            {mpf(c) for c in (0.5, 1, 2, 4, 8, 13)}
            | {c / root for c in (1, 3, 8, 20, 45) if c < 13 * root}
        )
        integral = mp.quad(
            lambda z: exact(root * z) ** 2 * mp.npdf(z), [*(-c for c in cuts[::-1]), 0, *cuts]
        )
    assert got == pytest.approx(float(integral), rel=1e-11)


@EVERY
@pytest.mark.parametrize("q", (1e9, 1e16, 1e24, 1e100, 1e290))
@pytest.mark.parametrize("part", (0, 1), ids=("f", "df"))
def test_a_mean_is_right_where_almost_all_sums_are_huge(activation, q, part):
    """The integral over the sums themselves: near 0, and far out where F is a line."""
    F = ACTIVATIONS[activation]
    got = gaussian.gaussian_mean(lambda x: np.square((F.f, F.df)[part](x)), q)
    with mp.workdps(20):
        root = mp.sqrt(mpf(q))
        exact = EXACT[activation][part]
        far = [root * c for c in (mpf("1e-3"), 0.1, 1, 3, 8, 14)]
        cuts = [0, 0.5, 1, 2, 4, 8, 16, 32, 64, *(c for c in far if c > 64)]
        total = mpf(0)
        for sign in (-1, 1):
            total += mp.quad(
                lambda x, sign=sign: exact(sign * x) ** 2 * mp.npdf(x / root) / root, cuts
            )
    assert got == pytest.approx(float(total), rel=1e-10)


def test_a_mean_needs_a_function():
    with pytest.raises(TypeError, match="^f was 'tanh'; it must be a function.$"):
        gaussian.gaussian_mean("tanh", 1.0)


@pytest.mark.parametrize(
    "f",
    [
        lambda x: 1.0,
        lambda x: None,
        lambda x: x + 1j,
        lambda x: x.astype(str),
        lambda x: x[1:],
        lambda x: 1 / 0,
    ],
)
def test_what_gives_no_numbers_element_by_element_has_no_mean(f):
    with pytest.raises(ValueError, match=r"^f (gave|could not take) .*\.$"):
        gaussian.gaussian_mean(f, 1.0)


def test_shared_nodes_cannot_be_changed():
    assert not any(array.flags.writeable for array in gaussian._quadrature())
