"""The numbers behind a picture as an HTML table, for readers who want them or cannot see the picture."""

from dataclasses import fields, is_dataclass
from html import escape
from numbers import Number

import numpy as np

ROOM = 3000  # numbers in all that are listed
NOTE = ("What the picture is drawn from, by the names in the code; sizes of gradients that range over many decades are "
        "powers of ten (-3 stands for 0.001).")


def leaves(value, name=""):
    """(name, number, word or array) of everything in a record, a dictionary or a list; names are joined by dots."""
    if isinstance(value, (Number, str, np.ndarray)):
        yield name, value
        return
    if is_dataclass(value):
        inner = [(field.name, getattr(value, field.name)) for field in fields(value)]
    elif isinstance(value, dict) or hasattr(value, "_asdict"):
        inner = (value if isinstance(value, dict) else value._asdict()).items()
    elif isinstance(value, (list, tuple)):
        numbers = all(isinstance(part, Number) for part in value)
        inner = [("", np.array(value))] if numbers and value else enumerate(value, 1)
    else:
        return  # functions, None
    for key, part in inner:
        key = " ".join(map(str, key)) if isinstance(key, tuple) else str(key)
        yield from leaves(part, f"{name}.{key}".strip("."))


def rows(data):
    """(name, its numbers) of each value, list and row of an array; of one beyond ROOM, how many there are."""
    room = ROOM
    for name, value in leaves(data):
        value = np.asarray(value)
        if not room:
            yield "and so on", []
            return
        if value.ndim > 2 or value.size > room:
            yield name, [" x ".join(map(str, value.shape)) + " numbers"]
            continue
        room -= value.size
        if value.ndim == 2:
            yield from ((f"{name} {k}", row) for k, row in enumerate(value, 1))
        else:
            yield name, value.ravel()


def _row(name, values):
    cells = (escape(str(v)) if isinstance(v, (str, np.bool_)) else f"{v:.6g}" for v in values)
    return f"<tr><th scope=row>{escape(name)}</th>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def html(data):
    """A table with a row for each name."""
    body = "".join(_row(*row) for row in rows(data))
    return (f'<p style="white-space:normal;line-height:1.5">{NOTE}</p>'
            f'<div style="max-height:22em;overflow:auto" tabindex="0"><table>{body}</table></div>')
