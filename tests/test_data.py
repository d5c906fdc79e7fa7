"""The data sets: truth tables, clouds by their geometry, digits against scikit-learn."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from lecture_lib.data import CLOUDS, GATES, cloud, digits, gate, load

LOGIC = {
    "AND": lambda a, b: a and b,
    "OR": lambda a, b: a or b,
    "XOR": lambda a, b: a != b,
    "NAND": lambda a, b: not (a and b),
}


@pytest.mark.parametrize("name", GATES)
def test_truth_tables(name):
    points = gate(name)
    assert sorted(map(tuple, points.x.astype(int).tolist())) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    for (a, b), d in zip(points.x, points.labels):
        assert d == bool(LOGIC[name](bool(a), bool(b)))
    points.x[:] = 9  # a copy: the next one is not harmed
    assert gate(name).x.max() == 1


@pytest.mark.parametrize("name", CLOUDS)
def test_clouds_have_two_equal_classes_and_follow_the_seed(name):
    points = load(name, seed=3, samples=60)
    assert points.x.shape == (60, 2) and points.d.shape == (60, 1) and points.labels.sum() == 30
    np.testing.assert_array_equal(points.x, load(name, seed=3, samples=60).x)
    np.testing.assert_array_equal(points.x, cloud(name, np.random.default_rng(3), 60).x)
    assert np.abs(points.x - load(name, seed=4, samples=60).x).max() > 0.1
    assert load(name).x.shape == (200, 2)


def test_blobs_can_be_separated_and_overlapping_ones_cannot():
    middle = np.array([np.cos(0.6), np.sin(0.6)])  # the direction from one centre to the other
    for seed in range(20):
        for name in ("blobs", "overlapping blobs"):
            points = load(name, seed)
            along = points.x @ middle * (2 * points.labels - 1)
            assert (along.min() > 0.3 - 1e-9) == (name == "blobs")
            assert along.mean() == pytest.approx(2.0 if name == "blobs" else 0.8, abs=0.2)


def test_moons_and_spirals_lie_on_their_curves():
    moons, spirals = load("moons", samples=2000), load("spirals", samples=2000)
    for c, centre in enumerate(((-0.5, -0.25), (0.5, 0.25))):
        radius = np.linalg.norm(moons.x[moons.labels == c] - centre, axis=1)
        assert radius.mean() == pytest.approx(1.0, abs=0.02) and radius.std() < 0.12
    radius = np.linalg.norm(spirals.x, axis=1)
    turn = np.arctan2(*spirals.x.T[::-1])
    # 3 pi t at the radius 1.5 t, half a turn apart
    off = turn - 2 * np.pi * radius - np.pi * spirals.labels
    off = np.abs((off + np.pi) % (2 * np.pi) - np.pi)
    assert np.median(off) < 0.2 and radius.max() < 1.7


def test_digits_are_scikit_learns():
    theirs = load_digits()
    order = np.random.default_rng(38).permutation(1797)
    ours = digits()
    assert len(ours.x) == 1437 and len(ours.x_test) == 360
    pixels = theirs.data[order[:1437]]
    mean = pixels.mean()
    spread = pixels.std()
    np.testing.assert_allclose(ours.x, (pixels - mean) / spread, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(
        ours.x_test, (theirs.data[order[1437:]] - mean) / spread, rtol=1e-12, atol=1e-12
    )
    np.testing.assert_array_equal(ours.labels, theirs.target[order[:1437]])
    np.testing.assert_array_equal(ours.d_test.argmax(axis=1), theirs.target[order[1437:]])
    assert (ours.d.sum(axis=1) == 1).all() and set(np.unique(ours.d)) == {0, 1}
    assert abs(ours.x.mean()) < 1e-12 and ours.x.std() == pytest.approx(1)


def test_digits_are_shared_read_only():
    assert load("digits") is digits()
    for part in (digits().x, digits().d, digits().x_test, digits().d_test):
        with pytest.raises(ValueError):
            part[0] = 0


@pytest.mark.parametrize(
    "call",
    [
        lambda: load("and"),
        lambda: load("digit"),
        lambda: gate("NOR"),
        lambda: load("blobs", samples=1),
        lambda: load("blobs", samples=3),
        lambda: load("moons", samples=101),
        lambda: cloud("AND", np.random.default_rng(0)),
    ],
)
def test_bad_names_and_sizes_are_told(call):
    with pytest.raises(ValueError, match="must"):
        call()
