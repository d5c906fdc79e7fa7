"""The answers of notebook 06's exercises and its challenge against networks; its links to places in
other notebooks.
"""

import json
import re

import numpy as np
import pytest

from lecture_lib import exercises, theory
from lecture_lib.initialisers import sample_weights
from lecture_lib.network import Params
from lecture_lib.optimisers import OPTIMISERS, init_state, step
from lecture_lib.topics.remedies.compute.challenge import challenge
from lecture_lib.topics.remedies.compute.resilient import compute_resilient
from lecture_lib.topics.vanishing_exploding_gradients.compute.digits_nets import layer_sizes
from lecture_lib.topics.vanishing_exploding_gradients.compute.digits_training import train_by_epoch
from shared.paths import NOTEBOOKS


def cells(name):
    return json.loads((NOTEBOOKS / name).read_text(encoding="utf-8"))["cells"]


def test_the_constants_are_those_of_theory():
    assert theory.fixed_point("relu", exercises.relu_constant.right)[1] == pytest.approx(
        1, rel=1e-9
    )
    slope = np.random.default_rng(0).uniform(0, 1, 1000)
    assert exercises.chi_of_a_layer.right(64, 2 / 64, slope) == pytest.approx(
        2 * (slope**2).mean(), rel=1e-12
    )
    drawn = sample_weights(np.random.default_rng(0), 400, 400, 1 / (3 * 400), "uniform")
    assert abs(np.abs(drawn).max() - 1 / np.sqrt(400)) < 1e-6
    assert exercises.old_rule.right == pytest.approx(
        np.sqrt(theory.chi("tanh", 1e-12, 400 * drawn.var())), rel=0.01
    )
    assert (
        exercises.old_rule(0.58).right
        and exercises.old_rule(0.577).right
        and not exercises.old_rule(0.59).right
    )


def test_the_pairs_hold_and_the_sigmoid_never_does():
    def share(F, v, width):
        return np.median([d[0] / d[-2] for d in layer_sizes(20, width, F, v, range(8)).delta])

    for width in (32, 64):
        assert 0.1 < share("tanh", "1/n", width) < 10 and 0.1 < share("relu", "2/n", width) < 10
        assert max(share("sigmoid", v, width) for v in ("1", "1/n", "2/n")) < 0.1
        assert share("relu", "1/n", width) < 0.02 and theory.chi(
            "tanh", 1e-12, 2.0
        ) == pytest.approx(2)
        assert (
            1 < share("tanh", "2/n", width) < 4
        )  # at depth 20 tanh forgives twice its variance, as the notebook says


def test_rprop_as_the_optimiser_does_it():
    rule = OPTIMISERS["rprop"]
    g = [1.0, 3e-9]
    W = np.array([[0.51]])
    b = np.zeros((1, 1))
    params = Params((None, W), (None, b))
    state = None
    state = init_state(rule, params)
    for slope in g:
        params, state = step(
            rule, params, Params((None, np.array([[slope]])), (None, b)), state, 0.01
        )
    assert params.W[1][0, 0] == pytest.approx(exercises.rprop_weight.right, rel=1e-12)
    for now, last in ((1e-200, 2e-200), (-1e-200, 2e-200), (-2.0, -1.0)):
        delta, _ = rule.update(
            np.ones(1), np.array([now]), (np.array([0.01]), np.array([last])), None
        )[1]
        assert delta[0] == pytest.approx(exercises.rprop_step.right(0.01, now, last), rel=1e-12)


def test_the_challenge_says_what_is_wrong_and_keeps_to_the_rules():
    vanished = challenge("lecture", seeds=(0,))
    assert (
        vanished.wrong > 0.8
        and "vanished" in vanished.sentence
        and "goal: below 50%" in vanished.sentence
    )
    exploded = challenge("lecture", "relu", "1", seeds=(0,))
    assert exploded.wrong == 1 and "diverged" in exploded.sentence
    arrived = challenge("lecture", "relu", "2/n", gamma=0.02, seeds=(0,))
    assert 0.5 < arrived.wrong < 1 and "arrives" in arrived.sentence
    assert min(vanished, exploded, arrived) is arrived and "relu, 2/n, gd" in arrived.settings
    for bad in (
        {"remedies": "none"},
        {"variance": "orthogonal"},
        {"optimiser": "adam"},
        {"activation": "gelu"},
        {"width": 101},
        {"gamma": 0.0},
    ):
        with pytest.raises(ValueError, match="must"):
            challenge(**{"remedies": "lecture", **bad})


@pytest.mark.long
def test_both_stages_of_the_challenge_can_be_won_and_not_by_relu_alone():
    first = challenge("lecture", "tanh", "1/n", width=64, seeds=range(10))
    second = challenge("any", "tanh", "orthogonal", width=64, seeds=range(10))
    assert "Goal reached" in first.sentence and first.wrong < 0.4
    assert "Goal reached" in second.sentence and second.wrong < 0.08


@pytest.mark.long
def test_tanh_with_twice_its_variance_learns_faster_at_depth_20():
    wrong = [
        [
            list(train_by_epoch(20, 32, "tanh", v, epochs=2, seed=seed))[-1].train_error
            for seed in range(6)
        ]
        for v in ("1/n", "2/n")
    ]
    assert max(wrong[1]) < min(wrong[0])


@pytest.mark.long
def test_rprop_leaves_the_vanished_gradient_of_relu_behind_and_not_that_of_the_sigmoid():
    def decades_kept(racer):
        return float(racer.delta[0] - racer.delta[-1])

    for seed in range(4):
        first, *_, last = compute_resilient(56, "relu", "1/n", 30, seed=seed)
        assert decades_kept(first.rprop) < -6
        assert decades_kept(last.descent) < -6
        assert decades_kept(last.rprop) > -2
    for seed in range(10):
        *_, last = compute_resilient(56, "sigmoid", "1/n", 60, seed=seed)
        assert last.rprop.errors.min() > 0.85 and decades_kept(last.rprop) < -20


def test_links_lead_to_headings_that_exist():
    for name in ("05_vanishing_exploding_gradients.ipynb", "06_remedies.ipynb"):
        prose = "\n".join("".join(c["source"]) for c in cells(name) if c["cell_type"] == "markdown")
        for target, anchor in re.findall(r"\]\(((?!http)[^)#]*)#([^)]+)\)", prose):
            lines = "\n".join("".join(c["source"]) for c in cells(target or name)).splitlines()
            headings = {
                line.lstrip("#").strip().replace(" ", "-") for line in lines if line.startswith("#")
            }
            assert anchor in headings, (name, target, anchor)


def test_each_notebook_has_its_question_on_the_exit_ticket_and_its_link():
    source = ["".join(c["source"]) for c in cells("06_remedies.ipynb")]
    ticket = source[next(i for i, s in enumerate(source) if s.startswith("## Exit ticket")) :]
    for number in range(1, 7):
        at = next(i for i, s in enumerate(ticket) if f"exercises.ticket_{number}(" in s)
        assert f"([0{number}, " in ticket[at - 1]
        assert all(
            text in ticket[at - 1]
            for text in exercises.EXERCISES[f"ticket_{number}"].choices.values()
        )
