"""How long a network for the digits has been trained, in words."""

STEPS_PER_EPOCH = 22  # batches of 64 among the training digits


def count_steps(count):
    """So many steps, in words."""
    return f"{count:,} step{'' if count == 1 else 's'}"


def count_epochs(count):
    """So many epochs, in words, and how many steps they are in batches of 64."""
    epochs = f"{count} epoch{'' if count == 1 else 's'}"
    return f"{epochs} ({count_steps(STEPS_PER_EPOCH * count)})"
