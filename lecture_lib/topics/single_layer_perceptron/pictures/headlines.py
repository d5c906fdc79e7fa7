"""A sentence cut into the headlines of its panels."""

from lecture_lib.explore import style


def write_headlines(axes, sentence):
    """Each part of a sentence above its axes."""
    for ax, part in zip(axes, sentence.rstrip(".").split("; ")):
        style.headline(ax, part[0].upper() + part[1:])
