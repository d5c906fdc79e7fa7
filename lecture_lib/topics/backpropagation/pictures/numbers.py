"""Numbers as the pictures of this notebook write them."""

from lecture_lib.explore import style


def three_digits(value):
    """A number with three significant digits."""
    return style.number(value, 3)


def write_gap(left, right):
    """How far two numbers are apart, in writing."""
    apart = abs(left - right)
    return "< 10⁻⁸" if apart < 1e-8 else style.number(apart, 1)
