"""What is said of a blank answer, and of one that no known mistake explains."""

import re

import numpy as np
import pytest

from lecture_lib.exercises import EXERCISES
from lecture_lib.feedback import WAITING, is_blank, tell_how_far

ALL = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)


@ALL
def test_a_check_waits_calmly_until_the_dots_are_replaced(exercise):
    blanks = [...]
    if exercise.cases:
        blanks.append(lambda *arguments: ...)
    elif np.ndim(exercise.right) == 1:
        blanks.append([...] * len(exercise.right))
    for blank in blanks:
        answer = exercise(blank)
        assert repr(answer) == WAITING and answer.waits and not answer.right
        page = answer._repr_html_()
        assert page.count("<details>") == 4 and "#D55E00" not in page


@ALL
def test_each_hint_is_behind_the_one_before(exercise):
    page = exercise(...)._repr_html_()
    assert page.endswith("</details>" * 4)
    places = [
        page.index(f"<summary>{name}<") for name in ("hint 1", "hint 2", "hint 3", "solution")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("answer", "blank"),
    [(..., True), ([1, ...], True), ((..., ...), True), (0, False), ([0, 1], False), ("?", False)],
)
def test_dots_are_a_blank_wherever_they_stand(answer, blank):
    assert is_blank(answer) is blank


def test_a_function_that_fails_is_not_blank():
    assert not is_blank(lambda x: 1 / 0, (1,))
    assert is_blank(lambda x: ..., (1,))


@pytest.mark.parametrize(
    ("mine", "right", "said"),
    [
        (0.3, 0.2, "Your 0.3 is too large."),
        (0.1, 0.2, "Your 0.1 is too small."),
        (-0.1, 0.2, "Your -0.1 has the wrong sign."),
        (-3.0, -2.0, "Your -3 is too large in size."),
        (30.0, 0.2, "Your 30 is more than ten times too large."),
        (0.21, 0.2, "Your 0.21 is close, so look for digits that were rounded too early."),
    ],
)
def test_a_number_is_compared_without_telling_the_right_one(mine, right, said):
    assert tell_how_far(mine, right) == said


def test_a_list_names_the_first_number_that_differs():
    said = tell_how_far(np.array([1.0, 3.0]), np.array([1.0, 2.0]))
    assert said == "The first number that differs is number 2: 3 is too large."


def test_a_function_is_held_against_an_example():
    said = tell_how_far([1.0, 2.5, 3.0], [1.0, 2.0, 3.0])
    assert (
        said == "It is wrong in 1 of 3 examples; in the first of them it gives 2.5, and 2 is right."
    )
    answer = EXERCISES["delta_output"](lambda Y, d: (Y - d) * Y)
    assert "It is wrong in 3 of 3 examples" in repr(answer)


@pytest.mark.parametrize("away", (5e-4, 1e-4, 1e-6, 1e-10))
def test_a_close_number_is_written_until_it_differs(away):
    said = tell_how_far(np.array([0.0, -2.5 - away]), np.array([0.0, -2.5]), rtol=1e-12)
    place, written = re.match(r".* is number (\d): (\S+) is close, ", said).groups()
    assert place == "2" and float(written) == pytest.approx(-2.5 - away, abs=1.01 * away)
    said = tell_how_far([1.0, 2.0 + away], [1.0, 2.0], rtol=1e-12)
    assert "wrong in 1 of 2" in said and " gives 2, " not in said and said.endswith(" 2 is right.")
