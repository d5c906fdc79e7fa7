"""Explorers of the notebook on the lecture's text."""

from lecture_lib.explore.prediction import prediction

from .compute.guess_spoken_size import find_spoken_size

guess_spoken_size = prediction(
    "guess_spoken_size",
    "Before you look: how many times as large as the right δ₁ is the spoken one?",
    "δ₁ without any F′, as spoken / δ₁ by the right rule, 2-3-2-1 network",
    find_spoken_size,
    1.0,
    0.1,
    1000.0,
    log=True,
)
