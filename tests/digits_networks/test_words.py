"""An epoch of the digits is as many steps as the training takes."""

from lecture_lib import data
from lecture_lib.digits_networks.words import STEPS_PER_EPOCH, count_epochs, count_steps


def test_an_epoch_is_22_batches_of_64():
    assert STEPS_PER_EPOCH == len(data.digits().x) // 64 == 22


def test_epochs_are_told_with_their_steps():
    assert count_epochs(1) == "1 epoch (22 steps)"
    assert count_epochs(60) == "60 epochs (1,320 steps)"
    assert [count_steps(count) for count in (0, 1, 30)] == ["0 steps", "1 step", "30 steps"]
