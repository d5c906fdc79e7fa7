"""Predictions: the answer is computed only when asked for, and is that of an independent run."""

import numpy as np
import pytest

from lecture_lib.experiments import predictions
from lecture_lib.experiments.gradients import start
from lecture_lib.explorers import EXPLORERS
from lecture_lib.network import delta_sizes

ALL = {name: e for name, e in EXPLORERS.items() if name.startswith("guess_")}


@pytest.mark.parametrize("explorer", ALL.values(), ids=ALL)
def test_a_guess_is_kept_and_the_answer_hidden_until_asked_for(explorer):
    low, high = explorer.controls[0].low, explorer.controls[0].high
    for mine in (low, high):
        hidden, shown = (explorer.data(mine=mine, answer=answer) for answer in ("hidden", "shown"))
        assert hidden.found is None and "your guess" in explorer.sentence(hidden).lower()
        assert hidden.mine == shown.mine == mine and np.isfinite(shown.found).all()
        assert low <= shown.found[0] and shown.found[-1] <= high  # nothing falls off the line
        assert "What came out" in explorer.sentence(shown)


def test_the_share_of_the_first_layer_is_that_of_the_reference_network():
    found = predictions.first_layer_share()
    for seed in (0, 7):
        sizes = delta_sizes(start(20, 32, "sigmoid", "1", seed)[3].delta)
        assert found[seed] == pytest.approx(sizes[0] / sizes[-2], rel=1e-9)


# notebook 06
def test_the_factor_of_a_relu_layer_is_that_of_the_reference_network():
    found = predictions.relu_factor()
    for seed in (0, 7):
        sizes = delta_sizes(start(20, 32, "relu", "1", seed)[3].delta)
        assert found[seed] == pytest.approx((sizes[0] / sizes[-2]) ** (1 / 9), rel=1e-9)
    assert len(found) == 20 and 12 < np.median(found) < 19  # n / 2 = 16, a little less for a typical net
