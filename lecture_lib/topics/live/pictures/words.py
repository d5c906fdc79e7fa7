"""The words that all pictures of watched networks share."""

from lecture_lib.explore import style
from lecture_lib.topics.remedies.pictures.looks import named
from lecture_lib.topics.vanishing_exploding_gradients.pictures.decades import first_of_last

percent = lambda share: f"{100 * share:.{0 if share == 0 or share >= 0.095 else 1}f} %"


def outcome(run):
    return f"diverged at step {run.step.k}" if run.diverged else f"{percent(run.wrong)} wrong"


def step_and_rate(data):
    return f"Step {data.n:,}, γ = {data.shown['gamma']:g}"


def rate_since(data):
    since = f" from step {data.shown['since']:,} on" if "since" in data.shown else ""
    return f"γ = {data.shown['gamma']:g}{since}"


def describe_net(data):
    run = data.runs[0]
    return f"{run.points.name}, depth {run.net.depth}, width {run.net.widths[1]}, {rate_since(data)}, step {data.n:,}"


def describe_run(run):
    J = (
        ""
        if run.diverged
        else (f", J = {style.number(run.step.loss)}. Gradient: l{first_of_last(run.sizes[0])[1:]}")
    )
    return f"{named(run.activation, run.variance)}: {outcome(run)}{J}."
