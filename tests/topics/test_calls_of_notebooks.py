"""Functions of the topics that a notebook calls: a student changes their arguments, so whatever is
no good is told in one sentence.
"""

import json
import re

import numpy as np
import pytest

from lecture_lib.digits_networks import nets, training
from lecture_lib.small_networks import derivation
from lecture_lib.topics.backpropagation.compute import bug_hunt, nudging_cost
from lecture_lib.topics.multilayer_perceptron.compute import loss_surface
from lecture_lib.topics.remedies.compute import centred_sigmoid, challenge, told_apart
from lecture_lib.topics.vanishing_exploding_gradients.compute import (
    controls,
    equal_updates,
    nielsen,
)
from shared.paths import NOTEBOOKS

NET = {"depth": 3, "width": 4, "activation": "tanh", "variance": "1/n"}
_, PARAMS = nets.digits_net(**NET, rng=np.random.default_rng(0))


def take_first(**settings):
    return next(nets.initial_gradients(**settings))


def take_epochs(**settings):
    return list(training.train_by_epoch(**settings))


ADDED = nets.Added()
# The function with good arguments, and the arguments that garbage is tried for.
CALLS = {
    "ratios": (bug_hunt.ratios, {"bug": "A"}),
    "verdict": (bug_hunt.verdict, {"bug": "A", "suspect": "weights not transposed"}),
    "measure_nudging_cost": (nudging_cost.measure_nudging_cost, {"widths": (3, 2, 1)}),
    "compute_loss_surface": (
        loss_surface.compute_loss_surface,
        {
            "data": "one sample", "pair": "W1, W2", "gamma": 10.0, "step": 3, "first": 0.0,
            "second": -2.0, "target": 0.9, "activation": "sigmoid",
        },
    ),
    "digits_net": (nets.digits_net, NET | {"rng": np.random.default_rng(0), "added": ADDED}),
    "initial_backprop": (nets.initial_backprop, NET | {"seed": 0, "samples": 8}),
    "layer_sizes": (nets.layer_sizes, NET | {"seeds": (0, 1), "samples": 8}),
    "initial_gradients": (take_first, NET | {"seeds": [0], "samples": 8, "added": ADDED}),
    "train_by_epoch": (
        take_epochs,
        NET | {
            "optimiser": "gd", "gamma": 0.05, "epochs": 0, "batch": 64, "seed": 0, "added": ADDED,
        },
    ),
    "train_with_equal_updates": (
        equal_updates.train_with_equal_updates, NET | {"share": 0.01, "steps": 1, "seed": 0},
    ),
    "train_control": (controls.train_control, {"width": 2, "n_var": 1.0, "seeds": (0,)}),
    "nielsen_gradients": (nielsen.nielsen_gradients, {"hidden": 1, "seeds": 1}),
    "centred_sigmoid": (centred_sigmoid.centred_sigmoid, {"params": PARAMS}),
    "challenge": (
        challenge.challenge,
        {
            "remedies": "any", "activation": "relu", "variance": "2/n", "optimiser": "gd",
            "gamma": 0.05, "width": 2, "seeds": (0,), "skip": 0.0, "normalisation": "none",
        },
    ),
    "tell_apart": (told_apart.tell_apart, NET | {"seeds": (0,)}),
}  # fmt: skip
# Made by tables of their own, which the notebook does not change, or without arguments;
# judge_training never raises.
OTHERS = {"build_network", "forward_4_3_2", "judge_training", "train_five", "Added"}
GARBAGE = {
    "text": "a", "nothing": None, "a list of text": ["a"], "no entries": [], "below 0": -1,
    "nan": np.nan, "an object": object(), "a dictionary": {}, "far too large": 10**30, "1j": 1j,
}  # fmt: skip
PAIRS = [(name, argument) for name, (_, good) in CALLS.items() for argument in good]


def list_imported():
    """The functions and classes of topics that the notebooks import."""
    found = set()
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            for names in re.findall(
                r"from lecture_lib\.(?:topics|digits_networks)\..* import (.*)", source
            ):
                found |= {name.strip() for name in names.split(",")}
    return {name for name in found if not name.isupper()} - {"bug_hunt"}


def test_every_function_that_a_notebook_calls_is_here():
    assert list_imported() <= set(CALLS) | OTHERS


@pytest.mark.parametrize(("name", "argument"), PAIRS)
def test_what_is_no_argument_is_told_in_one_sentence(name, argument):
    call, good = CALLS[name]
    for kind, value in GARBAGE.items():
        with np.errstate(all="raise"):
            try:
                call(**{**good, argument: value})
            except (ValueError, TypeError) as error:
                told = str(error)
                assert re.search(r" (was|held|had) .*\.$", told, re.DOTALL), (kind, told)
                assert len(told) < 400, kind


def test_whole_weights_can_be_nudged_as_floats_can():
    rng = np.random.default_rng(1)
    whole = {name: rng.integers(1, 4, shape) for name, shape in
             {"X": 4, "W1": (4, 3), "W2": (3, 2), "d": 2}.items()}  # fmt: skip
    floats = {name: value.astype(float) for name, value in whole.items()}
    for knob in (("W1", (0, 1)), ("W2", (2, 0))):
        moved = derivation.forward_4_3_2(whole, knob, 0.25)["J"]
        assert moved == derivation.forward_4_3_2(floats, knob, 0.25)["J"]
        assert moved != derivation.forward_4_3_2(whole)["J"]


def test_the_sigmoid_copy_of_a_stack_is_that_of_each_network():
    net, params = nets.digits_net(**NET, rng=np.random.default_rng(1))
    copy = centred_sigmoid.centred_sigmoid(params)
    stacked = centred_sigmoid.centred_sigmoid(
        params.map(lambda array: np.stack([array, 2 * array]))
    )
    for l in range(1, net.depth + 1):
        np.testing.assert_array_equal(stacked.W[l][0], copy.W[l])
        np.testing.assert_array_equal(stacked.b[l][0], copy.b[l])


def test_a_batch_of_more_than_all_digits_is_all_of_them():
    one = take_epochs(**NET, epochs=1, batch=None)
    other = take_epochs(**NET, epochs=1, batch=100_000)
    assert len(other) == 2 and other[0] == one[0]


@pytest.mark.parametrize("kind", (np.int8, np.uint8, np.float32, float))
def test_a_batch_of_any_type_of_number_is_that_many_digits(kind):
    right = take_epochs(**NET, epochs=1, batch=100)
    assert take_epochs(**NET, epochs=1, batch=kind(100)) == right
