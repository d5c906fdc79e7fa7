"""Training on the handwritten digits, one record per epoch."""

from dataclasses import astuple, dataclass
from itertools import islice

import numpy as np

from lecture_lib import check, data
from lecture_lib.network import pass_forward, pass_to_output
from lecture_lib.normalisation import collect_statistics
from lecture_lib.residual_pass import make_pass
from lecture_lib.slices import SLICE, wait_for
from lecture_lib.training import share_wrong, train

from .nets import PLAIN, digits_net

DEPTHS = (4, 20, 56)  # the lecture's 20 and 56 (V1), and one that works (I1, I2, I3)
GUESSING = 0.9  # error of a network that gives every digit the same answer
LEARNS = 0.5  # a network learns if, of the training digits, it has less than this share wrong
MAX_EPOCHS = 10_000
PROBE = 128  # samples on which the gradient is measured


@dataclass(frozen=True)
class Epoch:
    """A network after so many epochs of training."""

    epoch: int  # 0: before training
    train_error: float  # share of wrong answers; nan where the run has diverged
    test_error: float  # the same for the digits that were held out (V3)
    gradient_ratio: float  # ||delta_1|| / ||delta_L||


@dataclass(frozen=True)
class Epochs:
    """The same after each epoch of a run, as arrays (epochs + 1,)."""

    epoch: np.ndarray  # 0, 1, ...
    train_error: np.ndarray  # share of wrong answers; nan where the run has diverged
    test_error: np.ndarray  # the same for the digits that were held out
    gradient_ratio: np.ndarray  # ||delta_1|| / ||delta_L||

    @property
    def diverged(self):
        """Whether the run left the finite numbers, which ended it."""
        return bool(np.isnan(self.train_error[-1]))


def collect_epochs(rows):
    """The `Epoch` records of a run as one `Epochs`."""
    columns = zip(*map(astuple, rows))
    return Epochs(*map(np.array, columns))


def race_by_epoch(racers, epochs):
    """Let runs of `train_by_epoch`, by name, take an epoch each in turn: yield the `Epochs` so far
    by name after each epoch of all, and None in between. A run that has ended stays as it is.
    """
    rows = {name: [] for name in racers}
    for _ in range(epochs + 1):
        for name, racer in racers.items():
            row = yield from wait_for(racer)
            if row is not None:
                rows[name].append(row)
        yield {name: collect_epochs(found) for name, found in rows.items()}


def measure_epoch(net, params, epoch):
    """The `Epoch` of a network on the digits; None where its gradient is not a number."""
    digits = data.digits()
    probe = make_pass(net, PROBE)
    _, decades = probe.run(params, digits.x[:PROBE], digits.d[:PROBE], gradients=False)
    if np.isnan(decades).any():
        return None
    outputs, alone = find_outputs(net, params)
    return Epoch(
        epoch=epoch,
        train_error=share_wrong(net, outputs, digits.d),
        test_error=share_wrong(net, alone, digits.d_test),
        gradient_ratio=10 ** float(decades[0] - max(decades[-1], -300)),
    )


def find_outputs(net, params):
    """The outputs of a network for the training digits and for those that were held out."""
    digits = data.digits()
    if net.normalisation == "batch":
        trace = pass_forward(net, params, digits.x)
        # Digits that come alone have the statistics of the training digits.
        alone = pass_forward(net, params, digits.x_test, collect_statistics(trace))
        return trace.a[-1], alone.a[-1]
    return pass_to_output(net, params, digits.x), pass_to_output(net, params, digits.x_test)


def train_by_epoch(
    depth,
    width=32,
    activation="sigmoid",
    variance="1",
    optimiser="gd",
    gamma=0.05,
    epochs=20,
    batch=64,
    seed=0,
    pauses=False,
    added=PLAIN,
):
    """Train a network on the digits and yield an `Epoch` for epoch 0, 1, ..., `epochs`.

    A run that leaves the finite numbers yields an epoch of nans and ends. `batch` None takes all
    samples in each step, so an epoch is one step. With `pauses` it also yields None now and then
    (see `slices`). Raises TypeError or ValueError for a setting that is not allowed.
    """
    digits = data.digits()
    epochs = check.integer("epochs", epochs, 0, MAX_EPOCHS)
    rng = np.random.default_rng(check.seed("seed", seed))
    net, params = digits_net(depth, width, activation, variance, rng, added)
    steps = train(net, params, digits.x, digits.d, gamma, optimiser, batch, rng)
    steps_per_epoch = max(1, len(digits.x) // int(batch or len(digits.x)))

    yield measure_epoch(net, params, 0) or failed_epoch(0)
    yield from follow_epochs(net, steps, epochs, steps_per_epoch, depth if pauses else 0)


def follow_epochs(net, steps, epochs, steps_per_epoch, layers):
    """Take the steps of a training and yield an `Epoch` after each epoch from 1 on; the run ends
    where it leaves the finite numbers. `layers` is for the pauses: see `train_epoch`.
    """
    for epoch in range(1, epochs + 1):
        last = yield from train_epoch(islice(steps, steps_per_epoch), layers)
        measured = None if last.diverged else measure_epoch(net, last.after, epoch)
        yield measured or failed_epoch(epoch)
        if measured is None:
            return


def train_epoch(steps, layers):
    """Take all `steps` of so many layers, yield None after each SLICE, and return the last one; 0
    layers make no pause.
    """
    layers_since_pause = 0
    for step in steps:
        last = step
        layers_since_pause += layers
        if layers_since_pause >= SLICE:
            layers_since_pause -= SLICE
            yield None
    return last


def failed_epoch(epoch):
    """The `Epoch` of a run that has diverged."""
    return Epoch(epoch, np.nan, np.nan, np.nan)
