"""One's own functions: what is checked before an activation or an initial rule joins the menus.

A fault is told in one sentence with the point where it shows. A derivative is compared with
differences on both sides, so that one at a kink may be anything between the two slopes.
"""

import re

import numpy as np

from . import check

END = 1e4  # an exploding network hands in numbers of this size
STEP = 1e-6  # of a difference, relative to |x| where that is above 1
TOLERANCE = 1e-5  # of a slope, relative to it, or to the steepest one if that is below 1
ROUNDING = 4 * np.finfo(float).eps  # of a value, relative to it
SLOPES = np.linspace(-30.0, 30.0, 6001)  # where the largest slope is looked for
LAYERS = ((1, 1), (2, 3), (64, 32), (32, 32), (32, 10), (256, 256), (1, 1000), (1000, 1))


def check_name(name):
    """Raise TypeError or ValueError unless `name` is a word: letters, digits and _, begun by a
    letter.
    """
    if not isinstance(name, str):
        raise TypeError(f"name was {check.shorten(name)}; it must be a word, such as 'swish'.")
    if not re.fullmatch(r"[A-Za-z]\w{0,23}", name):
        raise ValueError(
            f"name was {check.shorten(name)}; it must be a word of up to 24 letters, digits and _."
        )


def check_label(label):
    """Raise TypeError or ValueError unless `label` can be read in a menu and in a picture."""
    if not isinstance(label, str):
        raise TypeError(f"label was {check.shorten(label)}; it must be text, such as 'swish'.")
    if not label.strip() or len(label) > 40 or not label.isprintable() or "$" in label:
        raise ValueError(
            f"label was {check.shorten(label)}; it must be 1 to 40 characters in one line, "
            "without a dollar sign."
        )


def check_free(name, taken):
    """Raise ValueError for a name that is taken."""
    if name in taken:
        raise ValueError(f"name was {name!r}, which is taken; choose another one.")


def choose_points():
    """Where a function is looked at: 0, random points, both ends, the round numbers at which people
    join formulas, and a fine grid for what is wrong on a short piece only.
    """
    rng = np.random.default_rng(38)
    near = rng.normal(0.0, 3.0, 300)
    far = np.geomspace(10.0, END, 7)
    round_numbers = np.arange(-200, 201) / 20
    fine = np.linspace(-6.0, 6.0, 12_001)
    return np.concatenate([[0.0], near, -far, far, round_numbers, fine])


def check_function(title, function):
    """The values of a function at `choose_points()`, as float64.

    Raises TypeError if it is none; ValueError if it cannot take an array, does not work element by
    element, or is not finite everywhere between -END and END.
    """
    if not callable(function):
        raise TypeError(f"{title} was {check.shorten(function)}; it must be a function.")
    x = choose_points()
    values = call_function(title, function, x.reshape(3, -1)).ravel()
    if not np.isfinite(values).all():
        place = np.flatnonzero(~np.isfinite(values))[0]
        raise ValueError(
            f"{title} was {values[place]:g} at x = {x[place]:g}; it must be finite from "
            f"{-END:g} to {END:g}."
        )
    for place in (0, 5, 17):
        alone = call_function(title, function, x[place : place + 1])[0]
        if not np.isclose(alone, values[place], rtol=1e-9, atol=1e-12):
            raise ValueError(
                f"{title} was {alone:.4g} at x = {x[place]:.4g} alone, but {values[place]:.4g} "
                "among other numbers; it must work element by element."
            )
    return values


def call_function(title, function, x):
    """function(x) as an array of the shape of x; ValueError if it is none."""
    try:
        with np.errstate(all="ignore"):
            result = np.asarray(function(x.copy()))
    except Exception as error:  # whatever somebody's function does
        raise ValueError(
            f"{title} could not take an array ({type(error).__name__}: {error}); it must work "
            "element by element, with np.where in place of if."
        ) from None
    if not check.holds_numbers(result):
        raise ValueError(
            f"{title} gave values of type {result.dtype} for an array of numbers; it must give "
            "real numbers."
        )
    if result.shape != x.shape:
        raise ValueError(
            f"{title} gave shape {result.shape} for an array of shape {x.shape}; both must be the "
            "same."
        )
    return result.astype(float, copy=False)


def check_derivative(name, f, df):
    """Raise ValueError at the first point where `df` is not the derivative of `f`."""
    x = choose_points()
    slopes = check_function(f"df of {name}", df)
    h = STEP * np.maximum(np.abs(x), 1.0)
    title = f"f of {name}"
    here = check_function(title, f)
    left = (here - call_function(title, f, x - h)) / h
    right = (call_function(title, f, x + h) - here) / h
    steepness = np.maximum(np.abs(left), np.abs(right))
    slack = TOLERANCE * np.maximum(steepness, min(1.0, steepness.max()))
    slack += ROUNDING * np.abs(here) / h
    too_low = slopes < np.minimum(left, right) - slack
    too_high = slopes > np.maximum(left, right) + slack
    wrong = np.flatnonzero(too_low | too_high)
    if len(wrong):
        k = wrong[np.abs(x[wrong]).argmin()]
        raise ValueError(
            f"df of {name} was {slopes[k]:.4g} at x = {x[k]:.4g}, but f rises by "
            f"{(left[k] + right[k]) / 2:.4g} per unit there; df must be the derivative of f."
        )


def find_largest_slope(df):
    """The largest |F'| between -30 and 30."""
    with np.errstate(all="ignore"):
        return float(np.abs(df(SLOPES)).max())


def have_same_values(functions, others):
    """Whether functions have the values of others, so that a cell may run again."""
    x = choose_points()
    with np.errstate(all="ignore"):
        return all(np.array_equal(f(x), g(x)) for f, g in zip(functions, others))


def check_variance(name, variance):
    """The variances of a rule for some layers, as `call_variance` gives them; raises TypeError if
    it is no function.
    """
    if not callable(variance):
        raise TypeError(
            f"variance of {name} was {check.shorten(variance)}; it must be a function of the "
            "numbers of units n_in and n_out."
        )
    return [call_variance(name, variance, *layer) for layer in LAYERS]


def call_variance(name, variance, n_in, n_out):
    """variance(n_in, n_out) as a float; raises ValueError or TypeError if it is not a finite number
    above 0.
    """
    title = f"variance of {name} for {n_in} inputs and {n_out} units"
    try:
        value = variance(n_in, n_out)
    except Exception as error:  # whatever somebody's function does
        raise ValueError(
            f"{title} failed ({type(error).__name__}: {error}); it must be a number above 0."
        ) from None
    return check.real(title, value, above=0)
