"""Pictures of the training of one neuron."""

from lecture_lib.explore import style

from ..compute.training_runs import SHOWN
from .plane import (
    draw_arrow,
    draw_plane,
    frame_plane,
    line_ends,
    set_square_limits,
    write_headline,
)

UPDATES = {-1: "subtract γx", 0: "W stays", 1: "add γx"}  # by the error d - y


def frame_perceptron_training(axes, data):
    plane, weights, mistakes = axes
    samples = len(data.points.x)
    frame_plane(plane, data.points)
    reach = 4 * max(data.gamma, 1)
    set_square_limits(weights, -reach, reach)
    weights.set(xlabel="$W_1$    (grey: before)", ylabel="$W_2$")
    mistakes.set(xscale="log", xlim=(0.9, 1.1 * SHOWN / samples))
    mistakes.set(ylim=(-0.02 * samples, 1.04 * samples))
    mistakes.set(xlabel="epoch", ylabel="mistakes in the epoch")
    mistakes.set_yticks(range(0, samples + 1, samples // 4))
    mistakes.xaxis.set_major_formatter("{x:g}")


def find_last_shown(data):
    """(the last sample shown, the weights before it); before training those of the first."""
    last = max(data.k - 1, 0)
    return data.run.shown[last], data.path[last]


def draw_perceptron_training(axes, data):
    plane, weights, mistakes = axes
    shown, before = find_last_shown(data)
    now = data.path[-1]
    plane.plot(*line_ends(before).T, "--", color=style.GREY)
    ringed = [shown.index] if data.k > 0 else []
    draw_plane(plane, data.points, now, ringed)

    weights.plot(*data.path[:, 1:].T, color=style.PALE)
    correction = style.CLASS[1 if shown.error > 0 else 0]["color"]
    draw_arrow(weights, (0, 0), before[1:], style.GREY)
    draw_arrow(weights, (0, 0), now[1:], style.ACCENT)
    draw_arrow(weights, before[1:], now[1:], correction)

    whole_epochs = data.k // len(data.points.x)
    counts = data.run.mistakes[:whole_epochs]
    epochs = range(1, len(counts) + 1)
    mistakes.plot(epochs, counts, ".-", color=style.ACCENT, linewidth=0.7)
    write_headline(plane, describe_step(data))
    write_headline(mistakes, describe_mistakes(data))


def describe_step(data):
    """The sample just shown, and what it did to the weights."""
    samples = len(data.points.x)
    epoch = -(-data.k // samples)  # rounded up
    end = ""
    if data.k == len(data.run.shown):
        end = ", stopped" if data.run.converged else ", no stop"
    if data.k == 0:
        step = "before training"
    else:
        shown, _ = find_last_shown(data)
        step = f"d = {shown.y + shown.error}, y = {shown.y}, {UPDATES[shown.error]}"
    return f"{data.points.name}, sample {data.k}, epoch {epoch}{end}: {step}"


def describe_mistakes(data):
    """How many samples the weights get wrong, now and at their best."""
    now = f"now {data.wrong[-1]} of {len(data.points.x)} samples are wrong"
    return f"{now}, with the best weights so far {data.wrong.min()}"


def sentence_perceptron_training(data):
    return f"{describe_step(data)}; {describe_mistakes(data)}."
