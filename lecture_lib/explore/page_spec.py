"""The declaration of an explorer as the page needs it: plain dictionaries and lists."""

from .controls import Choice, Slider

SPEED = Choice(
    "speed",
    "speed",
    10,
    (1, 10, 100, 1000),
    ("1 step per picture", "10 steps", "100 steps", "1,000 steps"),
    "steps from one picture to the next, as far as the machine can follow",
)
TOOLS = ["reset", "code", "numbers", "save", "full"]


def describe_explorer(explorer):
    """What front_end/explorer.js draws the page of an explorer from."""
    return {
        "name": explorer.name,
        "question": explorer.question,
        "controls": [describe_control(c, explorer.folded) for c in explorer.controls],
        "defaults": explorer.defaults,
        "presets": [[name, settings] for name, settings in explorer.presets.items()],
        "prediction": explorer.is_prediction,
        "lines": explorer.sentence_lines,
        "tools": ["reset"] if explorer.is_prediction else TOOLS,
        "live": explorer.live,
        "speeds": [list(pair) for pair in SPEED.shown()],
        "speed": SPEED.default,
    }


def describe_control(control, folded):
    """What the page draws a control from."""
    told = {
        "name": control.name,
        "label": control.label,
        "help": control.help,
        "folded": control.name in folded,
    }
    if isinstance(control, Slider):
        grid = list(control.grid()) if control.log else None
        limits = {"low": control.low, "high": control.high, "step": control.step}
        kind = {"kind": "slider", "typed": True, "log": control.log, "play": control.play}
        return {**told, **kind, **limits, "grid": grid}
    kind = "reveal" if control.options == ("hidden", "shown") else "choice"
    options = [list(pair) for pair in control.shown()]
    return {**told, "kind": kind, "typed": bool(control.free), "options": options}


def write_value(value):
    """A setting as the page writes it in the field where it can be typed."""
    return f"{value:g}" if isinstance(value, float) else str(value)
