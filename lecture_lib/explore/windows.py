"""Axes end in a few calm steps, so that a small change of the data does not move them."""


def choose_first(options, fits):
    """The first of the `options` for which fits(option) is true; the last one if there is none."""
    for option in options:
        if fits(option):
            return option
    return options[-1]
