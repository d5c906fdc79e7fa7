"""The numbers behind a picture as a table, for readers who want them or cannot see the
picture.
"""

from dataclasses import fields, is_dataclass
from itertools import islice
from numbers import Number

import numpy as np

LARGEST = 1200  # numbers of an array that are listed
ROWS = 300  # in all
NOTE = (
    "The numbers of the picture by their names in the code; a row with sizes below 0 is powers of "
    "ten (-3: 0.001)."
)


def find_parts(record):
    """The parts of a record, a dictionary or a list by name; of anything else none."""
    if isinstance(record, dict):
        return {name_key(key): part for key, part in record.items()}
    if is_dataclass(record):
        return {field.name: getattr(record, field.name) for field in fields(record)}
    if isinstance(record, (list, tuple)):
        return dict(enumerate(record, 1))
    return {}


def name_key(key):
    """The key of a dictionary as a name; a pair is written with a space."""
    return " ".join(map(str, key)) if isinstance(key, tuple) else key


def walk_record(value, name=""):
    """Yield (name, its numbers or words) of all that is in a record, row by row.

    The names of parts are joined by dots; the rows of a matrix are numbered.
    """
    if isinstance(value, (Number, str)):
        yield name, [value]
    elif isinstance(value, np.ndarray):
        yield from walk_array(value, name)
    else:
        for key, part in find_parts(value).items():
            yield from walk_record(part, f"{name}.{key}".removeprefix("."))


def walk_array(array, name):
    """The rows of an array; of a large one its shape alone."""
    if array.ndim > 2 or array.size > LARGEST:
        shape = " x ".join(map(str, array.shape))
        yield name, [f"{shape} numbers"]
        return
    table = np.atleast_2d(array)
    for k, row in enumerate(table, 1):
        yield f"{name} {k}" if len(table) > 1 else name, row


def write_cell(value):
    """A number with six digits, or a word."""
    if isinstance(value, (str, np.bool_)):
        return str(value)
    return f"{value:.6g}"


def list_rows(data):
    """[[name, its cells in writing]] of all that is in a record; beyond ROWS it says that there is
    more.
    """
    found = list(islice(walk_record(data), ROWS + 1))
    listed = [[str(name), [write_cell(cell) for cell in cells]] for name, cells in found[:ROWS]]
    if len(found) > ROWS:
        listed.append(["and so on", []])
    return listed
