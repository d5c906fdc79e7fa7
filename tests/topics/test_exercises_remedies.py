"""The answers of notebook 06's exercises and its challenge against networks; its links to places in
other notebooks.
"""

import json
import re

import numpy as np
import pytest

from lecture_lib import data, exercises, explorers, theory
from lecture_lib.digits_networks.nets import digits_net, initial_backprop, layer_sizes
from lecture_lib.digits_networks.training import train_by_epoch
from lecture_lib.initialisers import sample_weights
from lecture_lib.optimisers import OPTIMISERS
from lecture_lib.topics.remedies.compute.challenge import challenge
from lecture_lib.topics.remedies.compute.resilient import compute_resilient
from lecture_lib.training import fit
from shared.paths import NOTEBOOKS


def cells(name):
    return json.loads((NOTEBOOKS / name).read_text(encoding="utf-8"))["cells"]


def test_the_constants_are_those_of_theory():
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


def test_the_constant_of_a_leaky_slope_keeps_signal_and_gradient_of_a_drawn_layer():
    """A layer of 2,000 units: forward F(z) W has the mean square of z, and back also with F'."""
    rng = np.random.default_rng(0)
    n = 2000
    c = exercises.leaky_constant.right
    W = rng.normal(0, np.sqrt(c / n), (n, n))
    z, delta = rng.normal(size=(2, n))
    slope = np.where(z > 0, 1.0, 0.5)
    for after, before in ((z * slope @ W, z), (delta @ W.T * slope, delta)):
        assert np.square(after).mean() / np.square(before).mean() == pytest.approx(1, abs=0.15)
    assert c * np.square(np.where(rng.normal(size=10**6) > 0, 1, 0.5)).mean() == pytest.approx(
        1, abs=0.003
    )


def test_the_constant_of_a_slope_of_a_half():
    """A linear layer with half its slope: only the right letter holds the gradient."""
    held = {}
    for letter, c in exercises.which_variance.choices.items():
        held[letter] = exercises.chi_of_a_layer.right(64, float(c) / 64, np.full(10, 0.5))
    assert held.pop(exercises.which_variance.right) == pytest.approx(1)
    assert held == {"A": 0.25, "B": 0.5, "D": 4.0}


def test_the_pairs_hold_and_the_sigmoid_never_does():
    def share(F, v, width):
        return np.median([d[0] / d[-2] for d in layer_sizes(20, width, F, v, range(8)).delta])

    for width in (32, 64):
        assert 0.1 < share("tanh", "1/n", width) < 10 and 0.1 < share("relu", "2/n", width) < 10
        assert max(share("sigmoid", v, width) for v in ("1", "1/n", "2/n")) < 0.1
        assert share("relu", "1/n", width) < 0.02 and theory.chi(
            "tanh", 1e-12, 2.0
        ) == pytest.approx(2)
        # at depth 20 tanh forgives twice its variance, as the notebook says
        assert 1 < share("tanh", "2/n", width) < 4


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
        {"skip": 1.0},
        {"normalisation": "layer"},
        {"remedies": "any", "skip": 2},
        {"remedies": "any", "normalisation": "none of them"},
        {"remedies": "any", "inner_variance": "wide"},
    ):
        with pytest.raises(ValueError, match="must"):
            challenge(**{"remedies": "lecture", **bad})


def test_the_challenge_understands_what_a_person_writes():
    mine = challenge("lecture", "ReLU", 1, "GD", width=8, seeds=(0,))
    assert mine == challenge("lecture", "relu", "1", "gd", width=8, seeds=(0,))
    assert mine.settings.startswith("relu, 1, gd")
    for bad in ({"activation": 3}, {"variance": None}, {"optimiser": ["gd"]}):
        with pytest.raises(ValueError, match="must be one of"):
            challenge("lecture", **bad)


@pytest.mark.parametrize("seeds", [(0,), pytest.param(tuple(range(10)), marks=pytest.mark.long)])
def test_what_came_after_wins_the_challenge_as_a_pair(seeds):
    """ReLU with 2/n and skips, and layer normalisation or small inner weights; skips alone do not,
    and neither does the normalisation.
    """
    relu = {"activation": "relu", "variance": "2/n", "seeds": seeds}
    normalised = challenge("any", **relu, gamma=0.1, skip=1, normalisation="Layer")
    small = challenge("any", **relu, gamma=0.05, width=64, skip=1, inner_variance="2/(nL)")
    assert small.wrong < 0.1 and normalised.wrong < 0.2
    assert small.settings.endswith("width 64, skip 1, inner variance 2/(nL)")
    assert normalised.settings.endswith("width 32, skip 1, layer normalisation")
    skip = challenge("any", **relu, gamma=0.05, skip=1)
    assert skip.wrong > 0.7 and "explodes" in skip.sentence
    layer = challenge("any", **relu, gamma=0.1, normalisation="layer")
    assert layer.wrong > 0.4


@pytest.mark.long
def test_both_stages_of_the_challenge_can_be_won_and_not_by_relu_alone():
    first = challenge("lecture", "tanh", "1/n", width=64, seeds=range(10))
    second = challenge("any", "tanh", "orthogonal", width=64, seeds=range(10))
    assert "Goal reached" in first.sentence and first.wrong < 0.4
    assert "Goal reached" in second.sentence and second.wrong < 0.08


@pytest.mark.parametrize("seeds", [(0, 1), pytest.param(tuple(range(10)), marks=pytest.mark.long)])
def test_the_second_hint_of_the_challenge_is_right(seeds):
    tanh = challenge("lecture", "tanh", "2/n", gamma=0.02, width=64, seeds=seeds)
    assert tanh.wrong < 0.2
    for width in (64, 100):
        relu = challenge("lecture", "relu", "2/n", gamma=0.02, width=width, seeds=seeds)
        assert relu.wrong > 0.5


def test_tanh_at_1_over_n_holds_as_far_as_theory_says():
    """The share that reaches layer 1 at width 64, printed in the notebook with two digits."""
    for depth, low, high in ((20, 0.15, 0.25), (30, 0.11, 0.18), (56, 0.07, 0.14)):
        found = explorers.jacobian.data(depth=depth, width=64, activation="tanh", variance="1/n")
        share = 10 ** np.median(found.back[:, 0])
        assert low < share < high and low < 10 ** found.theory_back[0] < high
    q = 1.0
    factors = []
    for _ in range(55):
        factors.append(theory.chi("tanh", q, 1.0))
        q = theory.next_q("tanh", q, 1.0)
    assert factors[0] < 0.7 and np.diff(factors).min() > 0 and factors[-1] < 1
    assert theory.fixed_point("tanh", 2.0)[1] == pytest.approx(1.105, abs=0.001)


def test_equal_weights_stay_equal_and_random_ones_do_not():
    net, params = digits_net(4, 32, "tanh", "1/n", np.random.default_rng(0))
    x, d = data.digits().x[:256], data.digits().d[:256]
    for start, different in (
        (params.map(lambda p: np.full_like(p, 0.1)), 1),
        (params, 32),
    ):
        after = fit(net, start, x, d, 50, gamma=0.1).params
        assert np.unique(after.W[1].round(9), axis=1).shape[1] == different


@pytest.mark.long
def test_adam_is_better_than_gradient_descent_on_the_lectures_network_and_far_from_done():
    for seed in range(4):
        how = {"epochs": 12, "seed": seed}
        adam = list(train_by_epoch(20, 32, "sigmoid", "1", "adam", 0.001, **how))[-1]
        plain = list(train_by_epoch(20, 32, "sigmoid", "1", **how))[-1]
        assert 0.35 < adam.train_error < 0.8 < plain.train_error


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


def move_once(optimiser, depth, activation, variance, seed):
    """How far the first step moves each weight, in parts of gamma, one array for all layers."""
    net, params, _, found = initial_backprop(depth, 32, activation, variance, seed, samples=256)
    rule = OPTIMISERS[optimiser]
    moves = []
    for W, gradient in zip(params.W[1:], found.gradient.W[1:]):
        moved, _ = rule.update(W, gradient, rule.init(W), 1.0)
        moves.append(np.abs(moved - W).ravel())
    return np.concatenate(moves)


@pytest.mark.parametrize("seed", range(20))
def test_adam_hardly_moves_weights_whose_gradient_has_vanished(seed):
    """Notebook 06: the constant in the divisor is larger than these gradients. Rprop moves all
    that have a gradient, and Adam those of a network whose gradient has not vanished.
    """
    vanished = (56, "relu", "1/n", seed)
    assert move_once("adam", *vanished).mean() < 0.01
    assert np.isin(move_once("rprop", *vanished).round(9), (0, 1)).all()
    assert np.median(move_once("adam", 20, "tanh", "1/n", seed)) > 0.9


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
        assert f"([notebook 0{number}](" in ticket[at - 1]
        assert all(
            text in ticket[at - 1]
            for text in exercises.EXERCISES[f"ticket_{number}"].choices.values()
        )
