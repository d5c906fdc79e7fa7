"""Random arguments for every public function of the compute core, good ones and bad ones.

Good ones give finite numbers (infinite ones where a net explodes) and no warning; anything else in
the place of one of them is taken, or refused in one sentence that names it. A new public function
has to be listed here.
"""

import inspect
import re
from collections.abc import Hashable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecture_lib import (
    activations,
    architecture,
    chain,
    chain_by_depth,
    costs,
    data,
    gaussian,
    initialisers,
    jacobian,
    network,
    network_checks,
    optimisers,
    params,
    perceptron,
    theory,
    theory_residual,
    training,
)
from lecture_lib.network import initialise, mlp
from lecture_lib.small_networks import illustration, worked_example
from shared.anything import CHECKS, anything
from shared.results import numbers

MODULES = (
    activations,
    architecture,
    chain,
    chain_by_depth,
    costs,
    data,
    gaussian,
    illustration,
    initialisers,
    jacobian,
    network,
    network_checks,
    optimisers,
    params,
    perceptron,
    theory,
    theory_residual,
    training,
    worked_example,
)
# Behind all of them.
OTHERS = {
    "activation_functions",
    "bounds",
    "crossing",
    "written",
    "stack_pass",
    "training_step",
    "wide_chain",
    "wide",
    "wide_powers",
    "check",
    "fast_activations",
    "fast_pass",
    "flat_params",
    "powers_of_ten",
    "quiet",
    "slices",
}
OTHERS |= {
    "derivation",
    "nested_formula",
    "answers",
    "exercise",
    "exercises",
    "feedback",
    "normalisation",
    "residual_pass",
    "explorers",
    "selftest",
    "__init__",
    "__main__",
    "own",  # see test_own.py
}
SEEDS = st.integers(0, 2**32).map(np.random.default_rng)
EVEN = st.integers(1, 49).map(lambda half: 2 * half)
NAMES = st.sampled_from(tuple(activations.ACTIVATIONS))
RULES = st.one_of(st.sampled_from((*initialisers.INITIALISERS, "3/n", "0.5")), st.floats(1e-6, 1e6))
SPREADS = st.sampled_from(initialisers.DISTRIBUTIONS)
SMALL = st.integers(1, 6)
POSITIVE = st.floats(1e-9, 1e9)
REAL = st.floats(-1e9, 1e9)
WIDTHS = st.lists(SMALL, min_size=2, max_size=6)


def arrays(*shape, low=-1e6, high=1e6):
    """Arrays of this shape; None stands for 1 to 5."""
    sizes = st.tuples(*(st.integers(1, 5) if n is None else st.just(n) for n in shape))
    return st.builds(
        lambda sizes, rng: rng.uniform(low, high, sizes) * rng.uniform() ** 20, sizes, SEEDS
    )


def fit_widths(widths, cost):
    """Cross-entropy needs an output for each of two classes."""
    return [*widths[:-1], max(widths[-1], 2)] if cost == "cross_entropy" else widths


@st.composite
def shapes(draw):
    """The arguments of `mlp`."""
    cost = draw(st.sampled_from(tuple(costs.COSTS)))
    return {
        "widths": fit_widths(draw(WIDTHS), cost),
        "activation": draw(NAMES),
        "cost": cost,
        "output": draw(st.one_of(st.none(), NAMES)),
    }


@st.composite
def nets(draw):
    """A net with its parameters, and samples and targets for it."""
    cost = draw(st.sampled_from(tuple(costs.COSTS)))
    net = mlp(fit_widths(draw(WIDTHS), cost), draw(NAMES), cost, draw(st.booleans()))
    rng, m = draw(SEEDS), draw(SMALL)
    params = initialise(net, rng, draw(RULES), draw(SPREADS), draw(st.floats(0, 9)))
    x = rng.standard_normal((m, net.widths[0])) * draw(st.sampled_from((0.0, 1e-30, 1.0, 1e3)))
    d = rng.uniform(0.01, 1, size=(m, net.widths[-1]))
    if cost == "cross_entropy":
        d /= d.sum(axis=-1, keepdims=True)
    return {"net": net, "params": params, "x": x, "d": d}


@st.composite
def labelled(draw):
    x = draw(arrays(None, 2))
    return {"x": x, "d": draw(SEEDS).integers(0, 2, len(x)), "W": draw(arrays(3))}


def whole(net, **more):
    return st.tuples(net, st.fixed_dictionaries(more)).map(lambda pair: {**pair[0], **pair[1]})


def passed(net):
    """With its forward pass, and without x."""
    x = net.pop("x")
    return {**net, "trace": network.forward(net["net"], net["params"], x)}


def only_trace(net):
    return {"trace": net["trace"]}


def nudged(net):
    """The same with a change of the sums of layer 1, in the place of d."""
    net = passed(net)
    net.pop("d")
    shape = net["trace"].z[1].shape
    return {**net, "nudge": np.random.default_rng(0).standard_normal(shape)}


def nudged_back(net):
    """The same, called as for the way back."""
    net = nudged(net)
    vector = net.pop("nudge")
    return {**net, "vector": vector, "layer": 1}


VALUES = {"X1": REAL, "W5": REAL, "B1_H2": REAL, "target": REAL}
# How a sentence calls an argument, where not by its name.
CALLED = {
    "name": ("activation", "gate", "data"),
    "rule": ("variance", "rule"),
    "output": ("activation",),
    "W": ("W", "depth"),
    "widths": ("widths", "width", "depth", "cost"),
    "x": ("x", "d"),
    "batch": ("batch", "rng"),
}
# Every function with good arguments, and those of them that may be anything.
WITH_SKIP = {
    "activation": NAMES,
    "q": st.floats(1e-6, 1e6),
    "weight_variance": st.floats(1e-6, 1e6),
    "skip": st.floats(0, 1),
}
DOORS = {
    activations.activation: ({"name": NAMES}, "name"),
    chain.run_chain: (
        {"W": arrays(None, None), "X": REAL, "activation": NAMES, "B": REAL},
        "W X activation B",
    ),
    chain_by_depth.first_gradient_by_depth: (
        {"W": arrays(None, None), "X": REAL, "activation": NAMES},
        "W X activation",
    ),
    costs.softmax: ({"scores": arrays(None, None, low=-8e307, high=8e307)}, ""),
    data.gate: ({"name": st.sampled_from(data.GATES)}, "name"),
    data.cloud: (
        {"name": st.sampled_from(data.CLOUDS), "rng": SEEDS, "samples": EVEN},
        "name samples",
    ),
    data.digits: ({}, ""),
    data.load: (
        {"name": st.sampled_from((*data.GATES, *data.CLOUDS)), "samples": EVEN},
        "name",
    ),
    initialisers.parse_variance: (
        {"label": st.just("variance"), "rule": st.sampled_from(("0.5", "3/n", " 7 "))},
        "rule",
    ),
    initialisers.weight_variance: ({"rule": RULES, "n_in": SMALL, "n_out": SMALL}, "rule"),
    initialisers.sample_weights: (
        {"rng": SEEDS, "n_in": SMALL, "n_out": SMALL, "variance": RULES, "distribution": SPREADS},
        "variance distribution",
    ),
    network.mlp: (shapes(), "widths activation cost output"),
    network.initialise: (
        {
            "net": nets().map(lambda n: n["net"]),
            "rng": SEEDS,
            "variance": RULES,
            "distribution": SPREADS,
            "bias_variance": st.floats(0, 1e6),
        },
        "variance distribution bias_variance",
    ),
    params.stack: ({"params": nets().map(lambda n: [n["params"]] * 3)}, ""),
    network.forward: (nets().map(lambda n: {k: n[k] for k in ("net", "params", "x")}), "x"),
    network.targets: (
        nets().map(passed).map(lambda n: {k: n[k] for k in ("net", "trace", "d")}),
        "d",
    ),
    network.loss: (nets().map(passed).map(lambda n: {k: n[k] for k in ("net", "trace", "d")}), "d"),
    network.backward: (nets().map(passed), "d"),
    network.norm: ({"x": arrays(None, None, None, low=-8e307, high=8e307)}, ""),
    network.delta_sizes: ({"deltas": st.lists(arrays(2, 4, None), min_size=1, max_size=5)}, ""),
    optimisers.init_state: (
        nets().map(lambda n: {"optimiser": optimisers.OPTIMISERS["adam"], "params": n["params"]}),
        "",
    ),
    optimisers.clip: (
        {
            "gradient": nets().map(lambda n: network.backward(**passed(n)).gradient),
            "threshold": POSITIVE,
        },
        "threshold",
    ),
    perceptron.with_constant: ({"x": arrays(None, None)}, ""),
    perceptron.output: ({"W": arrays(3), "x": arrays(None, 2)}, "W x"),
    perceptron.train_perceptron: (
        whole(labelled(), gamma=POSITIVE, threshold=POSITIVE, epochs=SMALL),
        "x d W gamma threshold epochs",
    ),
    perceptron.margin: (labelled(), "W x d"),
    perceptron.mistake_bound: (labelled(), "W x d"),
    gaussian.gaussian_mean: ({"f": st.just(np.square), "q": st.floats(0, 1e100)}, "q"),
    theory.next_q: (
        {"activation": NAMES, "q": st.floats(0, 1e100), "weight_variance": POSITIVE},
        "activation q",
    ),
    theory.chi: (
        {"activation": NAMES, "q": st.floats(0, 1e100), "weight_variance": POSITIVE},
        "activation q",
    ),
    theory.fixed_point: (
        {
            "activation": NAMES,
            "weight_variance": st.floats(1e-6, 1e6),
            "start": st.floats(1e-6, 1e6),
        },
        "activation weight_variance start",
    ),
    theory.gradient_profile: (
        {
            "activation": NAMES,
            "weight_variances": st.lists(st.floats(1e-6, 1e6), max_size=60),
            "q1": st.floats(1e-6, 1e6),
        },
        "activation q1",
    ),
    theory.nudge_profile: (
        {
            "activation": NAMES,
            "weight_variances": st.lists(st.floats(1e-6, 1e6), max_size=60),
            "q1": st.floats(1e-6, 1e6),
        },
        "activation q1",
    ),
    theory.critical_variance: (
        {"activation": st.sampled_from(("sigmoid", "tanh", "relu", "linear"))},
        "activation",
    ),
    theory.he_relu_typical_factor: ({"width": SMALL}, "width"),
    theory_residual.next_q_with_skip: (WITH_SKIP, "activation q weight_variance skip"),
    theory_residual.chi_with_skip: (WITH_SKIP, "activation q weight_variance skip"),
    theory_residual.profile_with_skip: (
        {name: WITH_SKIP[name] for name in ("activation", "weight_variance", "skip")}
        | {"q1": st.floats(1e-6, 1e6), "hidden": SMALL},
        "activation weight_variance skip q1 hidden",
    ),
    theory_residual.normalised_profile: (
        {
            "kind": st.sampled_from(("batch", "layer")),
            "activation": NAMES,
            "weight_variance": st.floats(1e-6, 1e6),
            "skip": st.floats(0.01, 1),
            "first_variance": st.floats(1e-6, 1e6),
            "hidden": SMALL,
        },
        "kind activation weight_variance skip first_variance hidden",
    ),
    theory_residual.batch_chi: ({"activation": NAMES}, "activation"),
    theory_residual.layer_chi: ({"activation": NAMES}, "activation"),
    theory_residual.squared_slope: ({"activation": NAMES}, "activation"),
    theory_residual.spread: ({"activation": NAMES}, "activation"),
    jacobian.carry_forward: (nets().map(nudged), "nudge layer"),
    jacobian.carry_back: (nets().map(nudged_back), "vector layer"),
    jacobian.forward_decades: (nets().map(nudged), "nudge"),
    jacobian.forward_spread: (nets().map(passed).map(only_trace), ""),
    training.train: (
        whole(nets(), gamma=POSITIVE, optimiser=st.sampled_from(tuple(optimisers.OPTIMISERS))),
        "x d gamma optimiser batch clip_at",
    ),
    training.error_rate: (nets(), "x d"),
    training.fit: (whole(nets(), steps=SMALL, gamma=st.floats(1e-9, 1)), "x d steps gamma"),
    illustration.random_weights: ({"rng": SEEDS}, ""),
    illustration.one_round: (
        {
            "weights": SEEDS.map(illustration.random_weights),
            "X1": REAL,
            "Z": REAL,
            "activation": NAMES,
            "gamma": POSITIVE,
            "rule": st.sampled_from(illustration.RULES),
        },
        "X1 Z activation gamma rule",
    ),
    worked_example.example: (
        {"gamma": POSITIVE, "biases": st.sampled_from(worked_example.BIASES), **VALUES},
        f"gamma biases {' '.join(VALUES)}",
    ),
    worked_example.repeat: (
        {"updates": SMALL, "gamma": POSITIVE, "biases": st.sampled_from(worked_example.BIASES)},
        "updates gamma biases",
    ),
}
# Those that only the functions above call, with arguments that were checked there.
BEHIND = {
    *(part.register for part in (activations, data, initialisers)),  # see test_own.py
    *(part.list_registered for part in (activations, data, initialisers)),
    activations.is_built_in,
    chain.check_weights,
    theory_residual.log10_root,
    theory_residual.sum_from_the_last,
    illustration.edge_name,
    initialisers.sample_inner_weights,
    network.check_network,
    network.check_samples,
    network.check_trace,
    network.make_gradient,
    network.mean_cost,
    network.pass_backward,
    network.pass_forward,
    network.pass_layers,
    network.pass_to_output,
    network.send_back,
    optimisers.clip_vector,
    optimisers.step,
    params.as_float_params,
    params.check_params,
    params.check_alike,
    params.join_leading_axes,
    params.match_leading_axes,
    params.split_params,
    training.share_wrong,
    worked_example.backward,
    worked_example.forward,
}


def strategy(door):
    given = DOORS[door][0]
    return st.fixed_dictionaries(given) if isinstance(given, dict) else given


def call(door, arguments):
    result = door(**arguments)
    return next(result) if inspect.isgenerator(result) else result


def test_every_public_function_is_here():
    public = {
        f
        for m in MODULES
        for n, f in vars(m).items()
        if inspect.isfunction(getattr(f, "__wrapped__", f))
        and not n.startswith("_")
        and getattr(f, "__module__", "") == m.__name__
    }
    listed = {m.__name__.rpartition(".")[2] for m in MODULES} | OTHERS
    folder = Path(network.__file__).parent
    files = [*folder.glob("*.py"), *folder.glob("small_networks/*.py")]
    assert listed == {path.stem for path in files}
    assert {inspect.unwrap(f) for f in public} == {inspect.unwrap(f) for f in {*DOORS, *BEHIND}}


@pytest.mark.parametrize(
    "door", DOORS, ids=lambda f: f"{f.__module__.rpartition('.')[2]}.{f.__name__}"
)
def test_good_arguments_give_numbers_and_no_warning(door):
    @settings(max_examples=100, **CHECKS)
    @given(strategy(door))
    def run(arguments):
        result = call(door, arguments)
        # Those say so
        if not (getattr(result, "diverged", False) or getattr(result, "diverged_at", None)):
            assert not any(np.isnan(n).any() for n in numbers(result))

    run()


@pytest.mark.parametrize(
    "door",
    [d for d in DOORS if DOORS[d][1]],
    ids=lambda f: f"{f.__module__.rpartition('.')[2]}.{f.__name__}",
)
def test_anything_else_is_taken_or_refused_in_one_sentence(door):
    strange = st.one_of(
        anything(),
        st.sampled_from(
            [
                np.array([]),
                np.array([[np.nan]]),
                np.zeros((2, 2, 2)),
                np.array("a"),
                1j,
                [[1.0], [2.0, 3.0]],
                {},
                object(),
            ]
        ),
    )
    if hasattr(door, "cache_info"):
        strange = strange.filter(lambda v: isinstance(v, Hashable))  # a cache takes nothing else
    # Steps that would take long
    strange = strange.filter(lambda v: not (isinstance(v, int) and 50 < v < 2e6))

    @settings(max_examples=300, **CHECKS)
    @given(strategy(door), st.sampled_from(DOORS[door][1].split()), strange)
    def run(arguments, name, value):
        try:
            call(door, {**arguments, name: value})
        except (ValueError, TypeError) as error:
            said = str(error)
            assert re.search(
                rf"\b({'|'.join(CALLED.get(name, (name,)))})\b.* (was|held|had) ", said
            ), said
            assert said.endswith(".") and "\n" not in said and len(said) < 400, said

    run()
