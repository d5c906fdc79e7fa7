"""What a student means by an answer, whatever it is written as.

"(B)" is the letter b, "1/4", "0,25", Fraction(1, 4) and an array of one 0.25 are the number 0.25,
True is 1. What cannot be read gets one sentence.
"""

from decimal import Decimal

import numpy as np

from . import check

YOURS = "your answer"
BRACKETS = "()[]{}.,;:!?'\"`´‘’‚“”„«»‹› \t\n"  # that may stand around a letter
NOTHING = "your function returned nothing: is a return missing?"


def read_letter(value, letters):
    """The one of `letters` that is meant, in either case and with brackets; else ValueError."""
    given = take_out(value)
    if isinstance(given, str):
        written = given.strip(BRACKETS).casefold()
        for letter in letters:
            if letter.casefold() == written:
                return letter
    return check.one_of(YOURS, value, letters)


def take_out(value):
    """The one entry of a list or an array that holds one; anything else as it is."""
    if isinstance(value, np.ndarray) and value.size == 1:
        return value.item()
    if isinstance(value, list | tuple) and len(value) == 1:
        return value[0]
    return value


def read_number(value):
    """`value` as a finite float; ValueError or TypeError with one sentence if it is no number."""
    if isinstance(value, list | tuple):
        value = read_entries(value)
    if not isinstance(value, str | bytes):
        shape = np.shape(value)
        if np.prod(shape) != 1:
            raise TypeError(f"{YOURS} had shape {shape}; it must be one number.")
    if np.ma.is_masked(value):
        raise TypeError(f"{YOURS} was masked; it must be one number.")
    if hasattr(value, "__array__"):
        value = np.asarray(value).item()
    return check.real(YOURS, as_plain(value))


def as_plain(value):
    """Truth as 0 or 1, text and Decimal as the number they write; anything else as it is."""
    if isinstance(value, bool | np.bool_):
        return int(value)
    if isinstance(value, str):
        return check.read_number(YOURS, value, "a number, finite")
    if isinstance(value, Decimal):
        return float(value)
    return value


def read_entries(value):
    """A list or an array of anything, as an array with every entry as `as_plain` reads it."""
    array = value
    if not hasattr(value, "__array__"):
        try:
            array = np.array(value, object)
        except ValueError:  # rows of different lengths
            return value
    if np.ma.is_masked(array):
        return array
    array = np.asarray(array)
    if array.dtype.kind not in "OUS":
        return array
    plain = np.empty(array.shape, object)
    for place in np.ndindex(array.shape):
        plain[place] = as_plain(array[place])
    return plain


def read_array(value, shape):
    """`value` as an array of this shape; axes of length 1 more or less do not count.

    Raises ValueError or TypeError with one sentence if it is none.
    """
    array = check.array(YOURS, read_entries(value))
    if squeezed(array.shape) == squeezed(shape):
        return array.reshape(shape)
    return check.array(YOURS, array, shape)


def squeezed(shape):
    """A shape without its axes of length 1."""
    return tuple(length for length in shape if length != 1)
