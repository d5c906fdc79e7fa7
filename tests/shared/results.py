"""What a function gave back, as a list of its numbers."""

from dataclasses import is_dataclass

import numpy as np


def numbers(result):
    """All numbers in a result, however it holds them."""
    if is_dataclass(result):
        result = vars(result)
    if isinstance(result, dict):
        result = list(result.values())
    if isinstance(result, list | tuple):
        return [n for part in result for n in numbers(part)]
    is_number = isinstance(result, float | np.ndarray) and np.asarray(result).dtype.kind in "fiu"
    return [result] if is_number else []
