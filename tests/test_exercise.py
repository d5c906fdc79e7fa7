"""Each exercise: its model answer passes, each wrong answer gets its own message, garbage one
sentence.
"""

import json
import re

import numpy as np
import pytest

from lecture_lib.exercises import EXERCISES
from shared.paths import NOTEBOOKS

ALL = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)

GARBAGE = [
    None,
    "<script>",
    float("nan"),
    float("inf"),
    [],
    [1, 2],
    {},
    object(),
    True,
    1e9,
    lambda *a: None,
    lambda: 1,
    lambda *a: 1 / 0,
    np.full((2, 2), np.nan),
]


@ALL
def test_the_model_answer_is_right(exercise):
    answer = exercise(exercise.right)
    assert (
        answer.right
        and repr(answer) == f"Right. {exercise.solution}"
        and "hint" not in answer._repr_html_()
    )


@ALL
def test_each_mistake_is_told_apart_and_does_not_give_the_answer_away(exercise):
    said = [exercise(wrong) for wrong, _ in exercise.mistakes]
    assert [repr(a) for a in said] == [f"Not yet: {message}" for _, message in exercise.mistakes]
    assert len(set(map(repr, said))) == len(said) >= 2 and not any(a.right for a in said)
    assert not any(exercise.solution in repr(a) for a in said)


@ALL
def test_it_has_a_question_three_hints_and_a_solution(exercise):
    assert len(exercise.hints) == 3 and [exercise.hint(k) for k in (1, 2, 3)] == list(
        exercise.hints
    )
    page = exercise(exercise.mistakes[0][0])._repr_html_()
    assert page.count("<details>") == 4 and "<script" not in page
    assert exercise.question.endswith((".", "?")) and exercise.item[0] in "ISMBNVR"
    with pytest.raises(ValueError, match="hint was 4"):
        exercise.hint(4)


@ALL
@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_gets_one_sentence(exercise, garbage):
    answer = exercise(garbage)
    said = repr(answer)
    assert (
        not answer.right
        and said.startswith("Not yet")
        and said.endswith((".", "?"))
        and "\n" not in said
    )
    assert "<script" not in answer._repr_html_()


def test_a_function_cannot_spoil_the_cases():
    def spoils(Y, d):
        Y[:] = d
        return np.zeros(3)

    assert not EXERCISES["delta_output"](spoils).right
    assert EXERCISES["delta_output"](EXERCISES["delta_output"].right).right


@ALL
def test_it_is_asked_in_a_notebook(exercise):
    books = [json.loads(path.read_text(encoding="utf-8")) for path in NOTEBOOKS.glob("*.ipynb")]
    cells = [cell for book in books for cell in book["cells"]]
    assert any(f"exercises.{exercise.name}(" in "".join(cell["source"]) for cell in cells)


@ALL
@pytest.mark.parametrize("times", (1.5, 30.0))
def test_an_answer_that_is_almost_right_is_told_apart_from_the_right_one(exercise, times):
    if exercise.choices or exercise.seen_as:
        return
    factor = 1 + times * exercise.rtol
    if exercise.cases:
        said = repr(exercise(lambda *case: factor * np.asarray(exercise.right(*case))))
    else:
        said = repr(exercise(factor * np.asarray(exercise.right)))
    found = re.search("in ([0-9]+) of .* gives (.*), and (.*) is right", said)
    if found:
        count, mine, right = found.groups()
        assert int(count) > 0 and mine != right
    else:
        assert said.startswith("Not yet")


AT_THE_ENDS = (1.7e308, 1e308, 1e154, 1e-200, 5e-324, -1.7e308)


@ALL
@pytest.mark.parametrize("mode", ("warn", "raise"))
@pytest.mark.parametrize("value", AT_THE_ENDS)
def test_numbers_at_the_ends_of_float64_are_no_event(exercise, value, mode):
    answer = value if np.ndim(exercise.right) == 0 else [value] * len(exercise.right)
    if exercise.cases:
        answer = lambda *case: np.full(np.shape(exercise.right(*case)), value)  # noqa: E731
    with np.errstate(all=mode):
        said = repr(exercise(answer))
    assert said.startswith(("Not yet", "Right")) and "encountered" not in said


@pytest.mark.parametrize("gain", (1e16, 1e19, 1.1e19, 1e21, 1e300, 1.7e308))
def test_a_gain_beyond_float64_explodes(gain):
    said = repr(EXERCISES["holding_gain"](gain))
    found = re.match(r"Not yet\. .* Yours gives (inf|\d+\.\d)\.$", said)
    assert float(found[1]) > 200


@ALL
def test_a_number_that_python_does_not_write_down_is_told(exercise):
    said = repr(exercise(10**5000))
    assert said.startswith("Not yet: your answer was ") and "limit" not in said
