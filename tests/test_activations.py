"""Each activation and its derivative against 40 digits and against finite differences."""

import numpy as np
import pytest
from mpmath import mp, mpf

from lecture_lib.activations import ACTIVATIONS, MENU, STEP, Activation, activation
from shared.slow_twin import EXACT, close

EVERY = pytest.mark.parametrize("name", ACTIVATIONS)
SIZES = np.concatenate(
    [np.geomspace(1e-12, 1e4, 97), np.linspace(0.03, 45, 400), [0.7517915, 37.5, 708, 1e4]]
)
POINTS = np.concatenate([-SIZES[::-1], [0.0], SIZES])
TINY = 5e-324  # float64 ends here, in steps of this size


@EVERY
@pytest.mark.parametrize("part", (0, 1), ids=("f", "df"))
def test_relative_accuracy_up_to_ten_thousand(name, part):
    F = ACTIVATIONS[name]
    got = (F.f, F.df)[part](POINTS)
    for x, value in zip(POINTS, got):
        exact = EXACT[name][part](mpf(x))
        # GELU' has a zero at -0.75: it is a difference of two numbers of size 0.2 there
        scale = max(abs(exact), mpf(0.2) if name == "gelu" and part and -1 < x < 0 else 0)
        normal = 1e-12 * scale if scale > 1e-307 else 4e-308 * mpf(1e-12) + 4 * mpf(TINY)
        assert abs(value - exact) <= normal, (x, value, exact)


@EVERY
def test_exact_derivative_is_the_derivative_of_exact_function(name):
    f, df = EXACT[name]
    for x in (-9.25, -1.5, -0.3, 0.2, 1.0, 7.5):
        assert abs(mp.diff(f, mpf(x)) - df(mpf(x))) < 1e-17


@EVERY
def test_derivative_agrees_with_finite_differences(name):
    F = ACTIVATIONS[name]
    x = np.linspace(-6.03, 6.05, 301)
    h = 1e-5
    close(F.df(x), (F.f(x + h) - F.f(x - h)) / (2 * h), atol=2e-10)


@EVERY
def test_zero_sized_many_axes_and_single_numbers_keep_their_shape(name):
    F = ACTIVATIONS[name]
    for x in (np.zeros((0, 3)), np.ones((2, 1, 3)), np.float64(0.5), np.arange(-2, 3)):
        for value in (F.f(x), F.df(x)):
            assert np.shape(value) == np.shape(x) and np.asarray(value).dtype == float


@EVERY
def test_input_is_left_alone_and_calling_is_f(name):
    x = np.linspace(-2, 2, 5)
    before = x.copy()
    F = ACTIVATIONS[name]
    assert np.array_equal(F(x), F.f(x)) and F.df(x) is not x and np.array_equal(x, before)


@pytest.mark.parametrize(
    "name, slope",
    [
        ("relu", 0.0),
        ("leaky_relu", 0.01),
        ("elu", 1.0),
        ("selu", 1.0507009873554805 * 1.6732632423543772),
    ],
)
def test_convention_at_the_kink(name, slope):
    assert ACTIVATIONS[name].df(np.array([0.0]))[0] == pytest.approx(slope, rel=1e-15)


def test_step_is_zero_on_the_line_and_has_no_slope():
    x = np.array([-1.0, 0.0, 1e-300, 2.0])
    assert STEP.f(x).tolist() == [0, 0, 1, 1] and STEP.df(x).tolist() == [0, 0, 0, 0]
    assert "step" not in ACTIVATIONS


def test_sigmoid_slope_is_at_most_a_quarter_and_small_where_the_map_says():
    df = ACTIVATIONS["sigmoid"].df
    assert df(0.0) == 0.25 and df(POINTS).max() < 0.25 * (1 + 1e-15)
    assert df(2.06343706889556) == pytest.approx(0.1, rel=1e-13)
    assert df(4.58486333912236) == pytest.approx(0.01, rel=1e-13)
    assert ACTIVATIONS["tanh"].df(0.0) == 1.0 and ACTIVATIONS["tanh"].df(POINTS).max() < 1 + 1e-15


def test_a_name_finds_its_activation_and_an_activation_passes():
    own = Activation("square", "square", np.square, lambda x: 2 * x)
    assert activation(own) is own and all(
        activation(name) is ACTIVATIONS[name] for name in ACTIVATIONS
    )
    assert set(MENU) <= set(ACTIVATIONS) and all(name == F.name for name, F in ACTIVATIONS.items())


@pytest.mark.parametrize("kind", (np.uint8, np.int8, np.uint16, np.int64, bool, np.float16))
@pytest.mark.parametrize("activation", (*ACTIVATIONS, "step"))
def test_small_types_do_not_wrap_around(activation, kind):
    F = STEP if activation == "step" else ACTIVATIONS[activation]
    x = np.array([0, 1, 1], kind) * np.array([1, 1, 100], kind)
    for function in (F.f, F.df):
        assert np.array_equal(function(x), function(x.astype(float)))
        assert np.array_equal(function(x.tolist()), function(x.astype(float)))
    np.testing.assert_allclose(ACTIVATIONS["sigmoid"].f(np.array([1, 2], np.uint8)), SIGMOID_1_2)


SIGMOID_1_2 = [0.7310585786300049, 0.8807970779778823]  # 1 / (1 + e^-1), 1 / (1 + e^-2)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_underflow_is_no_event(activation):
    x = np.array([-1e300, -1e4, -800.0, -40.0, -1e-310, 0.0, 1e-310, 40.0, 800.0, 1e4, 1e300])
    with np.errstate(all="raise"):
        F = ACTIVATIONS[activation]
        assert not np.isnan([F.f(x), F.df(x)]).any()
        assert not np.isnan(F.value_and_derivative(x)).any()


ENDS = {  # F and F' at -inf and inf
    "linear": ([-np.inf, np.inf], [1, 1]),
    "sigmoid": ([0, 1], [0, 0]),
    "tanh": ([-1, 1], [0, 0]),
    "relu": ([0, np.inf], [0, 1]),
    "leaky_relu": ([-np.inf, np.inf], [0.01, 1]),
    "elu": ([-1, np.inf], [0, 1]),
    "gelu": ([0, np.inf], [0, 1]),
    "selu": ([-1.7580993408473766, np.inf], [0, 1.0507009873554805]),
}


@EVERY
@pytest.mark.parametrize("kind", (float, np.float32))
def test_values_at_both_ends_are_the_limits(name, kind):
    F = ACTIVATIONS[name]
    with np.errstate(all="raise"):
        for got, right in zip(
            F.value_and_derivative(np.array([-np.inf, np.inf], kind)), ENDS[name]
        ):
            np.testing.assert_allclose(got, right, rtol=1e-6 if kind is np.float32 else 1e-15)


@pytest.mark.parametrize("x", ("a", ["1"], None, 1j, np.ma.masked_array([1.0], [True])))
def test_what_is_no_number_is_told(x):
    with pytest.raises((TypeError, ValueError), match="^x (was|had) .*\\.$"):
        ACTIVATIONS["tanh"].f(x)
