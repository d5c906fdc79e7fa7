"""Pictures of one or two networks that train: plane, curves, and what each layer gets."""

import numpy as np

from lecture_lib.explore import style
from lecture_lib.explore.decades import written
from lecture_lib.topics.remedies.pictures.looks import AFTER, BEFORE

from .planes import draw_plane, draw_point, frame_map, frame_plane
from .views import VIEWS, draw_over_time, frame_time, frame_view
from .words import describe_net, describe_run, outcome, percent, step_and_rate


def choose_looks(data):
    """[(letter, look)] of the runs: two are A and B; one alone has no letter and the look of its
    activation.
    """
    if len(data.runs) > 1:
        return [("A", BEFORE), ("B", AFTER)]
    look = style.ACTIVATION[data.runs[0].activation]
    return [("", look | {"linestyle": "-"})]


def frame_live_runs(axes, data):
    *planes, curves, top, low = axes
    run = data.runs[0]
    for ax in planes:
        if data.map is None:
            frame_plane(ax, run.points.name)
        else:
            frame_map(ax, data.map)
    if len(planes) > 1:
        planes[-1].set_ylabel("")
    frame_curves(curves)
    frame_view(top, low, VIEWS[data.shown["view"]], run.net.depth)
    if len(data.runs) > 1:
        style.key(top, "lower right", dict(choose_looks(data)), ncols=2)


def frame_curves(ax):
    """Axes for cost and share of wrong answers over the steps."""
    frame_time(ax)
    ax.set(yscale="log", ylim=(1e-4, 10), ylabel="cost $J$ (line), share wrong (dots)")
    ax.set_yticks(10.0 ** np.arange(-4, 2), ("10⁻⁴", "10⁻³", "0.01", "0.1", "1", "10"))
    ax.minorticks_off()


def draw_live_runs(axes, data):
    *planes, curves, top, low = axes
    view = VIEWS[data.shown["view"]]
    looks = choose_looks(data)
    for ax, run, (letter, _) in zip(planes, data.runs, looks):
        if data.map is None:
            draw_plane(ax, run)
        else:
            draw_point(ax, data.shown["gain"], run.net.depth)
        result = outcome(run)
        style.headline(ax, f"{letter}, {result}" if letter else result.capitalize())
    for run, (letter, look) in zip(data.runs, looks):
        history = run.curves
        draw_over_time(curves, history.n, history.loss, color=look["color"])
        draw_over_time(curves, history.n, history.wrong, color=look["color"], linestyle=":")
        side = -1 if letter == "A" else 1
        view.draw(top, low, run, look, side)
    style.headline(curves, step_and_rate(data))
    style.headline(top, f"{view.finding}: {name_findings(data, view, looks)}")


def name_findings(data, view, looks):
    """The number of the view for each run, with its letter."""
    found = []
    for run, (letter, _) in zip(data.runs, looks):
        value = "diverged" if run.diverged else view.measure(run)
        found.append(f"{letter} {value}".strip())
    return ", ".join(found)


def sentence_live_runs(data):
    described = []
    for run, (letter, _) in zip(data.runs, choose_looks(data)):
        prefix = f"{letter}, " if letter else ""
        described.append(prefix + describe_run(run))
    run = data.runs[0]
    if len(data.runs) > 1 or run.diverged:
        return f"{describe_net(data)}. {' '.join(described)}"
    return (
        f"{describe_net(data)}, {described[0]} "
        f"The next step changes W₁ by {written(run.sizes[2, 0])} of its size and leaves "
        f"{percent(run.step.unmoved[0])} of it the same bit for bit. "
        "Saturated outputs, dead units: "
        f"in layer 1 {percent(run.saturated[0])} and {percent(run.dead[0])}; "
        f"in the last hidden layer {percent(run.saturated[-1])} and {percent(run.dead[-1])}."
    )
