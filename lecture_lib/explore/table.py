"""The numbers behind a picture as an HTML table, for readers who want them or cannot see the picture."""

from html import escape
from itertools import islice
from numbers import Number

import numpy as np

LARGEST = 1200
ROWS = 300  # numbers of an array that are listed, and rows in all
NOTE = "The numbers of the picture by their names in the code; a row with sizes below 0 is powers of ten (-3: 0.001)."


def _parts(record):
    """The parts of a record, a dictionary or a list by name; of anything else none."""
    if isinstance(record, dict):
        return {
            " ".join(map(str, key)) if isinstance(key, tuple) else key: part
            for key, part in record.items()
        }
    names = getattr(record, "_fields", ()) or getattr(record, "__dataclass_fields__", ())
    if names:
        return {name: getattr(record, name) for name in names}
    return dict(enumerate(record, 1)) if isinstance(record, (list, tuple)) else {}


def rows(value, name=""):
    """(name, its numbers or words) of all that is in a record, row by row; the names of parts are joined by dots."""
    if isinstance(value, (Number, str)):
        yield name, [value]
    elif isinstance(value, np.ndarray):
        listed = value.ndim <= 2 and value.size <= LARGEST
        table = (
            np.atleast_2d(value) if listed else [[" x ".join(map(str, value.shape)) + " numbers"]]
        )
        for k, row in enumerate(table, 1):
            yield f"{name} {k}" if len(table) > 1 else name, row
    else:
        for key, part in _parts(value).items():
            yield from rows(part, f"{name}.{key}".removeprefix("."))


def _row(name, values):
    cells = (escape(str(v)) if isinstance(v, (str, np.bool_)) else f"{v:.6g}" for v in values)
    return (
        f"<tr><th scope=row>{escape(name)}</th>"
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>"
    )


def html(data):
    """A table with a row for each name; beyond ROWS it says that there is more."""
    found = list(islice(rows(data), ROWS + 1))
    body = "".join(_row(*row) for row in found[:ROWS]) + _row("and so on", []) * (len(found) > ROWS)
    return (
        f'<p style="white-space:normal;line-height:1.5">{NOTE}</p>'
        f'<div style="max-height:22em;overflow:auto" tabindex="0"><table>{body}</table></div>'
    )
