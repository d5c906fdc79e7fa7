"""Descent, slopes, the derivation, one round and the planted bugs, against loops, mpmath and
nudging.
"""

from dataclasses import replace
from itertools import combinations, count, product
from math import exp

import numpy as np
import pytest
from mpmath import mp

from lecture_lib import exercises
from lecture_lib.data import gate
from lecture_lib.exercises import EXERCISES
from lecture_lib.explorers import EXPLORERS
from lecture_lib.network import initialise, mlp, pass_backward, pass_forward
from lecture_lib.small_networks.illustration import EDGES, one_round, random_weights
from lecture_lib.topics.backpropagation.compute import bug_hunt, nudging_cost
from lecture_lib.topics.backpropagation.compute.activation_slope import compute_activation_slope
from lecture_lib.topics.backpropagation.compute.backprop_player import (
    STEPS,
    compute_backprop_player,
)
from lecture_lib.topics.backpropagation.compute.derivation import CASES, compute_derivation
from lecture_lib.topics.backpropagation.compute.gradient_descent import (
    GAMMAS,
    NEAR,
    SIGNS,
    compute_gradient_descent,
)
from lecture_lib.topics.backpropagation.compute.nudging_cost import measure_nudging_cost
from lecture_lib.topics.backpropagation.compute.own_network import (
    WAITING,
    answer_xor,
    judge_training,
)
from lecture_lib.topics.backpropagation.pictures.activation_slope import move_x
from lecture_lib.topics.backpropagation.pictures.backprop_player import (
    find_terms,
    sentence_backprop_player,
    tell_step,
)
from lecture_lib.topics.backpropagation.pictures.derivation import sentence_derivation
from lecture_lib.topics.backpropagation.pictures.gradient_descent import (
    move_rate,
    sentence_gradient_descent,
    trim_path,
)
from shared.picture_layout import Drawn
from shared.slow_twin import EXACT, Value, total


@pytest.mark.parametrize("lam", [0.5, 1.0, 4.0])
@pytest.mark.parametrize(
    "times, verdict",
    [
        (0.001, "creeps"),
        (0.5, "monotone"),
        (0.99, "monotone"),
        (1.0, "one step"),
        (1.01, "oscillates"),
        (1.9, "oscillates"),
        (2.0, "swings"),
        (2.05, "diverges"),
    ],
)
def test_verdicts_on_both_sides_of_one_and_two_over_lambda(lam, times, verdict):
    data = compute_gradient_descent(gamma=times / lam, lam=lam, start=-2.0)
    assert (
        data.verdict == verdict
        and data.lam == pytest.approx(lam)
        and data.goal == pytest.approx(1.0)
    )
    t = np.arange(20)
    np.testing.assert_allclose(data.W[:20], 1 + (1 - times) ** t * -3.0, rtol=1e-9, atol=1e-9)
    if verdict in ("monotone", "oscillates"):
        first = next(t for t in range(2000) if 3 * abs(1 - times) ** t <= NEAR)
        assert abs(data.steps - first) <= 1
        assert np.isfinite(data.needed[np.abs(GAMMAS - times / lam).argmin()])
        assert abs(data.W[-1] - 1) < 1e-9 or times < 0.05  # swinging is not inaccurate


@pytest.mark.parametrize(
    "curve, gamma, start",
    [("bowl", 0.3, -2.0), ("two minima", 0.2, 1.5), ("two minima", 1.0, -3.0)],
)
@pytest.mark.parametrize("sign", SIGNS)
def test_path_is_the_plain_loop_with_a_nudged_slope(curve, gamma, start, sign):
    J = (
        (lambda w: (w - 1) ** 2 / 2)
        if curve == "bowl"
        else (lambda w: (w * w - 4) ** 2 / 32 + 0.2 * w)
    )
    W = start
    data = compute_gradient_descent(curve, gamma, 1.0, start, sign)
    for t in range(8):
        assert data.W[t] == pytest.approx(W, rel=1e-6, abs=1e-6)
        if abs(W) > 5:
            break
        W += (1 if sign == "plus" else -1) * gamma * (J(W + 1e-5) - J(W - 1e-5)) / 2e-5
    if sign == "plus":
        # Uphill: out of sight, or onto the hilltop
        assert data.verdict == "diverges" or data.J.deriv(2)(data.rest) < 0
        assert data.J(data.W[5]) > data.J(data.W[0])


def test_rates_below_0_008_do_not_arrive_within_a_thousand_steps():
    """Notebook 03 says so of its bowl."""
    assert compute_gradient_descent(gamma=0.0079).rest is None
    assert compute_gradient_descent(gamma=0.008).rest is not None


def test_where_it_ends_depends_on_the_start():
    ends = {start: compute_gradient_descent("two minima", 0.1, 1.0, start) for start in (-3.0, 2.0)}
    assert all(end.verdict == "monotone" for end in ends.values())
    assert ends[-3.0].J(ends[-3.0].rest) < 1e-9 and ends[2.0].J(ends[2.0].rest) > 0.5
    assert "other minimum" in sentence_gradient_descent(
        ends[2.0]
    ) and "hilltop" not in sentence_gradient_descent(ends[-3.0])
    assert compute_gradient_descent(start=1.0).verdict == "rests"
    rests = ends[2.0].rests
    assert len(rests) == 3 and max(abs((w * w - 4) * w / 8 + 0.2) for w in rests) < 1e-12


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "leaky_relu", "linear"])
@pytest.mark.parametrize("x", [-6.0, -0.7, 0.3, 2.0])
def test_slope_by_formula_and_by_nudging(activation, x):
    data = compute_activation_slope(activation, x, 0.01)
    (F, dF) = EXACT[activation]
    assert data.y == pytest.approx(float(F(mp.mpf(x))), rel=1e-13)
    assert data.dy == pytest.approx(float(dF(mp.mpf(x))), rel=1e-13)
    assert data.nudged == pytest.approx(
        float((F(mp.mpf(x) + 0.01) - F(mp.mpf(x) - 0.01)) / 0.02), rel=1e-9, abs=1e-12
    )
    assert abs(data.nudged - data.dy) < 1e-4
    assert compute_activation_slope().dy == 0.25


def hand_cost(X, W1, W2, d):
    def F(v):
        return 1 / (1 + exp(-v))

    H = [F(sum(W1[i][j] * X[i] for i in range(4))) for j in range(3)]
    Y = [F(sum(W2[j][k] * H[j] for j in range(3))) for k in range(2)]
    return sum((y - t) ** 2 for y, t in zip(Y, d)) / 2


@pytest.mark.parametrize("seed", range(4))
def test_both_sides_of_every_line_agree(seed):
    rng = np.random.default_rng(seed)
    X = rng.uniform(-1, 1, 4)
    W1 = rng.normal(size=(4, 3))
    W2 = rng.normal(size=(3, 2))
    d = rng.uniform(size=2)
    for case in CASES:
        for i, j, k in ((1, 1, 1), (4, 3, 2), (2, 3, 1), (3, 2, 2)):
            data = compute_derivation(case, 8, i, j, k, seed)
            for line in data.lines:
                assert line.left == pytest.approx(line.right, abs=1e-9), (case, line.formula)
                assert (
                    all(edge in data.edges or edge[0] == edge[1] for edge in line.uses)
                    and line.uses
                )
            W, place = (W2, (j - 1, k - 1)) if case == "output node" else (W1, (i - 1, j - 1))
            J = []
            for h in (1e-5, -1e-5):
                moved = W.copy()
                moved[place] += h
                J.append(hand_cost(X, moved if W is W1 else W1, moved if W is W2 else W2, d))
            assert data.lines[-1].right == pytest.approx((J[0] - J[1]) / 2e-5, abs=1e-9)
            assert "Line 8 of 8" in sentence_derivation(data)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("line", [1, 4, 8])
def test_the_right_side_of_a_line_is_hidden_until_it_is_read(case, line):
    data = compute_derivation(case, line)
    words = [word.text for word in Drawn(EXPLORERS["derivation"], case=case, line=line).words]
    read = [f"${one.formula}$" for one in data.lines[:line]]
    left_sides = [one.formula.partition("=")[0] for one in data.lines[line:]]
    later = [f"${left}= …$" for left in left_sides]
    assert [text for text in words if text.count("=") and text[0] == "$"] == read + later


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "linear"])
@pytest.mark.parametrize("seed", [0, 5])
def test_player_and_the_conversion_of_its_delta(activation, seed):
    """Automatic differentiation knows no rule: gradients, and dJ/din of each unit, which is -F'
    times delta.
    """
    data = compute_backprop_player(activation=activation, seed=seed)
    W = {edge: Value(w) for edge, w in data.weights.items()}
    Y = {"X1": Value(0.5), "X2": Value(-0.3)}
    e = {}
    for n in range(1, 7):
        e[n] = total(W[m, k] * Y[m] for m, k in EDGES if k == n)
        Y[n] = e[n].through(*EXACT[activation])
    error = (Y[6] + -1.0) * (Y[6] + -1.0) * 0.5
    error.backward()
    for edge in EDGES:
        assert data.v.gradient[edge] == pytest.approx(float(W[edge].grad), rel=1e-11, abs=1e-14)
        assert data.nudged[edge] == pytest.approx(float(W[edge].grad), abs=1e-9)
        assert data.v.new[edge] == pytest.approx(
            data.weights[edge] - 0.5 * float(W[edge].grad), rel=1e-12
        )
    for n in range(1, 7):
        assert -data.v.slope[n] * data.v.delta[n] == pytest.approx(
            float(e[n].grad), rel=1e-11, abs=1e-14
        )
    # What the right rule is, notebook 03 says later.
    assert sentence_backprop_player(data).endswith(". All 14 gradients agree with nudging.")


def test_spoken_rule_is_caught_by_nudging():
    for seed in range(20):
        sentence = sentence_backprop_player(compute_backprop_player(seed=seed, rule="spoken"))
        assert "spoken rule 12 of 14 gradients are wrong" in sentence
    assert "all 14 gradients agree" in sentence_backprop_player(
        compute_backprop_player(rule="spoken", activation="linear")
    )


def test_every_step_shows_what_it_uses():
    seen = []
    for step, (kind, node) in enumerate(STEPS, 1):
        data = compute_backprop_player(step)
        story = tell_step(data)
        assert story.title.startswith(f"Step {step} of 18") and len(story.lines) >= 2
        end = {"forward": 1, "update": 1, "delta": 0}.get(kind)
        assert all(edge[end] == node for edge in data.uses) if end is not None else data.uses == []
        seen += data.uses if kind == "update" else []
    assert sorted(map(str, seen)) == sorted(map(str, EDGES))  # each weight is updated once
    kinds = [kind for kind, _ in STEPS]
    assert kinds.index("update") > max(i for i, kind in enumerate(kinds) if kind == "delta")


@pytest.mark.parametrize("rule", ["right", "spoken"])
def test_the_bars_of_a_step_add_up_to_what_it_computes(rule):
    for step, (kind, _) in enumerate(STEPS, 1):
        terms, (_, total) = find_terms(compute_backprop_player(step, rule, seed=3))
        if kind != "update":
            assert sum(number for _, number in terms) == pytest.approx(total, abs=1e-12)


def test_a_path_is_drawn_up_to_the_edge_of_the_picture():
    W = np.array([-2.0, 4.3, -2.6])
    costs = (W - 1) ** 2 / 2
    seen = trim_path(W, costs, 5.0)
    assert seen.shape == (2, 2) and seen[0, 0] == -2.0
    assert seen[1, 1] == pytest.approx(5.0) and abs(seen[0, 1]) < 4
    along = (seen[0, 1] + 2.0) / 6.3
    assert seen[1, 1] == pytest.approx(4.5 + along * (costs[1] - 4.5))
    np.testing.assert_array_equal(trim_path(W[:1], costs[:1], 5.0), [[-2.0], [4.5]])


def test_what_is_dragged_becomes_a_setting_that_its_slider_takes():
    assert move_x({}, 1.234, 0.0) == {"x": 1.2} and move_x({}, 9.0, 0.0) == {"x": 6.0}
    assert move_rate({}, 0.4, 1.0) == {"gamma": 0.4} and move_rate({}, 99.0, 1.0) == {"gamma": 10.0}


def test_each_planted_bug_has_its_own_symptom():
    np.testing.assert_allclose(bug_hunt.ratios(""), 1, atol=1e-6)
    off = {bug: np.abs(bug_hunt.ratios(bug) - 1).max(axis=(1, 2)) for bug in bug_hunt.BUGS}
    assert all(off[bug][1] < 1e-6 < 0.02 < off[bug][0] for bug in "ABE") and off["C"].min() > 0.02
    np.testing.assert_allclose(bug_hunt.ratios("D"), -1, atol=1e-6)
    assert (
        bug_hunt.ratios("B")[0].min() >= 4
        and bug_hunt.ratios("E")[0].min() < 0
        and off["A"][0] < 0.5
    )
    assert all(
        [bug_hunt.verdict(b, s) for b in bug_hunt.BUGS].count("right") == 1
        for s in bug_hunt.SUSPECTS
    )
    assert list(bug_hunt.TRACES) == list(bug_hunt.SUSPECTS)
    assert bug_hunt.TRACES["weights not transposed"] in bug_hunt.verdict(
        "A", "weights not transposed"
    )
    assert bug_hunt.verdict("A", ...) == "waits for your suspect"


@pytest.mark.parametrize(
    "call, settings",
    [
        (compute_gradient_descent, {"curve": "hill"}),
        (compute_gradient_descent, {"gamma": 0.0}),
        (compute_gradient_descent, {"lam": -1.0}),
        (compute_gradient_descent, {"sign": "both"}),
        (compute_activation_slope, {"h": 0.0}),
        (compute_activation_slope, {"x": np.inf}),
        (compute_derivation, {"line": 9}),
        (compute_derivation, {"k": 3}),
        (compute_backprop_player, {"step": 0}),
        (compute_backprop_player, {"rule": "left"}),
        (bug_hunt.ratios, {"bug": "F"}),
    ],
)
def test_bad_settings_are_told(call, settings):
    with pytest.raises(ValueError, match="must"):
        call(**settings)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def train_many(seeds, late=False, slope=True, rounds=1000, gamma=2.0):
    """The training of notebook 03 for the seeds 0, 1, ... at once: how many of them learn XOR."""
    W1 = np.stack([np.random.default_rng(k).normal(size=(3, 4)) for k in range(seeds)])
    W2 = np.empty((seeds, 5))
    for k in range(seeds):
        rng = np.random.default_rng(k)
        rng.normal(size=(3, 4))
        W2[k] = rng.normal(size=5)
    H = np.ones((seeds, 5))
    for x, d in list(zip(gate("XOR").x, gate("XOR").labels)) * rounds:
        X = np.append(x, 1.0)
        H[:, :4] = sigmoid(X @ W1)
        Y = sigmoid((H * W2).sum(axis=1))
        delta = ((Y - d) * Y * (1 - Y))[:, None]
        after = W2 - gamma * delta * H
        back = delta * (after if late else W2)[:, :4]
        if slope:
            back = back * H[:, :4] * (1 - H[:, :4])
        W1 = W1 - gamma * X[:, None] * back[:, None]
        W2 = after
    answers = np.stack([answer_xor(W1[k], W2[k][:, None]) for k in range(seeds)])
    return int(((answers > 0.5) == gate("XOR").labels).all(axis=1).sum())


def test_the_students_network_learns_xor_and_not_without_the_slope():
    assert train_many(25) == 25 and train_many(20, late=True) == 20
    assert train_many(20, slope=False) == 0


def own_training(delta, delta_j, update):
    """The training cell of notebook 03 with these three functions."""

    def train(seed, rounds=1000, gamma=2.0):
        rng = np.random.default_rng(seed)
        W1, W2 = rng.normal(size=(3, 4)), rng.normal(size=(5, 1))
        for x, d in list(zip(gate("XOR").x, gate("XOR").d)) * rounds:
            X = np.append(x, 1)
            H = np.append(sigmoid(X @ W1), 1)
            Y = sigmoid(H @ W2)
            delta_k = delta(Y, d)
            hidden = delta_j(H, W2, delta_k)[:-1]
            W1, W2 = update(W1, hidden, X, gamma), update(W2, delta_k, H, gamma)
        return W1, W2

    return train


def test_the_training_is_judged_by_what_it_answers():
    right = [EXERCISES[name].right for name in ("delta_output", "delta_hidden", "own_update")]
    answer = judge_training(own_training(*right), *right)
    assert answer.right and "from all 3 starts" in repr(answer)
    failed = judge_training(lambda seed: 1 / 0, *right)
    assert repr(failed).startswith("Not yet: your training stopped with ZeroDivisionError")
    idle = judge_training(lambda seed: (np.zeros((3, 4)), np.zeros((5, 1))), *right)
    assert not idle.right and "0 of 3 starts" in repr(idle)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_training_waits_for_each_of_the_three_functions(place):
    functions = [EXERCISES[name].right for name in ("delta_output", "delta_hidden", "own_update")]
    functions[place] = lambda *arguments: ...
    waiting = judge_training(own_training(*functions), *functions)
    assert waiting.waits and repr(waiting) == WAITING


class Counted(np.ndarray):
    """An array that counts the multiplications of its matrix products."""

    count = 0

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        plain = [x.view(np.ndarray) if isinstance(x, Counted) else x for x in inputs]
        if "out" in options:
            options["out"] = tuple(x.view(np.ndarray) for x in options["out"])
        result = getattr(ufunc, method)(*plain, **options)
        if ufunc is np.matmul:
            Counted.count += result.size * plain[0].shape[-1]
        return np.asarray(result).view(Counted)


def count_products(widths):
    """(multiplications of the pass forward, of the pass backward) for one sample."""
    net = mlp(widths)
    rng = np.random.default_rng(0)
    params = initialise(net, rng, "1/n").map(lambda p: p.view(Counted))
    counts = []
    Counted.count = 0
    trace = pass_forward(net, params, rng.uniform(size=(1, widths[0])))
    counts.append(Counted.count)
    Counted.count = 0
    outputs = tuple(a.view(Counted) for a in trace.a)
    pass_backward(net, params, replace(trace, a=outputs), rng.uniform(size=(1, widths[-1])))
    return *counts, Counted.count


@pytest.mark.parametrize("widths", [(64, 32, 10), (64, *[32] * 19, 10), (2, 4, 1), (3, 50, 50, 2)])
def test_a_pass_backward_has_one_to_two_times_the_products_of_a_pass_forward(widths):
    """Notebook 03: two products for each layer but the first, which has one."""
    forth, back = count_products(widths)
    products = [n_in * n_out for n_in, n_out in zip(widths, widths[1:])]
    assert (forth, back) == (sum(products), 2 * sum(products) - products[0])
    assert 1 <= back / forth <= 2


def test_the_spoken_number_of_the_riddle_is_sixteen_times_too_large():
    weights = random_weights(np.random.default_rng(0))
    right, spoken = (
        one_round(weights, rule=rule).gradient["X1", 1] for rule in ("right", "spoken")
    )
    assert 16 < spoken / right < 16.5


def test_nudging_takes_two_passes_per_weight_and_agrees():
    cost = measure_nudging_cost((5, 4, 3))
    assert cost.weights == 5 * 4 + 4 * 3 + 4 + 3 and cost.passes == 2 * cost.weights
    assert cost.apart < 1e-8 and cost.ratio > 0


def test_the_cost_of_nudging_is_a_number_with_a_clock_that_ticks_seldom(monkeypatch):
    # A browser's clock may tick every millisecond, and a pass is over in less.
    ticks = count(step=4e-4)
    monkeypatch.setattr(nudging_cost, "perf_counter", lambda: round(next(ticks), 3))
    assert 0 <= measure_nudging_cost((5, 4, 3)).ratio < np.inf


@pytest.mark.parametrize("step", range(13, 19))
def test_words_of_an_update_stand_apart(step):
    words = Drawn(EXPLORERS["backprop_player"], step=step).words
    for one, other in combinations([word.box for word in words], 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        up = min(one[3], other[3]) - max(one[1], other[1])
        assert min(across, up) <= 2


@pytest.mark.parametrize("gamma, told", [(0.4, "straight"), (1.5, "swings"), (2.1, "diverges")])
def test_only_the_range_of_the_chosen_rate_is_named(gamma, told):
    words = [word.text for word in Drawn(EXPLORERS["gradient_descent"], gamma=gamma).words]
    assert [text for text in words if text in ("straight", "swings", "diverges")] == [told]


def test_all_unfinished_answers_for_delta_1_are_told_apart():
    said = set()
    for a, b, c, d in product((0, 1), repeat=4):

        def answer(W14, W15, W46, W56, F4, F5, F6, delta, ways=(a, b, c, d)):
            a, b, c, d = ways
            return (W14 * W46 * F4**a * F6**b + W15 * W56 * F5**c * F6**d) * delta

        told = repr(exercises.delta_1(answer))
        assert "none of the usual" not in told
        said.add(told)
    assert len(said) == 16
