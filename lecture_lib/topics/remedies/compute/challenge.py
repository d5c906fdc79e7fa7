"""The challenge of the notebook: make thirty layers learn."""

from dataclasses import dataclass

import numpy as np

from lecture_lib import check
from lecture_lib.digits_networks.nets import Added
from lecture_lib.digits_networks.training import train_by_epoch
from lecture_lib.initialisers import MENU
from lecture_lib.normalisation import NORMALISATIONS
from lecture_lib.optimisers import OPTIMISERS

DEPTH = 30
GOALS = {"lecture": 0.5, "any": 0.1}  # training error to stay below, with these remedies


@dataclass(frozen=True, order=True)
class Attempt:
    """What came of a student's settings; of several attempts the smallest is the best."""

    wrong: float  # median training error over the seeds; a run that diverged counts as 1
    sentence: str  # the error, the goal, and what to do next
    settings: str  # as a person writes them


def challenge(
    remedies,
    activation="sigmoid",
    variance="1",
    optimiser="gd",
    gamma=0.05,
    width=32,
    seeds=(0, 1, 2),
    skip=0.0,
    normalisation="none",
    inner_variance=None,
):
    """Train 30 layers with a student's settings, for 4 epochs or 30 steps of Rprop, and return an
    Attempt.

    `remedies` "lecture" allows what the lecture names, and tanh; "any" allows every rule of the
    library, `skip` connections of a strength from 0 to 1, a `normalisation`, and another variance
    for layers 2 to L - 1, `inner_variance`. `width` is from 2 to 100. Names may have capitals, and
    a variance may be a number.
    Raises ValueError or TypeError for a setting that is not allowed.
    """
    goal = GOALS[check.one_of("remedies", remedies, tuple(GOALS))]
    activation, variance, optimiser = read_rules(remedies, activation, variance, optimiser)
    gamma = check.real("gamma", gamma, above=0)
    width = check.integer("width", width, 2, 100)
    seeds = check.seeds("seeds", seeds)
    added = read_added(remedies, skip, tidy(normalisation), inner_variance)
    how = (width, activation, variance, optimiser, gamma, *choose_length(optimiser))
    settings = f"{activation}, {variance}, {optimiser}, γ = {gamma:g}, width {width}"
    return judge(how, added, seeds, goal, settings + describe_added(added))


def choose_length(optimiser):
    """(epochs, samples per step) of a training; of Rprop an epoch is a step with all samples."""
    return (30, None) if optimiser == "rprop" else (4, 64)


def judge(how, added, seeds, goal, settings):
    """The Attempt of networks that are trained like `how` from these seeds."""
    runs = [list(train_by_epoch(DEPTH, *how, seed, added=added)) for seed in seeds]
    wrong = float(np.median([count_error(run[-1]) for run in runs]))
    share = np.median([run[0].gradient_ratio for run in runs])
    sentence = (
        f"{wrong:.0%} wrong; goal: below {goal:.0%}. At the start layer 1 got {share:.1g} of the "
        f"gradient of the last layer. {name_next_step(wrong, goal, share)}"
    )
    return Attempt(wrong, sentence, settings)


def tidy(name):
    """A name in small letters without spaces around it; what is no text stays as it is."""
    return name.strip().lower() if isinstance(name, str) else name


def tidy_variance(variance):
    """A variance as a rule: a number may be given in place of its text."""
    return f"{variance:g}" if check.is_number(variance) else tidy(variance)


def count_error(epoch):
    """The training error of an Epoch; a run that has diverged gets everything wrong."""
    return 1.0 if np.isnan(epoch.train_error) else epoch.train_error


def read_rules(remedies, activation, variance, optimiser):
    """The names of the rules, tidied; raises ValueError if one is not among those that `remedies`
    allows.
    """
    activation = tidy(activation)
    variance = tidy_variance(variance)
    optimiser = tidy(optimiser)
    if remedies == "any":
        check.one_of("optimiser", optimiser, tuple(OPTIMISERS))
    else:
        check.one_of("optimiser", optimiser, ("gd", "rprop"))
        check.one_of("activation", activation, ("sigmoid", "tanh", "relu"))
        check.one_of("variance", variance, MENU)
    return activation, variance, optimiser


def read_added(remedies, skip, normalisation, inner_variance):
    """What came after the lecture, as an Added; raises ValueError for what is not allowed."""
    skip = check.real("skip", skip, 0, 1)
    check.one_of("normalisation", normalisation, NORMALISATIONS)
    added = Added(skip, normalisation, inner_variance)
    if remedies == "lecture" and added != Added():
        raise ValueError(
            f'remedies was "{remedies}"; it must be "any" for skip, normalisation and '
            "inner_variance, which came after the lecture."
        )
    return added


def describe_added(added):
    """What came after the lecture, as words that go on the settings; "" for a plain network."""
    words = ""
    if added.skip:
        words += f", skip {added.skip:g}"
    if added.normalisation != "none":
        words += f", {added.normalisation} normalisation"
    if added.inner_variance is not None:
        words += f", inner variance {added.inner_variance}"
    return words


def name_next_step(wrong, goal, share):
    """What to repair next, given the error, the goal, and which share of the gradient reached layer
    1.
    """
    if wrong < goal:
        return "Goal reached."
    if wrong == 1:
        return "It diverged: try shorter steps or smaller weights."
    if share < 0.01:
        return "The gradient has vanished before it reaches layer 1: repair that first."
    if share > 100:
        return "The gradient explodes on its way to layer 1: repair that first."
    return "The gradient arrives. Now make the network learn: try another γ, width or activation."
