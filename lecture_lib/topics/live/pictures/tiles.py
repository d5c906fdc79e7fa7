"""Where the units of a small network stand, each as a square."""

import math

WIDTH = 590  # of the drawing, in pixels of the page
HEIGHT = 262
LOW = 24  # below it stand the names of the layers
HIGH = 248  # above it the words about the picture
GAP = 6  # between two squares
LARGEST = 62  # side of a square
SIDES = (22, 568)  # where the middle of the inputs is, and that of the output
DOUBLE = 4  # units of a layer from which on they stand in two columns, in a network of
SHALLOW = 3  # so many weight layers at most


def count_columns(widths):
    """How many columns of units a hidden layer has."""
    is_shallow = len(widths) - 1 <= SHALLOW
    return 2 if is_shallow and max(widths) > DOUBLE else 1


def measure_tile(widths):
    """The side of the square of a unit."""
    rows = math.ceil(max(widths) / count_columns(widths))
    return min((HIGH - LOW) / rows - GAP, LARGEST)


def place_tiles(widths):
    """{(layer, index from 0): (x, y)} of the middles of all units; data flow from left to right."""
    side = measure_tile(widths)
    left = SIDES[0]
    right = SIDES[1] - side / 2
    places = {}
    for l, width in enumerate(widths):
        x = left + l * (right - left) / (len(widths) - 1)
        columns = count_columns(widths) if 0 < l < len(widths) - 1 else 1
        rows = math.ceil(width / columns)
        for j in range(width):
            column, row = divmod(j, rows)
            across = (column - (columns - 1) / 2) * (side + GAP)
            step = side + GAP if l else 90
            up = ((rows - 1) / 2 - row) * step
            places[l, j] = (x + across, (LOW + HIGH) / 2 + up)
    return places
