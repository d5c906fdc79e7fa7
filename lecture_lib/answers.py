"""What a student means by an answer, whatever it is written as.

"(B)" is the letter b, "1/4", "0,25", Fraction(1, 4) and an array of one 0.25 are the number 0.25,
True is 1. What cannot be read gets one sentence.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Mapping, Set
from decimal import Decimal
from itertools import islice

import numpy as np

from . import check, written

YOURS = "your answer"
# What may stand around a letter; the last ones are seen by nobody.
BRACKETS = "()[]{}<>.,;:!?'\"`´‘’‚“”„«»‹›*_… \t\n\u00a0\u200b\ufeff"
WORDS = r"^(the )?(answer|option|choice|letter)( is)?\b"  # that may stand before it
MOST = 10_000  # entries of an answer that are looked at
NOTHING = "your function returned nothing: is a return missing?"


def read_letter(value, letters):
    """The one of `letters` that is meant, in either case, with brackets or a word such as "answer"
    before it; else ValueError.
    """
    given = take_out(value)
    if isinstance(given, str):
        plain = unicodedata.normalize("NFKC", given).strip(BRACKETS).casefold()
        meant = re.sub(WORDS, "", plain).strip(BRACKETS)
        for letter in letters:
            if letter.casefold() == meant:
                return letter
    return check.one_of(YOURS, value, letters)


def unpack(value):
    """What holds several things as a list or an array of them: a range, the values of a dictionary,
    what can be gone through once; anything else as it is, also a set of several, which has no
    order.
    """
    if hasattr(value, "detach"):  # a tensor that remembers how it was computed
        return value.detach()
    if isinstance(value, list | tuple):
        return [unpack(entry) for entry in value]
    is_one = isinstance(value, str | bytes | bytearray) or not isinstance(value, Iterable)
    has_no_order = isinstance(value, Set) and len(value) > 1
    if is_one or has_no_order or hasattr(value, "__array__"):
        return value
    if isinstance(value, memoryview | array):
        return np.asarray(value)
    return list(islice(value.values() if isinstance(value, Mapping) else value, MOST))


def take_out(value):
    """The one entry of a list or an array that holds one; anything else as it is."""
    value = unpack(value)
    if hasattr(value, "__array__") and np.size(value) == 1:
        return np.asarray(value).item()
    if isinstance(value, list | tuple) and len(value) == 1:
        return take_out(value[0])
    return value


def read_number(value):
    """`value` as a finite float; ValueError or TypeError with one sentence if it is no number."""
    value = unpack(value)
    if isinstance(value, list | tuple):
        value = read_entries(value)
    if np.ma.is_masked(value):
        raise TypeError(f"{YOURS} was masked; it must be one number.")
    if hasattr(value, "__array__"):
        value = read_only_entry(value)
    return check.real(YOURS, as_plain(value))


def read_only_entry(value):
    """The entry of an array of one; TypeError if it has more or cannot be read."""
    try:
        entries = np.asarray(value)
    except Exception:  # whatever the object that was given does when it is asked for its numbers
        raise TypeError(f"{YOURS} was {check.shorten(value)}; it must be one number.") from None
    if entries.size != 1:
        raise TypeError(f"{YOURS} had shape {entries.shape}; it must be one number.")
    return entries.item()


def as_plain(value):
    """Truth as 0 or 1, text and Decimal as the number they write; anything else as it is."""
    if isinstance(value, bool | np.bool_):
        return int(value)
    if isinstance(value, str):
        return written.read_number(YOURS, value, "a number, finite")
    if isinstance(value, Decimal):
        return np.nan if value.is_nan() else float(value)  # float() refuses a signalling one
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return value.item()
    return value


def read_entries(value):
    """A list or an array of anything, as an array with every entry as `as_plain` reads it."""
    value = unpack(value)
    entries = value
    if not hasattr(value, "__array__"):
        try:
            entries = np.array(value, object)
        except Exception:  # rows of different lengths, or entries that are no numbers
            return value
    if np.ma.is_masked(entries):
        return entries
    entries = np.asarray(entries)
    if entries.dtype.kind not in "OUS":
        return entries
    plain = np.empty(entries.shape, object)
    for place in np.ndindex(entries.shape):
        plain[place] = as_plain(entries[place])
    return plain


def read_array(value, shape):
    """`value` as an array of this shape; axes of length 1 more or less do not count.

    Raises ValueError or TypeError with one sentence if it is none.
    """
    entries = check.array(YOURS, read_entries(value))
    if squeezed(entries.shape) == squeezed(shape):
        return entries.reshape(shape)
    return check.array(YOURS, entries, shape)


def squeezed(shape):
    """A shape without its axes of length 1."""
    return tuple(length for length in shape if length != 1)
