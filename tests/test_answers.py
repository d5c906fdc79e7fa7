"""An answer is judged by its value, not by what holds it."""

from array import array
from decimal import Decimal
from fractions import Fraction
from itertools import count

import numpy as np
import pytest

from lecture_lib.answers import read_array, read_letter, read_number
from lecture_lib.exercises import EXERCISES


class Tensor:
    """A number that NumPy gets after `detach` alone, as the tensors of PyTorch with a gradient."""

    def __init__(self, number):
        self.number = number

    def detach(self):
        return np.array(self.number)

    def __array__(self, *args, **options):
        raise RuntimeError("Can't call numpy() on Tensor that requires grad.")


QUARTER = [
    0.25,
    Fraction(1, 4),
    Decimal("0.25"),
    np.float64(0.25),
    np.float32(0.25),
    np.float16(0.25),
    np.array(0.25),
    np.array([0.25]),
    np.array([[0.25]], np.float32),
    [0.25],
    (0.25,),
    ["1/4"],
    "1/4",
    " 1 / 4 ",
    "0.25",
    "0,25",
    "2.5e-1",
    np.str_("1/4"),
    np.array(["1/4"]),
    np.array([Fraction(1, 4)], object),
    "¼",
    "25 %",
    {0.25},
    {"mine": 0.25},
    {"mine": "1/4"}.values(),
    array("d", [0.25]),
    memoryview(np.array([0.25])),
    [np.array(0.25)],
    [[[0.25]]],
    Tensor(0.25),
    [Tensor(0.25)],
]


@pytest.mark.parametrize("value", QUARTER, ids=range(len(QUARTER)))
def test_a_quarter_is_a_quarter(value):
    with np.errstate(all="raise"):
        assert read_number(value) == 0.25


@pytest.mark.parametrize("value", (True, np.True_, np.array(True), np.array([True]), [True]))
def test_true_is_1_and_false_is_0(value):
    assert read_number(value) == 1.0
    assert read_number(not np.all(value)) == 0.0


@pytest.mark.parametrize(
    "value",
    (None, "a", "", "1/0", "1/2/3", [], [1, 2], {}, 1j, "nan", np.nan, Decimal("nan"), b"1", [None],
     np.ma.masked, np.ma.masked_array([1.0], [True]), [[1], [2, 3]], object, "1,000,000",
     {1, 2}, {"a": 1, "b": 2}, Decimal("sNaN"), range(2), count(), dict, iter([]), {"a"}, "1 2"),
)  # fmt: skip
def test_what_is_no_number_is_told(value):
    with pytest.raises((ValueError, TypeError), match="^your answer (was|had|held) .*\\.$"):
        read_number(value)


NO_LETTERS = (
    "d", "", "()", "ab", None, 1, ["b", "c"], [["b"], []], b"b", 10**5000, {"a", "b"}, "not b",
    "answer", "optionb",
)  # fmt: skip


@pytest.mark.parametrize(
    "value",
    ("b", "B", "(b)", "(B)", "b)", "[B]", " b. ", "'b'", np.str_("B"), "“B”", "„b“", "B,", "b!",
     ["B"], ("(b)",), np.array(["b"]), np.array("B", object), {"b"}, [["b"]], "*b*", "<b>", "Ｂ",
     "option b", "Answer: B", "the answer is (b)", "b\u200b", {"mine": "b"}.values()),
    ids=range(27),
)  # fmt: skip
@pytest.mark.parametrize("letters", (("a", "b", "c"), ("A", "B", "C")))
def test_a_letter_is_a_letter(value, letters):
    assert read_letter(value, letters) == letters[1]
    for other in (
        "d",
        "",
        "()",
        "ab",
        None,
        1,
        ["b", "c"],
        [["b"], []],
        b"b",
        10**5000,
        {"a", "b"},
        "not b",
        "answer",
        "optionb",
    ):
        with pytest.raises(ValueError, match="^your answer was .* it must be one of "):
            read_letter(other, letters)


@pytest.mark.parametrize(
    "value",
    (
        [1, 0.5],
        (Fraction(1), Decimal("0.5")),
        ["1", "1/2"],
        np.array([[1.0, 0.5]]),
        np.array([[1.0], [0.5]], np.float16),
        [[True, 0.5]],
        np.array([1, Fraction(1, 2)], object),
        {"V": 1, "Y": "½"},
        map(float, ("1", "0.5")),
        zip([1, 0.5]),
        [np.array(1), np.array(0.5)],
        [Tensor(1), Tensor(0.5)],
    ),
    ids=range(12),
)
def test_an_array_is_its_numbers(value):
    assert read_array(value, (2,)).tolist() == [1.0, 0.5]


@pytest.mark.parametrize("value", ([1, 2, 3], [[1, 2], [3, 4]], [[1], [2, 3]], None, ["a", 1], 5))
def test_what_is_no_such_array_is_told(value):
    with pytest.raises((ValueError, TypeError), match="^your answer (was|had) .*\\.$"):
        read_array(value, (2,))


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_the_right_answer_is_right_in_other_clothes(exercise):
    right = exercise.right
    if exercise.choices:
        others = [right.upper(), f"({right.lower()})", f"{right})"]
    elif exercise.cases:
        others = [lambda *case: np.array(right(*case), object), lambda *case: [right(*case)]]
        nothing = exercise(lambda *case: None)
        assert repr(nothing) == ("Not yet: your function returned nothing: is a return missing?")
    elif np.ndim(right) == 0:
        others = [Fraction(right), Decimal(right), np.array([right]), str(right), [right]]
    else:
        others = [np.asarray(right).tolist(), np.array(right, object), np.asarray(right)[None]]
    for other in others:
        assert exercise(other).right, other


def test_truth_is_taken_where_0_and_1_are_asked_for():
    assert EXERCISES["step_neuron"](lambda W, X, B: W @ X + B > 0).right
