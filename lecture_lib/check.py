"""One clear sentence for bad input: it names the argument, what it was, and what is allowed."""

import reprlib
from numbers import Integral, Real
from sys import float_info

import numpy as np

MEMORY = 4e9  # bytes that a job may need
HOUR = 4e13  # operations that take about an hour

DIGITS_PER_BIT = 0.30103


class _Repr(reprlib.Repr):
    """Values in short, also those that Python itself would not write down."""

    def repr_int(self, x, level):
        """A whole number; of more than some thousand digits, how many."""
        try:
            return super().repr_int(x, level)
        except ValueError:
            return f"a number of {round(x.bit_length() * DIGITS_PER_BIT):,} digits"

    def repr_instance(self, x, level):
        """An object, or its type where it cannot be written down."""
        try:
            repr(x)
        except Exception:  # whatever it does when it is asked
            return f"an object of type {type(x).__name__}"
        return super().repr_instance(x, level)


_REPR = _Repr()
_REPR.maxother = _REPR.maxstring = 60


def shorten(value):
    """`value` in one line of 60 characters at most."""
    line = " ".join(_REPR.repr(value).split())
    return line[:60]


def as_text(value):
    """`str(value)`; in short where Python does not write it down."""
    try:
        return str(value)
    except ValueError:  # a whole number of more than 4300 digits
        return shorten(value)


def is_number(value):
    """Whether it is a real number; True and False are none."""
    return isinstance(value, Real) and not isinstance(value, bool | np.bool_)


def as_float(value):
    """A number as a Python float; inf for one that is too large."""
    try:
        with np.errstate(over="ignore", under="ignore"):  # of a longdouble
            return float(value)
    except OverflowError:
        return float_info.max * 10 if value > 0 else -float_info.max * 10


def truth(name, value):
    """`value` as True or False; raises TypeError if it is neither, nor 0 or 1."""
    is_one = isinstance(value, bool | np.bool_) or (is_number(value) and value in (0, 1))
    if not is_one:
        raise TypeError(f"{name} was {shorten(value)}; it must be True or False.")
    return bool(value)


def integer(name, value, low, high):
    """`value` as an int in [low, high].

    Raises TypeError if it is no whole number, ValueError if it lies outside.
    """
    is_whole = isinstance(value, Integral) or (is_number(value) and as_float(value).is_integer())
    if not is_number(value) or not is_whole:
        raise TypeError(
            f"{name} was {shorten(value)}; it must be a whole number from {low} to {high:,}."
        )
    number = int(value)  # a float16 could not be compared with a million
    if not low <= number <= high:
        raise ValueError(f"{name} was {shorten(value)}; it must lie between {low} and {high:,}.")
    return number


def real(name, value, low=-np.inf, high=np.inf, above=None):
    """`value` as a finite float in [low, high], and larger than `above` if that is given.

    Raises TypeError if it is no number, ValueError if it lies outside.
    """
    sentence = f"{name} was {shorten(value)}; it must be a number, {name_range(low, high, above)}."
    if not is_number(value):
        raise TypeError(sentence)
    number = as_float(value)  # a float32 could not be compared with the largest float64
    is_finite = abs(number) <= float_info.max
    is_above = above is None or number > above
    if not is_finite or not low <= number <= high or not is_above:
        raise ValueError(sentence)
    return number


def seed(name, value):
    """`value` as an int that numbers a random sequence; TypeError or ValueError if it is none."""
    return integer(name, value, 0, 2**63)


def seeds(name, value):
    """A list of seeds as a tuple of ints; TypeError or ValueError if it is none, or empty."""
    try:
        entries = tuple(value)
    except TypeError:
        entries = ()
    if not entries:
        raise TypeError(
            f"{name} was {shorten(value)}; it must be a list of whole numbers, such as range(5)."
        )
    return tuple(seed(f"{name}[{k}]", entry) for k, entry in enumerate(entries))


def generator(name, value):
    """`value` if it is a numpy Generator; raises TypeError otherwise."""
    if not isinstance(value, np.random.Generator):
        raise TypeError(
            f"{name} was {shorten(value)}; it must be a numpy Generator, "
            "such as np.random.default_rng(0)."
        )
    return value


def name_range(low, high, above):
    """What `real` allows, in words."""
    if above is not None:
        return f"above {above:g}" + (f" and at most {high:g}" if np.isfinite(high) else "")
    if np.isfinite(high):
        return f"between {low:g} and {high:g}"
    if low > -np.inf:
        return f"{low:g} or more"
    return "finite"


def within_limits(job, numbers=0, operations=0):
    """Raise ValueError, before it starts, if `job` needs more than 4 GB for its numbers or more
    than about an hour.
    """
    memory = 8 * numbers
    if memory > MEMORY:
        raise ValueError(
            f"{job} would take {memory / 1e9:,.0f} GB of memory; it must fit into 4 GB."
        )
    if operations > HOUR:
        hours = operations / HOUR
        raise ValueError(f"{job} would take about {hours:,.0f} hours; it must be done in one.")


def is_listed(value, options):
    """Whether `value` is one of `options` and of the same type."""
    return any(isinstance(value, type(option)) and value == option for option in options)


def one_of(name, value, options):
    """`value` if it is one of `options` and of the same type; raises ValueError otherwise."""
    if is_listed(value, options):
        return value
    allowed = ", ".join(map(str, options))
    raise ValueError(f"{name} was {shorten(value)}; it must be one of {allowed}.")


def array(name, value, shape=None, kind="numbers"):
    """`value` as a finite float64 array; `shape` has None where any length of 1 or more will do.

    Raises TypeError if it holds something other than numbers, ValueError for another shape or an
    entry that is not finite.
    """
    result = convert(name, value, kind)
    if shape is not None:
        check_shape(name, result, shape)
    if not np.isfinite(result).all():
        place = np.argwhere(~np.isfinite(result))[0].tolist()
        entry = result[tuple(place)]
        raise ValueError(f"{name} held {entry} at {place}; every entry must be finite.")
    return result


def convert(name, value, kind):
    """`value` as a float64 array; raises TypeError if it cannot be one, ValueError if some entries
    are masked.
    """
    if type(value) is np.ndarray and value.dtype == np.float64:
        return value
    if np.ma.is_masked(value):
        raise ValueError(f"{name} had masked entries; every entry must be a number.")
    try:
        result = np.asarray(value)
        if not holds_numbers(result):
            raise TypeError
        with np.errstate(over="ignore", under="ignore"):  # of a longdouble
            return result.astype(float, copy=False)
    except Exception:  # whatever the object that was given does when it is asked for its numbers
        raise TypeError(f"{name} was {shorten(value)}; it must be an array of {kind}.") from None


# Arrays of these types are computed with as they are.
FLOATS = {np.dtype(np.float32), np.dtype(np.float64)}


def as_floats(name, value):
    """`value` as an array of float32 or float64: everything else becomes float64.

    Small whole types would wrap around (the negative of the uint8 1 is 255). Raises TypeError or
    ValueError as `convert`; inf and nan pass, for a network may explode.
    """
    if type(value) is np.ndarray and value.dtype in FLOATS:
        return value
    return convert(name, value, "numbers")


def holds_numbers(array):
    """Whether all entries of an array are real numbers.

    NumPy would read "1.5" as a number, drop an imaginary part, and count the nanoseconds of a date.
    """
    if array.dtype.kind == "O":
        return all(isinstance(entry, Real) for entry in array.flat)
    return array.dtype.kind in "biuf"


def check_shape(name, array, shape):
    """Raise ValueError if an array has another shape, or no entries."""
    fits = array.ndim == len(shape)
    for wanted, length in zip(shape, array.shape):
        fits = fits and wanted in (None, length)
    if not fits or 0 in array.shape:
        wanted = " x ".join("any" if length is None else str(length) for length in shape)
        raise ValueError(f"{name} had shape {array.shape}; it must be {wanted}, and not empty.")
