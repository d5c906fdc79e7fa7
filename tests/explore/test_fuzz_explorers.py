"""Random settings for every explorer: a first picture and a sentence, or one clear sentence; no
warning, no hang.

200 settings an explorer in `make test`, 40 where each takes long, and 10,000 in `make test-long`.
Of forty one is also drawn, and of a thousand one is worked to its end: both take far longer than a
first picture, and test_declaration draws every control at its ends.
"""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecture_lib.explore.canvas import Canvas
from lecture_lib.explore.controls import Choice
from lecture_lib.explorers import EXPLORERS
from shared.anything import CHECKS, anything

HANG = 5  # seconds of the processor for a picture, however busy the machine is


def allowed(control):
    """Any value that the control takes, its ends and round numbers more often than chance would
    have them.
    """
    if isinstance(control, Choice):
        return st.sampled_from(control.samples())
    if control.whole:
        return st.integers(control.low, control.high)
    between = (
        st.floats(np.log(control.low), np.log(control.high))
        .map(lambda x: float(np.exp(x)))
        .filter(lambda x: control.low <= x <= control.high)
        if control.log
        else st.floats(control.low, control.high)
    )
    return st.one_of(st.sampled_from(control.samples()), between)


def check_random_settings(explorer, examples):
    canvas = Canvas(explorer)
    count = [0]

    @settings(max_examples=examples, **CHECKS)
    @given(st.fixed_dictionaries({c.name: allowed(c) for c in explorer.controls}))
    def run(chosen):
        now = explorer.settings(**chosen)
        count[0] = count[0] + 1
        begin = time.process_time()
        work = explorer.parts(now)
        to_its_end = count[0] % 1000 == 0
        for data in work if to_its_end else [next(work)]:
            if data is not None:  # None: nothing to show yet, the work goes on
                sentence = explorer.sentence(data)
                assert 20 <= len(sentence) <= 420 and sentence.endswith("."), sentence
                assert "None" not in sentence and "nan" not in sentence, sentence
                # The first one too: some explorers have few settings
                if to_its_end or count[0] % 40 == 1:
                    assert canvas.pixels(now, data).std() > 5
            done = time.process_time()
            assert done - begin < HANG
            begin = done
        work.close()

    run()


# Each of their settings takes seconds: their random settings run in `make test-long`.
SLOW = (
    "depth_training",
    "exploding",
    "layer_out",
    "norm_and_skip",
    "skip_knob",
    "skip_map",
    "skip_race",
)
# Each of theirs takes a tenth of a second or more.
SLOWER = (
    "gradient_descent",
    "gradient_profile",
    "guess_batch_growth",
    "guess_skip_growth",
    "live_duel",
    "live_point",
    "live_training",
    "numeric_training",
    "phase_map",
    "remedy_training",
    "resilient",
)
MARKED = [
    pytest.param(name, marks=[pytest.mark.long] if name in SLOW else [], id=name)
    for name in EXPLORERS
]


@pytest.mark.parametrize("name", MARKED)
def test_random_settings_give_a_picture_and_a_sentence(name):
    check_random_settings(EXPLORERS[name], 40 if name in SLOWER else 200)


@pytest.mark.long
@pytest.mark.parametrize("name", EXPLORERS)
def test_ten_thousand_random_settings(name):
    check_random_settings(EXPLORERS[name], 10_000)


@pytest.mark.parametrize("name", EXPLORERS)
def test_whatever_is_typed_is_taken_or_refused_in_one_sentence(name):
    explorer = EXPLORERS[name]

    @settings(max_examples=200, **CHECKS)
    @given(st.sampled_from(explorer.controls), anything())
    def run(control, value):
        try:
            taken = explorer.settings(**{control.name: value})
        except (ValueError, TypeError) as error:
            assert (
                control.label in str(error) and str(error).endswith(".") and "\n" not in str(error)
            )
        else:
            assert taken[control.name] == control.check(taken[control.name])

    run()
