"""The words that all pictures of watched networks share."""

from lecture_lib.explore import style
from lecture_lib.explore.decades import first_of_last
from lecture_lib.topics.remedies.pictures.looks import named


def percent(share):
    """A share between 0 and 1 in per cent, with a decimal where it is small."""
    digits = 0 if share == 0 or share >= 0.095 else 1
    return f"{100 * share:.{digits}f} %"


def name_outcome(run):
    """The share of wrong answers, or the step at which the run diverged."""
    if run.diverged:
        return f"diverged at step {run.step.k}"
    return f"{percent(run.wrong)} wrong"


def describe_net(data):
    """Data set, shape, learning rate and step, as the beginning of a sentence."""
    run = data.runs[0]
    width = run.net.widths[1]
    rate = f"γ = {data.shown['gamma']:g}"
    if "since" in data.shown:
        rate += f" from step {data.shown['since']:,} on"
    return f"{run.points.name}, depth {run.net.depth}, width {width}, {rate}, step {data.n:,}"


def describe_run(run):
    """What one network has come to, as a sentence."""
    text = describe_outcome(run)
    if not run.diverged:
        text += f" {first_of_last(run.sizes.delta).capitalize()}."
    return text


def describe_outcome(run):
    """What a network is, and how much is wrong, as a sentence."""
    text = f"{named(run.activation, run.variance)}: {name_outcome(run)}"
    if not run.diverged:
        text += f", J = {style.number(run.step.loss, 3)}"
    return f"{text}."
