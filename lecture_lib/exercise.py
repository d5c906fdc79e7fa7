"""An exercise takes what a student entered and says at once: right, or which step is wrong, without
the answer.

The model answer and the wrong answers that people give are written down side by side, so the tests
can hold each of them to its message. Nothing is stored and nothing leaves the page.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from html import escape

import numpy as np

from . import check
from .answers import NOTHING, YOURS, read_array, read_letter, read_number
from .feedback import WAITING, are_same, is_blank, shorten, tell_how_far


@dataclass(frozen=True)
class Answer:
    """What an exercise says: a sentence, and in a page the hints and the solution, one behind the
    other.
    """

    right: bool  # whether the answer is the model answer
    sentence: str  # what is said of it
    more: tuple = ()  # pairs (heading, text)
    waits: bool = False  # nothing has been answered yet

    def __repr__(self):
        return self.sentence

    def _repr_html_(self):
        look = f"border-left:4px solid {self._color()};padding:2px 8px"
        folds = ""
        for heading, text in reversed(self.more):  # each hint holds the next one
            inside = escape(text) + folds
            folds = f"<details><summary>{escape(heading)}</summary>{inside}</details>"
        return f'<div role="status" style="{look}">{escape(self.sentence)}</div>{folds}'

    def _color(self):
        if self.waits:
            return "#999999"
        return "#009E73" if self.right else "#D55E00"


@dataclass(frozen=True)
class Exercise:
    """A question on lecture item `item`. Call it with an answer; `hint(1)` to `hint(3)` and
    `solution` help.

    `right` is the model answer: a number or an array (compared to `rtol`; `answers` says what is
    read as one), the letter of one of `choices`, or a function, which is compared with the
    student's on the arguments that `cases(rng)` lists. `mistakes` are pairs (wrong answer of the
    same kind, which step is wrong); `otherwise` is said of any other wrong answer, before how far
    off it is. With `seen_as` not the numbers of an answer are compared but what this function makes
    of them.
    """

    name: str  # by which it is called: exercises.name(answer)
    item: str
    question: str  # as a sentence
    right: object
    mistakes: tuple
    hints: tuple  # three sentences, each telling more
    solution: str
    otherwise: str = "This is none of the usual mistakes."
    choices: dict | None = None
    cases: Callable | None = None
    rtol: float = 1e-3
    seen_as: Callable | None = None

    def __call__(self, answer):
        """An `Answer` to a number, a letter or a function; one sentence also for what is none of
        these, and for the three dots that nobody has replaced yet.
        """
        if is_blank(answer, self._first_case()):
            return self._say(False, WAITING, waits=True)
        try:
            given, model = self._values(answer), self._values(self.right)
        except Exception as error:  # the student's own function may raise anything
            return self._say(False, f"Not yet: {' '.join(str(error).split())}")
        if self._same(given, model):
            return Answer(True, f"Right. {self.solution}")
        for wrong, message in self.mistakes:
            if self._same(given, self._values(wrong)):
                return self._say(False, f"Not yet: {message}")
        return self._say(False, f"Not yet. {self.otherwise} {self._how_far(given, model)}".strip())

    def hint(self, number):
        """Hint 1, 2 or 3."""
        return self.hints[check.integer("hint", number, 1, len(self.hints)) - 1]

    def _say(self, right, sentence, waits=False):
        hints = [(f"hint {k}", text) for k, text in enumerate(self.hints, 1)]
        return Answer(right, sentence, (*hints, ("solution", self.solution)), waits)

    def _how_far(self, given, model):
        if self.choices:
            return ""
        if self.seen_as:
            return f"Yours gives {shorten(given)}."
        return tell_how_far(given, model, self.rtol)

    def _first_case(self):
        return self.cases(np.random.default_rng(0))[0] if self.cases else None

    def _values(self, answer):
        """The answer as something to compare; ValueError or TypeError with one sentence if it is of
        no use.
        """
        if self.choices:
            return read_letter(answer, tuple(self.choices))
        if not self.cases:
            numbers = self._number(answer, self.right)
            return self._see(numbers) if self.seen_as else numbers
        if not callable(answer):
            raise TypeError(f"{YOURS} was {check.shorten(answer)}; it must be a function.")
        return [
            self._number(self._call(answer, case), self.right(*case))
            for case in self.cases(np.random.default_rng(0))
        ]

    def _see(self, numbers):
        with np.errstate(all="ignore"):  # of answers at the ends of float64
            return self.seen_as(numbers)

    def _call(self, function, case):
        try:
            value = function(*deepcopy(case))
        except Exception as error:
            raise ValueError(
                f"your function stopped with {type(error).__name__}: {error}."
            ) from None
        if value is None:
            raise ValueError(NOTHING)
        return value

    @staticmethod
    def _number(value, model):
        if np.ndim(model) == 0:
            return read_number(value)
        return read_array(value, np.shape(model))

    def _same(self, given, model):
        if isinstance(model, str):
            return given == model
        pairs = zip(given, model) if isinstance(model, list) else ((given, model),)
        return all(are_same(a, b, self.rtol) for a, b in pairs)
