"""Each rule has the variance it promises, whatever the distribution."""

import numpy as np
import pytest

from lecture_lib.initialisers import (
    DISTRIBUTIONS,
    INITIALISERS,
    MENU,
    sample_inner_weights,
    sample_weights,
    weight_variance,
)
from shared.slow_twin import close

EVERY = pytest.mark.parametrize("rule", INITIALISERS)
SPREAD = pytest.mark.parametrize("distribution", DISTRIBUTIONS)


@pytest.mark.parametrize(
    "rule, variance",
    [(0.02, 0.02), ("0.02", 0.02), (1, 1.0), ("1.5/n", 0.125), (" 16/n ", 16 / 12)],
)
def test_a_free_rule_is_a_number_alone_or_over_n(rule, variance):
    assert weight_variance(rule, 12, 8) == pytest.approx(variance, rel=1e-15)


@pytest.mark.parametrize("rule", ["n", "/n", "-1", "0/n", "nan", "inf/n", "2/m", None, [1], 0])
def test_what_is_no_rule_is_told_in_a_sentence(rule):
    with pytest.raises(
        ValueError, match=r"^variance was .*; it must be one of 1, 1/n, .* as in 3/n\.$"
    ):
        weight_variance(rule, 12, 8)


INNER = {
    "2/(nL)": 2 / 36, "2 / (nL)": 2 / 36, "2/(NL)": 2 / 36, " 0,5/( n L ) ": 0.5 / 36,
    "2/nL": 2 / 36, "2/(n·L)": 2 / 36, "2/(L n)": 2 / 36, "2/n/L": 2 / 36, "½/(nL)": 0.5 / 36,
    "½/n": 0.5 / 12, "3 ÷ (N)": 3 / 12, "1 1/2 / n": 1.5 / 12, "50 %/n": 0.5 / 12,
}  # fmt: skip


@pytest.mark.parametrize("rule", INNER)
def test_an_inner_rule_knows_the_depth(rule):
    one = sample_inner_weights(np.random.default_rng(0), 12, 8, 3, rule)
    other = sample_weights(np.random.default_rng(0), 12, 8, INNER[rule])
    np.testing.assert_allclose(one, other, rtol=1e-15)


@pytest.mark.parametrize(
    "rule", ["0", " 0 ", "0.0", "0,0", "0/n", 0, 0.0, -0.0, np.float32(0), np.int8(0)]
)
@pytest.mark.parametrize("n_in", [12, 12.0, np.int8(12)])
def test_inner_weights_of_0_draw_as_many_numbers_as_the_others(rule, n_in):
    rngs = [np.random.default_rng(0) for _ in range(2)]
    W = sample_inner_weights(rngs[0], n_in, 8, 3, rule)
    assert W.shape == (12, 8) and not W.any()
    sample_weights(rngs[1], 12, 8)
    assert rngs[0].random() == rngs[1].random()


@pytest.mark.parametrize(
    "n_in, n_out, depth, rule, named",
    [
        (0, 2, 3, "2/(nL)", "n_in"),
        ("a", 2, 3, "0", "n_in"),
        (2, 0, 3, "0", "n_out"),
        (2, 2.5, 3, "2/(nL)", "n_out"),
        (2, 2, 0, "2/(nL)", "depth"),
        (2, 2, "a", "2/(nL)", "depth"),
        (2, 2, None, "1/n", "depth"),
        (2, 2, 3, "n", "inner variance"),
        (2, 2, 3, "-1/(nL)", "inner variance"),
        (2, 2, 3, None, "inner variance"),
    ],
)
def test_what_is_no_inner_layer_is_told(n_in, n_out, depth, rule, named):
    rng = np.random.default_rng(0)
    with pytest.raises((ValueError, TypeError), match=rf"^{named} was .*\.$"):
        sample_inner_weights(rng, n_in, n_out, depth, rule)


@pytest.mark.parametrize(
    "rule, variance",
    [
        ("1", 1.0),
        ("1/n", 1 / 12),
        ("2/n", 1 / 6),
        ("glorot", 2 / 20),
        ("orthogonal", 1 / 12),
        (0.7, 0.7),
        (3, 3.0),
    ],
)
def test_variance_by_hand_for_12_inputs_and_8_outputs(rule, variance):
    assert weight_variance(rule, 12, 8) == pytest.approx(variance, rel=1e-15)


@EVERY
@SPREAD
@pytest.mark.parametrize("shape", [(300, 200), (200, 300)])
def test_sample_mean_and_variance(rule, distribution, shape):
    W = sample_weights(np.random.default_rng(5), *shape, rule, distribution)
    variance = weight_variance(rule, *shape)
    assert W.shape == shape
    assert abs(W.mean()) < 5 * np.sqrt(variance / W.size)
    assert np.mean(W**2) == pytest.approx(variance, rel=5 * np.sqrt(2 / W.size))


@EVERY
def test_uniform_fills_its_limits_and_normal_does_not_stop_there(rule):
    limit = np.sqrt(3 * weight_variance(rule, 200, 200))
    normal, uniform = (
        np.abs(sample_weights(np.random.default_rng(6), 200, 200, rule, s)).max() / limit
        for s in DISTRIBUTIONS
    )
    if rule != "orthogonal":
        assert 0.999 < uniform <= 1.0 < normal


@EVERY
@SPREAD
def test_same_seed_same_weights_other_seed_other_weights(rule, distribution):
    def draw(seed):
        return sample_weights(np.random.default_rng(seed), 4, 3, rule, distribution)

    assert np.array_equal(draw(1), draw(1)) and not np.array_equal(draw(1), draw(2))


@SPREAD
@pytest.mark.parametrize("shape", [(6, 6), (9, 4), (4, 9), (1, 1), (1, 5)])
def test_orthogonal_has_all_singular_values_1(shape, distribution):
    W = sample_weights(np.random.default_rng(7), *shape, "orthogonal", distribution)
    close(np.linalg.svd(W, compute_uv=False), np.ones(min(shape)))


def test_orthogonal_is_uniform_over_rotations():
    # of a 2 x 2 rotation or reflection, the first entry is cos of a uniform angle, of either sign
    draws = np.array(
        [sample_weights(rng, 2, 2, "orthogonal")[0, 0] for rng in [np.random.default_rng(8)] * 2000]
    )
    shares = np.histogram(np.arccos(draws), bins=4, range=(0, np.pi))[0] / 2000
    assert np.abs(shares - 0.25).max() < 0.05


def test_a_deep_product_of_orthogonal_layers_keeps_every_length():
    rng = np.random.default_rng(9)
    product = np.eye(64)
    for _ in range(50):
        product = product @ sample_weights(rng, 64, 64, "orthogonal")
    close(np.linalg.svd(product, compute_uv=False), np.ones(64), rtol=1e-11)


def test_menu_is_part_of_the_registry():
    assert set(MENU) <= set(INITIALISERS) and all(
        name == rule.name for name, rule in INITIALISERS.items()
    )
