"""Values that can be read off a picture under the pointer, and what can be dragged in it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Reading:
    """A row of places on one panel, each with the words that stand there under the pointer."""

    panel: int  # which of the explorer's panels
    x: np.ndarray  # (n,) in data units
    y: np.ndarray  # (n,) in data units; what lies outside the axes is read at their edge
    texts: tuple  # n sentences such as "layer 3: 0.0017"


@dataclass(frozen=True)
class Drag:
    """A panel in which the reader may drag, and what it changes."""

    panel: int  # its number, from 0
    change: Callable  # change(settings, x, y), data units -> {control: value}
    hint: str  # what can be dragged, such as "drag the line"
