"""An explorer as a figure of the static site, with native controls."""

import json
from html import escape

from lecture_lib.explore.layout import stack_panels

from .dials import write_value
from .notebooks import name_live_page

NO_SCRIPT = "The controls need JavaScript; the picture shows where they start."
LOADING = 'loading="lazy" decoding="sync"'


# -- what its script is told


def describe_dial(dial):
    """What the page draws the control of a dial from (see lecture_lib/explore/page_spec.py)."""
    told = {"name": dial.name, "label": dial.label, "help": dial.help, "typed": False}
    if dial.slides:
        return told | {"kind": "slider", "grid": dial.stops, "log": dial.log, "play": dial.plays}
    kind = "reveal" if set(dial.stops) == {"hidden", "shown"} else "choice"
    return told | {"kind": kind, "options": list(zip(dial.shown, dial.stops))}


def list_presets(plan):
    """[[name, values of all dials]] of the presets that are among the states; those of an explorer
    that is played are its runs.
    """
    if plan.runs:
        return []
    found = []
    for name, changed in plan.explorer.presets.items():
        index = plan.index(**changed)
        if index is not None:
            found.append([name, plan.values(index)])
    return found


def describe_plan(plan, settings):
    """The specification of an explorer whose states are computed ahead, opened at `settings`."""
    prediction = plan.explorer.is_prediction
    return {
        "name": plan.explorer.name,
        "question": plan.explorer.question,
        "controls": [describe_dial(dial) for dial in plan.dials],
        "defaults": plan.values(plan.index(**settings)),
        "presets": list_presets(plan),
        "prediction": prediction,
        "tools": ["reset"] if prediction else ["reset", "code", "full"],
        "live": False,
    }


def list_stops(dial):
    """What the script needs to know of a dial to move through its stops."""
    return {
        "name": dial.name,
        "label": dial.label,
        "shown": dial.shown,
        "stops": dial.stops,
        "log": dial.log,
        "code": [repr(stop) for stop in dial.stops],
    }


def write_arguments(explorer, settings):
    """What stands between the brackets of the line that opens an explorer at these settings."""
    code = explorer.code(explorer.settings(**settings))
    return code.removeprefix(f"explorers.{explorer.name}(").removesuffix(")")


def describe_figure(plan, ahead, settings):
    """All that the script is told of an explorer: its specification, its dials, and the state that
    is shown first. `ahead` holds what was computed.
    """
    explorer = plan.explorer
    at = plan.index(**settings)
    values = plan.values(at)
    first = ahead.states[at]
    runs = {name: write_arguments(explorer, begun) for name, begun in plan.runs.items()}
    return {
        "spec": describe_plan(plan, settings),
        "dials": [list_stops(dial) for dial in plan.dials],
        "places": [dial.stops.index(values[dial.name]) for dial in plan.dials],
        "first": [first.sentence, first.wide, first.tall],
        "sizes": [explorer.size, stack_panels(explorer).size],
        "defaults": {dial.name: repr(explorer.defaults.get(dial.name)) for dial in plan.dials},
        "runs": runs or None,
        "file": ahead.file,
    }


# -- what stands in the page


def write_ahead(plan):
    """What was computed ahead, in words: the stops of each dial, and what stays fixed."""
    moved = {dial.name for dial in plan.dials}
    rows = [f"{escape(dial.label)}: {escape(', '.join(dial.shown))}" for dial in plan.dials]
    text = f"Computed ahead, nothing in between is interpolated. {'. '.join(rows)}."
    fixed = []
    for control in plan.explorer.controls:
        # A run has its own settings, which its sentence names
        if control.name not in moved and not plan.runs:
            value = write_value(control, control.default)
            fixed.append(f"{escape(control.label)} {escape(value)}")
    if fixed:
        text += f" The rest stays: {', '.join(fixed)}."
    return f"<p>{text}</p>"


def write_size(size):
    """The size of a picture, as attributes."""
    width, height = size
    return f'width="{width}" height="{height}"'


def write_figure(plan, ahead, settings, identity, stem):
    """An explorer as a figure: its first picture and sentence, and what its controls are made from.
    `ahead` holds what was computed, `stem` is the notebook that shows it.
    """
    explorer = plan.explorer
    at = plan.index(**settings)
    state = ahead.states[at]
    sentence = escape(state.sentence)
    narrow = write_size(stack_panels(explorer).size)
    wide = write_size(explorer.size)
    live = escape(name_live_page(stem, identity))
    told = json.dumps(describe_figure(plan, ahead, settings), ensure_ascii=False)
    told = told.replace("<", "\\u003c")
    return f"""
<figure class="explorer" id="{identity}" data-explorer="{explorer.name}" data-state="{at}">
<script type="application/json">{told}</script>
<div class="still"><p class="question">{escape(explorer.question)}</p>
<noscript><p class="told">{NO_SCRIPT}</p></noscript>
<picture><source media="(max-width: 600px)" srcset="pictures/{state.tall}.webp" {narrow}>
<img class="lx-image" src="pictures/{state.wide}.webp" alt="{sentence}" {wide} {LOADING}>
</picture><p class="lx-sentence">{sentence}</p></div>
<details><summary>values computed ahead</summary>{write_ahead(plan)}</details>
<p class="live"><a href="{live}">Live, with every value free</a></p>
</figure>"""
