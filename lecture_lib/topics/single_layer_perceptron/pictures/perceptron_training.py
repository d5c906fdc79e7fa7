"""Pictures of the training of one neuron."""

from lecture_lib.explore.style import ACCENT, CLASS, GREY, PALE

from ..compute.training_runs import SHOWN
from .headlines import write_headlines
from .plane import (
    draw_arrow,
    draw_plane,
    frame_plane,
    line_ends,
    set_square_limits,
)


def frame_perceptron_training(axes, data):
    frame_plane(axes, data)
    m, reach = len(data.points.x), 4 * max(data.gamma, 1)
    set_square_limits(axes[1], -reach, reach)
    axes[1].set(xlabel="$W_1$    (grey: before)", ylabel="$W_2$")
    axes[2].set(
        xscale="log",
        xlim=(0.9, 1.1 * SHOWN / m),
        ylim=(-0.02 * m, 1.04 * m),
        xlabel="epoch",
        ylabel="mistakes in the epoch",
        yticks=range(0, m + 1, m // 4),
    )
    axes[2].xaxis.set_major_formatter("{x:g}")


def draw_perceptron_training(axes, data):
    one, (before, W) = (
        data.run.shown[max(data.k - 1, 0)],
        data.path[[max(data.k - 1, 0), data.k], 1:],
    )
    axes[0].plot(*line_ends(data.path[max(data.k - 1, 0)]).T, "--", color=GREY)
    draw_plane(axes[0], data.points, data.path[-1], [one.index] * (data.k > 0))
    axes[1].plot(*data.path[:, 1:].T, color=PALE)
    for start, end, color in (
        ((0, 0), before, GREY),
        ((0, 0), W, ACCENT),
        (before, W, CLASS[one.error > 0]["color"]),
    ):
        draw_arrow(axes[1], start, end, color)
    done = data.run.mistakes[: data.k // len(data.points.x)]
    axes[2].plot(range(1, len(done) + 1), done, ".-", color=ACCENT, linewidth=0.7)
    write_headlines(axes[::2], sentence_perceptron_training(data))


def sentence_perceptron_training(data):
    one, m = data.run.shown[max(data.k - 1, 0)], len(data.points.x)
    end = "" if data.k < len(data.run.shown) else ", stopped" if data.run.converged else ", no stop"
    step = ("subtract γx", "W stays", "add γx")[one.error + 1]
    told = f"d = {one.y + one.error}, y = {one.y}, {step}" if data.k else "before training"
    return (
        f"{data.points.name}, sample {data.k}, epoch {-(-data.k // m)}{end}: {told}; "
        f"now {data.wrong[-1]} of {m} wrong, best {data.wrong.min()}."
    )
