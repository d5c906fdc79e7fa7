"""Training to be watched: the same run however it is cut, the same start for both nets, shares
counted directly.
"""

from itertools import islice

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.data import load
from lecture_lib.digits_networks.phase_diagram import phase_diagram
from lecture_lib.explore.table import list_rows
from lecture_lib.explorers import EXPLORERS
from lecture_lib.network import backward, delta_sizes, forward, initialise, loss, mlp
from lecture_lib.normalisation import NORMALISATIONS, collect_statistics
from lecture_lib.topics.live.compute.live_duel import compute_live_duel
from lecture_lib.topics.live.compute.live_network import compute_live_network
from lecture_lib.topics.live.compute.live_point import GAINS, compute_live_point
from lecture_lib.topics.live.compute.live_training import compute_live_training
from lecture_lib.topics.live.compute.watched_run import GRID, LIMITS
from lecture_lib.topics.live.compute.watching import DIGITS
from lecture_lib.topics.live.pictures.live_network import choose_tile
from lecture_lib.topics.live.pictures.live_point import move_point
from lecture_lib.topics.live.pictures.live_runs import window_live_runs
from lecture_lib.topics.live.pictures.steps import choose_end
from lecture_lib.topics.live.pictures.tile_images import TileImages
from lecture_lib.topics.live.pictures.tiles import place_tiles
from lecture_lib.training import train

SMALL = {"depth": 4, "trained_width": 6}
PLAYED = [e for e in EXPLORERS.values() if e.live]


def at(n, work):
    """Part n = 0, 1, ... of the work."""
    return next(islice(work, n, None))


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one.step.before.W[1:], other.step.before.W[1:]))


@pytest.mark.parametrize("alpha", [0.0, 0.8])
@pytest.mark.parametrize("normalisation", NORMALISATIONS)
def test_a_run_is_that_of_the_reference_passes(alpha, normalisation):
    points = load("moons", 3)
    added = {"skip": alpha, "normalisation": normalisation}
    net = mlp((2, 6, 6, 6, 1), "tanh", output="sigmoid", **added)
    params = initialise(net, np.random.default_rng(3), "1/n")
    for n, watch in zip(
        range(30),
        compute_live_training(
            **SMALL,
            activation="tanh",
            variance="1/n",
            gamma=0.7,
            seed=3,
            alpha=alpha,
            normalisation=normalisation,
        ),
    ):
        run = watch.runs[0]
        trace = forward(net, params, points.x)
        back = backward(net, params, trace, points.d)
        wrong = np.mean((trace.a[-1] > 0.5) != (points.d > 0.5))
        assert watch.n == n and run.wrong == wrong and not run.diverged
        np.testing.assert_allclose(run.step.loss, loss(net, trace, points.d), rtol=1e-12)
        sizes = [
            delta_sizes(back.delta),
            [np.linalg.norm(g) for g in back.gradient.W[1:]],
            [
                0.7 * np.linalg.norm(g) / np.linalg.norm(w)
                for g, w in zip(back.gradient.W[1:], params.W[1:])
            ],
        ]
        found = [run.sizes.delta, run.sizes.gradient, run.sizes.change]
        np.testing.assert_allclose(10 ** np.array(found), sizes, rtol=1e-9)
        params = type(params)(
            (None, *(w - 0.7 * g for w, g in zip(params.W[1:], back.gradient.W[1:]))),
            (None, *(b - 0.7 * g for b, g in zip(params.b[1:], back.gradient.b[1:]))),
        )


def test_the_plane_is_seen_with_the_statistics_of_the_samples():
    run = at(5, compute_live_training(**SMALL, normalisation="batch")).runs[0]
    trace = forward(run.net, run.step.before, run.points.x)
    first = run.trace(run.points.x[:3], collect_statistics(trace))
    np.testing.assert_allclose(first.a[-1], trace.a[-1][:3], rtol=1e-12)
    middle = run.trace(np.zeros((1, 2)), collect_statistics(trace)).a[-1]
    np.testing.assert_allclose(run.planes[-1][GRID // 2, GRID // 2], middle[0], atol=1e-12)


@pytest.mark.parametrize("explorer", PLAYED, ids=lambda e: e.name)
def test_the_same_run_however_it_is_cut_and_whatever_was_looked_at(explorer):
    settings = explorer.settings()
    whole = at(12, explorer.compute(**settings))
    cut = explorer.compute(**settings)
    for k in range(12):
        part = next(cut)
        if k % 3 == 0:  # look at it, and ask for the same part again
            explorer.sentence(part)
            kept = explorer.live_controls[-1]
            assert cut.send({kept: settings[kept]}).n == part.n == k
    part = next(cut)
    assert part.n == whole.n == 12 and all(same(a, b) for a, b in zip(part.runs, whole.runs))
    for one, other in zip(part.runs[0].log, whole.runs[0].log, strict=True):
        assert (one.n, one.loss, one.wrong) == (other.n, other.loss, other.wrong)


def test_a_and_b_start_from_the_same_data_and_the_same_random_numbers():
    a, b = next(compute_live_duel(seed=5)).runs
    assert a.points is b.points and np.array_equal(a.points.x, load("moons", 5).x)
    for l, (v, w) in enumerate(zip(a.step.before.W[1:], b.step.before.W[1:]), 1):
        np.testing.assert_allclose(v * np.sqrt(2 / a.net.widths[l - 1]), w, rtol=1e-12)
    alone = at(
        20,
        compute_live_training(
            depth=10, trained_width=16, activation="relu", variance="2/n", gamma=0.5, seed=5
        ),
    )
    assert same(at(20, compute_live_duel(seed=5)).runs[1], alone.runs[0])  # no net feels the other


def test_a_new_learning_rate_counts_from_the_step_at_which_it_came():
    work = compute_live_training(**SMALL, gamma=0.5)
    before = at(10, work)
    told = work.send({"gamma": 2.0})
    after = next(work)
    assert told.n == 10 and told.shown == {**before.shown, "gamma": 2.0, "since": 12}
    assert same(told.runs[0], before.runs[0])
    g = backward(
        told.runs[0].net, told.runs[0].step.before, told.runs[0].own, told.runs[0].points.d
    ).gradient
    for w, step, v in zip(told.runs[0].step.before.W[1:], g.W[1:], after.runs[0].step.before.W[1:]):
        # That step was already taken
        np.testing.assert_allclose(v, w - 0.5 * step, rtol=1e-9, atol=1e-12)
    last = next(work)
    g = backward(
        after.runs[0].net, after.runs[0].step.before, after.runs[0].own, after.runs[0].points.d
    ).gradient
    for w, step, v in zip(after.runs[0].step.before.W[1:], g.W[1:], last.runs[0].step.before.W[1:]):
        np.testing.assert_allclose(v, w - 2.0 * step, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "leaky_relu", "linear"])
def test_saturated_dead_and_histogram_against_a_count_one_by_one(activation):
    run = at(
        15,
        compute_live_training(
            depth=4, trained_width=5, activation=activation, variance="1", gamma=1.0
        ),
    ).runs[0]
    F = ACTIVATIONS[activation]
    top = F.df(np.linspace(-9, 9, 100_001)).max()
    trace = forward(run.net, run.step.before, run.points.x)
    bins = np.linspace(-1, 1, 9)
    for l in range(1, 4):
        flat = [[F.df(z) < 0.05 * top for z in sample] for sample in trace.z[l]]
        assert run.saturated[l - 1] == np.mean(flat)
        assert run.dead[l - 1] == sum(all(row[j] for row in flat) for j in range(5)) / 5
        values = np.clip(trace.a[l], -1, 1)
        counts = [
            np.sum((values >= a) & ((values < b) | ((b == 1) & (values == 1))))
            for a, b in zip(bins, bins[1:])
        ]
        np.testing.assert_allclose(run.histogram(bins)[l - 1], np.array(counts) / values.size)


def test_a_relu_unit_that_no_sample_reaches_is_dead():
    assert (
        at(
            100,
            compute_live_training(
                data="digits",
                depth=20,
                trained_width=32,
                activation="relu",
                variance="2/n",
                gamma=0.1,
            ),
        )
        .runs[0]
        .dead.max()
        > 0.1
    )


def test_unmoved_is_equality_bit_for_bit():
    run = at(
        1,
        compute_live_training(
            depth=20, trained_width=4, activation="sigmoid", variance="1/n", gamma=0.001
        ),
    ).runs[0]
    bits = [
        np.mean(v.view(np.int64) == w.view(np.int64))
        for v, w in zip(run.step.after.W[1:], run.step.before.W[1:])
    ]
    np.testing.assert_array_equal(run.step.unmoved, bits)
    # 20 sigmoid layers: W_1 stands still
    assert run.step.unmoved[0] > 0.9 and run.step.unmoved[-1] < 0.1


def test_units_and_confusion_are_those_of_the_net():
    run = at(40, compute_live_network()).runs[0]
    low, high = LIMITS["spirals"]
    for row, column in ((0, 0), (7, 30), (GRID - 1, GRID - 1)):
        step = (high - low) / (GRID - 1)
        trace = forward(run.net, run.step.before, [[low + column * step, low + row * step]])
        for l in range(run.net.depth + 1):
            np.testing.assert_allclose(run.planes[l][row, column], trace.a[l][0], atol=1e-12)
    run = at(40, compute_live_training(data="digits", trained_width=32, gamma=0.1)).runs[0]
    says = forward(run.net, run.step.before, run.points.x).a[-1].argmax(axis=1)
    for i, j in ((0, 0), (3, 8), (9, 9)):
        mine = run.points.labels == i
        assert run.confusion[i, j] == np.mean(says[mine] == j)


def test_guesses_are_those_of_a_net_that_cannot_tell():
    for data, share in (("moons", [0.5]), ("digits", np.full(10, 0.1))):
        run = next(compute_live_training(data=data)).runs[0]
        said = np.tile(share, (len(run.points.d), 1))
        error = -np.log(said[run.points.d > 0.5]).mean()
        if data == "moons":
            error = (0.5 * np.square(said - run.points.d)).mean()
        assert run.guess_loss == pytest.approx(error)
        assert run.guess_wrong == pytest.approx(1 - 1 / max(2, len(share)))


def put_out(W, b, unit, means):
    """What leaves a unit that is out is a constant, which a bias adds."""
    l, j = unit
    b[l + 1] += means[l][j] * W[l + 1][j]
    W[l + 1][j] = 0


def count_wrong_of(run, W, b):
    params = type(run.step.before)(tuple(W), tuple(b))
    said = forward(run.net, params, run.points.x).a[-1]
    return np.mean((said > 0.5) != (run.points.d > 0.5))


@pytest.mark.parametrize(
    "settings", [{}, {"data": "XOR", "layers": 2, "units": 2}, {"activation": "relu"}]
)
def test_needed_units_are_those_without_which_it_is_wrong(settings):
    run = at(150, compute_live_network(**settings)).runs[0]
    W = [None, *(w.copy() for w in run.step.before.W[1:])]
    b = [None, *(v.copy() for v in run.step.before.b[1:])]
    means = [a.mean(axis=0) for a in run.own.a]
    for l in range(1, run.net.depth):
        for j in range(run.net.widths[l]):
            if (l, j) not in run.needed:
                put_out(W, b, (l, j), means)
    assert count_wrong_of(run, W, b) <= run.wrong + 0.01 + 1e-12
    for unit in run.needed:
        fewer_W = [None, *(w.copy() for w in W[1:])]
        fewer_b = [None, *(v.copy() for v in b[1:])]
        put_out(fewer_W, fewer_b, unit, means)
        assert count_wrong_of(run, fewer_W, fewer_b) > run.wrong + 0.01


def test_axes_grow_in_few_steps():
    ends = [choose_end(n) for n in range(0, 100_001, 7)]
    assert ends == sorted(ends) and ends[0] == 10 and len(set(ends)) < 30
    assert all(end > 1.2 * n for n, end in zip(range(0, 100_001, 7), ends))
    rows = [window_live_runs(part) for part in islice(compute_live_training(), 120)]
    lows = [low for _, low, _ in rows]
    highs = [high for _, _, high in rows]
    assert lows == sorted(lows, reverse=True) and highs == sorted(highs)
    assert len(set(rows)) < 10


def test_a_drag_chooses_the_point_and_the_unit_under_it():
    assert move_point({}, 0.3, 19.6) == {"gain": pytest.approx(10**0.3), "depth": 20}
    assert move_point({}, -9, 99) == {"gain": 0.1, "depth": 56}
    settings = {"layers": 3, "units": 6}
    for (l, j), (x, y) in place_tiles((2, 6, 6, 1)).items():
        if l > 0:
            assert choose_tile(settings, x + 3, y - 3) == {"layer": l, "unit": j + 1}


def test_a_point_of_the_map_is_that_net():
    watch = next(compute_live_point(depth=12, gain=3.0, trained_width=32, seed=1))
    decades = phase_diagram("relu", 32, np.array([3.0]), (12,), seed=1, samples=DIGITS)[0, 0]
    delta = watch.runs[0].sizes.delta
    back = watch.runs[0].step.backprop.delta
    np.testing.assert_allclose(delta[0] - delta[-2], decades, atol=1e-6)
    np.testing.assert_allclose(
        np.linalg.norm(back[1]) / np.linalg.norm(back[11]), 10**decades, rtol=1e-6
    )
    np.testing.assert_array_equal(watch.map, phase_diagram("relu", 32, GAINS, seed=1, samples=8))


def test_a_run_that_diverges_ends_and_says_so():
    parts = list(compute_live_point(gain=8.0))
    assert parts[-1].runs[0].diverged and not parts[-2].runs[0].diverged
    sentence = EXPLORERS["live_point"].sentence(parts[-1])
    assert f"diverged at step {parts[-1].n + 1}" in sentence
    assert (
        "diverged at step"
        in EXPLORERS["live_training"].still(data="digits", activation="relu", depth=20)[1]
    )


def test_in_a_duel_one_goes_on_when_the_other_diverged():
    kinds = dict(
        activation="relu",
        variance="1",
        activation_b="relu",
        variance_b="2/n",
        depth=20,
        trained_width=32,
        gamma=0.05,
    )
    last = at(30, compute_live_duel(data="digits", **kinds))
    a, b = last.runs
    assert a.diverged and a.step.k < 30 and not b.diverged and b.step.k == last.n + 1 == 31
    alone = train(
        b.net,
        next(compute_live_duel(data="digits", **kinds)).runs[1].step.before,
        b.points.x,
        b.points.d,
        0.05,
    )
    assert np.array_equal(at(30, alone).before.W[1], b.step.before.W[1])


@pytest.mark.long
def test_what_notebook_06_says_of_the_duel():
    """A is slow at depth 10 and stands still at depth 20; sigmoid with 1/n does not move at depth
    10; B learns.
    """

    def costs(n, **kind):
        return [
            at(n, compute_live_training(trained_width=16, gamma=0.5, seed=seed, **kind))
            .runs[0]
            .step.loss
            for seed in range(20)
        ]

    lecture = {"activation": "sigmoid", "variance": "1"}
    early, late = costs(200, depth=10, **lecture), costs(3000, depth=10, **lecture)
    deep = costs(3000, depth=20, **lecture)
    assert np.median(early) > 0.11 and np.median(late) < 0.02 and np.median(deep) > 0.12
    assert np.median(costs(200, depth=10, activation="relu", variance="2/n")) < 0.03
    assert np.median(costs(200, depth=10, activation="tanh", variance="1/n")) < 0.03
    assert min(costs(3000, depth=10, activation="sigmoid", variance="1/n")) > 0.12


def test_the_sentence_of_the_units_can_be_read_in_one_breath():
    explorer = EXPLORERS["live_network"]
    data = next(explorer.parts(explorer.settings()))
    assert len(explorer.sentence(data).split()) <= 30
    listed = [name for name, _ in list_rows(data)]
    assert "runs.1.step.before.W.2 1" in listed  # the weights, before the many samples
    assert "outputs from" in explorer.readings(data)[0].texts[0]


def test_a_tile_stands_upright_at_its_place_and_fills_it():
    """Two rows and columns of colours, drawn without matplotlib's own placing of images."""
    figure = Figure(figsize=(1, 1), dpi=100)
    canvas = FigureCanvasAgg(figure)
    ax = figure.add_axes((0, 0, 1, 1), xlim=(0, 10), ylim=(0, 10))
    ax.set_axis_off()
    image = np.full((2, 2, 4), 255, np.uint8)
    image[0, 0, :3] = (200, 0, 0)  # below, at the left
    image[1, 1, :3] = (0, 0, 200)  # above, at the right
    ax.add_artist(TileImages([image], [(3, 7)], 2, zorder=3))
    canvas.draw()
    seen = np.asarray(canvas.buffer_rgba())[..., :3]
    assert (seen[31:39, 21:29] == (200, 0, 0)).all()
    assert (seen[21:29, 31:39] == (0, 0, 200)).all()
    assert (seen != 255).any(axis=2).sum() == 2 * 10 * 10
