"""One's own activations, initial rules and data: what joins the menus, and what is refused."""

import math
import re
import warnings

import numpy as np
import pytest

from lecture_lib import activations, data, initialisers, network, own, theory
from lecture_lib.bounds import largest_slope
from lecture_lib.digits_networks.nets import layer_sizes
from lecture_lib.explore import style
from lecture_lib.explore.page_spec import describe_explorer
from lecture_lib.explorers import EXPLORERS
from shared.registered import own_session


def sigma(x):
    return 0.5 * (1.0 + np.tanh(x / 2))


def softplus(x):
    return np.logaddexp(0.0, x)


def mish_slope(x):
    t = np.tanh(softplus(x))
    return t + x * (1.0 - t**2) * sigma(x)


# Five that nobody built in, each as a person might write it.
FIVE = {
    "swish": (lambda x: x * sigma(x), lambda x: sigma(x) + x * sigma(x) * (1 - sigma(x))),
    "mish": (lambda x: x * np.tanh(softplus(x)), mish_slope),
    "softplus": (softplus, sigma),
    "hard_tanh": (lambda x: np.clip(x, -1, 1), lambda x: np.where(np.abs(x) < 1, 1, 0)),
    "softsign": (lambda x: x / (1 + np.abs(x)), lambda x: 1 / (1 + np.abs(x)) ** 2),
}
EVERY = pytest.mark.parametrize("name", FIVE)


@pytest.fixture(autouse=True)
def session():
    """Each test has a session of its own."""
    with own_session():
        yield


def menu(explorer, name):
    """The options that the page of an explorer shows, opened now."""
    spec = describe_explorer(EXPLORERS[explorer])
    return {value: label for label, value in find(spec["controls"], name)["options"]}


def find(controls, name):
    return next(control for control in controls if control["name"] == name)


def spread_of_real_networks(activation, n_var, depth=6, width=300, seeds=20):
    """The mean of ||delta||^2 per layer in real networks: the factor that theory predicts."""
    F = activations.activation(activation)
    rng = np.random.default_rng(0)
    factors = []
    for _ in range(seeds):
        z = rng.standard_normal((1, width))
        sums = [z]
        weights = []
        for _ in range(depth):
            weights.append(rng.standard_normal((width, width)) * np.sqrt(n_var / width))
            sums.append(F.f(sums[-1]) @ weights[-1])
        delta = rng.standard_normal((1, width))
        sizes = [np.square(delta).sum()]
        for z, W in zip(sums[-2::-1], weights[::-1]):
            delta = (delta @ W.T) * F.df(z)
            sizes.append(np.square(delta).sum())
        factors.append(sizes)
    mean = np.mean(factors, axis=0)
    return mean[1:] / mean[:-1], sums


@EVERY
def test_an_activation_is_in_every_menu_with_a_look_of_its_own(name):
    activations.register(name, *FIVE[name], label=name.title())
    for explorer in ("gradient_profile", "phase_map", "remedy_training", "live_training"):
        assert menu(explorer, "activation")[name] == name.title()
        assert EXPLORERS[explorer].settings(activation=name)["activation"] == name
    assert menu("neuron", "phi")[name] == name.title()
    look = style.ACTIVATION[name]
    others = [style.ACTIVATION[other] for other in activations.MENU]
    assert look["color"] not in [other["color"] for other in others]
    assert (look["linestyle"], look["marker"]) not in [
        (other["linestyle"], other["marker"]) for other in others
    ]


def test_all_five_look_different_from_each_other_and_from_all_others():
    for name in FIVE:
        activations.register(name, *FIVE[name])
    looks = [*style.ACTIVATION.values(), *(style.ACTIVATION[name] for name in FIVE)]
    assert len({look["color"] for look in looks}) == len(looks)
    assert len({(str(look["linestyle"]), look["marker"]) for look in looks}) == len(looks)
    assert all(style.contrast(look["color"], "#ffffff") > 4 for look in style.OWN)


@EVERY
def test_the_functions_are_kept_as_they_are(name):
    f, df = FIVE[name]
    F = activations.register(name, f, df)
    x = np.linspace(-5.05, 5.07, 203)
    np.testing.assert_array_equal(F.f(x), f(x))
    np.testing.assert_array_equal(F.df(x), df(x))
    assert F.f(np.array([1, 2], np.uint8)).dtype == float and F.df(np.zeros((0, 3))).shape == (0, 3)
    assert F.f(np.ones(3, np.float32)).dtype == np.float32 and np.shape(F.df(0.5)) == ()
    assert activations.activation(name) is F
    assert largest_slope(name) == pytest.approx(
        np.abs(df(np.linspace(-30, 30, 90_001))).max(), 1e-5
    )


@EVERY
def test_theory_answers_and_real_networks_agree(name):
    activations.register(name, *FIVE[name])
    factors, sums = spread_of_real_networks(name, 1.3)
    q = 1.0
    for l, factor in enumerate(factors[::-1]):
        assert factor == pytest.approx(theory.chi(name, q, 1.3), rel=0.12), l
        q = theory.next_q(name, q, 1.3)


def test_a_critical_variance_is_predicted_from_the_slope_at_zero():
    """Near 0 tanh-like functions are lines: chi = 1 where n Var(W) F'(0)^2 = 1."""
    double = activations.register(
        "half_atan", lambda x: np.arctan(x / 2), lambda x: 0.5 / (1 + x**2 / 4)
    )
    assert double.df(0.0) == 0.5
    assert theory.critical_variance("half_atan") == pytest.approx(4.0, rel=1e-3)


@pytest.mark.parametrize(
    "name, held, lost", [("swish", (2.25, 2.5), (2.0, 3.2)), ("mish", (2.05, 2.4), (1.5, 3.2))]
)
def test_at_20_layers_there_is_a_strip_that_holds_the_gradient(name, held, lost):
    """Notebook 06: at that depth, and not at every depth."""
    activations.register(name, *FIVE[name])

    def find_kept(gain):
        sizes = layer_sizes(20, 64, name, f"{gain}/n", range(3)).delta
        return np.median(sizes[:, 0] / sizes[:, -2])

    assert all(0.1 < find_kept(gain) < 10 for gain in held)
    assert find_kept(lost[0]) < 0.1 and find_kept(lost[1]) > 10


def test_what_notebook_06_says_of_swish_and_of_a_steep_tanh():
    """Small sums need n Var(W) = 4, large ones 2, and between them the factor jumps over 1."""
    activations.register("swish", *FIVE["swish"])
    for n_var in (0.7, 2.0, 3.0):
        assert theory.chi("swish", 1e-8, n_var) == pytest.approx(n_var / 4, rel=1e-3)
        assert theory.chi("swish", 1e8, n_var) == pytest.approx(n_var / 2, rel=1e-3)
        assert theory.next_q("swish", 1e-8, n_var) == pytest.approx(1e-8 * n_var / 4, rel=1e-3)
        assert theory.next_q("swish", 1e8, n_var) == pytest.approx(1e8 * n_var / 2, rel=1e-3)
    with pytest.raises(ValueError, match="it jumps from 0.703 to 1.405"):
        theory.critical_variance("swish")
    steep = (lambda x: np.tanh(2 * x), lambda x: 2 / np.cosh(2 * x) ** 2)
    activations.register("tanh_2x", *steep)
    assert theory.critical_variance("tanh_2x") == pytest.approx(0.25, rel=1e-3)
    with pytest.raises(ValueError, match="df of swish was .* at x ="):
        activations.register("swish", FIVE["swish"][0], sigma)


def test_what_notebook_06_says_of_mish():
    """Small sums need n Var(W) = 2.8, large ones 2, and at 2.2 the factor jumps over 1."""
    mish = activations.register("mish", *FIVE["mish"])
    assert mish.df(0.0) == pytest.approx(math.tanh(math.log(2))) == pytest.approx(0.6)
    assert theory.chi("mish", 1e-8, 1 / 0.6**2) == pytest.approx(1.0, rel=1e-3)
    assert round(1 / 0.6**2, 1) == 2.8
    assert theory.chi("mish", 1e8, 2.0) == pytest.approx(1.0, rel=1e-3)
    with pytest.raises(ValueError, match=r"at 2\.2\d+ it jumps from 0\.796 to 1\.105"):
        theory.critical_variance("mish")


@EVERY
def test_explorers_draw_it(name):
    activations.register(name, *FIVE[name])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for explorer, settings in (
            ("neuron", {"phi": name}),
            ("gradient_profile", {"activation": name, "depth": 6}),
            ("scalar_chain", {"activation": name}),
            ("activation_slope", {"activation": name}),
        ):
            picture, sentence = EXPLORERS[explorer].still(**settings)
            assert picture and sentence


STEEP = {
    "square": (np.square, lambda x: 2 * x),
    "cube": (lambda x: x**3, lambda x: 3 * x**2),
    "huge": (lambda x: 1e30 * x, lambda x: 1e30 + 0 * x),
    "zero": (lambda x: 0 * x, lambda x: 0 * x),
}
DRAWN = ("chain_draws", "phase_map", "skip_map", "backprop_player")


@pytest.mark.parametrize("name", STEEP)
@pytest.mark.parametrize("explorer", DRAWN)
def test_what_leaves_float64_is_drawn_without_a_warning(explorer, name):
    activations.register(name, *STEEP[name])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture, sentence = EXPLORERS[explorer].still(activation=name)
    assert picture and sentence


@pytest.mark.parametrize("name", ["square", "cube", "huge"])
@pytest.mark.parametrize("explorer", ["gradient_profile", "jacobian", "remedy_profile"])
def test_a_network_whose_sums_no_float64_holds_is_told(explorer, name):
    activations.register(name, *STEEP[name])
    with pytest.raises(ValueError, match=rf"^activation was {name}, with variance .*\.$"):
        EXPLORERS[explorer].still(activation=name)
    picture, sentence = EXPLORERS[explorer].still(activation=name, depth=3)
    assert picture and sentence


def test_a_training_that_never_had_a_finite_gradient_explodes():
    activations.register("cube", *STEEP["cube"])
    _, sentence = EXPLORERS["remedy_training"].still(activation="cube", epochs=5)
    assert sentence.endswith("10³⁰⁰, explodes.")


def test_the_same_cell_may_run_again_but_another_function_needs_another_name():
    first = activations.register("swish", *FIVE["swish"])
    assert activations.register("swish", *FIVE["swish"]) is first
    with pytest.raises(ValueError, match="name was 'swish', which is taken; choose another one"):
        activations.register("swish", *FIVE["softsign"])
    assert activations.REGISTERED == ["swish"]


def wrong_swish(x):
    return sigma(x) + x * sigma(x)


def branching(x):
    if x > 0:
        return x
    return 0.0 * x


@pytest.mark.parametrize(
    ("name", "f", "df", "kind", "sentence"),
    [
        ("relu", *FIVE["swish"], ValueError, "name was 'relu', which is taken"),
        ("step", *FIVE["swish"], ValueError, "name was 'step', which is taken"),
        ("my own", *FIVE["swish"], ValueError, "name was 'my own'; it must be a word"),
        (3, *FIVE["swish"], TypeError, "name was 3; it must be a word"),
        ("mine", 3, sigma, TypeError, "f of mine was 3; it must be a function"),
        ("mine", np.sin, None, TypeError, "df of mine was None; it must be a function"),
        ("mine", np.sin, np.sin, ValueError, "but f rises by"),
        ("mine", FIVE["swish"][0], wrong_swish, ValueError, "df must be the derivative of f"),
        ("mine", np.exp, np.exp, ValueError, "f of mine was inf at x ="),
        ("mine", np.sqrt, np.sqrt, ValueError, "f of mine was nan at x ="),
        ("mine", branching, sigma, ValueError, "with np.where in place of if"),
        ("mine", lambda x: x + 1j, np.ones_like, ValueError, "values of type complex128"),
        ("mine", np.sin, lambda x: np.cos(x) + 0j, ValueError, "df of mine gave values of type"),
        ("mine", lambda x: x.astype(str), np.ones_like, ValueError, "values of type <U"),
        ("mine", lambda x: None, np.ones_like, ValueError, "values of type object"),
        ("mine", lambda x: 1e-6 * np.sin(x), lambda x: 0 * x, ValueError, "rises by 1e-06"),
        ("mine", lambda x: 1 + 1e-6 * np.sin(x), lambda x: 0 * x, ValueError, "rises by 1e-06"),
        ("mine", np.sum, sigma, ValueError, "gave shape () for an array of shape"),
        ("mine", lambda x: x - x.mean(), np.ones_like, ValueError, "must work element by element"),
        ("mine", np.abs, lambda x: np.where(x == 0, 3.0, np.sign(x)), ValueError, "3 at x = 0"),
    ],
)
def test_what_is_no_activation_is_told_in_one_sentence_with_the_point(name, f, df, kind, sentence):
    before = dict(activations.ACTIVATIONS)
    with pytest.raises(kind, match=re.escape(sentence)) as told:
        activations.register(name, f, df)
    text = str(told.value)
    assert text.endswith(".") and "\n" not in text
    assert before == activations.ACTIVATIONS and activations.REGISTERED == []


@pytest.mark.parametrize(
    ("f", "df"),
    [
        (lambda x: 1e-6 * np.sin(x), lambda x: 1e-6 * np.cos(x)),
        (lambda x: 1 + 1e-6 * np.sin(x), lambda x: 1e-6 * np.cos(x)),
        (lambda x: 1e9 + np.sin(x), np.cos),
        (lambda x: 1e30 * x, lambda x: 1e30 + 0 * x),
        (lambda x: 1e-200 * x, lambda x: 1e-200 + 0 * x),
        (lambda x: 0 * x + 7, lambda x: 0 * x),
        (lambda x: x**3, lambda x: 3 * x**2),
    ],
)
def test_a_right_derivative_of_any_size_is_taken(f, df):
    assert activations.register("mine", f, df).df(np.ones(1)) == df(np.ones(1))


@pytest.mark.parametrize("label", ["$x^{$", "$x$", "", "  ", "a\nb", 41 * "a", 3, b"a", ["a"]])
def test_a_label_that_no_menu_and_no_picture_can_show_is_told(label):
    with pytest.raises((ValueError, TypeError), match="^label was .*; it must be .*\\.$"):
        activations.register("mine", np.sin, np.cos, label)
    assert activations.REGISTERED == []


def test_a_derivative_at_a_kink_may_be_any_number_between_the_two_slopes():
    for k, slope in enumerate((-1.0, 0.0, 0.5, 1.0)):
        activations.register(f"v{k}", np.abs, lambda x, s=slope: np.where(x == 0, s, np.sign(x)))


def tanh_slope(x):
    return 1 / np.cosh(np.clip(x, -300, 300)) ** 2


@pytest.mark.parametrize("place", [0.5, -1.0, 0.15, 2.75, 10.0])
def test_a_derivative_that_is_wrong_at_one_round_number_is_told(place):
    with pytest.raises(ValueError, match=f"df of mine was 0.3 at x = {place:g}, but f rises by"):
        activations.register("mine", np.tanh, lambda x: np.where(x == place, 0.3, tanh_slope(x)))


@pytest.mark.parametrize("place", [-2.3456, 0.7071, 3.1416])
def test_a_derivative_that_is_wrong_on_a_short_piece_is_told(place):
    def wrong(x):
        return np.where(np.abs(x - place) < 6e-4, 0.3, tanh_slope(x))

    with pytest.raises(ValueError, match=f"at x = {str(place)[:-3]}"):
        activations.register("mine", np.tanh, wrong)


def test_a_kink_at_a_round_number_is_none():
    F = activations.register(
        "hard", lambda x: np.clip(x, -1, 1), lambda x: np.where(np.abs(x) < 1, 1.0, 0.0)
    )
    assert F.steepest == 1


def test_a_small_error_anywhere_is_found():
    def wrong_far_out(x):
        return np.where(np.abs(x) > 5, 1.0001 * np.cos(x), np.cos(x))

    with pytest.raises(ValueError, match="at x ="):
        activations.register("sine", np.sin, wrong_far_out)


# -- initial rules


def test_an_initial_rule_is_in_the_menus_and_weights_have_its_variance():
    rule = initialisers.register("root", lambda n_in, n_out: 1 / math.sqrt(n_in))
    assert rule.variance(4, 9) == 0.5 and menu("gradient_profile", "variance")["root"] == "root"
    assert EXPLORERS["gradient_profile"].settings(variance="root")["variance"] == "root"
    W = initialisers.sample_weights(np.random.default_rng(0), 400, 300, "root")
    assert W.var() == pytest.approx(1 / 20, rel=0.02)
    picture, sentence = EXPLORERS["gradient_profile"].still(variance="root", depth=6)
    assert picture and sentence
    again = initialisers.register("root", lambda n_in, n_out: 1 / math.sqrt(n_in))
    assert again is rule


def test_a_rule_with_the_numbers_of_another_gives_the_same_gradients():
    initialisers.register("he", lambda n_in, n_out: 2 / n_in)
    one, two = (
        EXPLORERS["gradient_profile"].data(depth=5, activation="relu", variance=variance)
        for variance in ("he", "2/n")
    )
    np.testing.assert_array_equal(one.delta, two.delta)
    np.testing.assert_array_equal(one.theory, two.theory)


@pytest.mark.parametrize(
    ("name", "variance", "kind", "sentence"),
    [
        ("1/n", lambda n_in, n_out: 1.0, ValueError, "name was '1/n'; it must be a word"),
        ("glorot", lambda n_in, n_out: 1.0, ValueError, "'glorot', which is taken"),
        ("mine", 2.0, TypeError, "variance of mine was 2.0; it must be a function"),
        ("mine", lambda n: 1 / n, ValueError, "for 1 inputs and 1 units failed (TypeError"),
        ("mine", lambda n_in, n_out: -1.0, ValueError, "was -1.0; it must be a number, above 0."),
        ("mine", lambda n_in, n_out: 1 / (n_in - 64), ValueError, "was -0.01"),
        ("mine", lambda n_in, n_out: np.inf, ValueError, "was inf; it must be a number"),
        ("mine", lambda n_in, n_out: "1", TypeError, "was '1'; it must be a number"),
    ],
)
def test_what_is_no_initial_rule_is_told_in_one_sentence(name, variance, kind, sentence):
    with pytest.raises(kind, match=re.escape(sentence)):
        initialisers.register(name, variance)
    assert initialisers.REGISTERED == []


HOLES = {
    "nan": (lambda n_in, n_out: math.nan if n_in == 8 else 1.0, "was nan"),
    "infinite": (lambda n_in, n_out: 1 / abs(n_in - 8), "failed (ZeroDivisionError"),
    "negative": (lambda n_in, n_out: float(n_in - 8.5) if n_in == 8 else 1.0, "was -0.5"),
    "text": (lambda n_in, n_out: "1" if n_in == 8 else 1.0, "was '1'"),
}


@pytest.mark.parametrize("hole", HOLES)
def test_a_rule_with_a_hole_is_told_where_it_is_used(hole):
    variance, words = HOLES[hole]
    initialisers.register("hole", variance)
    rng = np.random.default_rng(0)
    told = re.escape(f"variance of hole for 8 inputs and 1 units {words}")
    for call in (
        lambda: initialisers.weight_variance("hole", 8, 1),
        lambda: initialisers.sample_weights(rng, 8, 1, "hole"),
        lambda: initialisers.sample_inner_weights(rng, 8, 1, 3, "hole"),
        lambda: network.initialise(network.mlp([8, 1]), rng, "hole"),
    ):
        with pytest.raises((ValueError, TypeError), match=told):
            call()
    assert np.isfinite(initialisers.sample_weights(rng, 9, 1, "hole")).all()


# -- data

RNG = np.random.default_rng(5)
X = RNG.uniform(-2, 2, (60, 2))
RING = (np.hypot(*X.T) < 1.3).astype(int)


def test_a_data_set_is_in_the_menus_and_is_drawn():
    ring = data.register("ring", X, RING)
    assert data.load("ring") is ring and np.array_equal(ring.labels, RING)
    assert data.register("ring", X.copy(), RING.copy()) is ring
    for explorer in ("decision_boundary", "perceptron_training", "hidden_space", "live_training"):
        assert menu(explorer, "data")["ring"] == "ring"
    low, high = data.Limits()["ring"]
    assert low < X.min() and high > X.max()
    for explorer, settings in (
        ("decision_boundary", {}),
        ("perceptron_training", {"shown": 5}),
        ("hidden_space", {"units": 3, "step": 10}),
    ):
        picture, sentence = EXPLORERS[explorer].still(data="ring", **settings)
        assert picture and "ring" in sentence
    with pytest.raises(ValueError, match="read-only"):
        ring.x[0, 0] = 1.0


@pytest.mark.parametrize(
    ("name", "x", "labels", "kind", "sentence"),
    [
        ("XOR", X, RING, ValueError, "name was 'XOR', which is taken"),
        ("mine", X[:, :1], RING, ValueError, "x had shape (60, 1); it must be any x 2"),
        ("mine", X, RING[:9], ValueError, "labels had shape (9,); it must be 60"),
        ("mine", X, RING + 1, ValueError, "labels held [1.0, 2.0]; they must be 0 or 1, and both"),
        ("mine", X, 0 * RING, ValueError, "labels held [0.0]; they must be 0 or 1, and both"),
        ("mine", X * np.nan, RING, ValueError, "x held nan at [0, 0]"),
        ("mine", X * 0, RING, ValueError, "x held samples that differ by 0 at most"),
        ("mine", X * 0 + 5, RING, ValueError, "they must not be all at one place"),
        ("mine", X * 1e-200, RING, ValueError, "they must not be all at one place"),
        ("mine", X * 1e300, RING, ValueError, "they must lie between -1e+06 and 1e+06"),
        ("mine", "x", RING, TypeError, "x was 'x'; it must be an array of numbers"),
        ("mine", np.tile(X, (9, 1)), np.tile(RING, 9), ValueError, "must lie between 2 and 400"),
    ],
)
def test_what_is_no_data_set_is_told_in_one_sentence(name, x, labels, kind, sentence):
    with pytest.raises(kind, match=re.escape(sentence)):
        data.register(name, x, labels)
    assert data.REGISTERED == {}


PLACES = {
    "at a whole place": np.round(X),
    "on a line": X * [0, 1],
    "far": X + 999_990,
    "wide": X * 4e5,
    "small": X * 1e-5,
    "two": np.array([[0, 0], [1, 0]] * 30),
}


@pytest.mark.parametrize("x", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("explorer", ["many_solutions", "hidden_space", "decision_boundary"])
def test_what_is_taken_can_be_shown(explorer, x):
    data.register("ring", x, RING)
    with np.errstate(all="raise", under="ignore"):
        picture, sentence = EXPLORERS[explorer].still(data="ring")
    assert picture and "ring" in sentence


def test_an_unknown_data_set_has_no_limits_and_an_unknown_activation_no_look():
    with pytest.raises(KeyError):
        data.Limits()["nowhere"]
    with pytest.raises(KeyError):
        style.ACTIVATION["nowhere"]


def test_the_points_reach_both_ends():
    points = own.choose_points()
    assert points.min() == -own.END and points.max() == own.END and 0.0 in points
