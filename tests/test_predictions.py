"""Predictions: the answer is computed only when asked for, and is that of an independent run."""

import numpy as np
import pytest

from lecture_lib.experiments import predictions
from lecture_lib.experiments.gradients import start
from lecture_lib.experiments.multilayer import hidden
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


def test_xor_mistakes_are_those_of_a_plain_loop_and_more_than_a_coin_makes():
    found = predictions.xor_mistakes()
    x, d = np.array([[1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]]), (0, 1, 1, 0)
    for seed in (0, 7, 19):
        rng = np.random.default_rng(seed)
        W, wrong = rng.standard_normal(3), []
        for epoch in range(100):
            for j in rng.permutation(4):
                error = d[j] - int(W @ x[j] > 0)
                W, wrong = W + error * x[j], [*wrong, (epoch, abs(error))]
        assert found[seed] == pytest.approx(sum(e for epoch, e in wrong if epoch >= 50) / 50)
    assert found.min() > 2.2  # a coin is wrong for 2 of 4; notebook 01 says that every run does worse


def test_the_starts_that_learn_xor_are_those_of_the_trained_networks():
    assert predictions.xor_learned()[0] == sum(hidden(seed=seed).wrong == 0 for seed in range(20))
