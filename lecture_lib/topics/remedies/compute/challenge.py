"""The challenge of the notebook: make thirty layers learn."""

from collections import namedtuple

import numpy as np

from lecture_lib import check, optimisers
from lecture_lib.initialisers import MENU
from lecture_lib.topics.vanishing_exploding_gradients.compute.digits_training import train_by_epoch

Attempt = namedtuple("Attempt", "wrong sentence settings")


def challenge(
    remedies,
    activation="sigmoid",
    variance="1",
    optimiser="gd",
    gamma=0.05,
    width=32,
    seeds=(0, 1, 2),
):
    """Train 30 layers with a student's settings, as `train_error` does: 4 epochs, or 30 steps of Rprop.

    An Attempt: `wrong` is the median training error over `seeds` (1 for a run that diverged); the `sentence` has
    the goal and a signal. `remedies` "lecture" allows what the lecture names, and tanh; "any" every rule there is.
    """
    goal = {"lecture": 0.5, "any": 0.1}[check.one_of("remedies", remedies, ("lecture", "any"))]
    check.one_of(
        "optimiser",
        optimiser,
        tuple(optimisers.OPTIMISERS) if remedies == "any" else ("gd", "rprop"),
    )
    if remedies == "lecture":
        check.one_of("activation", activation, ("sigmoid", "tanh", "relu"))
        check.one_of("variance", variance, MENU)
    epochs, batch = (30, None) if optimiser == "rprop" else (4, 64)
    runs = [
        list(
            train_by_epoch(
                30,
                check.integer("width", width, 2, 100),
                activation,
                variance,
                optimiser,
                check.real("gamma", gamma, above=0),
                epochs,
                batch,
                seed,
            )
        )
        for seed in seeds
    ]
    errors = [1.0 if np.isnan(run[-1].train_error) else run[-1].train_error for run in runs]
    wrong = float(np.median(errors))
    share = np.median([run[0].gradient_ratio for run in runs])
    signal = name_next_step(wrong, goal, share)
    settings = f"{activation}, {variance}, {optimiser}, γ = {gamma:g}, width {width}"
    return Attempt(
        wrong,
        f"{wrong:.0%} wrong; goal: below {goal:.0%}. At the start layer 1 got {share:.1g} of the "
        f"gradient of the last layer. {signal}",
        settings,
    )


def name_next_step(wrong, goal, share):
    """What to repair next, given the error, the goal, and which share of the gradient reached layer 1."""
    if wrong < goal:
        return "Goal reached."
    if wrong == 1:
        return "It diverged: shorter steps or smaller weights."
    if share < 0.01:
        return "The gradient has vanished before it reaches layer 1: repair that first."
    if share > 100:
        return "The gradient explodes on its way to layer 1: repair that first."
    return "The gradient arrives; now the learning: another γ, width or activation."
