"""The hidden layer, the nested formula and the cost over two weights, against slow and independent
twins.
"""

from math import exp, tanh

import mpmath
import numpy as np
import pytest

from lecture_lib.data import gate
from lecture_lib.explorers import EXPLORERS
from lecture_lib.network import forward, initialise, mlp
from lecture_lib.small_networks.nested_formula import NUMBERS
from lecture_lib.topics.multilayer_perceptron.compute.hidden_space import (
    LIMITS,
    STEPS,
    choose_plane,
    compute_hidden_space,
    make_grid,
    trained_net,
)
from lecture_lib.topics.multilayer_perceptron.compute.long_training import (
    LAST,
    compute_long_training,
)
from lecture_lib.topics.multilayer_perceptron.compute.loss_surface import (
    MAP,
    PAIRS,
    compute_loss_surface,
)
from lecture_lib.topics.multilayer_perceptron.compute.nested_formula import compute_nested_formula
from lecture_lib.topics.multilayer_perceptron.pictures.formula_sheet import list_tokens
from lecture_lib.topics.multilayer_perceptron.pictures.hidden_space import (
    find_groups,
    sentence_hidden_space,
)
from lecture_lib.topics.multilayer_perceptron.pictures.long_training import (
    sentence_long_training,
)
from lecture_lib.topics.multilayer_perceptron.pictures.loss_surface import (
    drag_loss_surface,
    sentence_loss_surface,
)
from lecture_lib.topics.multilayer_perceptron.pictures.nested_formula import (
    sentence_nested_formula,
    tell_parts,
)

XOR = {(0, 0): 0, (0, 1): 1, (1, 0): 1, (1, 1): 0}


def by_hand(params, x):
    """H and Y of a 2-n-1 sigmoid net, one unit at a time."""

    def sigmoid(v):
        return 1 / (1 + exp(-v))

    (_, W, w), (_, b, c) = params.W, params.b
    H = [sigmoid(sum(W[i, j] * x[i] for i in range(2)) + b[0, j]) for j in range(W.shape[1])]
    return H, sigmoid(sum(w[j, 0] * h for j, h in enumerate(H)) + c[0, 0])


@pytest.mark.parametrize("step", [0, 100, STEPS])
@pytest.mark.parametrize("seed", [0, 6])
def test_hidden_space_is_the_networks_own(seed, step):
    data = compute_hidden_space(seed=seed, step=step)
    params = trained_net(seed=seed).stages[step]
    wrong, cost = 0, 0.0
    for x, image in zip(data.points.x, data.image):
        H, Y = by_hand(params, x)
        np.testing.assert_allclose(image, H, rtol=1e-12)  # two units: the plane is (H1, H2)
        d = XOR[tuple(map(int, x))]
        wrong = wrong + ((Y > 0.5) != d)
        cost = cost + (Y - d) ** 2 / 2 / 4
    assert data.wrong == wrong
    assert pytest.approx(cost, rel=1e-12) == data.J


@pytest.mark.parametrize("units", [2, 3, 8])
def test_regions_of_both_spaces_are_the_output(units):
    """The border in the hidden plane is exact: on the images of a mesh it says what the network
    says.
    """
    data = compute_hidden_space("moons", units=units, activation="tanh", step=300)
    params = trained_net("moons", units, "tanh").stages[300]
    plane = choose_plane(params.W[2])
    np.testing.assert_allclose(plane.T @ plane, np.eye(2), atol=1e-12)
    across = data.image @ (plane.T @ params.W[2]) + params.b[2]
    direct = np.tanh(data.points.x @ params.W[1] + params.b[1]) @ params.W[2] + params.b[2]
    np.testing.assert_allclose(across, direct, atol=1e-11)
    corner = np.array([LIMITS["moons"][0]] * 2)
    assert data.sums[1][0, 0, 0] == pytest.approx(
        float((np.tanh(corner @ params.W[1] + params.b[1]) @ params.W[2] + params.b[2])[0, 0]),
        rel=1e-10,
    )
    assert data.side[0, 0] == pytest.approx(
        float((data.box[:, 0] @ plane.T @ params.W[2] + params.b[2])[0, 0])
    )


def test_more_units_get_stuck_less_often_and_linear_ones_never_separate():
    stuck = {
        units: sum(compute_hidden_space(units=units, seed=seed).stuck for seed in range(24))
        for units in (2, 4)
    }
    assert 2 <= stuck[2] <= 14 and stuck[4] <= 2
    assert all(compute_hidden_space(activation="linear", seed=seed).wrong > 0 for seed in range(12))


@pytest.mark.parametrize(
    "seeds, kinds", [(range(4, 7), 2), pytest.param(range(20), 2, marks=pytest.mark.long)]
)
def test_linear_units_end_at_an_eighth_in_one_of_two_ways(seeds, kinds):
    """Notebook 02: all outputs are near one half, or one sample is almost completely wrong."""
    seen = set()
    for seed in seeds:
        run = trained_net("XOR", 8, "linear", seed)
        answers = forward(run.net, run.stages[STEPS], run.points.x).a[2]
        off = np.sort(np.abs(answers - run.points.d).ravel())
        assert run.losses[STEPS] == pytest.approx(1 / 8, abs=1e-4)
        near_half = np.abs(off - 0.5).max() < 0.05
        assert near_half or (off[2] < 0.05 and off[3] > 0.95)
        seen.add(bool(near_half))
    assert len(seen) == kinds


def test_stuck_with_two_samples_in_one_place_costs_a_sixteenth():
    data = compute_hidden_space(seed=6)
    assert data.stuck and data.wrong == 2 and 1 / 16 < data.J < 1 / 15
    (_, _, a, b), labels = data.image, data.points.labels
    assert np.abs(a - b).max() < 0.05 and labels[2] != labels[3]
    assert "stuck" in sentence_hidden_space(data) and "2 of 4 wrong" in sentence_hidden_space(data)
    solved = compute_hidden_space(seed=0)
    assert solved.wrong == 0 and solved.J < 0.01 and "separates" in sentence_hidden_space(solved)


def test_stages_are_shared_read_only():
    run = trained_net()
    points, stages = run.points, run.stages
    assert len(stages) == len(run.losses) == STEPS + 1 and trained_net() is run
    for array in (points.x, points.d, stages[0].W[1], stages[-1].b[2]):
        with pytest.raises(ValueError):
            array[...] = 0


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_nested_formula_from_the_inside(activation):
    numbers = {"X1": 0.3, "X2": -2.0, "W21": 1.7, "W2": 2.5}
    v = compute_nested_formula(activation=activation, **numbers).v
    given = NUMBERS | numbers
    with mpmath.workdps(30):
        phi = mpmath.tanh if activation == "tanh" else lambda u: 1 / (1 + mpmath.exp(-u))
        H = [
            phi(sum(mpmath.mpf(given[f"W{i}{j}"]) * given[f"X{i}"] for i in (1, 2, 3)))
            for j in (1, 2)
        ]
        Y = phi(given["W1"] * H[0] + given["W2"] * H[1])
    assert v["H1"] == pytest.approx(float(H[0]), rel=1e-14) and v["H2"] == pytest.approx(
        float(H[1]), rel=1e-14
    )
    assert v["Y"] == pytest.approx(float(Y), rel=1e-14)
    assert tanh(v["V1"]) == pytest.approx(v["H1"]) or activation == "sigmoid"


def test_formula_is_eaten_up_part_by_part():
    formulas = [part.formula for part in tell_parts(compute_nested_formula().v)]
    assert len(formulas) == 7 and formulas[-1] == "Y = 0.554"
    assert [formula.count("φ") for formula in formulas] == [3, 3, 2, 2, 1, 1, 0]
    assert all(len(after) < len(before) for before, after in zip(formulas, formulas[1:]))
    assert "V1 = (0.5)(1) + (-1.5)(0.5) + (1)(-1) = −1.25" in sentence_nested_formula(
        compute_nested_formula(step=1)
    )


@pytest.mark.parametrize("data", ["XOR", "one sample"])
@pytest.mark.parametrize("pair", PAIRS)
def test_descent_follows_the_slope_of_the_surface(data, pair):
    """First step against central differences of J, which the record itself gives at step 0."""
    settings = {"data": data, "pair": pair, "gamma": 2.0}

    def J(a, b):
        return compute_loss_surface(**settings, step=0, first=a, second=b).J[0]

    start = (0.7, -0.4)
    h = 1e-5
    slope = [
        (J(start[0] + h, start[1]) - J(start[0] - h, start[1])) / (2 * h),
        (J(start[0], start[1] + h) - J(start[0], start[1] - h)) / (2 * h),
    ]
    path = compute_loss_surface(**settings, step=1, first=start[0], second=start[1]).path
    np.testing.assert_allclose((path[0] - path[1]) / 2.0, slope, rtol=1e-5, atol=1e-9)


def test_map_and_shape():
    data = compute_loss_surface("one sample", "W1, W2", activation="linear", step=3, target=0.4)
    H1, H2 = (
        compute_nested_formula(activation="linear").v["H1"],
        compute_nested_formula(activation="linear").v["H2"],
    )
    for row, column in ((0, 0), (10, 50), (60, 31)):
        # First weight to the right
        by_formula = 0.5 * (MAP[column] * H1 + MAP[row] * H2 - 0.4) ** 2
        assert data.heights[row, column] == pytest.approx(by_formula, abs=1e-12)
    assert data.down == 0  # linear in both weights: a square, which bends down nowhere
    # Their product: a saddle
    assert compute_loss_surface("one sample", "W11, W1", activation="linear").down > 0.9
    assert all(compute_loss_surface(pair=pair).down > 0.2 for pair in PAIRS)


def test_where_descent_ends_depends_on_the_start():
    good, bad = compute_loss_surface(gamma=10.0), compute_loss_surface(gamma=10.0, first=-4.0)
    assert good.J[-1] < 0.01 and bad.J[-1] > 0.12
    assert "not a bowl" in sentence_loss_surface(good)
    burst = compute_loss_surface(
        "one sample", activation="linear", pair="W11, W1", gamma=10.0, first=10.0, second=10.0
    )
    assert (
        burst.diverged
        and len(burst.path) < 10
        and "At step 1 the path has diverged" in sentence_loss_surface(burst)
    )


@pytest.mark.parametrize(
    "call, settings",
    [
        (compute_hidden_space, {"data": "digit"}),
        (compute_hidden_space, {"step": -1}),
        (compute_hidden_space, {"units": 0}),
        (compute_hidden_space, {"gamma": 0.0}),
        (compute_nested_formula, {"step": 7}),
        (compute_nested_formula, {"X1": np.inf}),
        (compute_loss_surface, {"pair": "W1"}),
        (compute_loss_surface, {"data": "AND"}),
        (compute_loss_surface, {"gamma": -1.0}),
    ],
)
def test_bad_settings_are_told(call, settings):
    with pytest.raises(ValueError, match="must"):
        call(**settings)


class XorNets:
    """2-2-1 sigmoid networks from the seeds 0, 1, ... in one array, trained by a plain loop."""

    def __init__(self, seeds):
        shape = mlp((2, 2, 1))
        starts = [
            initialise(shape, np.random.default_rng(seed), "1", bias_variance=1.0)
            for seed in range(seeds)
        ]
        # The bias is the first row, the weight of a constant 1.
        self.hidden = np.stack([np.concatenate([one.b[1], one.W[1]]) for one in starts])
        self.output = np.stack([np.concatenate([one.b[2], one.W[2]]) for one in starts])
        self.x = np.column_stack([np.ones(4), gate("XOR").x])
        self.d = gate("XOR").d
        self.H = np.ones((seeds, 4, 3))

    def answer(self):
        self.H[:, :, 1:] = 1 / (1 + np.exp(-(self.x @ self.hidden)))
        return 1 / (1 + np.exp(-(self.H @ self.output)))

    def train(self, steps, gamma=5.0):
        for _ in range(steps):
            Y = self.answer()
            H = self.H[:, :, 1:]
            delta_k = (Y - self.d) * Y * (1 - Y) / 4  # J is the mean over the four samples
            delta_j = delta_k * self.output[:, 1:].swapaxes(1, 2) * H * (1 - H)
            self.output -= gamma * self.H.swapaxes(1, 2) @ delta_k
            self.hidden -= gamma * self.x.T @ delta_j

    def judge(self):
        """(J, how many samples are wrong), one of each per network."""
        Y = self.answer()
        J = 0.5 * ((Y - self.d) ** 2).mean(axis=(1, 2))
        return J, ((Y > 0.5) != (self.d > 0.5)).sum(axis=(1, 2))


def test_the_plain_loop_trains_as_the_explorer_does():
    nets = XorNets(8)
    nets.train(STEPS)
    J, wrong = nets.judge()
    for seed in range(8):
        shown = compute_hidden_space(seed=seed)
        assert (shown.J, shown.wrong) == (pytest.approx(J[seed], rel=1e-6), wrong[seed])


def check_record(J, step):
    """J of forty networks is what `long_training` has recorded after this step."""
    data = compute_long_training(step)
    assert data.steps[-1] == step
    np.testing.assert_allclose(data.above[-1], J - 1 / 16, rtol=1e-3, atol=1e-9)


def check_floor(nets, step, stuck, above, below):
    """Networks `stuck` have two samples wrong, and J is above 1/16 by a number in this range."""
    J, wrong = nets.judge()
    check_record(J, step)
    assert np.nonzero(compute_long_training(step).is_above)[0].tolist() == stuck.tolist()
    assert (wrong[stuck] == 2).all()
    assert ((J - 1 / 16)[stuck] > above).all() and ((J - 1 / 16)[stuck] < below).all()


def test_stuck_seeds_come_ever_closer_to_a_sixteenth():
    """Notebook 02: ten of 40 seeds, after 3,000 and 10,000 steps."""
    nets = XorNets(40)
    nets.train(3000)
    stuck = np.nonzero(nets.judge()[1])[0]
    assert stuck.tolist() == [6, 10, 11, 13, 14, 22, 27, 28, 35, 38]
    check_floor(nets, 3000, stuck, 2e-4, 6e-4)
    nets.train(7000)
    check_floor(nets, 10_000, stuck, 6e-5, 2e-4)


@pytest.mark.long
def test_stuck_seeds_stay_for_a_million_steps():
    """The floor is not crossed, the distance falls about like 1/t, and the weights grow."""
    nets = XorNets(40)
    nets.train(10_000)
    stuck = np.nonzero(nets.judge()[1])[0]
    sizes = np.linalg.norm(nets.hidden[stuck], axis=(1, 2))
    nets.train(90_000)
    check_record(nets.judge()[0], 100_000)
    nets.train(900_000)
    assert np.nonzero(nets.judge()[1])[0].tolist() == stuck.tolist() and len(stuck) == 10
    check_floor(nets, LAST, stuck, 5e-7, 2e-6)
    assert (np.linalg.norm(nets.hidden[stuck], axis=(1, 2)) > sizes).all()


def test_one_start_of_those_above_the_floor_gets_down_later():
    """Notebook 02: seed 29, which was at J = 1/8 with all outputs near one half."""
    at_first = compute_long_training(1000)
    late = compute_long_training(LAST)
    assert at_first.is_above.sum() == 11 and late.is_above.sum() == 10
    assert np.nonzero(at_first.is_above & ~late.is_above)[0].tolist() == [29]
    assert at_first.J[-1, 29] == pytest.approx(1 / 8, rel=1e-3)
    run = trained_net(seed=29)
    answers = forward(run.net, run.stages[1000], run.points.x).a[2]
    assert np.abs(answers - 0.5).max() < 0.01
    others = np.delete(at_first.above[-1], 29)
    assert others.max() < 0.003
    tenth = compute_long_training(LAST // 10).above[-1] / late.above[-1]
    assert ((tenth > 9) & (tenth < 11.5))[late.is_above].all()


def test_a_step_between_two_recorded_ones_shows_the_one_before():
    data = compute_long_training(1205, chosen=0)
    assert data.steps[-1] == 1200 and len(data.steps) == len(data.above)
    assert "1,200 steps" in sentence_long_training(data)
    assert "After 1 step, 40 of 40" in sentence_long_training(compute_long_training(1))
    for settings in ({"step": 0}, {"chosen": 40}, {"step": LAST + 1}):
        with pytest.raises(ValueError, match="must"):
            compute_long_training(**settings)


@pytest.mark.parametrize("data", ["XOR", "one sample"])
def test_the_other_descents_are_what_each_would_be_alone(data):
    many = compute_loss_surface(data, gamma=2.0, step=30)
    assert many.others.shape == (31, 36, 2) and many.J_others.shape == (31, 36)
    for k in (0, 7, 35):
        first, second = many.others[0, k]
        alone = compute_loss_surface(data, gamma=2.0, step=30, first=first, second=second)
        np.testing.assert_allclose(many.others[:, k], alone.path, atol=1e-9)
        np.testing.assert_allclose(many.J_others[:, k], alone.J, atol=1e-12)


def test_where_descents_end_depends_on_their_start():
    data = compute_loss_surface()
    assert data.heights.min() < data.low < np.median(data.heights)
    down = np.sum(data.J_others[-1] < data.low)
    assert down == 16  # notebook 02: 20 of 36 are still up
    short = compute_loss_surface(step=40)
    assert np.sum(short.J_others[-1] < short.low) < down


def test_descents_that_diverge_stay_finite():
    data = compute_loss_surface("one sample", "W11, W1", activation="linear", gamma=10.0)
    assert np.isfinite(data.others).all() and np.isfinite(data.J_others).all()


def test_the_dragged_start_is_at_the_pointer():
    explorer = EXPLORERS["loss_surface"]
    for x, y in np.random.default_rng(0).uniform(-10, 10, (20, 2)):
        given = drag_loss_surface(explorer.settings(), x, y)
        explorer.settings(**given)
        assert abs(given["first"] - x) <= 0.25 and abs(given["second"] - y) <= 0.25


@pytest.mark.parametrize("data, separable", [("XOR", False), ("AND", True), ("moons", False)])
def test_which_inputs_one_line_separates(data, separable):
    assert trained_net(data).separable == separable


def test_samples_in_one_place_have_one_name():
    """Notebook 02: the seeds 0, 1, 2, 4 and 5 bring (0, 0) and (1, 1) together, 3 the others."""
    for seed in range(6):
        groups = find_groups(compute_hidden_space(seed=seed))
        assert groups == ([[0], [1, 2], [3]] if seed == 3 else [[0, 3], [1], [2]])
    labels = compute_hidden_space().points.labels
    assert labels[0] == labels[3]


@pytest.mark.parametrize("numbers", [{}, {"X2": -2.0, "W31": -3.95, "W1": -0.25}])
def test_the_numbers_below_the_formula_give_the_sum(numbers):
    """The rows as they are written, read as arithmetic."""
    v = compute_nested_formula(**numbers).v
    text = ""
    for unit in (1, 2):
        tokens = list_tokens(v, unit)
        numbers_below = "".join(token.number for token in tokens)
        text += ("+" if unit == 2 else "") + numbers_below
        symbols = "".join(token.symbol for token in tokens)
        assert symbols.count("X") == 3 and symbols.count("W") == 4
        assert {token.step for token in tokens} >= {2 * unit - 1, 2 * unit, 5}
    text = text.replace("φ", "phi").replace("·", "*").replace("−", "-")
    total = eval(text, {"phi": lambda u: 1 / (1 + exp(-u))})  # our own text
    assert total == pytest.approx(v["V"], rel=1e-12)


@pytest.mark.parametrize(("data", "units"), [("XOR", 2), ("moons", 5)])
def test_the_input_plane_becomes_the_hidden_plane_along_straight_lines(data, units):
    start, middle, end = (compute_hidden_space(data, units, morph=part) for part in (0, 0.25, 1))
    grid = make_grid([LIMITS[data]] * 2)
    np.testing.assert_array_equal(start.image, start.points.x)
    np.testing.assert_array_equal(start.places, grid)
    np.testing.assert_array_equal(start.box, [LIMITS[data]] * 2)
    np.testing.assert_allclose(middle.image, 0.75 * start.image + 0.25 * end.image, rtol=1e-12)
    np.testing.assert_allclose(middle.places, 0.75 * grid + 0.25 * end.places, atol=1e-12)
    if units == 2:  # the hidden plane is that of both outputs
        run = trained_net(data, units)
        hidden = forward(run.net, run.stages[-1], run.points.x).a[1]
        np.testing.assert_array_equal(end.image, hidden)
    with pytest.raises(ValueError, match="morph was 1.5"):
        compute_hidden_space(morph=1.5)
