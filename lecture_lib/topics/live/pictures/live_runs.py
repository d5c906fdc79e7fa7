"""Pictures of one or two networks that train: what they say, how they learn, and what each layer
gets.
"""

import numpy as np

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.explore import style
from lecture_lib.explore.decades import written
from lecture_lib.explore.labels import label_ends
from lecture_lib.explore.reading import Reading

from .planes import draw_duel, draw_plane, frame_plane, frame_shares_right
from .steps import choose_end, draw_over_time, frame_steps
from .views import VIEWS
from .words import describe_net, describe_run, name_outcome, percent

CURVES = 1  # where the curves stand among the panels
TOP = 1.5  # times what a guess gets, as far as it is drawn
A_LOOK = {"color": "#8C8C8C", "marker": "o", "linestyle": "-"}


def choose_looks(data):
    """[(letter, look)] of the runs: one alone has no letter and the look of its activation; of two,
    A is grey and B has that look.
    """
    last = style.ACTIVATION[data.runs[-1].activation] | {"linestyle": "-"}
    if len(data.runs) == 1:
        return [("", last)]
    if data.runs[-1].activation == "linear":
        last = last | {"color": style.ACCENT}
    return [("A", A_LOOK), ("B", last)]


def window_live_runs(data):
    view = VIEWS[data.shown["view"]]
    return (choose_end(data.n), *view.window(data))


def frame_live_runs(axes, data):
    plane, curves, view = axes
    name = data.runs[0].points.name
    if name == "digits" and len(data.runs) > 1:
        frame_shares_right(plane)
    else:
        frame_plane(plane, name)
    frame_curves(curves, data)
    VIEWS[data.shown["view"]].frame(view, data)


def frame_curves(ax, data):
    """Axes for cost and share of wrong answers over the steps, in parts of what a guess gets: of
    one network it is said how much of its answers is wrong.
    """
    frame_steps(ax, choose_end(data.n))
    ax.set(ylim=(0, TOP))
    names = ("perfect", "guessing")
    if len(data.runs) == 1:
        names = ("perfect", f"guessing:\n{percent(data.runs[0].guess_wrong)}")
    ax.set_yticks((0, 1), names)
    ax.axhline(1, color=style.GREY, linewidth=1, linestyle=":", gid="ground")


def draw_live_runs(axes, data):
    plane, curves, view = axes
    looks = choose_looks(data)
    if len(data.runs) > 1:
        draw_duel(plane, data, looks)
        write_outcomes(plane, data, looks)
    else:
        draw_plane(plane, data.runs[0])
        style.headline(plane, name_outcome(data.runs[0]).capitalize())
    draw_learning(curves, data, looks)
    style.headline(curves, f"Step {data.n:,}" if len(looks) == 1 else f"Cost, step {data.n:,}")
    shown = VIEWS[data.shown["view"]]
    shown.draw(view, data, looks)
    style.headline(view, shown.tell(data, looks))


def write_outcomes(ax, data, looks):
    """What A and B are and have come to, in their colours above the axes."""
    for run, (letter, look), y in zip(data.runs, looks, (1.14, 1.03)):
        text = "diverged" if run.diverged else f"{percent(run.wrong)} wrong"
        kind = f"{ACTIVATIONS[run.activation].label}, {run.variance}"
        headline = style.headline(ax, f"{letter} ({kind}): {text}")
        headline.set(y=y, fontsize=10.5, color=style.word_color(look["color"]))


def draw_learning(ax, data, looks):
    """The curves of one network are named wrong and cost, those of two A and B."""
    ends = []
    texts = []
    colors = []
    for run, (letter, look) in zip(data.runs, looks):
        color = look["color"]
        history = run.curves
        cost = history.loss / run.guess_loss
        draw_over_time(ax, history.n, cost, color=color, linewidth=2.4 if letter else 1.3)
        ends.append(cost[-1])
        texts.append(letter or "cost")
        colors.append(color)
        if not letter:
            wrong = history.wrong / run.guess_wrong
            draw_over_time(ax, history.n, wrong, color=color, linewidth=2.6)
            ends.append(wrong[-1])
            texts.append("wrong")
            colors.append(color)
    box = {"facecolor": "white", "linewidth": 0, "pad": 0.5}
    look = {"fontsize": 9.5, "bbox": box}
    label_ends(ax, data.n, np.nan_to_num(ends, nan=TOP), texts, colors, **look)


def readings_live_runs(data):
    """Cost and wrong answers over the steps, and what the view has."""
    looks = choose_looks(data)
    readings = []
    for run, (letter, _) in zip(data.runs, looks):
        history = run.curves
        texts = []
        for n, loss, wrong in zip(history.n, history.loss, history.wrong):
            text = f"{letter} step {n:,}: {percent(wrong)} wrong, cost {style.number(loss, 3)}"
            texts.append(text.strip())
        heights = np.clip(np.nan_to_num(history.loss / run.guess_loss, nan=TOP), 0, TOP)
        readings.append(Reading(CURVES, history.n, heights, tuple(texts)))
    return (*readings, *VIEWS[data.shown["view"]].read(data, looks))


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
        f"The next step changes W₁ by {written(run.sizes.change[0])} of its size and leaves "
        f"{percent(run.step.unmoved[0])} of it unchanged to the last bit. "
        "Saturated outputs and dead units: "
        f"{percent(run.saturated[0])} and {percent(run.dead[0])} in layer 1, "
        f"{percent(run.saturated[-1])} and {percent(run.dead[-1])} in the last hidden layer."
    )
