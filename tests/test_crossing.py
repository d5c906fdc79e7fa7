"""Where a function crosses 0."""

import math

import pytest

from lecture_lib.crossing import find_crossing


@pytest.mark.parametrize(
    "f, near, far, right, most",
    [
        (lambda x: x * x - 2, 0.0, 2.0, math.sqrt(2), 20),
        (lambda x: x * x - 2, 2.0, 0.0, math.sqrt(2), 20),
        (math.cos, 0.0, 3.0, math.pi / 2, 20),
        (lambda x: math.exp(x) - 5, -10.0, 10.0, math.log(5), 60),
        (lambda x: x**3 + x, -1.0, 0.5, 0.0, 20),
        (lambda x: x - 0.25, 0.0, 1.0, 0.25, 6),
    ],
)
def test_the_crossing_is_found_in_few_evaluations(f, near, far, right, most):
    asked = []

    def count(x):
        asked.append(x)
        return f(x)

    assert find_crossing(count, near, far) == pytest.approx(right, rel=1e-12, abs=1e-12)
    assert len(asked) < most


@pytest.mark.parametrize(
    "f, near, far, right, close",
    [
        (lambda x: x**9, -1.0, 0.5, 0.0, 1e-6),
        (lambda x: math.copysign(1.0, x - 0.3), 0.0, 1.0, 0.3, 1e-9),
        (lambda x: math.inf if x > 0.5 else x - 0.3, 0.0, 1.0, 0.3, 1e-9),
        (lambda x: math.nan if 0.4 < x < 0.6 else x - 0.3, 0.0, 1.0, 0.3, 1.0),
    ],
)
def test_a_function_that_is_flat_or_no_number_somewhere_ends_the_search(f, near, far, right, close):
    asked = []

    def count(x):
        asked.append(x)
        return f(x)

    assert find_crossing(count, near, far) == pytest.approx(right, abs=close)
    assert len(asked) <= 202
