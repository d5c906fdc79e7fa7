"""What a checked argument may be: its value comes out right, or one sentence names it."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from lecture_lib import check
from lecture_lib.initialisers import weight_variance

REFUSED = (ValueError, TypeError)


class Tensor:
    """An object that does not want to become an array, as a tensor that keeps its gradient."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("call detach() first")


@pytest.mark.parametrize(
    "value",
    (
        np.ma.masked_array([1000.0, 1.0], [True, False]),
        np.ma.masked_all(3),
        np.array(["2020-01-01"], "datetime64[D]"),
        np.array([1], "timedelta64[s]"),
        np.array(["a", 1.0], object),
        np.array([None, 1.0], object),
        ["1.5"],
        b"12",
        [1j],
        Tensor(),
        [[1.0], [1.0, 2.0]],
        {"a": 1},
        object(),
        [Decimal(1), "1"],
        [np.nan],
        [np.inf],
        np.array([10**400], object),
    ),
    ids=range(17),
)
def test_what_is_no_array_of_numbers_is_told(value):
    with pytest.raises(REFUSED, match="^W (was|had|held) .*\\.$") as told:
        check.array("W", value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "value",
    (
        [1, 2],
        (1.0, 2.0),
        np.array([1, 2], np.uint8),
        np.array([1, 2], np.float16),
        np.array([1, 2], object),
        np.array([Fraction(1), 2.0], object),
        np.ma.masked_array([1.0, 2.0], [False, False]),
        np.array([1, 2], ">f4"),
        np.array([1, 2], np.longdouble),
        range(1, 3),
    ),
    ids=range(10),
)
def test_numbers_come_out_as_float64_whatever_held_them(value):
    result = check.array("W", value)
    assert type(result) is np.ndarray and result.dtype == np.float64
    assert result.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    "value", (0.25, np.float32(0.25), np.float16(0.25), np.longdouble(0.25), Fraction(1, 4))
)
def test_a_number_of_any_type_is_its_value(value):
    with np.errstate(all="raise"):
        assert check.real("gamma", value, above=0) == 0.25
        assert check.real("gamma", value, 0, 1e300) == 0.25


@pytest.mark.parametrize("value", (10**400, -(10**400), np.float32(np.inf), np.float16(np.nan)))
def test_a_number_that_is_too_large_is_told(value):
    with pytest.raises(ValueError, match="^gamma was .*; it must be a number, finite.$"):
        check.real("gamma", value)
    with pytest.raises(REFUSED, match="^steps was .*\\.$"):
        check.integer("steps", value, 1, 10)


def test_a_whole_number_of_any_type_is_its_value():
    for value in (3, 3.0, np.uint8(3), np.float32(3), Fraction(3)):
        assert check.integer("steps", value, 1, 10) == 3
    for value in (True, np.True_, 2.5, "3", None, [3]):
        with pytest.raises(TypeError, match="^steps was .*\\.$"):
            check.integer("steps", value, 1, 10)


HUGE = (10**5000, -(10**5000), Fraction(10**5000, 3), [10**5000])


@pytest.mark.parametrize("value", HUGE, ids=range(4))
def test_a_number_that_python_does_not_write_down_is_told(value):
    for call in (
        lambda: check.real("x", value),
        lambda: check.integer("x", value, 1, 10),
        lambda: check.one_of("x", value, ("a",)),
        lambda: check.truth("x", value),
        lambda: weight_variance(value, 2, 2),
    ):
        with pytest.raises(REFUSED, match=r"^(x|variance) was .*; it must .*\.$") as told:
            call()
        assert len(str(told.value)) < 250 and "limit" not in str(told.value)


@pytest.mark.parametrize(
    "value", (Fraction(10**400), Fraction(10**400, 7), np.longdouble("1e4000")), ids=range(3)
)
def test_whole_numbers_too_large_for_a_float_are_told(value):
    with np.errstate(all="raise"), pytest.raises(REFUSED, match="^steps was .*\\.$"):
        check.integer("steps", value, 1, 10)


@pytest.mark.parametrize("mode", ("warn", "raise"))
def test_what_float64_does_not_hold_is_no_event(mode):
    with np.errstate(all=mode):
        with pytest.raises(ValueError, match=r"^x held inf at \[0\]; every entry must be finite"):
            check.array("x", np.array(["1e4000"], np.longdouble))
        assert check.array("x", np.array(["1e-4000"], np.longdouble)) == 0.0


def test_true_and_false_are_told_from_what_is_neither():
    for value in (True, np.True_, 1, 1.0):
        assert check.truth("biases", value) is True
    for value in (False, np.False_, 0):
        assert check.truth("biases", value) is False
    for value in ("no", None, 2, [], np.array([1, 0]), np.array(True)):
        with pytest.raises(TypeError, match="^biases was .*; it must be True or False.$"):
            check.truth("biases", value)


def test_a_range_says_whether_its_end_belongs_to_it():
    with pytest.raises(ValueError, match=r"a number, above 0 and at most 1e\+90\.$"):
        check.real("gamma", 0, high=1e90, above=0)
    with pytest.raises(ValueError, match=r"a number, between 0 and 1\.$"):
        check.real("skip", 2, 0, 1)
