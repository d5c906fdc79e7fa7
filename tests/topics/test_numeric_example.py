"""The numeric example as its notebook shows it: how the prints relate, and many updates."""

import re

import numpy as np
import pytest

from lecture_lib.exercises import EXERCISES
from lecture_lib.small_networks import worked_example as example
from lecture_lib.topics.numeric_example.compute.dependencies import (
    SETTINGS,
    USES,
    find_followers,
)
from lecture_lib.topics.numeric_example.compute.numeric_example import (
    ROWS,
    agrees,
    compute_numeric_example,
)
from lecture_lib.topics.numeric_example.compute.numeric_training import compute_numeric_training


def test_lecture_settings_are_known_as_such():
    assert compute_numeric_example().is_lecture and compute_numeric_example().v == example.example()
    for changed in ({"X1": 0.06}, {"W5": 0.41}, {"B1": 0.3}, {"gamma": 0.6}, {"target": 0.02}):
        assert not compute_numeric_example(**changed).is_lecture


@pytest.mark.parametrize("name", SETTINGS)
def test_what_follows_a_setting_is_what_a_nudge_of_it_changes(name):
    rng = np.random.default_rng(0)
    values = {key: float(rng.uniform(0.2, 0.9)) for key in SETTINGS}
    near = compute_numeric_example(**values | {name: values[name] + 1e-4}).v
    base = compute_numeric_example(**values).v
    changed = {key for key in USES if near[key] != base[key]}
    assert find_followers((name,)) == changed


def test_what_is_moved_is_told():
    assert compute_numeric_example().moved == ()
    data = compute_numeric_example(W1=1.15, gamma=0.6)
    assert data.moved == ("W1", "gamma") and data.before["W1"] == 0.15
    assert {"in_H1", "E", "dE_dW6", "W2_new"} <= data.followers and "in_H2" not in data.followers


def test_one_B1_is_the_bias_of_both_hidden_units():
    v = compute_numeric_example(B1=0.1, X1=1.0, X2=2.0).v
    assert v["in_H1"] == pytest.approx(0.15 + 0.4 + 0.1) and v["in_H2"] == pytest.approx(
        0.25 + 0.6 + 0.1
    )


@pytest.mark.parametrize(
    "name, word",
    [
        ("in_H1", "rounded"),
        ("out_H1", "rounded"),
        ("out_H2", "cut off"),
        ("in_o", "cut off"),
        ("E", "cut off"),
        ("dE_dout_o", "rounded"),
        ("dout_o_din_o", "cut off"),
        ("dE_dW5", "rounded"),
        ("W6_new", "cut off"),
        ("dE_dout_H1", "differs"),
        ("dout_H1_din_H1", "rounded"),
        ("dE_dW1", "cut off"),
        ("dE_dW6", None),
        ("out_o", None),
    ],
)
def test_how_each_print_relates_to_its_value(name, word):
    assert agrees(name, compute_numeric_example().v[name]) == word


def test_rows_name_what_the_example_has_and_hold_every_print():
    names = [name for name, _ in ROWS]
    assert set(names) <= set(compute_numeric_example().v) and set(example.PRINTED) <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("biases", example.BIASES)
def test_run_is_the_update_again_and_again(biases):
    run = compute_numeric_training(30, 0.8, biases, target=0.3)
    assert set(run.errors) == set(example.BIASES)
    weights = dict(example.WEIGHTS)
    errors = []
    for _ in range(31):
        v = example.example(0.8, biases, target=0.3, **weights)
        errors.append(v["E"])
        last = weights
        weights = {name: v[f"{name}_new"] for name in example.WEIGHTS}
    assert run.errors[biases] == pytest.approx(errors, rel=1e-12)
    assert run.weights == pytest.approx(last, rel=1e-12)


def test_twice_the_rate_and_half_the_updates_give_nearly_the_same_error():
    """Notebook 04 gives three digits."""
    for updates, gamma in ((10_000, 0.5), (5000, 1.0)):
        assert f"{example.repeat(updates, gamma)[0][-1]:.2e}" == "1.84e-05"


def test_most_of_what_frozen_biases_cost_is_speed():
    """Notebook 04: a larger rate makes up for most of it, and moves in_o as far per update."""
    v = example.example()
    squares = v["out_H1"] ** 2 + v["out_H2"] ** 2
    assert squares == pytest.approx(0.7, abs=0.01)
    assert (1 + squares) / squares == pytest.approx(2.4, abs=0.02)
    moves = {}  # of in_o, by one update
    for biases in example.BIASES:
        after = example.example(biases=biases)
        weights = {name: after[f"{name}_new"] for name in example.WEIGHTS}
        moves[biases] = example.example(**weights)["in_o"] - v["in_o"]
    for biases in ("separate", "shared"):
        assert 2.4 < moves[biases] / moves["frozen"] < 2.5
    frozen = example.repeat(10_000)[0][-1]
    assert frozen / example.repeat(10_000, 1.2)[0][-1] == pytest.approx(7.0, abs=0.1)
    for biases in ("separate", "shared"):
        assert 10 < frozen / example.repeat(10_000, biases=biases)[0][-1] < 14.1


def test_the_percentage_that_an_update_takes_away_rises_and_then_falls():
    """Notebook 04 says by how much, and at which update."""
    errors = np.array(example.repeat(10_000)[0])
    parts = 1 - errors[1:] / errors[:-1]
    assert parts.argmax() == 22 and (np.diff(parts[22:]) < 0).all()
    told = [f"{100 * parts[k]:.2g}" for k in (0, 22, 1000, 9999)]
    assert told == ["2.5", "4.4", "0.13", "0.019"]


def test_which_values_the_target_and_W5_leave_alone():
    """The question on all numbers at once, and its answer."""
    units = {f"{kind}_{unit}" for unit in ("H1", "H2", "o") for kind in ("in", "out")}
    units |= {f"dout_{unit}_din_{unit}" for unit in ("H1", "H2", "o")}
    gradients = {f"dE_dW{k}" for k in range(1, 7)}
    assert not units & find_followers(("target",))
    assert gradients | {"E"} <= find_followers(("target",))
    behind = {"in_o", "out_o", "dout_o_din_o"}
    assert units & find_followers(("W5",)) == behind
    assert gradients | {"E"} <= find_followers(("W5",))


def test_which_factors_all_six_gradients_contain():
    """A factor that is 0 makes every product 0 that contains it (exit ticket of notebook 06)."""

    def which_are_zero(**changes):
        v = example.example(**changes)
        return {f"W{k}" for k in range(1, 7) if v[f"dE_dW{k}"] == 0}

    out = example.example()["out_o"]
    assert len(which_are_zero(target=out)) == 6
    assert which_are_zero(X1=0.0) == {"W1", "W3"}
    assert which_are_zero(W5=0.0) == {"W1", "W2"}
    v = example.example()
    slopes = {"W5": v["out_H1"], "W6": v["out_H2"], "W1": v["W5"] * v["dout_H1_din_H1"] * v["X1"]}
    for weight, rest in slopes.items():
        assert v[f"dE_d{weight}"] == pytest.approx(v["dE_dout_o"] * v["dout_o_din_o"] * rest)
    assert EXERCISES["ticket_4"].right == "B"


@pytest.mark.parametrize("settings", [{"updates": 0}, {"biases": "none"}, {"gamma": -1.0}])
def test_bad_settings_are_told(settings):
    with pytest.raises((ValueError, KeyError)):
        compute_numeric_training(**settings)


@pytest.mark.parametrize(
    "name, value",
    [
        ("in_H2", "in_H2"),
        ("out_o", "out_o"),
        ("error", "E"),
        ("gradient_W6", "dE_dW6"),
        ("slope_out_H1", "dE_dout_H1"),
    ],
)
def test_solutions_of_the_exercises_are_the_values_of_the_example(name, value):
    exercise, right = EXERCISES[name], example.example()[value]
    printed = re.search(r"= (\d\.\d+)[.,]", exercise.solution.replace("^", " "))[1]
    assert exercise.right == right and float(printed) == round(right, len(printed) - 2)


def test_solution_of_the_biases():
    B1, B2 = re.findall(r"= (\d\.\d+)(?= |\.$)", EXERCISES["new_biases"].solution)[1::2]
    v = example.example(biases="shared")
    assert (float(B1), float(B2)) == (round(v["B1_H1_new"], 4), round(v["B2_new"], 4))
