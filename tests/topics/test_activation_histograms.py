"""The outputs layer by layer: against plain NumPy, against theory, and what is said of them."""

import re

import numpy as np
import pytest

from lecture_lib import data, explorers, theory
from lecture_lib.activations import ACTIVATIONS, register
from lecture_lib.topics.remedies.compute.activation_histograms import (
    BINS,
    compute_activation_histograms,
    list_widths,
    round_up,
)
from lecture_lib.topics.remedies.pictures.activation_histograms import (
    describe_finding,
    describe_nearness,
    find_what_happens,
    sentence_activation_histograms,
)
from shared.registered import own_session

X = data.digits().x[:200]
PLAIN = {
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.where(z > 0, z, 0.0),
}


def run_plainly(widths, activation, variance, seed):
    """The outputs of all hidden layers, with `variance(n_in)` of the weights."""
    rng = np.random.default_rng(seed)
    outputs = [X]
    for n_in, n_out in zip((64, *widths), widths):
        W = rng.standard_normal((n_in, n_out)) * np.sqrt(variance(n_in))
        outputs.append(PLAIN[activation](outputs[-1] @ W))
    return outputs


@pytest.mark.parametrize("activation", PLAIN)
@pytest.mark.parametrize("shape", ["equal", "in turn"])
def test_the_numbers_are_those_of_plain_numpy(activation, shape):
    found = compute_activation_histograms(13, 60, activation, "2/n", shape, seed=3)
    widths = [60] * 12 if shape == "equal" else [60, 15] * 6
    outputs = run_plainly(widths, activation, lambda n: 2 / n, seed=3)
    assert [layer.layer for layer in found.layers] == [1, 4, 6, 9, 12]
    for layer in found.layers:
        a = outputs[layer.layer]
        assert (layer.inputs, layer.units) == (outputs[layer.layer - 1].shape[1], a.shape[1])
        counts, _ = np.histogram(a, BINS, (found.low, found.high))
        np.testing.assert_allclose(layer.bins + layer.flat_bins, counts / a.size, atol=2e-4)
        assert (layer.bins + layer.flat_bins).sum() == pytest.approx(1.0)
        assert layer.spread == pytest.approx(a.std(), rel=1e-9)
        means = a.mean(axis=0)
        apart = np.sqrt(np.square(a - means).mean())
        assert layer.apart == pytest.approx(apart, rel=1e-9)
        assert layer.spread**2 == pytest.approx(apart**2 + means.var(), rel=1e-9)
        rest = 0.5 if activation == "sigmoid" else 0.0
        assert found.rest == rest and layer.reach == pytest.approx(np.abs(a - rest).max())
        assert layer.flat == pytest.approx(measure_flat(activation, a), abs=1e-4)


def measure_flat(activation, a):
    """The fraction of outputs whose slope is below a twentieth of the largest, from the outputs."""
    if activation == "relu":
        return (a == 0).mean()
    slope = a * (1 - a) * 4 if activation == "sigmoid" else 1 - a**2
    return (slope < 0.05).mean()


@pytest.mark.parametrize(
    "activation, variance",
    [("tanh", "1/n"), ("tanh", "0.25/n"), ("tanh", "1"), ("sigmoid", "1/n"), ("relu", "2/n")],
)
def test_the_spread_is_that_of_theory_in_wide_layers(activation, variance):
    """Mean field, followed from the sums of layer 1; medians of 12 networks of width 256."""
    width, depth = 256, 10
    seeds = range(12)
    runs = [
        compute_activation_histograms(depth, width, activation, variance, seed=s) for s in seeds
    ]
    n_var = {"1/n": 1.0, "0.25/n": 0.25, "1": width, "2/n": 2.0}[variance]
    q = np.square(X).sum(axis=1).mean() * n_var / (width if variance == "1" else 64)
    F = ACTIVATIONS[activation].f
    for l in range(1, depth):
        shown = [layer for run in runs for layer in run.layers if layer.layer == l]
        if shown:
            mean = theory.gaussian_mean(F, q)
            wanted = np.sqrt(theory.gaussian_mean(lambda z: np.square(F(z)), q) - mean**2)
            assert np.median([layer.spread for layer in shown]) == pytest.approx(wanted, rel=0.12)
        q = theory.next_q(activation, q, n_var)


@pytest.mark.parametrize("seed", range(10))
def test_each_preset_shows_what_its_button_says(seed):
    explorer = explorers.activation_histograms
    wanted = {
        "too small: 1/(4n)": "lost",
        "right: 1/n": "hold",
        "too large: 1": "saturated",
        "ReLU, 2/n": "hold",
        "sigmoid, 1/n": "alike",
    }
    for preset, what in wanted.items():
        assert find_what_happens(explorer.data(seed=seed, **explorer.presets[preset])) == what
    relu = {"activation": "relu", "seed": seed}
    assert find_what_happens(explorer.data(variance="1", **relu)) == "grown"
    assert find_what_happens(explorer.data(variance="1/n", **relu)) == "lost"


@pytest.mark.parametrize("seed", range(6))
def test_the_spread_follows_the_inputs_of_a_layer_and_not_its_units(seed):
    """What notebook 06 says of layers with 100 and 25 units in turn."""
    explorer = explorers.activation_histograms
    same = explorer.data(seed=seed, **explorer.presets["wide, narrow, 1/100"])
    assert [(layer.inputs, layer.units) for layer in same.layers] == [
        (64, 100),
        (100, 25),
        (25, 100),
        (100, 25),
        (25, 100),
    ]
    spread = [layer.spread for layer in same.layers]
    assert spread[2] < 0.65 * spread[1] and spread[4] < 0.65 * spread[3]
    assert spread[1] > 0.65 * spread[0] and spread[3] > 0.75 * spread[2]
    by_inputs = explorer.data(seed=seed, depth=6, shape="in turn", variance="1/n")
    rule = [layer.spread for layer in by_inputs.layers]
    assert all(later > 0.65 * former for former, later in zip(rule, rule[1:]))
    assert rule[-1] > 2 * spread[-1]


def read_number(text):
    """The number in a text such as 0.002 or 3 × 10⁻⁵."""
    mantissa, _, power = text.replace("\u00a0", "").partition("×10")
    exponent = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(mantissa) * 10.0 ** int(exponent or 0)


def test_all_outputs_lie_as_near_as_is_said():
    for seed in range(8):
        found = compute_activation_histograms(12, 30, "tanh", "0.1/n", seed=seed)
        last = found.layers[-1]
        said = describe_nearness(last, found.rest)
        within = read_number(re.search(r"all lie within (.+) of 0$", said)[1])
        outputs = run_plainly([30] * 11, "tanh", lambda n: 0.1 / n, seed)
        assert np.abs(outputs[-1]).max() <= within < 2.1 * np.abs(outputs[-1]).max()
        assert said in describe_finding(found) and said in sentence_activation_histograms(found)


def test_scales_and_widths():
    assert [round_up(size) for size in (0, 0.9, 1, 5.3, 7.1, 0.0016, 3e16)] == [
        1,
        1,
        1,
        7,
        10,
        0.002,
        3e16,
    ]
    assert list_widths(6, 100, "in turn") == (100, 25, 100, 25, 100)
    assert list_widths(4, 3, "in turn") == (3, 1, 3)
    assert list_widths(2, 7, "in turn") == (7,)
    leaky = compute_activation_histograms(4, 50, "leaky_relu", "2/n")
    assert leaky.low == -leaky.high / 5
    linear = compute_activation_histograms(56, 256, "linear", "1000")
    assert np.isfinite(linear.layers[-1].spread) and linear.layers[-1].flat == 0


def test_outputs_beyond_float64_are_told_in_one_sentence():
    with own_session():
        register("cube", lambda x: x**3, lambda x: 3 * x**2)
        with pytest.raises(
            ValueError, match="activation was cube, with variance 1 at depth 20; it"
        ):
            compute_activation_histograms(20, 100, "cube", "1")
