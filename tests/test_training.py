"""The loop: one record a step, the same run however it is cut, and an end where the numbers end."""

from itertools import islice

import numpy as np
import pytest

from lecture_lib.data import gate
from lecture_lib.fast_pass import FastPass
from lecture_lib.flat_params import as_params
from lecture_lib.network import (
    Params,
    backward,
    delta_sizes,
    forward,
    initialise,
    loss,
    mlp,
    norm,
    stack,
)
from lecture_lib.optimisers import OPTIMISERS, clip, init_state, step
from lecture_lib.stack_pass import StackPass
from lecture_lib.training import error_rate, fit, share_wrong, train
from shared.slow_twin import close, problem


def weights(params):
    return np.concatenate([array.ravel() for array in (*params.W[1:], *params.b[1:])])


def test_full_batch_gradient_descent_equals_a_loop_by_hand():
    net, params, x, d = problem((3, 4, 2), 7)
    history = fit(net, params, x, d, 30, gamma=0.3)
    for k in range(30):
        trace = forward(net, params, x)
        g = backward(net, params, trace, d).gradient
        assert history.loss[k] == pytest.approx(loss(net, trace, d), rel=1e-12)
        params = Params(
            (None, *(params.W[l] - 0.3 * g.W[l] for l in (1, 2))),
            (None, *(params.b[l] - 0.3 * g.b[l] for l in (1, 2))),
        )
    close(weights(history.params), weights(params))
    assert history.loss[-1] < history.loss[0] and len(history.loss) == 30


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("batch", (None, 3))
def test_a_run_cut_into_pieces_is_the_same_run(optimiser, batch):
    net, params, x, d = problem((3, 4, 2), 10)

    def options():
        return dict(gamma=0.01, optimiser=optimiser, batch=batch, rng=np.random.default_rng(3))

    whole = list(islice(train(net, params, x, d, **options()), 12))
    run = train(net, params, x, d, **options())
    pieces = [record for count in (1, 4, 7) for record in islice(run, count)]
    assert [record.k for record in pieces] == list(range(1, 13))
    for one, other in zip(whole, pieces):
        assert one.loss == other.loss and np.array_equal(weights(one.after), weights(other.after))
    assert np.array_equal(
        weights(whole[-1].after), weights(fit(net, params, x, d, 12, **options()).params)
    )


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("clip_at", (None, 0.05))
@pytest.mark.parametrize("activation", ("sigmoid", "tanh", "relu", "gelu"))
def test_a_step_is_the_one_of_the_reference(activation, optimiser, clip_at):
    """The loop works on one vector and arrays that are used again; `network` and `optimisers` know
    nothing of that.
    """
    net, params, x, d = problem((3, 5, 4, 2), 9, activation=activation, cost="cross_entropy")
    rule = OPTIMISERS[optimiser]
    rng = np.random.default_rng(3)
    state = init_state(rule, params)
    options = dict(
        gamma=0.01, optimiser=optimiser, batch=4, rng=np.random.default_rng(3), clip_at=clip_at
    )
    rows = np.arange(9)
    for k, record in enumerate(islice(train(net, params, x, d, **options), 8)):
        rows = rng.permutation(9) if k % 2 == 0 else rows[4:]
        trace = forward(net, params, x[rows[:4]])
        back = backward(net, params, trace, d[rows[:4]])
        assert record.loss == pytest.approx(float(loss(net, trace, d[rows[:4]])), rel=1e-10)
        close(record.delta, delta_sizes(back.delta), rtol=1e-9)
        close(record.gradient, [norm(g) for g in back.gradient.W[1:]], rtol=1e-9)
        close(weights(record.backprop.gradient), weights(back.gradient), rtol=1e-9)
        gradient = clip(back.gradient, clip_at) if clip_at else back.gradient
        params, state = step(rule, params, gradient, state, 0.01)
        close(weights(record.after), weights(params), rtol=1e-9)


def test_a_record_is_not_changed_by_the_steps_after_it():
    net, params, x, d = problem((3, 4, 2), 10)
    run = train(net, params, x, d, gamma=0.1, batch=3, rng=np.random.default_rng(0))
    first = next(run)
    kept = [weights(first.before).copy(), weights(first.after).copy(), first.delta.copy()]
    for _ in range(7):
        next(run)
    for array, later in zip(kept, (weights(first.before), weights(first.after), first.delta)):
        assert np.array_equal(array, later)
    close(kept[2], delta_sizes(first.backprop.delta))
    close(first.gradient, [norm(g) for g in first.backprop.gradient.W[1:]])


def test_weights_that_do_not_fit_are_told_at_once():
    net, params, x, d = problem((3, 4, 2))
    with pytest.raises(ValueError, match=r"W\[1\] had shape \(4, 3\); it must end in \(3, 4\)"):
        next(train(net, Params((None, params.W[1].T, params.W[2]), params.b), x, d))


def test_an_epoch_shows_each_sample_once_and_leaves_a_remainder_out():
    net = mlp((1, 1), "linear", biases=False)
    x = 2.0 ** np.arange(8)[:, None]  # a sum of these tells which were in it
    steps = islice(
        train(
            net,
            Params((None, np.zeros((1, 1))), (None, np.zeros((1, 1)))),
            x,
            np.ones((8, 1)),
            gamma=1e-300,
            batch=3,
            rng=np.random.default_rng(0),
        ),
        4,
    )
    sums = [round(-3 * record.backprop.gradient.W[1][0, 0]) for record in steps]
    assert all(bin(total).count("1") == 3 for total in sums)
    assert sums[0] & sums[1] == 0 and sums[2] & sums[3] == 0 and sums[:2] != sums[2:]


def test_epoch_counts_passes_through_the_samples():
    net, params, x, d = problem(samples=8)

    def epochs(**options):
        return [r.epoch for r in islice(train(net, params, x, d, **options), 5)]

    assert epochs() == [1, 2, 3, 4, 5]
    assert epochs(batch=4, rng=np.random.default_rng(0)) == [0.5, 1, 1.5, 2, 2.5]
    assert epochs(batch=100, rng=np.random.default_rng(0)) == [1, 2, 3, 4, 5]


def test_fit_collects_one_row_a_step():
    net, params, x, d = problem((3, 4, 5, 2), 9)
    history = fit(net, params, x, d, 6, gamma=0.1)
    assert history.loss.shape == history.error.shape == (6,) and history.diverged_at is None
    assert history.delta.shape == history.gradient.shape == history.update_ratio.shape == (6, 3)
    first = next(train(net, params, x, d, gamma=0.1))
    close(history.delta[0], delta_sizes(first.backprop.delta))
    close(history.gradient[0], [np.linalg.norm(g) for g in first.backprop.gradient.W[1:]])
    close(
        history.update_ratio[0],
        [0.1 * norm(g) / norm(w) for g, w in zip(first.backprop.gradient.W[1:], params.W[1:])],
    )
    assert history.error[-1] == error_rate(net, history.params, x, d)
    assert first.before is params


@pytest.mark.parametrize("optimiser", ("gd", "momentum"))
@pytest.mark.parametrize("depth", (1, 2, 5))
def test_divergence_ends_the_run_without_a_warning(optimiser, depth):
    net = mlp((2,) * (depth + 1), "linear")
    params = initialise(net, np.random.default_rng(0), "1")
    x = np.ones((3, 2))
    d = np.zeros((3, 2))
    history = fit(net, params, x, d, 20_000, gamma=1e3, optimiser=optimiser)
    assert history.diverged_at == len(history.loss) < 20_000
    assert all(np.isfinite(history.loss[:-1]))
    run = train(net, params, x, d, gamma=1e3, optimiser=optimiser)
    assert [record.diverged for record in run] == [False] * (history.diverged_at - 1) + [True]


def test_an_infinite_bias_is_divergence_too():
    # x = 0 keeps the weights, and tanh hides the infinity from the loss
    net = mlp((1, 1), "tanh")
    params = Params((None, np.ones((1, 1))), (None, np.zeros((1, 1))))
    assert fit(net, params, [[0.0]], [[1e150]], 5, gamma=1e200).diverged_at == 1


def test_clipping_keeps_a_run_finite_and_no_step_longer_than_gamma_times_threshold():
    net = mlp((2, 2, 2), "linear")
    params = initialise(net, np.random.default_rng(0), "1")
    x = np.ones((3, 2))
    d = np.zeros((3, 2))
    assert fit(net, params, x, d, 300, gamma=50.0).diverged_at
    steps = list(islice(train(net, params, x, d, gamma=50.0, clip_at=0.01), 300))
    moves = [np.linalg.norm(weights(record.after) - weights(record.before)) for record in steps]
    assert not steps[-1].diverged and max(moves) <= 0.5 * (1 + 1e-9) and max(moves) > 0.49


def test_unmoved_counts_the_weights_that_stay_bit_for_bit():
    net = mlp((2, 1), "linear")
    params = Params((None, np.array([[1.0], [1.0]])), (None, np.zeros((1, 1))))
    first = next(train(net, params, [[1.0, 1e-17]], [[0.0]], gamma=0.1))
    assert first.unmoved.tolist() == [0.5]


def test_error_rate_by_hand():
    one, three = mlp((1, 1), "linear", biases=False), mlp((3, 3), "linear", biases=False)

    def pass_on(n):
        return Params((None, np.eye(n)), (None, np.zeros((1, n))))

    assert (
        error_rate(
            one, pass_on(1), np.array([[0.2], [0.5], [0.51], [0.9]]), np.array([[0], [1], [1], [0]])
        )
        == 0.5
    )
    scores = np.array([[3.0, 1, 2], [0, 1, 2], [0, 5, 2], [9, 0, 0]])
    assert error_rate(three, pass_on(3), scores, np.eye(3)[[0, 1, 1, 0]]) == 0.25


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_every_optimiser_learns_xor(optimiser):
    net = mlp((2, 8, 1), "tanh", output="sigmoid")
    x, d = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]])
    gamma = {"gd": 2.0, "momentum": 0.3}.get(optimiser, 0.02)
    history = fit(
        net,
        initialise(net, np.random.default_rng(1), "1"),
        x,
        d,
        2000,
        gamma=gamma,
        optimiser=optimiser,
    )
    assert history.error[-1] == 0 and history.loss[-1] < 0.01


def test_a_job_that_is_too_large_is_refused_before_it_starts_with_its_size():
    wide = mlp((4096,) * 40)
    with pytest.raises(
        ValueError,
        match=r"network of 654,\d{3},\d{3} weights would take 5 GB of memory; it must fit",
    ):
        initialise(wide, np.random.default_rng(0))
    net = mlp((2, 4000, 1))
    params = initialise(net, np.random.default_rng(0))
    with pytest.raises(ValueError, match="pass on 100,000 samples would take 6 GB"):
        forward(net, params, np.zeros((100_000, 2)))
    with pytest.raises(ValueError, match="pass on 100,000 samples would take 6 GB"):
        FastPass(net, 100_000)
    x = np.zeros((1000, 2))
    with pytest.raises(
        ValueError, match="training of 1,000,000 steps would take about 2 hours; it must be"
    ):
        fit(net, params, x, x[:, :1], 1_000_000)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("clip_at", [None, 0.05])
def test_a_stack_trains_as_its_networks_do_one_by_one(optimiser, clip_at):
    net = mlp((2, 5, 5, 1), "tanh")
    rng = np.random.default_rng(3)
    x = rng.normal(size=(12, 2))
    d = rng.uniform(size=(12, 1))
    starts = [initialise(net, rng, variance) for variance in ("1", "1/n", "2/n")]

    def run(params):
        batches = None if optimiser == "rprop" else 4
        options = {"batch": batches, "rng": np.random.default_rng(5), "clip_at": clip_at}
        steps = train(net, params, x, d, 0.1, optimiser, **options)
        return [next(steps) for _ in range(10)]

    together = run(stack(starts))
    for k, start in enumerate(starts):
        for one, all_of_them in zip(run(start), together):
            assert all_of_them.loss[k] == pytest.approx(one.loss, rel=1e-9)
            assert all_of_them.log10_delta[:, k] == pytest.approx(one.log10_delta, abs=1e-9)
            for w, stacked in zip(one.after.W[1:], all_of_them.after.W[1:]):
                close(stacked[k], w, 1e-9)


XOR_X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR_D = np.array([[0.0], [1.0], [1.0], [0.0]])


def test_cross_entropy_needs_two_outputs_and_targets_that_are_distributions():
    with pytest.raises(ValueError, match="cost was cross_entropy for 1 output"):
        mlp((2, 3, 1), "tanh", cost="cross_entropy")
    net = mlp((2, 3, 2), "tanh", cost="cross_entropy")
    params = initialise(net, np.random.default_rng(0))
    trace = forward(net, params, XOR_X)
    wrong = np.repeat(XOR_D, 2, axis=1)
    for call in (
        lambda: train(net, params, XOR_X, wrong),
        lambda: fit(net, params, XOR_X, wrong, 3),
        lambda: loss(net, trace, wrong),
        lambda: backward(net, params, trace, wrong),
        lambda: error_rate(net, params, XOR_X, wrong),
    ):
        with pytest.raises(ValueError, match="^d held a row that is no distribution.*\\.$"):
            call()


def test_soft_targets_are_learned_down_to_their_entropy_and_not_below():
    net = mlp((2, 8, 2), "tanh", cost="cross_entropy")
    soft = np.where(XOR_D == 1, [[0.9, 0.1]], [[0.1, 0.9]])
    entropy = -(0.9 * np.log(0.9) + 0.1 * np.log(0.1))
    for seed in range(5):
        params = initialise(net, np.random.default_rng(seed))
        history = fit(net, params, XOR_X, soft, 400, gamma=0.1, optimiser="adam")
        assert history.loss.min() >= entropy - 1e-12
        assert history.loss[-1] == pytest.approx(entropy, abs=1e-3) and history.error[-1] == 0.0


def test_outputs_of_one_unit_are_cut_between_the_two_targets():
    net = mlp((1, 1), "linear", biases=False)
    params = Params((None, np.eye(1)), (None, np.zeros((1, 1))))
    outputs = np.array([[-0.29], [0.29], [0.29], [-0.29]])
    assert error_rate(net, params, outputs, np.array([[-1], [1], [1], [-1]])) == 0.0
    assert error_rate(net, params, outputs, np.array([[-1], [-1], [1], [1]])) == 0.5
    assert error_rate(net, params, outputs, np.array([[0], [1], [1], [0]])) == 0.5


def test_the_update_ratio_of_zero_weights():
    net, params, x, d = problem((2, 3, 1))
    zeros = params.map(np.zeros_like)
    with np.errstate(all="raise"):
        # With all weights 0 the last layer alone gets a gradient: the classic lesson.
        first = next(train(net, zeros, x, d))
        assert first.update_ratio.tolist() == [0.0, np.inf]
        both = next(train(net, stack([zeros, params]), x, d))
    assert both.update_ratio[:, 0].tolist() == [0.0, np.inf]
    close(both.update_ratio[:, 1], next(train(net, params, x, d)).update_ratio)


@pytest.mark.parametrize("value", ("a", None, -1.0, 0.0, np.nan, np.inf, [0.1], True))
def test_what_is_no_learning_rate_is_told_when_it_is_sent(value):
    net, params, x, d = problem()
    run = train(net, params, x, d)
    next(run)
    if value is None:  # as next
        assert run.send(None).k == 2
        return
    with pytest.raises((ValueError, TypeError), match="^learning rate gamma was .*above 0.$"):
        run.send(value)


def test_what_is_no_generator_is_told():
    net, params, x, d = problem()
    with pytest.raises(TypeError, match="^rng was 5; it must be a numpy Generator"):
        train(net, params, x, d, batch=2, rng=5)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_underflow_and_divergence_are_no_events(optimiser):
    net, params, x, d = problem((3, 4, 4, 2), activation="relu")
    large = params.map(lambda array: 1e120 * array)
    small = params.map(lambda array: 1e-120 * array)
    for start in (large, small):
        with np.errstate(all="raise"):
            steps = list(islice(train(net, start, x, d, 0.1, optimiser, clip_at=1.0), 5))
            for step in steps:
                assert len(step.delta) == len(step.gradient) == len(step.update_ratio) == 3


@pytest.mark.parametrize("activation, weight", (("sigmoid", 40.0), ("tanh", 20.0)))
def test_rprop_moves_the_weight_before_a_saturated_unit(activation, weight):
    """Its gradient is 1e-19, but Rprop looks at the sign alone: the weight falls by the first step
    of 0.1.
    """
    net = mlp([1, 1, 1], activation)
    zero = np.zeros((1, 1))
    params = Params((None, np.array([[weight]]), np.array([[0.1]])), (None, zero, zero))
    record = next(train(net, params, np.ones((1, 1)), zero, gamma=0.1, optimiser="rprop"))
    assert record.after.W[1][0, 0] == pytest.approx(weight - 0.1, rel=1e-12)
    assert record.gradient[0] == pytest.approx(record.delta[0], rel=1e-9)  # for the input is 1


LONG_WAYS = [
    {"widths": [1] * 151, "variance": "1e-3"},
    {"widths": [2] * 121, "variance": "1e-6"},
    {"widths": [3, *[4] * 79, 2], "activation": "linear", "variance": "1e3"},
    {"widths": [3, *[8] * 79, 2], "activation": "tanh", "variance": "1e-9", "skip": 0.001},
    {"widths": [3, *[8] * 59, 2], "variance": "1e-4", "normalisation": "layer"},
]


@pytest.mark.parametrize("way", LONG_WAYS, ids=range(len(LONG_WAYS)))
def test_the_sizes_of_a_stack_go_on_where_float64_ends_as_those_of_each_network(way):
    way = dict(way)
    variance = way.pop("variance")
    net = mlp(**way)
    rng = np.random.default_rng(1)
    nets = [
        initialise(net, rng, variance),
        initialise(net, rng, "1/n"),
        initialise(net, rng, variance),
    ]
    x = rng.uniform(0.1, 1, (3, net.widths[0]))
    d = rng.uniform(size=(3, net.widths[-1]))
    with np.errstate(all="raise"):
        together = next(train(net, stack(nets), x, d, 1e-3))
        alone = [next(train(net, params, x, d, 1e-3)) for params in nets]
    for k, one in enumerate(alone):
        np.testing.assert_allclose(together.log10_delta[:, k], one.log10_delta, rtol=0, atol=1e-9)
        assert together.loss[k] == pytest.approx(one.loss, rel=1e-12)
        for after, wanted in zip(together.after.W[1:], one.after.W[1:]):
            close(after[k], wanted)
    assert any(np.abs(one.log10_delta).max() > 130 for one in alone) or "normalisation" in way


def test_the_gradient_of_a_stack_has_its_exponent_back():
    """Linear layers of 2^-10 and then of 2^10: outputs go down to 2^-1000, deltas up to 2^1000."""
    net = mlp([1] * 201, "linear")
    exponents = [-10] * 100 + [10] * 100
    W = (None, *[np.full((1, 1), 2.0**power) for power in exponents])
    params = Params(W, (None, *[np.zeros((1, 1))] * 200))
    passes = StackPass(net)
    _, sizes = passes.run(stack([params, params]), np.ones((1, 1)), np.zeros((1, 1)))
    gradient = as_params(net, passes.flat_gradient)
    for l in (1, 50, 99, 100, 101, 150, 199, 200):
        before, after = sum(exponents[: l - 1]), sum(exponents[l:])
        np.testing.assert_allclose(sizes[l - 1], after * np.log10(2), atol=1e-9)
        assert gradient.W[l].tolist() == [[[2.0 ** (before + after)]]] * 2


@pytest.mark.parametrize(
    ("outputs", "d", "share"),
    [
        ([2.0, 1.0], [1.0, 2.0], 1.0),
        ([1.0, 2.0], [1.0, 2.0], 0.0),
        ([-2.5, -1.5], [-3.0, -1.0], 0.0),
        ([-1.5, -2.5], [-3.0, -1.0], 1.0),
        ([-0.4, -0.6], [-1.0, 0.0], 1.0),
        ([0.4, 0.6], [0.0, 1.0], 0.0),
        ([-0.1, 0.1], [-1.0, 1.0], 0.0),
        ([0.4, 0.6], [1.0, 1.0], 0.5),
        ([0.1, 0.6], [-1.0, -1.0], 1.0),
        ([1e308, -1e308], [1.7e308, -1.7e308], 0.0),
        ([np.nan, np.nan], [0.0, 1.0], 1.0),
        ([np.nan, 1.0], [0.0, 1.0], 0.5),
    ],
)
def test_one_output_is_cut_half_way_between_its_targets(outputs, d, share):
    net = mlp([1, 1], "linear")
    assert share_wrong(net, np.array(outputs)[:, None], np.array(d)[:, None]) == share


def test_outputs_that_are_nan_are_wrong_whatever_the_target():
    net = mlp([1, 2], "linear", "cross_entropy")
    for row in ([np.nan, np.nan], [np.nan, 0.0], [0.0, np.nan]):
        assert share_wrong(net, np.array([row, row]), np.eye(2)) == 1.0


@pytest.mark.parametrize("kind", (np.int8, np.uint8, np.float16, np.float32, float))
def test_a_batch_of_any_type_of_number_is_that_many_samples(kind):
    data = gate("AND")
    net = mlp((2, 2, 1))
    params = initialise(net, np.random.default_rng(0))
    runs = []
    for batch in (2, kind(2)):
        with np.errstate(all="raise"):
            how = {"batch": batch, "rng": np.random.default_rng(0)}
            runs.append(fit(net, params, data.x, data.d, 100, **how))
    np.testing.assert_array_equal(runs[0].loss, runs[1].loss)
