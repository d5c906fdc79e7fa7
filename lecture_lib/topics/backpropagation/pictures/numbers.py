"""Numbers as the pictures of this notebook write them."""

from lecture_lib.explore import style

subscript = style.subscript
three_digits = lambda value: style.number(value, 3)


def difference(left, right):
    off = abs(left - right)
    return "< 10⁻⁸" if off < 1e-8 else style.number(off, 1)
