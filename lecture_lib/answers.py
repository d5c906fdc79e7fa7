"""What a student means by an answer, whatever it is written as.

"(B)" is the letter b, "1/4", "0,25", Fraction(1, 4) and an array of one 0.25 are the number 0.25,
True is 1. What cannot be read gets one sentence.
"""

from decimal import Decimal
from fractions import Fraction

import numpy as np

from . import check

YOURS = "your answer"
BRACKETS = "()[]{}.:'\" \t\n"  # that may stand around a letter
NOTHING = "your function returned nothing: is a return missing?"


def read_letter(value, letters):
    """The one of `letters` that is meant, in either case and with brackets; else ValueError."""
    if isinstance(value, str):
        written = value.strip(BRACKETS).casefold()
        for letter in letters:
            if letter.casefold() == written:
                return letter
    return check.one_of(YOURS, value, letters)


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
        return read_text(value)
    if isinstance(value, Decimal):
        return float(value)
    return value


def read_text(text):
    """The number that a text writes, "0.25", "0,25" or "1/4"; the text itself if it writes none."""
    written = text.strip().replace("\N{MINUS SIGN}", "-")
    if written.count(",") == 1 and "." not in written:
        written = written.replace(",", ".")
    for read in (float, Fraction):
        try:
            return read(written.replace(" ", ""))
        except (ValueError, ZeroDivisionError):
            continue
    return text


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
